"""MiniRocket: thousands of shares of time in which fixed patterns fit, and a linear model on them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from seqcore.architectures.memory import Footprint
from seqcore.architectures.registry import Sizes, register
from seqcore.architectures.stages import Axis, Stage
from seqcore.kinds.sizes import FrameSizes
from seqcore.spec import Options, option

if TYPE_CHECKING:
    from seqcore.layers.sequence import Sequence

LENGTH = 9  # of a kernel
HIGH = tuple(combinations(range(LENGTH), 3))  # where the weights of each kernel are 2; they are -1 elsewhere
MOST_DILATIONS = 32
FEATURES = "features"
WEIGHTS = "feature_weights"
Reach = Literal["whole", "inner"]
REACHES: tuple[Reach, Reach] = ("whole", "inner")
_BANKS_AT_ONCE = 3  # that are compared side by side, by as many threads
_NOTHING = -1e30  # what no threshold is below


class MiniRocketOptions(Options):
    """Options of MiniRocket."""

    features: int = option(
        9_996,
        "Features",
        "Shares of time that are computed of each example: a multiple of 84, the number of patterns; what is beyond "
        "one is left out.",
        ge=84,
        le=49_980,
        step=84,
    )


@dataclass(frozen=True)
class Bank:
    """Kernels of one dilation that look at the same part of an example.

    Attributes:
        dilation: Steps between what neighbouring weights look at.
        thresholds: Of each kernel.
        reach: `whole`: everywhere, as if zeros stood around the example; `inner`: only where all of a kernel lies
            within the example.
        kernels: Places in `HIGH`.
        first: Number of the first threshold of the dilation, in the order of the paper.
    """

    dilation: int
    thresholds: int
    reach: Reach
    kernels: tuple[int, ...]
    first: int

    @property
    def features(self) -> int:
        """How many come of it."""
        return len(self.kernels) * self.thresholds

    @property
    def name(self) -> str:
        """Of its layers."""
        return f"{self.dilation}_{self.reach}"


def dilations_of(longest: int, features: int) -> list[tuple[int, int]]:
    """Dilations, and how many thresholds each kernel has at each.

    Args:
        longest: Steps of the longest example; the largest kernel is as wide.
        features: In all.
    """
    each = features // len(HIGH)
    most = min(each, MOST_DILATIONS)
    exponent = max(0.0, float(np.log2(max(longest - 1, 1) / (LENGTH - 1))))
    found, times = np.unique(np.logspace(0, exponent, most, base=2).astype(int), return_counts=True)
    counts = (times * (each / most)).astype(int)
    for place in range(each - int(counts.sum())):
        counts[place % len(counts)] += 1
    return list(zip(found.tolist(), counts.tolist(), strict=True))


def banks_of(sizes: Sizes, options: MiniRocketOptions) -> list[Bank]:
    """All kernels, in the order in which their features stand; every second one looks at the whole example."""
    banks, first = [], 0
    for place, (dilation, thresholds) in enumerate(dilations_of(sizes.input.longest, options.features)):
        for parity, reach in enumerate(REACHES):
            kernels = tuple(number for number in range(len(HIGH)) if (place + number) % 2 == parity)
            banks.append(Bank(dilation, thresholds, reach, kernels, first))
        first += len(HIGH) * thresholds
    return banks


def features_of(options: MiniRocketOptions) -> int:
    """How many features there are."""
    return options.features // len(HIGH) * len(HIGH)


def count_mini_rocket(sizes: Sizes, options: MiniRocketOptions) -> dict[str, int]:
    """One weight a feature and class, one bias a class; kernels and thresholds are not learned."""
    return {"feature weights": features_of(options) * sizes.outputs, "bias": sizes.outputs}


def footprint_of_mini_rocket(sizes: Sizes, options: MiniRocketOptions) -> Footprint:
    """Each step is compared with the thresholds of a few banks at a time; all training examples are solved at once."""
    most = max(thresholds for _, thresholds in dilations_of(sizes.input.longest, options.features))
    at_once = _BANKS_AT_ONCE * len(HIGH) // len(REACHES) * most
    return Footprint(per_step=1.3 * at_once, per_parameter=16, solved_features=features_of(options))


def stages_of_mini_rocket(sizes: Sizes, options: MiniRocketOptions) -> tuple[Stage, ...]:
    """The shares of time; what the kernels say of each step is not kept."""
    dilations = dilations_of(sizes.input.longest, options.features)
    says = (
        f"The share of steps at which each of {len(HIGH)} patterns of {LENGTH} steps, {dilations[0][0]} to "
        f"{dilations[-1][0]} apart, fits better than each of its thresholds. Patterns are fixed, thresholds are taken "
        "from training examples."
    )
    return (Stage("Shares of time", "summary", says, (Axis("features", features_of(options)),), layer=FEATURES),)


@register(
    "mini_rocket",
    label="MiniRocket",
    idea="Slides 84 fixed patterns over a series at many widths, notes the share of time in which each fits, and "
    "solves a linear model: the baseline that a sequence model has to beat on series.",
    equations=(
        r"c_t = \sum_k w_k x_{t+kd}",
        r"f = \frac{1}{T} \sum_t [c_t > q]",
        r"p = \sigma(a (W f + b))",
    ),
    options=MiniRocketOptions,
    count=count_mini_rocket,
    width=None,
    color="#8a6d3b",
    dash="dash",
    fit="closed_form",
    draws=True,
    reads=("frames",),
    footprint=footprint_of_mini_rocket,
    stages=stages_of_mini_rocket,
)
def build_mini_rocket(sequence: Sequence, options: MiniRocketOptions) -> Any:
    """Logits `(batch, outputs)` of a ridge regression on MiniRocket's features, Dempster, Schmidt & Webb 2021
    (arXiv:2012.08791), of several channels as in its authors' code.

    A feature is the share of steps at which a kernel's answer is above a threshold. Each kernel sums some of the
    channels; which ones stands in its weights, so that it is an ordinary convolution. An `inner` kernel that is wider
    than an example answers 0: it fits nowhere.
    """
    from keras import layers, ops

    from seqcore.layers.sequence import FrameSequence

    if not isinstance(sequence, FrameSequence) or not isinstance(sequence.sizes.input, FrameSizes):
        raise TypeError("only frames can be convolved with fixed patterns")
    real = ops.expand_dims(sequence.mask, -1)  # (batch, steps, 1)
    place = ops.cumsum(ops.ones_like(ops.cast(sequence.mask, "int32")), axis=1) - 1
    behind = ops.expand_dims(sequence.lengths, -1) - place  # steps from here to the end, this one included
    found = []
    for bank in banks_of(sequence.sizes, options):
        kernels = len(bank.kernels)
        answers = layers.Conv1D(
            kernels, LENGTH, padding="same", dilation_rate=bank.dilation, use_bias=False, trainable=False,
            name=f"kernels_{bank.name}",
        )(sequence.frames)  # fmt: skip
        read = real
        if bank.reach == "inner":
            margin = LENGTH // 2 * bank.dilation
            inside = ops.logical_and(ops.greater_equal(place, margin), ops.greater(behind, margin))
            read = ops.logical_and(real, ops.expand_dims(inside, -1))
        number = ops.maximum(ops.sum(ops.cast(read, "float32"), axis=1), 1.0)  # (batch, 1)
        thresholds = sequence.constant(bank.features, name=f"thresholds_{bank.name}", trainable=False)
        thresholds = ops.reshape(thresholds, (-1, 1, kernels, bank.thresholds))
        answers = ops.expand_dims(ops.where(read, answers, _NOTHING), -1)
        above = ops.sum(ops.cast(ops.greater(answers, thresholds), "float32"), axis=1)
        found.append(ops.reshape(above, (-1, bank.features)) / number)
    features = layers.Concatenate(name=FEATURES)(found)
    return layers.Dense(sequence.sizes.outputs, name=WEIGHTS)(features)
