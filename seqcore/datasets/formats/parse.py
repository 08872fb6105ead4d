"""Any file of texts as a table, by what it contains."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from seqcore.datasets.formats.confined import read_confined
from seqcore.datasets.formats.content import Content
from seqcore.datasets.formats.encoding_names import encoding_label
from seqcore.datasets.formats.list_cells import take_lists_apart
from seqcore.datasets.formats.read_as import AS_FOUND, Alternative, HowRead, ReadAs
from seqcore.datasets.formats.recognise import extension_note, possible_formats
from seqcore.datasets.formats.registry import Format
from seqcore.datasets.formats.unpacking import extension_of, unpack
from seqcore.datasets.size_limits import refuse_large_file
from seqcore.datasets.table import RawTable, Table, make_table, safe_name
from seqcore.errors import DataError
from seqcore.settings import Settings


def read_table(data: bytes, name: str, *, limits: Settings, read_as: ReadAs = AS_FOUND) -> Table:
    """Read a file of texts and labels in any format that is registered, compressed or not.

    Args:
        data: The file's bytes.
        name: The file's name as given; never trusted.
        limits: The largest file, most rows and so on.
        read_as: What a person decided; what they did not is found out.

    Raises:
        DataError: it is empty, too large, damaged, or no table.
    """
    return _read(data, name, labelled=True, limits=limits, read_as=read_as)


def read_texts(data: bytes, name: str, *, limits: Settings, read_as: ReadAs = AS_FOUND) -> Table:
    """Read a file of texts that need no labels: as `read_table`, and plain text with one text per line.

    Raises:
        DataError: as `read_table`.
    """
    return _read(data, name, labelled=False, limits=limits, read_as=read_as)


def read_path(path: Path, *, limits: Settings, read_as: ReadAs = AS_FOUND) -> Table:
    """Read a file of this machine.

    Raises:
        DataError: there is no such file, or it cannot be used.
    """
    return read_table(bytes_of(path, limits), path.name, limits=limits, read_as=read_as)


def bytes_of(path: Path, limits: Settings) -> bytes:
    """The bytes of a file of this machine.

    Raises:
        DataError: there is no such file, or it is too large.
    """
    try:
        refuse_large_file(path.stat().st_size, limits)
        return path.read_bytes()
    except OSError as error:
        raise DataError(
            "The file cannot be opened",
            received=f"{safe_name(str(path))}: {error.strerror or 'not readable'}",
            remedy="Check the path",
        ) from None


def _read(data: bytes, name: str, *, labelled: bool, limits: Settings, read_as: ReadAs) -> Table:
    shown = safe_name(name)
    content = Content(unpack(data, limits=limits), extension_of(shown), read_as.encoding)
    file_format, table = _first_readable(content, possible_formats(content, labelled=labelled), limits, read_as)
    _refuse_parts_that_are_not(table.how, read_as, shown)
    table = take_lists_apart(table, read_as)
    note = extension_note(content.extension, file_format)
    notes = [*([note] if note else []), *(content.encoding_notes if file_format.is_text else [])]
    if file_format.is_text:
        table = replace(table, how=_with_encodings(table.how, content, read_as))
    return make_table(shown, table, notes, limits=limits)


def _refuse_parts_that_are_not(how: HowRead, read_as: ReadAs, name: str) -> None:
    """Raise a DataError where a sheet or a file of an archive was chosen, and what was read has none."""
    if read_as.sheet is not None and not how.sheets:
        raise DataError(
            f"{name} has no sheets", received=f"sheet “{read_as.sheet[:40]}”", remedy="Leave out the choice of a sheet"
        )
    if read_as.member is not None and not how.members:
        raise DataError(
            f"{name} is no archive of files",
            received=f"file “{read_as.member[:40]}”",
            remedy="Leave out the choice of a file",
        )


def _with_encodings(how: HowRead, content: Content, read_as: ReadAs) -> HowRead:
    """How a text was read, with the encoding and the others that are possible."""
    others = (
        Alternative(f"Encoding {encoding_label(codec)}", replace(read_as, encoding=codec))
        for codec in content.other_encodings
    )
    return replace(how, encoding=content.encoding, alternatives=(*how.alternatives, *others))


def _first_readable(
    content: Content, possible: list[Format], limits: Settings, read_as: ReadAs
) -> tuple[Format, RawTable]:
    """The first format that the content can be read in, and its table; the last one's error when there is none."""
    *likely, last = possible
    for file_format in likely:
        try:
            return file_format, _read_in(file_format, content, limits, read_as)
        except DataError:
            continue
    return last, _read_in(last, content, limits, read_as)


def _read_in(file_format: Format, content: Content, limits: Settings, read_as: ReadAs) -> RawTable:
    if file_format.confined:
        return read_confined(file_format, content, limits=limits, read_as=read_as)
    return file_format.read(content, limits, read_as)
