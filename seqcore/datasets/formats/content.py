"""What a reader is given: the bytes of a file, and the text in them once somebody asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from seqcore.datasets.formats.encoding import decode
from seqcore.datasets.formats.foreign import refuse_foreign
from seqcore.datasets.formats.refusals import empty


@dataclass(frozen=True)
class Content:
    """An unpacked file.

    Attributes:
        data: Its bytes.
        extension: The end of its name in lower case, without dot and without .gz; "" when there is none. A hint,
            never trusted.
    """

    data: bytes
    extension: str = ""

    @property
    def text(self) -> str:
        """The text, without byte-order mark and NUL characters.

        Raises:
            DataError: the bytes are no text in any encoding, or nothing stands in it.
        """
        return self._decoded[0]

    @property
    def encoding_notes(self) -> list[str]:
        """What was found and repaired while the text was decoded, one sentence each.

        Raises:
            DataError: as `text`.
        """
        return self._decoded[1]

    @cached_property
    def opening(self) -> str:
        """The first 200 characters of the text, white space before them left out.

        Raises:
            DataError: as `text`.
        """
        return self.text.lstrip()[:200]

    @cached_property
    def _decoded(self) -> tuple[str, list[str]]:
        refuse_foreign(self.data)
        text, notes = decode(self.data)
        text = text.lstrip("\ufeff")
        if not text.strip():
            raise empty(len(self.data))
        return text, notes
