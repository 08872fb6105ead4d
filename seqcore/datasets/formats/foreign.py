"""Files that hold no table, told by how they begin, so that the refusal can say what they are and what to do."""

from __future__ import annotations

import re
from collections.abc import Set

from seqcore.datasets.formats.refusals import not_a_table
from seqcore.datasets.formats.zipped import ZIP_MAGIC, member_names

_AS_TEXT = "Save it as plain text or put its texts and labels into a spreadsheet, and upload that"
_DOWNLOAD = "The link led to a page, not to the file: download the file itself, open it to check, and upload it"
_UNPACKED = "Unpack it and upload what is in it, or pack it as ZIP"
_AS_PARQUET = "Save it as Parquet and upload that"
_NEVER_OPENED = "It could run code, so it is never opened: save its data as CSV"
_CONVERT = "Export its texts and labels as CSV and upload that"

_FOREIGN = {
    b"PK\x05\x06": ("an empty ZIP archive", "Pack the files with the texts and labels"),
    b"%PDF": ("a PDF document", _AS_TEXT),
    b"{\\rtf": ("a rich-text document", _AS_TEXT),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": ("an old Office document", _AS_TEXT),
    b"\x89PNG": ("a PNG image", ""),
    b"\xff\xd8\xff": ("a JPEG image", ""),
    b"GIF8": ("a GIF image", ""),
    b"OggS": ("a sound file", ""),
    b"ID3": ("a sound file", ""),
    b"fLaC": ("a sound file", ""),
    b"RIFF": ("a media file", ""),
    b"7z\xbc\xaf": ("a 7-Zip archive", _UNPACKED),
    b"Rar!": ("a RAR archive", _UNPACKED),
    b"\x04\x22\x4d\x18": ("an LZ4 file", _UNPACKED),
    b"\x1f\x9d": ("a file of the old compress program", _UNPACKED),
    b"\x7fELF": ("a program", ""),
    b"MZ\x90": ("a program", ""),
    b"SQLite format 3": ("an SQLite database", _CONVERT),
    b"ARROW1": ("an Arrow file", _AS_PARQUET),
    b"\xff\xff\xff\xff\x10\0\0\0": ("an Arrow stream", _AS_PARQUET),
    b"ORC": ("an ORC file", _AS_PARQUET),
    b"Obj\x01": ("an Avro file", _AS_PARQUET),
    b"\x89HDF": ("an HDF5 file", _CONVERT),
    b"\x93NUMPY": ("a NumPy array", _CONVERT),
    b"\x80\x02": ("a Python pickle", _NEVER_OPENED),
    b"\x80\x03": ("a Python pickle", _NEVER_OPENED),
    b"\x80\x04\x95": ("a Python pickle", _NEVER_OPENED),
    b"\x80\x05\x95": ("a Python pickle", _NEVER_OPENED),
}
_DOCUMENTS = {  # what tells the ZIP archives of programs from those of people
    "word/document.xml": ("a Word document", _AS_TEXT),
    "ppt/presentation.xml": ("a PowerPoint file", _AS_TEXT),
    "[Content_Types].xml": ("an Office document", _AS_TEXT),
    "META-INF/container.xml": ("an e-book", _AS_TEXT),
    "mimetype": ("an OpenDocument text or an e-book", _AS_TEXT),
    "META-INF/MANIFEST.MF": ("a program", ""),
}
_POINTER = "version https://git-lfs.github.com/spec/"
_WEB_PAGE = re.compile(r"<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_XML = re.compile(r"<\?xml\b|<(error|code|message|listbucketresult|rss|feed|workbook)\b[^>]*>\s*<", re.IGNORECASE)
_ANSWER = re.compile(
    r"\d{3}\W{1,3}(Not Found|Forbidden|Unauthorized|Bad Request|Internal Server Error)\b.{0,200}$", re.S
)


def refuse_foreign(data: bytes) -> None:
    """Raise a DataError that names what the file is, when its first bytes say that it holds no table."""
    if data.startswith(ZIP_MAGIC):
        names = member_names(data)
        what, remedy = next((said for part, said in _DOCUMENTS.items() if part in names), ("a ZIP archive", ""))
        raise not_a_table(what, remedy)
    for magic, (what, remedy) in _FOREIGN.items():
        if data.startswith(magic):
            raise not_a_table(what, remedy)


def refuse_page(opening: str) -> None:
    """Raise a DataError that names what the text is, when it is what a server sends in the place of a file.

    Args:
        opening: The first 200 characters or more, white space before them left out.
    """
    begins = re.sub(r"\A(<!--.*?-->\s*)+", "", opening, flags=re.S)
    if _WEB_PAGE.match(begins):
        raise not_a_table("a web page (HTML)", _DOWNLOAD)
    if opening.startswith(_POINTER):
        raise not_a_table(
            "a pointer of Git LFS, not the file itself",
            "Run `git lfs pull` where you cloned it, or download the file from its page, and upload that",
        )
    if _XML.match(begins):
        raise not_a_table("an XML document", "If a spreadsheet opens it, save it there as xlsx or CSV and upload that")
    if _ANSWER.fullmatch(opening):
        raise not_a_table(f"the answer of a web server, {opening[:40].splitlines()[0]!r}", _DOWNLOAD)


def is_document(names: Set[str]) -> bool:
    """Whether a ZIP archive with parts of these names is a document or a program, not an archive that people pack."""
    return any(part in names for part in _DOCUMENTS)
