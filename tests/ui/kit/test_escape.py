import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqcore.ui.kit.escape import escape_markdown, shorten


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)>",
        "**bold** _it_ `code`",
        "[a](javascript:alert(1))",
        "$x$",
        "# head",
        ":red[x]",
        "a|b",
    ],
)
def test_every_mark_that_markdown_knows_is_escaped(text: str) -> None:
    escaped = escape_markdown(text)
    for position, character in enumerate(escaped):
        if character in "<>*_`[]()$#:|":
            assert escaped[position - 1] == "\\"


def test_emoji_names_and_links_lose_the_form_that_is_recognised_later() -> None:
    assert ":smile:" not in escape_markdown(":smile:").replace("\\", "")
    assert "http://" not in escape_markdown("http://example.org").replace("\\", "")
    assert "www." not in escape_markdown("www.example.org").replace("\\", "")


def test_a_direction_override_stays_inside_its_own_isolate() -> None:
    escaped = escape_markdown("abc\u202edef")
    assert escaped.startswith("\u2068")
    assert escaped.endswith("\u2069")


def test_plain_words_stay_as_they_are() -> None:
    assert escape_markdown("Möwe 42") == "Möwe 42"


def test_a_long_text_ends_in_an_ellipsis() -> None:
    assert shorten("word " * 100, 20) == "word word word word…"


@given(st.text(max_size=400), st.integers(min_value=2, max_value=200))
def test_a_shortened_text_is_one_line_within_its_limit(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit
    assert not set(short) & {"\n", "\r", "\t", "\0"}


def test_a_number_and_its_sign_are_not_torn_apart() -> None:
    assert shorten("82.2\u00a0%  of\u00a0all\n\n") == "82.2\u00a0% of\u00a0all"
