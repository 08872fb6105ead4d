"""How well two colours can be told apart, as WCAG 2.2 measures it."""

from __future__ import annotations

LEAST_OF_TEXT = 4.5
LEAST_OF_LINES = 3.0


def channels(color: str) -> tuple[int, int, int]:
    """Red, green and blue of `#rrggbb`, from 0 to 255.

    Raises:
        ValueError: it is no such colour.
    """
    if len(color) != 7 or color[0] != "#":
        raise ValueError(f"not a colour of the form #rrggbb: {color!r}")
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def contrast(first: str, second: str) -> float:
    """From 1 (alike) to 21 (black on white). Source: WCAG 2.2, contrast ratio and relative luminance."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(first: str, second: str, share: float) -> str:
    """The colour between two, `share` of the way to the second, as a colour scale shows it."""
    pairs = zip(channels(first), channels(second), strict=True)
    return "#" + "".join(f"{round(start + share * (end - start)):02x}" for start, end in pairs)


def _luminance(color: str) -> float:
    red, green, blue = (_linear(value / 255) for value in channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
