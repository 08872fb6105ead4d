"""Whether a training fits in the memory of a process, and with which settings it would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from typing import Any

from seqcore.architectures.memory import Load, memory_before_training, memory_needed
from seqcore.architectures.own_vectors_memory import LIBRARY, learns_own_vectors, own_vectors_memory
from seqcore.architectures.registry import Architecture, Sizes, has_vectors
from seqcore.errors import OptionError, TrainingError
from seqcore.kinds import get_kind
from seqcore.kinds.sizes import TokenSizes
from seqcore.spec import InputOptions, Options, TrainingOptions, declared

USABLE = 0.95  # of its limit that a process may take: beyond, it is ended
_MOST_CHANGES = 2
_FEW = (8, 1)  # texts of a batch, where neither shorter texts nor smaller batches alone would do
_LEAST_LENGTH, _LEAST_WORDS = 10, 100  # less is no training that anybody wants
_BATCH, _VOCABULARY, _METHOD = "batch_size", "vocabulary_size", "word_vectors"
_CHARACTERS_OF_WORD = 4  # at least, with the space behind it
_OF_MODEL = ("heads", "layers", "units", "embedding_size", "features", "most_examples")


@dataclass(frozen=True)
class Planned:
    """A training that has not begun.

    Attributes:
        architecture: What is trained.
        options: Its own options.
        input: How examples become what it reads.
        training: How it is trained.
        sizes: What the data decide about the model.
        load: What the data ask it to hold.
    """

    architecture: Architecture
    options: Options
    input: InputOptions
    training: TrainingOptions
    sizes: Sizes
    load: Load

    @property
    def needed(self) -> int:
        """Bytes that it takes at its peak."""
        return max(self.trained, self.begun)

    @property
    def trained(self) -> int:
        """Bytes that the training itself takes."""
        needed = memory_needed(self.architecture, self.sizes, self.options, self.load, self.training.batch_size)
        return needed + (LIBRARY if self._learns_vectors else 0)

    @property
    def begun(self) -> int:
        """Bytes that it takes to learn the vectors of its words beforehand; 0 where they are not learned."""
        if not self._learns_vectors or not isinstance(self.sizes.input, TokenSizes):
            return 0
        running = min(self.load.training * self.load.width, self.load.written // _CHARACTERS_OF_WORD)
        method, size = getattr(self.input, _METHOD, ""), int(getattr(self.options, "embedding_size", 0))
        before = memory_before_training(self.architecture, self.sizes, self.options, self.load)
        return before + LIBRARY + own_vectors_memory(method, self.sizes.input.vocabulary, size, running)

    @property
    def _learns_vectors(self) -> bool:
        return learns_own_vectors(getattr(self.input, _METHOD, "")) and has_vectors(self.architecture.name)

    def with_length(self, longest: int) -> Planned:
        """The same with examples cut to so many steps."""
        sizes = replace(self.sizes, input=replace(self.sizes.input, longest=min(self.sizes.input.longest, longest)))
        return replace(self, sizes=sizes, load=replace(self.load, width=min(self.load.width, longest)))

    def with_batches(self, examples: int) -> Planned:
        """The same with so many examples in a batch."""
        return replace(self, training=self.training.model_copy(update={_BATCH: examples}))

    def with_option(self, name: str, value: int) -> Planned:
        """The same with another option of the model.

        Raises:
            OptionError: the options do not go together.
        """
        return replace(self, options=self.architecture.validate_options(self.options.model_dump() | {name: value}))

    def with_vocabulary(self, ids: int) -> Planned:
        """The same with at most so many ids."""
        if not isinstance(self.sizes.input, TokenSizes):
            return self
        return replace(self, sizes=replace(self.sizes, input=replace(self.sizes.input, vocabulary=ids)))


@dataclass(frozen=True)
class Change:
    """Settings with which a training would fit.

    Attributes:
        values: Name, as `--set` knows it, and value of each.
        said: The same as a person says it.
    """

    values: tuple[tuple[str, int], ...]
    said: str


@dataclass(frozen=True)
class TooLarge:
    """A training that does not fit.

    Attributes:
        planned: Which one.
        usable: Bytes that the process may take.
        changes: Each alone would make it fit.
    """

    planned: Planned
    usable: int
    changes: tuple[Change, ...]

    @property
    def problem(self) -> str:
        """What is wrong, as a sentence."""
        planned, kind = self.planned, get_kind(self.planned.input.kind)
        together = min(planned.training.batch_size, planned.load.training)
        what = f"batches of {together:,} {kind.examples} of up to {planned.load.width:,} {kind.steps} take"
        if planned.architecture.fit != "gradient":
            what = "training takes"
        if planned.begun > planned.trained:
            what = "learning the vectors of its words beforehand takes"
        return (
            f"{planned.architecture.label} does not fit in memory: {what} about {size_said(planned.needed)}, "
            f"and a training process has {size_said(self.usable)}"
        )

    @property
    def remedy(self) -> str:
        """What would fit, as a sentence."""
        if not self.changes:
            return "Choose smaller settings, or give training processes more memory (SEQLAB_WORKER_MEMORY_MB)"
        return f"It would fit with {', or with '.join(change.said for change in self.changes)}"

    def error(self) -> TrainingError:
        """Both, to be raised."""
        return TrainingError(self.problem, remedy=self.remedy)


def too_large(planned: Planned, limit: int) -> TooLarge | None:
    """Why a training cannot be carried out, or None when it can.

    Args:
        planned: The training.
        limit: Bytes at which its process is ended, give or take.
    """
    usable = int(USABLE * limit)
    if planned.needed <= usable:
        return None
    return TooLarge(planned, usable, tuple(_changes(planned, usable)))


def _changes(planned: Planned, usable: int) -> list[Change]:
    """The first few that would do: those that leave the model as it is before those that make it smaller."""
    every = chain(_of_batches(planned, usable), _of_model(planned, usable))
    return list(islice(every, _MOST_CHANGES))


def _of_batches(planned: Planned, usable: int) -> Iterator[Change]:
    """Shorter examples, smaller batches, or both."""
    batch = min(planned.training.batch_size, planned.load.training)
    shorter = list(_shorter(planned, usable))
    smaller = list(_greatest(TrainingOptions, _BATCH, batch, _fits(planned.with_batches, usable)))
    yield from (*shorter, *smaller)
    if not smaller:
        yield from (each for each in _together(planned, usable) if not shorter or each.values[0] > shorter[0].values[0])


def _of_model(planned: Planned, usable: int) -> Iterator[Change]:
    """A smaller model."""
    options = planned.architecture.options
    for name in _OF_MODEL:
        if name in declared(options):
            fits = _fits(partial(planned.with_option, name), usable)
            prefix = f"{planned.architecture.name}."
            yield from _greatest(options, name, getattr(planned.options, name), fits, prefix=prefix)
    if isinstance(planned.sizes.input, TokenSizes) and _VOCABULARY in declared(type(planned.input)):
        now, fits = planned.sizes.input.vocabulary, _fits(planned.with_vocabulary, usable)
        yield from _greatest(type(planned.input), _VOCABULARY, now, fits, least=_LEAST_WORDS)


def _together(planned: Planned, usable: int) -> Iterator[Change]:
    """Small batches and shorter examples."""
    for few in _FEW:
        for shorter in _shorter(planned.with_batches(few), usable):
            said = f"{shorter.said} and {_named(TrainingOptions, _BATCH, few)}"
            yield Change((*shorter.values, (_BATCH, few)), said)
            return


def _shorter(planned: Planned, usable: int) -> Iterator[Change]:
    """Examples cut earlier, unless this model reads all of an example, or nothing cuts."""
    cut = planned.input.length_setting
    reading = planned.architecture.reading(planned.input, planned.options)
    if cut and getattr(reading, cut) == getattr(planned.input, cut):
        fits = _fits(planned.with_length, usable)
        yield from _greatest(type(planned.input), cut, planned.load.width, fits, least=_LEAST_LENGTH)


def _fits(changed: Callable[[int], Planned], usable: int) -> Callable[[int], bool]:
    """Whether a training fits with some value of a setting."""

    def fits(value: int) -> bool:
        try:
            return changed(value).needed <= usable
        except OptionError:  # does not go together with the other settings
            return False

    return fits


def _greatest(
    options: type[Options], name: str, now: int, fits: Callable[[int], bool], *, least: int = 1, prefix: str = ""
) -> Iterator[Change]:
    """The greatest value below today's with which it fits, in steps that a person would choose."""
    field = declared(options)[name]
    extra: Any = field.json_schema_extra
    step = int(extra.get("step") or 1)
    least = max(least, *(int(rule.ge) for rule in field.metadata if hasattr(rule, "ge")))
    values = chain(range((now - 1) // step * step, 0, -step), range(min(step, now) - 1, 0, -1))
    for value in values:
        if value >= least and fits(value):
            yield Change(((f"{prefix}{name}", value),), _named(options, name, value))
            return


def _named(options: type[Options], name: str, value: int) -> str:
    return f"{(declared(options)[name].title or name).lower()} {value:,}"


def size_said(size: int) -> str:
    """Bytes as "640 MB" or "6.9 GB"."""
    mega = size / 1024**2
    return f"{mega / 1024:.1f} GB" if mega >= 1000 else f"{mega:.0f} MB"
