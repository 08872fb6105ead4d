"""The press that measures training steps, for models that are to take equally long ones."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from seqcore.lab.match import possible_references, reference_of
from seqcore.lab.measure.steps import SECONDS_OF_A_MODEL, Steps, measure_steps, steps_key
from seqcore.ui.kit.phrases import duration
from seqcore.ui.session import matching, shared, state
from seqcore.ui.session.measuring import draw_measuring

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.lab.measure.measurer import Measurer
    from seqcore.lab.plan import Choices
    from seqcore.store import Store


def draw_measuring_of(data: LabelledData, chosen: Choices) -> None:
    """The button, or how far the measurement is; the page is drawn again when it is done."""
    reference = reference_of(chosen)
    if chosen.match != "seconds" or reference is None:
        return
    about = duration(SECONDS_OF_A_MODEL * len(possible_references(chosen)))
    known = matching.measured_steps(data, chosen) is not None
    draw_measuring(
        "measure-steps",
        steps_key(data.content_hash, chosen, reference.name),
        f"Measure the steps{' again' if known else ''} (about {about})",
        "Real training steps on these data at a few widths, while nothing else trains.",
        partial(_measure, shared.get_store(), state.workspace(), data, chosen, reference.name),
    )


def _measure(
    store: Store, workspace: str, data: LabelledData, chosen: Choices, reference: str, measurer: Measurer
) -> Steps | None:
    dataset = store.datasets.add(workspace, data)  # what is there already is kept once
    return measure_steps(chosen, reference, dataset.id, data.content_hash, measurer)
