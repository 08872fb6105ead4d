"""Files that hold no table, told by their first bytes, so that the refusal can say what they are."""

from __future__ import annotations

from seqcore.datasets.formats.refusals import not_a_table
from seqcore.datasets.formats.zipped import ZIP_MAGIC, member_names

_FOREIGN = {
    b"%PDF": "a PDF document", b"\x89PNG": "a PNG image", b"\xff\xd8\xff": "a JPEG image", b"GIF8": "a GIF image",
    b"BZh": "a bzip2 archive", b"\xfd7zXZ": "an xz archive", b"\x28\xb5\x2f\xfd": "a Zstandard archive",
    b"7z\xbc\xaf": "a 7-Zip archive", b"Rar!": "a RAR archive", b"\x7fELF": "a program", b"MZ\x90": "a program",
    b"SQLite format 3": "an SQLite database", b"ARROW1": "an Arrow file", b"\x89HDF": "an HDF5 file",
    b"\x80\x04\x95": "a Python pickle", b"OggS": "a sound file", b"ID3": "a sound file", b"RIFF": "a media file",
    b"{\\rtf": "a rich-text document",
}  # fmt: skip


def refuse_foreign(data: bytes) -> None:
    """Raise a DataError that names what the file is, when its first bytes say that it holds no table."""
    if data.startswith(ZIP_MAGIC):
        office = "[Content_Types].xml" in member_names(data)
        raise not_a_table("a Word or PowerPoint file" if office else "a ZIP archive; unpack it first")
    for magic, what in _FOREIGN.items():
        if data.startswith(magic):
            raise not_a_table(what)
