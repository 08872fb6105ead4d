"""Which formats a file may be in, by its content."""

from __future__ import annotations

from seqcore.datasets.formats.content import Content
from seqcore.datasets.formats.registry import Certainty, Format, formats


def possible_formats(content: Content, *, labelled: bool) -> list[Format]:
    """The formats to try, the likeliest first; one alone when it is certain.

    Args:
        content: The unpacked file.
        labelled: Whether its texts need labels.

    Raises:
        DataError: a file that holds no table (an image, an archive, ...), or a broken one.
    """
    known = list(formats(labelled=labelled))
    for file_format in known:
        if content.data.startswith(file_format.magic) and file_format.recognise(content):
            return [file_format]
    judged = [(file_format.recognise(content), file_format) for file_format in known if file_format.is_text]
    certain = [file_format for certainty, file_format in judged if certainty is Certainty.CERTAIN]
    possible = sorted((pair for pair in judged if pair[0]), key=lambda pair: pair[0], reverse=True)  # stable
    return certain[:1] or [file_format for _, file_format in possible]


def extension_note(extension: str, file_format: Format) -> str | None:
    """A sentence when the extension promises another format than the content is in."""
    promised = [known for known in formats(labelled=False) if extension in known.extensions]
    if not promised or file_format in promised:
        return None
    return f"Named .{extension}, but the content is {file_format.content}; read as such"
