"""The encodings that a person can choose."""

from __future__ import annotations

import codecs

from seqcore.datasets.formats.encoding_guess import CANDIDATES
from seqcore.errors import OptionError

_UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
_RELATIVES = (
    "latin_1", "ascii", "gbk", "gb2312", "hz", "big5", "shift_jis", "euc_kr", "iso2022_jp", "iso2022_kr", "iso8859_3",
    "iso8859_10", "iso8859_11", "iso8859_14", "iso8859_16", "cp737", "cp855", "cp857", "cp862", "mac_greek",
    "mac_turkish",
)  # fmt: skip
_LABELS = {candidate.codec: candidate.label for candidate in CANDIDATES} | {"utf-8": "UTF-8", "utf-8-sig": "UTF-8"}
# By the names that Python gives them. Not all that it decodes: some take hours over it, or are no text.
ENCODINGS = (*_UNICODE, *(candidate.codec for candidate in CANDIDATES), *_RELATIVES)


def codec_named(encoding: str) -> str:
    """The codec of that name or alias, as `ENCODINGS` spells it.

    Raises:
        OptionError: there is none that files of text are in.
    """
    try:
        found = _CANONICAL.get(codecs.lookup(encoding.strip()).name)
    except (LookupError, ValueError):
        found = None
    if found is None:
        raise OptionError(
            "There is no such encoding", received=repr(encoding[:40]), remedy=f"Choose from: {', '.join(ENCODINGS)}"
        )
    return found


def encoding_label(codec: str) -> str:
    """What people call an encoding.

    Example:
        >>> encoding_label("iso8859_2")
        'ISO-8859-2'
    """
    return _LABELS.get(codec, codec.upper().replace("_", "-"))


_CANONICAL = {codecs.lookup(name).name: name for name in reversed(ENCODINGS)}
