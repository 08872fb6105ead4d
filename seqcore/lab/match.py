"""A fair match: models made as large or as slow as one of them, or trained as often."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from seqcore.architectures import Architecture, Sizes, get_architecture
from seqcore.architectures.matching import Size, size_of, width_of_size, widths, with_width
from seqcore.datasets import LabelledData, split_rows
from seqcore.errors import OptionError, SeqlabError
from seqcore.kinds import get_kind
from seqcore.kinds.whole_data import fit_encoder
from seqcore.lab.memory import measured
from seqcore.lab.plan import MATCHES, Choices
from seqcore.spec import Options, declared

if TYPE_CHECKING:
    from seqcore.lab.measure.steps import Steps

NOT_MEASURED = "How long a training step takes is not measured yet: measure the steps, and the widths follow."
_REACHED = 0.1  # share by which seconds that were measured twice may differ
_NO_REFERENCE = "None of the chosen models has a width that could be matched."
_KEPT = {
    "best": "which epoch is kept is still chosen by its accuracy on the validation {examples}",
    "lowest_loss": "which epoch is kept is still chosen by its loss on the validation {examples}",
    "last": "the last epoch is kept",
}


@dataclass(frozen=True)
class MatchedModel:
    """One model of a match.

    Attributes:
        architecture: Its name.
        width: Value of its width setting; None where it has none, or it was not to be changed.
        parameters: How many it has.
        ratio: What is matched, as a share of the reference's; None where that means nothing.
        is_reached: Whether it is as near as one step of its width.
        said: The same in a sentence.
    """

    architecture: str
    width: int | None
    parameters: int
    ratio: float | None
    is_reached: bool
    said: str


@dataclass(frozen=True)
class Matched:
    """What is trained, once models are matched.

    Attributes:
        chosen: With the matched settings.
        reference: Architecture that the others are matched to; empty where there is none.
        models: By architecture.
        said: What is the same in all models, in a few sentences; empty where nothing is matched.
        is_ready: Whether all that it takes is known.
    """

    chosen: Choices
    reference: str = ""
    models: Mapping[str, MatchedModel] = field(default_factory=dict)
    said: str = ""
    is_ready: bool = True


def possible_references(chosen: Choices) -> list[str]:
    """The chosen architectures that others can be matched to."""
    return [name for name in chosen.architectures if get_architecture(name).width is not None]


def check_match(chosen: Choices) -> None:
    """See that the models are matched to one of them.

    Raises:
        OptionError: they are not to be matched, or to a model that is not chosen or has no width.
    """
    able = possible_references(chosen)
    if chosen.match not in MATCHES:
        raise OptionError(
            "Models cannot be matched by this", received=repr(chosen.match), remedy=f"Choose from: {', '.join(MATCHES)}"
        )
    if chosen.match_to and chosen.match == "none":
        raise OptionError(
            "A model to match to was given, but not what is to be equal", remedy="Add --match parameters, say"
        )
    if chosen.match_to and chosen.match_to not in able:
        raise OptionError(
            "Models cannot be matched to this one",
            received=repr(chosen.match_to),
            remedy=f"Choose from: {', '.join(able)}" if able else "Choose a model that has a width",
        )


def match_models(chosen: Choices, sizes: Sizes, training_rows: int, steps: Steps | None = None) -> Matched:
    """The chosen models made equal in what `chosen.match` says; models whose settings do not go together are left.

    Args:
        chosen: What was chosen; the reference is the first architecture with a width where `match_to` names none.
        sizes: What the data decide about the models.
        training_rows: Examples that they learn from.
        steps: How long training steps take, where that is to be equal and was measured.
    """
    if chosen.match == "parameters":
        return _by_parameters(chosen, sizes)
    if chosen.match == "updates":
        return _by_updates(chosen, sizes, training_rows)
    if chosen.match == "seconds":
        return _by_seconds(chosen, sizes, steps)
    return Matched(chosen)


def sizes_for_match(data: LabelledData, chosen: Choices) -> tuple[Sizes, int]:
    """What the data decide about the models, and how many examples they learn from; reads all of them."""
    split = split_rows(data, chosen.split)
    encoder = fit_encoder(data, split.train, chosen.input)
    return measured(data, split, encoder)[0], len(split.train)


def _by_parameters(chosen: Choices, sizes: Sizes) -> Matched:
    reference = reference_of(chosen)
    if reference is None:
        return Matched(chosen, said=_NO_REFERENCE)
    wanted = size_of(reference, sizes, chosen.model_options(reference.name))
    models = {}
    for name in chosen.architectures:
        architecture, options = get_architecture(name), _options(chosen, name)
        if options is None:
            continue
        width = None if name == reference.name else width_of_size(architecture, sizes, options, wanted.parameters)
        if width is not None:
            options = with_width(architecture, options, width)
            chosen = _with_own(chosen, architecture, width)
        size = size_of(architecture, sizes, options)
        if name == reference.name:
            models[name] = MatchedModel(name, None, size.parameters, 1.0, True, "The others are matched to this one.")
        else:
            models[name] = _as_large(architecture, reference, width, (size, wanted), sizes.input.part)
    said = (
        f"Each model has as many parameters as {reference.label}, as nearly as its width allows. All of its parameters "
        f"are counted, also those of the {sizes.input.part}, which stays as it was set."
    )
    return Matched(chosen, reference.name, models, said)


def _as_large(
    architecture: Architecture, reference: Architecture, width: int | None, of_both: tuple[Size, Size], part: str
) -> MatchedModel:
    """How near a model comes to the reference, and what its card says of it."""
    size, wanted = of_both
    ratio = size.parameters / wanted.parameters
    if width is None:
        said = f"Not matched to {reference.label}: it has no width to change."
        return MatchedModel(architecture.name, None, size.parameters, ratio, False, said)
    wide, numbers = width_told(architecture, width), f"{size.parameters:,} parameters, {_percent(ratio)}"
    limit = beyond(architecture, width, ratio)
    if limit:
        adjective, which = ("small", "fewest") if limit < 0 else ("large", "most")
        said = f"Cannot be as {adjective} as {reference.label}: {wide}, its {which}, make {numbers}."
    else:
        beside = _percent(size.beside_vectors / wanted.beside_vectors)
        said = f"Matched to {reference.label}: {wide}, {numbers} ({beside} without the {part})."
    return MatchedModel(architecture.name, width, size.parameters, ratio, not limit, said)


def beyond(architecture: Architecture, width: int, ratio: float) -> int:
    """Whether what is wanted lies beyond the bounds of a width: -1 below them, 1 above, 0 within.

    Args:
        architecture: Whose width.
        width: As near as it comes.
        ratio: What is matched, as a share of what is wanted, with this width.
    """
    every = widths(architecture)
    if width == every[0] and ratio > 1:
        return -1
    return 1 if width == every[-1] and ratio < 1 else 0


def _by_updates(chosen: Choices, sizes: Sizes, training_rows: int) -> Matched:
    training = chosen.training.model_copy(update={"early_stopping": 0})
    batches = math.ceil(training_rows / training.batch_size)
    updates = training.epochs * batches
    models = {}
    for name in chosen.architectures:
        architecture, options = get_architecture(name), _options(chosen, name)
        if options is None:
            continue
        is_stepwise = architecture.fit == "gradient"
        said = f"{updates:,} updates, as every model." if is_stepwise else "Fitted at once: it takes no updates."
        parameters = size_of(architecture, sizes, options).parameters
        models[name] = MatchedModel(name, None, parameters, 1.0 if is_stepwise else None, is_stepwise, said)
    kept = _KEPT[training.keep].format(examples=get_kind(chosen.input.kind).examples)
    said = (
        f"Each model takes {updates:,} updates: {training.epochs:,} epochs of {batches:,} batches. "
        f"None stops early; {kept}."
    )
    return Matched(replace(chosen, training=training), models=models, said=said)


def _by_seconds(chosen: Choices, sizes: Sizes, steps: Steps | None) -> Matched:
    reference = reference_of(chosen)
    if reference is None:
        return Matched(chosen, said=_NO_REFERENCE)
    if steps is None:
        return Matched(chosen, reference.name, said=NOT_MEASURED, is_ready=False)
    models = {}
    for name in chosen.architectures:
        architecture, options = get_architecture(name), _options(chosen, name)
        if options is None:
            continue
        width = None if name == reference.name else steps.nearest(name)
        if width is not None:
            options = with_width(architecture, options, width)
            chosen = _with_own(chosen, architecture, width)
        parameters = size_of(architecture, sizes, options).parameters
        models[name] = _as_slow(architecture, reference, width, parameters, steps)
    said = (
        f"A training step takes as long in each model as in {reference.label}, as nearly as was found. The steps were "
        "measured on these data, one model after the other while nothing else trained."
    )
    return Matched(chosen, reference.name, models, said)


def _as_slow(
    architecture: Architecture, reference: Architecture, width: int | None, parameters: int, steps: Steps
) -> MatchedModel:
    """How near the steps of a model come to those of the reference, and what its card says of it."""
    if architecture is reference:
        said = f"The others are matched to this one: {_milliseconds(steps.wanted)} a step."
        return MatchedModel(architecture.name, None, parameters, 1.0, True, said)
    if width is None:
        why = "it has no width to change" if architecture.width is None else "no width of it fits in memory"
        said = f"Not matched to {reference.label}: {why}."
        return MatchedModel(architecture.name, None, parameters, None, False, said)
    seconds = steps.measured[architecture.name][width]
    ratio = seconds / steps.wanted
    numbers = f"{_milliseconds(seconds)} a step, {_percent(ratio)}"
    wide, limit = width_told(architecture, width), beyond(architecture, width, ratio)
    is_reached = abs(ratio - 1) <= _REACHED
    if is_reached:
        said = f"Matched to {reference.label}: {wide}, {numbers}."
    elif limit:
        adjective, which = ("quick", "fewest") if limit < 0 else ("slow", "most")
        said = f"Cannot be as {adjective} as {reference.label}: {wide}, its {which}, take {numbers}."
    else:
        said = f"As near to {reference.label} as was found: {wide}, {numbers}."
    return MatchedModel(architecture.name, width, parameters, ratio, is_reached, said)


def width_told(architecture: Architecture, width: int) -> str:
    """A width as people say it: "27 units"."""
    return f"{width:,} {str(declared(architecture.options)[str(architecture.width)].title).lower()}"


def reference_of(chosen: Choices) -> Architecture | None:
    """What was named or, where that cannot be, the first that can be matched to and whose settings go together."""
    able = [name for name in possible_references(chosen) if _options(chosen, name) is not None]
    if not able:
        return None
    return get_architecture(chosen.match_to if chosen.match_to in able else able[0])


def _options(chosen: Choices, name: str) -> Options | None:
    try:
        return chosen.model_options(name)
    except SeqlabError:
        return None


def _with_own(chosen: Choices, architecture: Architecture, width: int) -> Choices:
    own = {**chosen.own.get(architecture.name, {}), str(architecture.width): width}
    return replace(chosen, own={**chosen.own, architecture.name: own})


def _milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.3g}\N{NO-BREAK SPACE}ms"


def _percent(ratio: float) -> str:
    return f"{100 * ratio:.1f}\N{NO-BREAK SPACE}%"
