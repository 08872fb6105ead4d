"""Which formats a file may be in, by its content."""

from __future__ import annotations

from seqcore.datasets.formats.content import Content
from seqcore.datasets.formats.registry import Fit, Format, formats


def possible_formats(content: Content, *, labelled: bool) -> list[Format]:
    """The formats to try, the likeliest first; one alone when it is certain.

    Args:
        content: The unpacked file.
        labelled: Whether its texts need labels.

    Raises:
        DataError: a file that holds no table (an image, an archive, ...), or a broken one.
    """
    known = list(formats(labelled=labelled))
    for found in known:
        if content.data.startswith(found.magic) and found.recognise(content):
            return [found]
    fits = {found.name: found.recognise(content) for found in known if found.is_text}
    possible = sorted((found for found in known if fits.get(found.name)), key=lambda found: -fits[found.name])
    return possible[:1] if possible and fits[possible[0].name] is Fit.CERTAIN else possible


def extension_note(extension: str, found: Format) -> str | None:
    """A sentence when the extension promises another format than the content is in."""
    promised = [known for known in formats(labelled=False) if extension in known.extensions]
    if not promised or found in promised:
        return None
    return f"Named .{extension}, but the content is {found.content}; read as such"
