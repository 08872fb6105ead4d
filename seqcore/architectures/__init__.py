"""Every architecture, registered on import, in the order they are shown."""

from seqcore.architectures import recurrent, attention, transformer, convolution, bag_of_words  # noqa: F401, I001  (order shown)
from seqcore.architectures import temporal_convolution, min_gru, fasttext, hierarchical_attention  # noqa: F401
from seqcore.architectures import mini_rocket, nearest_neighbour, pretrained  # noqa: F401
from seqcore.architectures.appearance import Appearance, appearance
from seqcore.architectures.registry import (
    Architecture,
    SharedOptions,
    Sizes,
    architectures,
    get_architecture,
    has_vectors,
    register,
    seeds_matter,
)
from seqcore.architectures.stages import Axis, Stage, stages_of

SEED_ARCHITECTURES = ("rnn", "lstm", "bilstm", "lstm_attention")

__all__ = [
    "SEED_ARCHITECTURES",
    "Appearance",
    "Architecture",
    "Axis",
    "SharedOptions",
    "Sizes",
    "Stage",
    "appearance",
    "architectures",
    "get_architecture",
    "has_vectors",
    "register",
    "seeds_matter",
    "stages_of",
]
