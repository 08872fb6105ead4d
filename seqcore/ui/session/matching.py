"""The models of a fair match, on the data in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seqcore.architectures import Sizes
from seqcore.lab.match import Matched, match_models, reference_of
from seqcore.lab.measure.steps import Steps, steps_key
from seqcore.ui.session import current, shared

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.lab.plan import Choices


def matched(data: LabelledData, chosen: Choices) -> Matched:
    """What is trained when this is chosen: as it is, or with the models made equal."""
    if chosen.match == "none":
        return Matched(chosen)
    ready = current.data_in_use(data, chosen)
    sizes = Sizes(ready.encoder.sizes, len(data.classes))
    return match_models(chosen, sizes, len(ready.split.train), measured_steps(data, chosen))


def measured_steps(data: LabelledData, chosen: Choices) -> Steps | None:
    """How long training steps take with what is chosen now; None where that is not asked for or not measured."""
    reference = reference_of(chosen)
    if chosen.match != "seconds" or reference is None:
        return None
    measuring = shared.measuring_room().look(steps_key(data.content_hash, chosen, reference.name))
    return measuring.found if measuring is not None and isinstance(measuring.found, Steps) else None
