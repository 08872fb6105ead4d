"""What an architecture does to a batch, stage by stage: the shape of what comes out, and where its numbers are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from seqcore.architectures.registry import Architecture, Sizes
    from seqcore.spec import Options

StageKind = Literal[
    "input",
    "vectors",
    "recurrent",
    "attention",
    "self_attention",
    "convolution",
    "causal_convolution",
    "averaged",
    "counts",
    "summary",
    "other",
    "head",
]


@dataclass(frozen=True)
class Axis:
    """One side of a tensor.

    Attributes:
        name: What is counted along it, "units".
        size: How many there are.
    """

    name: str
    size: int


@dataclass(frozen=True)
class Stage:
    """One thing that is done to every example.

    Attributes:
        title: What it is called.
        kind: What pictures draw it as.
        says: What it does, in a sentence.
        shape: Of what comes out for one example; a batch has one more side, in front. None: nobody said.
        parts: Names of the parameters that belong to it, as the architecture counts them.
        layer: Name of the Keras layer whose output has that shape; "" where there is no such tensor in the model.
        output: Which of the layer's outputs it is.
        cell: Of a recurrent stage, what it is called in a picture.
        both_ways: Whether a recurrent stage reads from both ends.
        carries: What a recurrent stage hands from step to step: h, and c where it has a memory cell.
    """

    title: str
    kind: StageKind
    says: str
    shape: tuple[Axis, ...] | None
    parts: tuple[str, ...] = ()
    layer: str = ""
    output: int = 0
    cell: str = ""
    both_ways: bool = False
    carries: tuple[str, ...] = ("h",)


StagesOf = Callable[["Sizes", Any], tuple[Stage, ...]]


def no_stages(_sizes: Sizes, _options: Options) -> tuple[Stage, ...]:
    """Of an architecture that declares none."""
    return ()


def steps_of(sizes: Sizes) -> Axis:
    """The side along which an example is read; the longest one there is, for shorter ones are padded."""
    return Axis("steps", sizes.input.longest)


def stages_of(architecture: Architecture, sizes: Sizes, options: Options) -> tuple[Stage, ...]:
    """The whole way of an example, from what is read to the probabilities.

    An architecture declares what it does between the vectors and the head. Parts of it that no stage names stand in
    one of their own, so that nothing that it counts is missing.
    """
    declared, outputs = architecture.stages(sizes, options), Axis("outputs", sizes.outputs)
    before = _before(architecture, sizes, options)
    parts = architecture.parameters(sizes, options)
    of_head = _parts_of_head(architecture, parts, declared)
    head = _head(outputs, of_head)
    named = {part for stage in (*before, *declared, *head) for part in stage.parts}
    others = tuple(part for part in parts if part not in named)
    unnamed = (Stage(architecture.label, "other", architecture.idea, None, others),) if others else ()
    return (*before, *declared, *unnamed, *head)


def _before(architecture: Architecture, sizes: Sizes, options: Options) -> tuple[Stage, ...]:
    of_tokens = sizes.input.form == "tokens"
    read = Stage(
        "Ids" if of_tokens else "Frames", "input",
        "Each token is its number in the vocabulary; shorter texts are padded with 0."
        if of_tokens else "Some numbers for each moment; shorter examples are padded.",
        (steps_of(sizes),) if of_tokens else (steps_of(sizes), Axis("channels", getattr(sizes.input, "channels", 1))),
        layer="tokens" if of_tokens else "frames",
    )  # fmt: skip
    size = getattr(options, "embedding_size", None)
    if architecture.fit != "gradient" or size is None:
        return (read,)
    vectors = Stage(
        "Embedding" if of_tokens else "Projection", "vectors",
        "Each token gets the vector that was learned for it." if of_tokens else "Each frame becomes a vector.",
        (steps_of(sizes), Axis("embedding size", size)), (sizes.input.part,), layer=sizes.input.part,
    )  # fmt: skip
    return (read, vectors)


def _parts_of_head(architecture: Architecture, parts: Iterable[str], declared: Iterable[Stage]) -> tuple[str, ...]:
    """Of what is fitted at once, all that no stage of its own has."""
    if architecture.fit == "gradient":
        return ("head",)
    named = {part for stage in declared for part in stage.parts}
    return tuple(part for part in parts if part not in named)


def _head(outputs: Axis, parts: tuple[str, ...]) -> tuple[Stage, ...]:
    binary = outputs.size == 1
    logits = Stage(
        "Head", "head", "A weighted sum for " + ("the second of two classes." if binary else "each class."),
        (outputs,), parts, layer="logits",
    )  # fmt: skip
    said = "The sigmoid makes it a probability; the first class has the rest." if binary else (
        "The softmax makes probabilities of them, which sum to 1."
    )  # fmt: skip
    return (logits, Stage("Probabilities", "summary", said, (outputs,), layer="probabilities"))
