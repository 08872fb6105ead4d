"""Numbers as one HTML page that stands alone."""

import re

from seqcore.export.grid_page import GridRow, grid_page

ROWS = [GridRow("<b>one</b>", [0.5, None, -1.0], "#112233"), GridRow("two", [2.0, 0.0, 0.25], "#445566")]


def page(**changed: object) -> str:
    values = {"title": "Gate <of> it", "note": "How & why.", "most": 1.0, "against": "#aa0000"} | changed
    return grid_page(["not", "<img src=x>", "\u202efilm"], ROWS, **values)


def test_there_is_a_cell_for_every_number() -> None:
    assert re.findall(r"<td[^>]*>([^<]+)</td>", page()) == ["0.50", "–", "\N{MINUS SIGN}1.00", "2.00", "0.00", "0.25"]


def test_shades_follow_size_and_sign_and_go_no_further_than_full() -> None:
    shades = re.findall(r"srgb, (#\w+) (\d+)%", page())
    assert shades == [("#112233", "30"), ("#aa0000", "60"), ("#445566", "60"), ("#445566", "0"), ("#445566", "15")]


def test_other_peoples_text_is_escaped_and_nothing_is_fetched_or_run() -> None:
    made = page()
    assert "<img" not in made and "<b>one" not in made and "<of>" not in made
    assert "default-src 'none'" in made
    assert "<bdi>\u202efilm</bdi>" in made
    assert "How &amp; why." in made
