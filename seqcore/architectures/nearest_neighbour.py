"""The nearest neighbour: whatever the training example says that lies nearest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from seqcore.architectures.memory import MOST_EXAMPLES, Footprint
from seqcore.architectures.registry import Sizes, register
from seqcore.architectures.stages import Axis, Stage
from seqcore.kinds.sizes import FrameSizes
from seqcore.spec import Options, option

if TYPE_CHECKING:
    from seqcore.layers.sequence import Sequence

KEPT = "kept_examples"
CLASSES = "classes_of_kept"
DISTANCES = "distances"
SCALE = "scale"
_FAR = 1e12  # the square of a distance that no example has: of a class without training examples


class NearestNeighbourOptions(Options):
    """Options of the nearest neighbour."""

    most_examples: int = option(
        5000,
        "Kept examples",
        "Training examples that the model keeps and compares with; of more, so many are taken, evenly over the rows.",
        ge=10,
        le=MOST_EXAMPLES,
        step=500,
    )


def kept_of(sizes: Sizes) -> int:
    """How many examples a model keeps, at least one; before it is fitted nobody knows."""
    return max(getattr(sizes.input, "examples", 0), 1)


def numbers_of(sizes: Sizes) -> int:
    """Numbers of an example that is compared."""
    return sizes.input.longest * getattr(sizes.input, "channels", 1)


def count_nearest_neighbour(sizes: Sizes, options: NearestNeighbourOptions) -> dict[str, int]:
    """The kept examples, each with the square of its length, and a factor for each class; nothing else is learned."""
    return {"kept examples": (numbers_of(sizes) + 1) * kept_of(sizes), "scale": sizes.classes * sizes.outputs}


def footprint_of_nearest_neighbour(sizes: Sizes, options: NearestNeighbourOptions) -> Footprint:
    """Each example is stretched, and compared with every one that is kept."""
    compared = 3 * kept_of(sizes) / max(sizes.input.longest, 1)
    return Footprint(per_step=8 * getattr(sizes.input, "channels", 1) + compared, per_parameter=6)


def stages_of_nearest_neighbour(sizes: Sizes, options: NearestNeighbourOptions) -> tuple[Stage, ...]:
    """The distances."""
    says = (
        f"How far the nearest of the kept examples of each class is, number by number. Examples of another length are "
        f"stretched to {sizes.input.longest:,} steps first."
    )
    classes = (Axis("classes", sizes.classes),)
    return (Stage("Distances", "summary", says, classes, ("kept examples",), layer=DISTANCES),)


@register(
    "nearest_neighbour",
    label="Nearest neighbour",
    idea="Keeps the training series and answers as the one says that is nearest, number by number: the oldest "
    "baseline there is, with nothing to learn.",
    equations=(
        r"d_k = \min_{n \in k} \lVert x - x_n \rVert",
        r"p = \mathrm{softmax}(-a d)",
    ),
    options=NearestNeighbourOptions,
    count=count_nearest_neighbour,
    width=None,
    color="#4f8196",
    dash="dash",
    fit="closed_form",
    reads=("frames",),
    footprint=footprint_of_nearest_neighbour,
    stages=stages_of_nearest_neighbour,
)
def build_nearest_neighbour(sequence: Sequence, options: NearestNeighbourOptions) -> Any:
    """Logits `(batch, outputs)`: Euclidean distances to the nearest example of each class, times −a.

    The squares of the distances are |x|² − 2 x·e + |e|²: a dense layer of the kept examples e. An example is compared
    at as many moments as the longest has; of another length it is stretched, by straight lines between its steps.
    """
    from keras import layers, ops

    from seqcore.layers.sequence import FrameSequence

    if not isinstance(sequence, FrameSequence) or not isinstance(sequence.sizes.input, FrameSizes):
        raise TypeError("only frames have distances")
    sizes = sequence.sizes
    kept = kept_of(sizes)
    flat = ops.reshape(_stretched(sequence, sizes.input.longest), (-1, numbers_of(sizes)))
    nearness = layers.Dense(kept, name=KEPT)(flat)  # 2 x·e − |e|²
    places = ops.cumsum(ops.ones((1, kept), "int32"), axis=1) - 1 + ops.cast(sequence.mask[:1, :1], "int32") * 0
    table = layers.Embedding(kept, 1, dtype="int64", trainable=False, embeddings_initializer="zeros", name=CLASSES)
    codes = ops.reshape(table(places), (-1,))
    nearest = ops.transpose(ops.segment_max(ops.transpose(nearness), codes, num_segments=sizes.classes))
    squares = ops.sum(ops.square(flat), axis=1, keepdims=True) - ops.maximum(nearest, -_FAR)
    distances = layers.Activation("linear", name=DISTANCES)(ops.sqrt(ops.maximum(squares, 1e-12)))
    return layers.Dense(sizes.outputs, use_bias=False, name=SCALE)(distances)


def _stretched(sequence: Any, moments: int) -> Any:
    """`(batch, moments, channels)`: each example at so many places from its first step to its last."""
    from keras import ops

    last = ops.expand_dims(ops.cast(sequence.lengths, "float32") - 1.0, -1)  # (batch, 1)
    count = ops.cumsum(ops.ones((1, moments)), axis=1) - 1.0 + 0.0 * last  # (batch, moments)
    places = count * last / max(moments - 1, 1)
    before = ops.floor(places)
    share = ops.expand_dims(places - before, -1)
    after = ops.minimum(before + 1.0, last)

    def frames_at(steps: Any) -> Any:
        return ops.take_along_axis(sequence.frames, ops.expand_dims(ops.cast(steps, "int32"), -1), axis=1)

    return frames_at(before) * (1.0 - share) + frames_at(after) * share
