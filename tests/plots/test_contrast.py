"""Every colour of every picture on both pages, as WCAG measures it; grid lines are ornament and may be fainter."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from seqcore.architectures import appearance, architectures
from seqcore.architectures.appearance import UNKNOWN_COLOR
from seqcore.plots import curves
from seqcore.plots.confusion import number_color
from seqcore.plots.contrast import LEAST_OF_LINES, LEAST_OF_TEXT, contrast, mixed
from seqcore.plots.theme import DARK, GRID, NEUTRAL, ON_STRONG, PAGES, PALE, STRONG, in_dark
from tests.plots.test_plots import PICTURES
from tests.plots.test_training import model

ROOT = Path(__file__).parents[2]
THEMES = {"light": lambda figure: figure, "dark": in_dark}
OF_SURFACES = {PALE, DARK[PALE]}  # the least of a colour scale is meant to be close to the page
OF_ORNAMENT = {GRID, DARK[GRID]}


def colors(value: Any, named: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every colour of a figure, with the keys that lead to it."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from colors(part, (*named, key))
    elif isinstance(value, list):
        for part in value:
            yield from colors(part, named)
    elif isinstance(value, str):
        found = [value] if re.fullmatch("#[0-9a-f]{6}", value.lower()) else re.findall("color:(#[0-9a-fA-F]{6})", value)
        yield from ((named, color.lower()) for color in found)


@pytest.mark.parametrize(
    ("black", "expected"), [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54), ("#ff0000", 4.0)]
)
def test_contrast_is_that_of_the_standard(black: str, expected: float) -> None:
    assert contrast(black, "#ffffff") == contrast("#ffffff", black) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", [*PICTURES, "learning curves"])
def test_all_that_is_drawn_can_be_told_from_the_page(name: str, theme: str) -> None:
    drawn = curves([model()]) if name == "learning curves" else json.loads(PICTURES[name]().to_json())
    seen = 0
    for named, color in colors(THEMES[theme](drawn)):
        keys = [key.lower() for key in named]
        on_a_cell = "annotations" in keys and ("confusion" in name or name == "right where wrong")
        if color in OF_SURFACES | OF_ORNAMENT or "bgcolor" in keys[-1] or on_a_cell:
            continue
        least = LEAST_OF_TEXT if any("font" in key for key in keys) else LEAST_OF_LINES
        assert contrast(color, PAGES[theme]) >= least, (keys, color)
        seen += 1
    assert seen > 3


@pytest.mark.parametrize("theme", THEMES)
def test_numbers_can_be_read_on_every_shade_of_a_cell(theme: str) -> None:
    pale, strong = (PALE, STRONG) if theme == "light" else (DARK[PALE], DARK[STRONG])
    for share in np.linspace(0, 1, 101):
        number = number_color(float(share))
        number = number if theme == "light" or number == ON_STRONG else DARK[number]
        assert contrast(number, mixed(pale, strong, float(share))) >= LEAST_OF_TEXT, share


@pytest.mark.parametrize("page", [*PAGES.values(), "#f4f6fa", "#1b202b"])
def test_the_colours_of_architectures_hold_on_every_page(page: str) -> None:
    for color in [*(appearance(which.name).color for which in architectures()), UNKNOWN_COLOR, NEUTRAL]:
        assert contrast(color, page) >= (LEAST_OF_LINES if page in PAGES.values() else 2.9), color


def test_pictures_lie_on_the_pages_that_the_theme_has() -> None:
    theme = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["theme"]
    assert {name: theme[name]["backgroundColor"] for name in PAGES} == PAGES


def test_no_two_architectures_share_a_mark_and_a_dash() -> None:
    looks = [appearance(which.name) for which in architectures()]
    assert len({look.mark for look in looks}) == len({look.color for look in looks}) == len(looks)
