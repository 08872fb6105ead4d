"""An experiment before it starts: which models, which settings, which seeds, and the runs that follow from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from seqcore.architectures import SEED_ARCHITECTURES, SharedOptions, architectures, get_architecture, has_vectors
from seqcore.architectures.pretrained import NAME as PRETRAINED
from seqcore.architectures.pretrained import PretrainedOptions, of_encoder
from seqcore.errors import OptionError
from seqcore.kinds import get_kind
from seqcore.spec import (
    InputOptions,
    Options,
    RunSpec,
    SplitOptions,
    TrainingOptions,
    declared,
    default_input,
    validated,
)

if TYPE_CHECKING:
    from seqcore.kinds.text.pretrained import EncoderConfig
    from seqcore.kinds.text.vectors import WordVectors

MAX_REPEATS = 10
Match = Literal["none", "parameters", "updates", "seconds"]
MATCHES: dict[Match, str] = {
    "none": "Off",
    "parameters": "Parameters",
    "updates": "Updates",
    "seconds": "Seconds a step",
}
SAME_FOR_EVERY_KIND: dict[str, type[Options]] = {
    "split": SplitOptions,
    "training": TrainingOptions,
    "shared": SharedOptions,
}


@dataclass(frozen=True)
class Choices:
    """Everything that the Train page and `python -m seqcore train` ask for.

    Attributes:
        architectures: Names, in the order they are trained.
        input: How examples become what a model reads: the options of one kind of data.
        split: How rows are shared out.
        training: How models are trained.
        shared: Model options that hold for all architectures.
        own: Model options that hold for one architecture only, by its name.
        seed: Of the first run of each architecture.
        repeats: Runs of each architecture, each with the next seed.
        seeds: One run of each architecture for each of these; empty: `seed` and `repeats` say which.
        match: In what the models are made equal before they are trained, see `seqcore.lab.match`.
        match_to: Architecture that the others are matched to; empty: the first that can be.
        beside_random: Whether each model with pretrained vectors is trained with random ones too.
    """

    architectures: tuple[str, ...] = SEED_ARCHITECTURES
    input: InputOptions = field(default_factory=default_input)
    split: SplitOptions = field(default_factory=SplitOptions)
    training: TrainingOptions = field(default_factory=TrainingOptions)
    shared: SharedOptions = field(default_factory=SharedOptions)
    own: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    seed: int = 0
    repeats: int = 1
    seeds: tuple[int, ...] = ()
    match: Match = "none"
    match_to: str = ""
    beside_random: bool = False

    @property
    def every_seed(self) -> tuple[int, ...]:
        """The seeds of each architecture's runs, in order."""
        return self.seeds or tuple(range(self.seed, self.seed + self.repeats))

    @property
    def runs(self) -> int:
        """How many runs one press of Train starts."""
        return sum(len(self._inputs_of(name)) for name in self.architectures) * len(self.every_seed)

    def with_seeds(self, seeds: Sequence[int]) -> Choices:
        """The same with these seeds, as a first one with repeats where they follow each other."""
        first, wanted = seeds[0], tuple(seeds)
        if len(wanted) <= MAX_REPEATS and wanted == tuple(range(first, first + len(wanted))):
            return replace(self, seed=first, repeats=len(wanted), seeds=())
        return replace(self, seed=first, repeats=1, seeds=wanted)

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
            OptionError: no architecture, one that cannot read this kind of data, or a setting beyond its bounds.
        """
        if not self.architectures:
            raise OptionError("No model is chosen", remedy="Choose at least one")
        if self.training.epochs > max_epochs:
            raise OptionError("Too many epochs", received=str(self.training.epochs), remedy=f"At most {max_epochs}")
        for name in self.architectures:
            self._refuse_unread(name)
            self.model_options(name).refuse_unready()
        self.input.refuse_unready()
        return [
            RunSpec(
                dataset=content_hash, architecture=name, input=read, split=self.split,
                model=self.model_options(name).model_dump(), training=self.training, seed=seed,
            )
            for name in self.architectures
            for read in self._inputs_of(name)
            for seed in self.every_seed
        ]  # fmt: skip

    def _inputs_of(self, name: str) -> list[InputOptions]:
        """How an architecture reads examples: in two ways where it is compared with itself without vectors."""
        without = self.input.without_vectors()
        if not has_vectors(name):
            return [without]
        return [without, self.input] if self.beside_random and self.input.begins_with_vectors else [self.input]

    def _refuse_unread(self, name: str) -> None:
        """Raise an OptionError when an architecture cannot read this kind of data."""
        kind, architecture = get_kind(self.input.kind), get_architecture(name)
        if kind.form not in architecture.reads:
            able = [each.name for each in architectures(kind.form)]
            raise OptionError(
                f"{architecture.label} cannot read {kind.label.lower()}",
                received=name,
                remedy=f"Choose from: {', '.join(able)}",
            )

    def within(self, max_epochs: int) -> Choices:
        """The same with no more epochs than a deployment allows: for what nobody chose, such as the defaults."""
        epochs = min(self.training.epochs, max_epochs)
        return replace(self, training=self.training.model_copy(update={"epochs": epochs}))

    def with_preset(self, values: Mapping[str, Any]) -> Choices:
        """The same models with a preset's settings, everything it does not name at its default.

        Raises:
            OptionError: a preset names a setting that does not exist.
        """
        return Choices(
            architectures=self.architectures, input=type(self.input)(kind=self.input.kind), seed=self.seed,
            repeats=self.repeats, seeds=self.seeds,
        ).with_values(values)  # fmt: skip

    def for_kind(self, kind: str) -> Choices:
        """The same for data of a kind: its settings at their defaults, unless they are in use already.

        Raises:
            DataError: there is no such kind.
        """
        if self.input.kind == kind:
            return self
        return replace(self, input=get_kind(kind).options(kind=kind))

    def with_vectors_at_hand(self, vectors: WordVectors) -> Choices:
        """The same with these vectors to choose, whether models begin with them or not."""
        given = {"vector_file": vectors.content_hash, "vector_size": vectors.size}
        return replace(self, input=self.input.model_copy(update=given))

    def with_vectors(self, vectors: WordVectors) -> Choices:
        """The same for models that begin with these vectors.

        They are made as wide as the vectors; those that cannot be (a transformer whose heads do not divide them) keep
        their width, and bring the vectors to it.
        """
        read = self.with_vectors_at_hand(vectors).input.model_copy(update={"word_vectors": "file"})
        chosen = self
        with suppress(OptionError):  # wider than any model
            before = self.shared.embedding_size
            chosen = self.with_group("shared", self.shared.model_dump() | {"embedding_size": vectors.size})
            for name in filter(has_vectors, (each.name for each in architectures())):
                try:
                    chosen.model_options(name)
                except OptionError:
                    chosen = replace(chosen, own=chosen._own_with(f"{name}.embedding_size", before))
        return replace(chosen, input=read)

    def with_pretrained(self, content: str, config: EncoderConfig) -> Choices:
        """The same where the pretrained transformer begins with an encoder.

        Args:
            content: The hash that names it.
            config: Its sizes.
        """
        given = of_encoder(content, config)
        return replace(self, own={**self.own, PRETRAINED: {**self.own.get(PRETRAINED, {}), **given}})

    def lacks(self, name: str) -> str:
        """What has to be given before a model of this architecture can be trained; empty where nothing is missing."""
        try:
            options = self.model_options(name)
        except OptionError:  # a setting beyond its bounds, which is another matter
            return ""
        try:
            options.refuse_unready()
        except OptionError as error:
            return error.problem
        return ""

    def without_pretrained(self) -> Choices:
        """The same without an encoder to begin with, and without the model that needs one."""
        kept = {
            name: value for name, value in self.own.get(PRETRAINED, {}).items() if name in declared(PretrainedOptions)
        }
        others = tuple(name for name in self.architectures if name != PRETRAINED)
        return replace(self, architectures=others, own={**self.own, PRETRAINED: kept})

    def groups(self) -> dict[str, type[Options]]:
        """The groups of settings by their names: that of the kind in use first."""
        return {"input": type(self.input), **SAME_FOR_EVERY_KIND}

    def with_values(self, values: Mapping[str, Any]) -> Choices:
        """The same with some settings changed, each found by its name.

        A bare name is looked for in the options of the kind in use, then in the other groups. A name that several
        architectures share (`units`) holds for all of them; one that only some have (`heads`) holds for those;
        `lstm.units` holds for that architecture alone.

        Raises:
            OptionError: no such setting, or a value out of bounds.
        """
        chosen = self
        for name, value in values.items():
            group = next((group for group, options in chosen.groups().items() if name in declared(options)), None)
            if group is not None:
                chosen = chosen.with_group(group, getattr(chosen, group).model_dump() | {name: value})
            else:
                chosen = replace(chosen, own=chosen._own_with(name, value))
        for name in chosen.architectures:
            chosen.model_options(name)
        return chosen

    def with_group(self, group: str, values: Mapping[str, Any]) -> Choices:
        """The same with one group of settings ("input", "split", "training", "shared") replaced.

        Raises:
            OptionError: a value out of bounds.
        """
        owner = f"the {self.input.kind if group == 'input' else group} settings"
        filled: dict[str, Any] = {group: validated(self.groups()[group], dict(values), owner=owner)}
        return replace(self, **filled)

    def setting_names(self) -> list[str]:
        """Every setting that has a name of its own, for messages that list what exists."""
        groups = [*self.groups().values(), *(architecture.options for architecture in architectures())]
        return list(dict.fromkeys(name for group in groups for name in declared(group)))

    def _own_with(self, name: str, value: Any) -> dict[str, dict[str, Any]]:
        """`own` with one more option, of the architecture before the dot or of all that have it."""
        prefix, dot, option = name.rpartition(".")
        if dot:
            owners = [get_architecture(prefix).name]
        else:
            owners = [which.name for which in architectures() if option in declared(which.options)]
        if not owners:
            raise OptionError(
                "There is no setting of that name",
                received=repr(name),
                remedy=f"Choose from: {', '.join(self.setting_names())}",
            )
        changed = {owner: dict(options) for owner, options in self.own.items()}
        for owner in owners:
            changed.setdefault(owner, {})[option] = value
        return changed
