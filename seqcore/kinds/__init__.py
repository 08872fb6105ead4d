"""Every kind of data, registered on import, in the order they are shown."""

from seqcore.kinds import text  # noqa: F401  # isort: skip
from seqcore.kinds import series  # noqa: F401  # isort: skip
from seqcore.kinds import audio  # noqa: F401  # isort: skip
from seqcore.kinds.base import Encoder, Kind, Step
from seqcore.kinds.picture import Picture
from seqcore.kinds.registry import get_kind, kinds, register
from seqcore.kinds.sizes import Form, FrameSizes, InputSizes, TokenSizes, read_sizes, stored_sizes

__all__ = [
    "Encoder",
    "Form",
    "FrameSizes",
    "InputSizes",
    "Kind",
    "Picture",
    "Step",
    "TokenSizes",
    "get_kind",
    "kinds",
    "read_sizes",
    "register",
    "stored_sizes",
]
