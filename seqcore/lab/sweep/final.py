"""How a sweep is judged: its best settings and those that it began with, trained anew from seeds it has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from seqcore.architectures import appearance, seeds_matter
from seqcore.errors import OptionError
from seqcore.kinds import get_kind
from seqcore.lab.plan import Choices
from seqcore.lab.sweep.course import Sweep
from seqcore.lab.sweep.proposals import Values
from seqcore.plots.trial_axes import short_value
from seqcore.spec import RunSpec


@dataclass(frozen=True)
class Over:
    """A sweep that is over.

    Attributes:
        sweep: What was searched, and how.
        best: Settings that did best on the validation texts; None where no trial has finished.
    """

    sweep: Sweep
    best: Values | None

    @property
    def found_better(self) -> bool:
        """Whether other settings than those that it began with did best."""
        return self.best is not None and dict(self.best) != dict(self.sweep.first_values)


def refuse_seen_seeds(seed: int, fresh: Sequence[int]) -> None:
    """Raise an OptionError when the best would be judged by a seed that it was chosen by."""
    if seed in fresh:
        raise OptionError(
            "The seed of the trials is one of those that judge the best of them",
            received=str(seed),
            remedy="Give --seeds without it, or another --seed",
        )


def final_specs(over: Sequence[Over], content: str, seeds: Sequence[int], *, max_epochs: int) -> list[RunSpec]:
    """The runs that judge: of each sweep the settings that it began with and, where others did better, those.

    Empty where that is one model only, with which nothing can be compared.

    Args:
        over: The sweeps, one for each architecture.
        content: Content hash of the data.
        seeds: That no trial was trained with; an architecture to which seeds do nothing gets the first only.
        max_epochs: Most epochs that a deployment allows.
    """
    models = [(each.sweep.architecture, chosen) for each in over for chosen in _models(each)]
    if len(models) < 2:
        return []
    return [
        spec
        for name, chosen in models
        for spec in replace(chosen, architectures=(name,))
        .with_seeds(seeds if seeds_matter(name, chosen.split) else seeds[:1])
        .specs(content, max_epochs=max_epochs)
    ]


def outcome(each: Over) -> str:
    """What a sweep found, in a sentence that says no more than the validation split can."""
    label, examples = appearance(each.sweep.architecture).label, get_kind(each.sweep.base.input.kind).examples
    if each.best is None:
        return f"{label}: no trial has finished, so nothing was found."
    if not each.found_better:
        return (
            f"{label}: no other settings did better on the validation {examples} than those that the sweep began with."
        )
    told = values_told(each.sweep, each.best)
    seeded = seeds_matter(each.sweep.architecture, each.sweep.base.split)
    anew = f"from fresh seeds, on the test {examples}" if seeded else f"on the test {examples}"
    return (
        f"{label}: of all trials, {told} did best on the validation {examples}. Being the best of many is partly luck; "
        f"whether they are better is judged {anew}."
    )


def values_told(sweep: Sweep, values: Values) -> str:
    """The settings that are searched in a line: "Units 64, Learning rate 0.002"."""
    return ", ".join(f"{each.title} {short_value(values[each.name])}" for each in sweep.space)


def _models(each: Over) -> list[Choices]:
    best = [each.sweep.chosen(each.best)] if each.best is not None and each.found_better else []
    return [each.sweep.base, *best]
