"""What a reader is given: the bytes of a file, and the text in them once somebody asks for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from seqcore.datasets.formats.encoding import Decoded, decode
from seqcore.datasets.formats.foreign import refuse_foreign, refuse_page
from seqcore.datasets.formats.refusals import empty


@dataclass(frozen=True)
class Content:
    """An unpacked file.

    Attributes:
        data: Its bytes.
        extension: The end of its name in lower case, without dot and without .gz; "" when there is none. A hint,
            never trusted.
        wanted_encoding: The codec that a person chose; None: find it out.
    """

    data: bytes
    extension: str = ""
    wanted_encoding: str | None = None

    @property
    def text(self) -> str:
        """The text, without byte-order mark and NUL characters.

        Raises:
            DataError: the bytes are no text in any encoding, or nothing stands in it.
        """
        return self._decoded.text

    @property
    def encoding_notes(self) -> list[str]:
        """What was found and repaired while the text was decoded, one sentence each.

        Raises:
            DataError: as `text`.
        """
        return self._decoded.notes

    @property
    def encoding(self) -> str:
        """The codec that the text was decoded with.

        Raises:
            DataError: as `text`.
        """
        return self._decoded.encoding

    @property
    def other_encodings(self) -> tuple[str, ...]:
        """Codecs in which it is text too, the likeliest first.

        Raises:
            DataError: as `text`.
        """
        return self._decoded.others

    @cached_property
    def opening(self) -> str:
        """The first 200 characters of the text, white space before them left out.

        Raises:
            DataError: as `text`.
        """
        return self.text.lstrip()[:200]

    @cached_property
    def _decoded(self) -> Decoded:
        refuse_foreign(self.data)
        found = decode(self.data, self.wanted_encoding)
        found = replace(found, text=found.text.lstrip("\ufeff"))
        if not found.text.strip():
            raise empty(len(self.data))
        refuse_page(found.text[:2000].lstrip()[:300])
        return found
