"""An experiment before it starts: which models, which settings, which seeds, and the runs that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from seqcore.architectures import SEED_ARCHITECTURES, SharedOptions, architectures, get_architecture, validated
from seqcore.errors import OptionError
from seqcore.spec import Options, RunSpec, SplitOptions, TextOptions, TrainingOptions

MAX_REPEATS = 5
GROUPS: dict[str, type[Options]] = {
    "text": TextOptions,
    "split": SplitOptions,
    "training": TrainingOptions,
    "shared": SharedOptions,
}


@dataclass(frozen=True)
class Choices:
    """Everything that the Train page and `python -m seqcore train` ask for.

    Attributes:
        architectures: Names, in the order they are trained.
        text: How text becomes ids.
        split: How rows are shared out.
        training: How models are trained.
        shared: Model options that hold for all architectures.
        own: Model options that hold for one architecture only, by its name.
        seed: Of the first run of each architecture.
        repeats: Runs of each architecture, each with the next seed.
    """

    architectures: tuple[str, ...] = SEED_ARCHITECTURES
    text: TextOptions = field(default_factory=TextOptions)
    split: SplitOptions = field(default_factory=SplitOptions)
    training: TrainingOptions = field(default_factory=TrainingOptions)
    shared: SharedOptions = field(default_factory=SharedOptions)
    own: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    seed: int = 0
    repeats: int = 1

    def model_options(self, name: str) -> Options:
        """The complete options of one architecture: shared ones, then its own.

        Raises:
            OptionError: a value out of bounds.
        """
        architecture = get_architecture(name)
        shared = {
            key: value for key, value in self.shared.model_dump().items() if key in architecture.options.model_fields
        }
        return architecture.validate_options(shared | dict(self.own.get(name, {})))

    def specs(self, content_hash: str, *, max_epochs: int) -> list[RunSpec]:
        """The runs that one press of Train starts: every seed of every architecture.

        Raises:
            OptionError: no architecture, or a setting beyond its bounds.
        """
        if not self.architectures:
            raise OptionError("No model is chosen", remedy="Choose at least one")
        if self.training.epochs > max_epochs:
            raise OptionError("Too many epochs", received=str(self.training.epochs), remedy=f"At most {max_epochs}")
        return [
            RunSpec(
                dataset=content_hash, architecture=name, text=self.text, split=self.split,
                model=self.model_options(name).model_dump(), training=self.training, seed=self.seed + repeat,
            )
            for name in self.architectures
            for repeat in range(self.repeats)
        ]  # fmt: skip

    def with_preset(self, values: Mapping[str, Any]) -> Choices:
        """The same models with a preset's settings, everything it does not name at its default.

        Raises:
            OptionError: a preset names a setting that does not exist.
        """
        return Choices(architectures=self.architectures, seed=self.seed, repeats=self.repeats).with_values(values)

    def with_values(self, values: Mapping[str, Any]) -> Choices:
        """The same with some settings changed, each found by its name.

        A name that several architectures share (`units`) holds for all of them; one that only some have (`heads`)
        holds for those; `lstm.units` holds for that architecture alone.

        Raises:
            OptionError: no such setting, or a value out of bounds.
        """
        chosen = self
        for name, value in values.items():
            group = next((group for group, kind in GROUPS.items() if name in kind.model_fields), None)
            if group is not None:
                chosen = chosen.with_group(group, getattr(chosen, group).model_dump() | {name: value})
            else:
                chosen = replace(chosen, own=_with_own(chosen.own, name, value))
        for name in chosen.architectures:
            chosen.model_options(name)
        return chosen

    def with_group(self, group: str, values: Mapping[str, Any]) -> Choices:
        """The same with one group of settings ("text", "split", "training", "shared") replaced.

        Raises:
            OptionError: a value out of bounds.
        """
        filled: dict[str, Any] = {group: validated(GROUPS[group], dict(values), owner=f"the {group} settings")}
        return replace(self, **filled)


def setting_names() -> list[str]:
    """Every setting that has a name of its own, for messages that list what exists."""
    kinds = [*GROUPS.values(), *(architecture.options for architecture in architectures())]
    return list(dict.fromkeys(name for kind in kinds for name in kind.model_fields))


def _with_own(own: Mapping[str, Mapping[str, Any]], name: str, value: Any) -> dict[str, dict[str, Any]]:
    """`own` with one more option, of the architecture before the dot or of all that have it."""
    prefix, dot, option = name.rpartition(".")
    if dot:
        owners = [get_architecture(prefix).name]
    else:
        owners = [which.name for which in architectures() if option in which.options.model_fields]
    if not owners:
        raise OptionError(
            "There is no setting of that name", received=repr(name), remedy=f"Choose from: {', '.join(setting_names())}"
        )
    changed = {owner: dict(options) for owner, options in own.items()}
    for owner in owners:
        changed.setdefault(owner, {})[option] = value
    return changed
