"""Whether what is chosen fits in the memory of a training process, asked before it starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from seqcore.architectures import Sizes, get_architecture
from seqcore.architectures.fitting import Planned, TooLarge, too_large
from seqcore.architectures.memory import Load
from seqcore.datasets import LabelledData, Split, split_rows
from seqcore.errors import TrainingError
from seqcore.kinds import Encoder, get_kind
from seqcore.kinds.whole_data import fit_encoder
from seqcore.lab.plan import Choices

Measured = tuple[Sizes, Load]


def refuse_what_does_not_fit(
    data: LabelledData, chosen: Choices, limit: int | None, read: Callable[[], Measured] | None = None
) -> None:
    """Raise a TrainingError when one of the chosen architectures cannot be trained in a process of so much memory.

    Args:
        data: What is to be trained on.
        chosen: Settings and architectures.
        limit: Bytes at which the process is ended; None where that is not known here.
        read: Measures the data by reading them, see `what_does_not_fit`; None: in this process.
    """
    read = read or partial(measured_here, data, chosen)
    found = [each.error() for each in what_does_not_fit(data, chosen, limit, read).values()]
    if found:
        raise found[0] if len(found) == 1 else TrainingError(" ".join(map(str, found)))


def measured_here(data: LabelledData, chosen: Choices) -> Measured:
    """The data measured by learning their encoder in this process."""
    split = split_rows(data, chosen.split)
    encoder = fit_encoder(data, split.train, chosen.input)
    return measured(data, split, encoder)


def what_does_not_fit(
    data: LabelledData, chosen: Choices, limit: int | None, read: Callable[[], Measured]
) -> Mapping[str, TooLarge]:
    """The chosen architectures that cannot be trained in a process of so much memory, by their names.

    Args:
        data: What is to be trained on.
        chosen: Settings and architectures.
        limit: Bytes at which the process is ended; None where that is not known here.
        read: Measures the data by reading them, which takes a while; asked only where it matters.
    """
    if limit is None or not _refused(chosen, *_at_most(data, chosen), limit):
        return {}
    return _refused(chosen, *read(), limit)


def measured(data: LabelledData, split: Split, encoder: Encoder) -> Measured:
    """What the data decide about a model, and what they ask a training to hold."""
    steps = encoder.lengths([data.examples[row] for row in split.train])
    width = min(int(steps.max(initial=1)), encoder.sizes.longest)
    load = Load(width, len(split.train), max(len(split.validation), len(split.test)), _written(data))
    return Sizes(encoder.sizes, len(data.classes)), load


def _at_most(data: LabelledData, chosen: Choices) -> Measured:
    """The same at most, told at once."""
    sizes = get_kind(data.kind).largest_sizes(data.examples, chosen.input)
    return Sizes(sizes, len(data.classes)), Load(sizes.longest, len(data), len(data), _written(data))


def _written(data: LabelledData) -> int:
    return sum(map(len, data.examples))


def _refused(chosen: Choices, sizes: Sizes, load: Load, limit: int) -> dict[str, TooLarge]:
    found = {}
    for name in chosen.architectures:
        architecture, options = get_architecture(name), chosen.model_options(name)
        refused = too_large(Planned(architecture, options, chosen.input, chosen.training, sizes, load), limit)
        if refused is not None:
            found[name] = refused
    return found
