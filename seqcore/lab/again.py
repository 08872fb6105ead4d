"""Train again with changes: the choices that lead to runs which were trained before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from seqcore.architectures import SharedOptions, appearance, get_architecture
from seqcore.errors import OptionError
from seqcore.lab.plan import Choices
from seqcore.spec import RunSpec, validated

_OF_ALL = {"input": "how text is read", "split": "the split", "training": "how they were trained"}


def choices_of(specs: Sequence[RunSpec]) -> tuple[Choices, list[str]]:
    """The choices that make these runs, and a sentence for each thing in which one set of choices cannot be them all.

    Args:
        specs: Of runs that can be read, at least one; the first one decides where they differ.

    Raises:
        OptionError: there is none, or one names an architecture or an option that does not exist.
    """
    if not specs:
        raise OptionError("There is no run whose settings can be read", remedy="Set up a new training")
    first, notes = specs[0], []
    models: dict[str, dict[str, Any]] = {}
    for spec in specs:
        options = get_architecture(spec.architecture).validate_options(dict(spec.model)).model_dump()
        if models.setdefault(spec.architecture, options) != options:
            notes.append(
                f"{appearance(spec.architecture).label} was trained with several sizes; "
                "the form shows those of the first."
            )
    for group, what in _OF_ALL.items():
        if any(getattr(spec, group) != getattr(first, group) for spec in specs):
            notes.append(
                f"The models differ in {what}; the form shows what {appearance(first.architecture).label} had."
            )
    seeds = list(dict.fromkeys(spec.seed for spec in specs))
    if len({(spec.architecture, spec.seed) for spec in specs}) < len(models) * len(seeds):
        notes.append("Not every model was trained with every seed; now each model is trained with each seed.")
    shared = _shared(list(models.values()))
    own = {name: _own(name, options, shared) for name, options in models.items()}
    chosen = Choices(
        architectures=tuple(models), input=first.input, split=first.split, training=first.training, shared=shared,
        own={name: options for name, options in own.items() if options},
    )  # fmt: skip
    return chosen.with_seeds(seeds), list(dict.fromkeys(notes))


def _shared(models: Sequence[dict[str, Any]]) -> SharedOptions:
    """What most models have of the options that all may have; the first of them where there is no majority."""
    most = {}
    for name in SharedOptions.model_fields:
        values = [options[name] for options in models if name in options]
        if values:
            most[name] = Counter(values).most_common(1)[0][0]
    return validated(SharedOptions, most, owner="the shared settings")


def _own(architecture: str, options: dict[str, Any], shared: SharedOptions) -> dict[str, Any]:
    """What one model has otherwise than the shared options and its own defaults say."""
    usual = {name: field.default for name, field in get_architecture(architecture).options.model_fields.items()}
    usual |= shared.model_dump()
    return {name: value for name, value in options.items() if value != usual[name]}
