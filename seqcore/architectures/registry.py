"""The list of architectures: a decorator that adds one, look-ups that name what exists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from seqcore.architectures.memory import Footprint
from seqcore.architectures.stages import StagesOf, no_stages
from seqcore.errors import OptionError
from seqcore.kinds.sizes import Form, InputSizes, read_sizes, stored_sizes
from seqcore.spec import InputOptions, Options, SplitOptions, option, validated

if TYPE_CHECKING:
    from seqcore.layers.sequence import Sequence


EVERY_FORM: tuple[Form, ...] = ("tokens", "frames")
AttentionKind = Literal["none", "tokens", "sentences", "heads"]
FitKind = Literal["gradient", "closed_form"]
ParameterCount = Callable[["Sizes", Any], dict[str, int]]
Reading = Callable[[InputOptions, Any], InputOptions]
FootprintOf = Callable[["Sizes", Any], Footprint]


def as_set(input_options: InputOptions, _options: Options) -> InputOptions:
    """How most architectures read examples: as the settings of the input say."""
    return input_options


@dataclass(frozen=True)
class Sizes:
    """The numbers that the data decides.

    Attributes:
        input: Of what a model reads.
        classes: Classes to tell apart.
    """

    input: InputSizes
    classes: int

    @property
    def outputs(self) -> int:
        """Units of the head: one sigmoid for two classes, one softmax unit a class for more."""
        return 1 if self.classes == 2 else self.classes

    def stored(self) -> dict[str, int]:
        """As files keep them."""
        return {**stored_sizes(self.input), "classes": self.classes}

    @classmethod
    def read(cls, stored: Mapping[str, int]) -> Sizes:
        """What `stored` wrote.

        Raises:
            KeyError: a number is missing.
        """
        return cls(read_sizes(stored), stored["classes"])

    def vector_parameters(self, size: int) -> dict[str, int]:
        """Numbers of the part that gives each step its vector of this size, by the part's name."""
        return {self.input.part: self.input.vector_parameters(size)}


class SharedOptions(Options):
    """The options that every neural architecture has."""

    embedding_size: int = option(
        32, "Embedding size", "Length of the vector that stands for one step.", ge=2, le=512, step=8
    )
    units: int = option(32, "Units", "Size of the hidden state (of the filters, in a CNN).", ge=2, le=512, step=8)
    layers: int = option(1, "Layers", "Layers stacked on top of each other.", ge=1, le=6, step=1, more=True)
    dropout: float = option(
        0.0,
        "Dropout",
        "Share of the values that is set to zero at random during training.",
        ge=0.0,
        le=0.9,
        step=0.05,
        more=True,
    )


def usual_footprint(_sizes: Sizes, options: Any) -> Footprint:
    """Of an architecture that declares none: as much as the dearest of the recurrent ones."""
    usual = SharedOptions()
    units, size, layers = (
        getattr(options, name, getattr(usual, name)) for name in ("units", "embedding_size", "layers")
    )
    return Footprint(per_step=30 * units * layers + 4 * size)


@dataclass(frozen=True)
class Architecture:
    """A registered recipe.

    Attributes:
        name: Key in files, command lines and URLs.
        label: What people call it.
        idea: Its idea in one sentence.
        equations: LaTeX lines.
        options: Its declared options.
        build: `(sequence, options) -> features (batch, features)`; imports Keras in its body only.
        count: `(sizes, options) -> {part: parameters}`, the head included, without TensorFlow.
        width: The setting that makes it wider, every other left as it is; None: there is none, so that it cannot be
            made as large, or as slow, as another.
        attention: What its attention weights weigh: nothing, steps, steps within
            sentences and sentences, or steps by steps per head.
        color: Its colour on every page, at least 3:1 on the light page and on the dark one (after Okabe-Ito and Tol).
        dash: Its line style: with its mark (`appearance`) the sign for those who cannot tell colours apart.
        fit: `gradient`: trained step by step, `build` gives features and a head is put on top;
            `closed_form`: fitted at once, `build` gives the logits.
        draws: Whether it draws numbers though it is fitted at once, so that another seed makes another model.
        reads: Forms of input that it can read.
        reading: `(input options, options) -> input options`: how it reads examples, given how the others do.
        footprint: `(sizes, options) -> Footprint`: the memory that its training takes.
        stages: `(sizes, options) -> stages`: what it does between the vectors and the head, as pages draw it.
    """

    name: str
    label: str
    idea: str
    equations: tuple[str, ...]
    options: type[Options]
    build: Callable[[Sequence, Any], Any]
    count: ParameterCount
    width: str | None
    attention: AttentionKind
    color: str
    dash: str
    fit: FitKind = "gradient"
    draws: bool = False
    reads: tuple[Form, ...] = EVERY_FORM
    reading: Reading = as_set
    footprint: FootprintOf = usual_footprint
    stages: StagesOf = no_stages

    @property
    def counts_terms(self) -> bool:
        """Whether its logits are a weighted sum of the terms of a text, so that gradients are what each adds."""
        return self.fit == "closed_form" and "tokens" in self.reads

    def validate_options(self, values: dict[str, Any]) -> Options:
        """Options from loose values.

        Raises:
            OptionError: a value out of its bounds or a name this architecture does not have.
        """
        return validated(self.options, values, owner=self.name)

    def parameters(self, sizes: Sizes, options: Options) -> dict[str, int]:
        """Trainable numbers of each part, the head included; their sum is what Keras counts."""
        return self.count(sizes, options)


_REGISTRY: dict[str, Architecture] = {}


def register(
    name: str,
    *,
    label: str,
    idea: str,
    equations: tuple[str, ...],
    options: type[Options],
    count: ParameterCount,
    width: str | None,
    color: str,
    dash: str = "solid",
    attention: AttentionKind = "none",
    fit: FitKind = "gradient",
    draws: bool = False,
    reads: tuple[Form, ...] = EVERY_FORM,
    reading: Reading = as_set,
    footprint: FootprintOf = usual_footprint,
    stages: StagesOf = no_stages,
) -> Callable[[Callable[[Sequence, Any], Any]], Callable[[Sequence, Any], Any]]:
    """Add an architecture; from here on it is in every form, table, test and command.

    Raises:
        ValueError: the name is taken.
    """

    def add(build: Callable[[Sequence, Any], Any]) -> Callable[[Sequence, Any], Any]:
        if name in _REGISTRY:
            raise ValueError(f"architecture {name!r} is registered twice")
        _REGISTRY[name] = Architecture(
            name,
            label,
            idea,
            equations,
            options,
            build,
            count,
            width,
            attention,
            color,
            dash,
            fit,
            draws,
            reads,
            reading,
            footprint,
            stages,
        )
        return build

    return add


def seeds_matter(name: str, split: SplitOptions) -> bool:
    """Whether another seed makes another model: not of one that is solved without drawing, unless it is split anew.

    Args:
        name: Of the architecture; of one that is not known, seeds may matter.
        split: How its rows are shared out.
    """
    if split.split_each_seed or name not in _REGISTRY:
        return True
    return _REGISTRY[name].fit == "gradient" or _REGISTRY[name].draws


def has_vectors(name: str) -> bool:
    """Whether the architecture gives each step a vector first, and so can begin with pretrained ones.

    Raises:
        OptionError: there is no architecture of that name.
    """
    return "embedding_size" in get_architecture(name).options.model_fields


def get_architecture(name: str) -> Architecture:
    """The architecture of that name.

    Raises:
        OptionError: there is none; the message lists those that exist.
    """
    try:
        return _REGISTRY[name]
    except KeyError:
        raise OptionError(
            "There is no architecture of that name", received=repr(name), remedy=f"Choose from: {', '.join(_REGISTRY)}"
        ) from None


def architectures(reading: Form | None = None) -> Iterator[Architecture]:
    """Every architecture, or those that read this form of input, in the order of registration."""
    return iter(tuple(each for each in _REGISTRY.values() if reading is None or reading in each.reads))
