"""What the pictures of reading are drawn with: words, vectors, boxes, arrows, symbols, in light and in dark.

An image follows the `color-scheme` of the page that it stands on (Media Queries 5, prefers-color-scheme in SVG
images), so one picture is right in both themes, also where it is switched.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape

from seqcore.plots.canvas import short
from seqcore.plots.theme import DARK, GRID, INK, PALE, PAPER

_MUTED = ("#566072", "#aab4c5")
_FONT = "font-family:'Source Sans 3','Source Sans Pro',system-ui,-apple-system,'Segoe UI',Roboto,sans-serif"
_LETTER = 0.56  # of a letter's width in its height, about
CELLS = 5  # squares that stand for a vector


def _style(color: str) -> str:
    light = (INK, _MUTED[0], PALE, GRID, PAPER)
    dark = (DARK[INK], _MUTED[1], DARK[PALE], DARK[GRID], DARK[PAPER])

    def rules(ink: str, muted: str, pale: str, grid: str, paper: str) -> str:
        return (
            f"text{{fill:{ink}}}.m{{fill:{muted}}}.pill{{fill:{pale};stroke:{grid}}}.thin{{stroke:{muted}}}"
            f".halo{{stroke:{paper}}}.paper{{fill:{paper}}}"
        )

    return (
        f"<style>svg{{{_FONT};text-anchor:middle}}.i{{font-style:italic;font-family:Georgia,'Times New Roman',serif}}"
        f".a{{stroke:{color};fill:none}}.f{{fill:{color}}}.thin,.halo{{fill:none}}{rules(*light)}"
        f"@media(prefers-color-scheme:dark){{{rules(*dark)}}}</style>"
    )


def picture(inside: Sequence[str], width: float, height: float, color: str) -> str:
    """A whole SVG; `color` is the architecture's."""
    arrows = "".join(
        f'<marker id="{name}" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="{size}" markerHeight="{size}"'
        f' orient="auto" markerUnits="userSpaceOnUse"><path d="M0 0L10 5L0 10z" class="{look}"/></marker>'
        for name, size, look in (("strong", 13, "f"), ("weak", 10, "m"))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}">{_style(color)}<defs>{arrows}</defs>{"".join(inside)}</svg>'
    )


def word(x: float, y: float, said: str, width: float) -> str:
    """A word of the text in its frame, `y` being the frame's middle; other people's text, shortened to fit."""
    size = 19 if width > 100 else 16
    fitting = short(said, max(3, int((width - 10) / (size * _LETTER))))
    return (
        f'<rect x="{x - width / 2:g}" y="{y - 19:g}" width="{width:g}" height="38" rx="9" class="pill"/>'
        f'<text x="{x:g}" y="{y + 6:g}" font-size="{size}" direction="ltr">{escape(_isolated(fitting))}</text>'
    )


def _isolated(said: str) -> str:
    return said if said.isascii() else f"\u2068{said}\u2069"


def text(
    x: float, y: float, said: str, *, size: float = 16, muted: bool = False, anchor: str = "", bold: bool = False
) -> str:
    """Words of ours, or of others."""
    look = (' class="m"' if muted else "") + (f' text-anchor="{anchor}"' if anchor else "")
    weight = ' font-weight="650"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}"{look}{weight}>{escape(_isolated(said))}</text>'


def symbol(
    x: float, y: float, letter: str, index: str = "", *, size: float = 20, anchor: str = "", over: str = ""
) -> str:
    """A letter of the equations with its index.

    Args:
        x: Of its middle, or of what `anchor` says.
        y: Of its line.
        letter: Of the equations.
        index: What stands below it.
        size: Of the letter.
        anchor: "start" or "end".
        over: An arrow above the letter.
    """
    below = f'<tspan dy="{size * 0.26:.1f}" font-size="{size * 0.68:.1f}">{escape(index)}</tspan>' if index else ""
    # An arrow that is as wide as nothing, set back over the letter.
    above = (
        f'<tspan dx="{-size * 0.62:.1f}" dy="{-size * 0.6:.1f}" font-size="{size * 0.7:.1f}">{over}</tspan>'
        if over
        else ""
    )
    back = f'<tspan dx="{-size * 0.05:.1f}" dy="{size * 0.6:.1f}">\u200b</tspan>' if over else ""
    place = f' text-anchor="{anchor}"' if anchor else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}"{place}><tspan class="i">{escape(letter)}</tspan>'
        f"{above}{back}{below}</text>"
    )


def vector(
    x: float, y: float, color: str, *, cells: int = CELLS, side: float = 15, hatched: Collection[int] = ()
) -> str:
    """Squares in a row, `x` being their middle and `y` their top; those `hatched` come from another direction."""
    left = x - cells * side / 2
    squares = []
    for place in range(cells):
        share = 0.25 + 0.65 * ((place * 7 + 3) % 5) / 4  # no numbers: only that they differ
        other = place in hatched
        dash = ' stroke-dasharray="3 2"' if other else ""
        squares.append(
            f'<rect x="{left + place * side:g}" y="{y:g}" width="{side:g}" height="{side:g}" fill="{color}"'
            f' fill-opacity="{share / 3 if other else share:.2f}" stroke="{color}" stroke-width="1.2"{dash}/>'
        )
    return "".join(squares)


def box(
    x: float, y: float, said: str, color: str, *, width: float = 104, height: float = 54, dashed: bool = False
) -> str:
    """A part of the model, `x` and `y` being its middle; dashed when it reads backwards."""
    dash = ' stroke-dasharray="8 4"' if dashed else ""
    frame = f'x="{x - width / 2:g}" y="{y - height / 2:g}" width="{width:g}" height="{height:g}" rx="12"'
    return (
        f'<rect {frame} class="paper"/><rect {frame} fill="{color}" fill-opacity="0.15" stroke="{color}"'
        f' stroke-width="2.5"{dash}/>{text(x, y + 6.5, said, size=19, bold=True)}'
    )


def flow(
    path: str, *, strong: bool = False, dashed: bool = False, width: float = 0, head: bool = True, over: bool = False
) -> str:
    """An arrow along a path: in the architecture's colour where something is carried, thin where it is handed on.

    Args:
        path: Of the SVG.
        strong: Whether it is in the architecture's colour.
        dashed: Whether what is carried goes backwards.
        width: Of the line.
        head: Whether it has a point.
        over: Whether it passes over other lines.
    """
    look, size, mark = ("a", width or 3, "strong") if strong else ("thin", width or 1.6, "weak")
    end = f' marker-end="url(#{mark})"' if head else ""
    dash = ' stroke-dasharray="8 4"' if dashed else ""
    under = f'<path d="{path}" class="halo" stroke-width="{size + 6:g}"/>' if over else ""
    return f'{under}<path d="{path}" class="{look}" stroke-width="{size:g}" stroke-linejoin="round"{dash}{end}/>'


def answer(x: float, y: float, classes: Sequence[str], formula: str, color: str) -> tuple[str, float]:
    """The head with its classes below an arrow that has come to `y`; the picture, and where it ends."""
    shown = list(classes[:3])
    width = 148 if len(shown) > 2 else 170
    left = x - (len(shown) - 1) * (width + 12) / 2
    parts = [box(x, y + 26, formula, color, width=250, height=52)]
    for place, name in enumerate(shown):
        center = left + place * (width + 12)
        parts.append(flow(f"M{x + (center - x) * 0.25:g} {y + 52:g}L{center:g} {y + 82:g}"))
        parts.append(word(center, y + 105, name, width))
    bottom = y + 130
    if len(classes) > len(shown):
        parts.append(text(x, bottom + 14, f"and {len(classes) - len(shown)} more classes", size=15, muted=True))
        bottom += 22
    return "".join(parts), bottom
