"""Pictures of reading: every architecture has one, whatever is read, and says it in words."""

import xml.etree.ElementTree as ElementTree

import pytest

from seqcore.architectures import Architecture, Sizes, architectures, stages_of
from seqcore.kinds import TokenSizes
from seqcore.plots.reading import ReadText, draw_reading, draw_tensor

HOSTILE = "<script>alert(1)</script>\u202e&"
TEXTS = {
    "one": ["fine"],
    "two": ["not", "good"],
    "long": ["the", "food", "was", "cold", "and", "the", "waiter", "did", "not", "care"],
    "hostile": [HOSTILE, "]]>", "שלום"],
}
SVG = "{http://www.w3.org/2000/svg}"
by_name = pytest.mark.parametrize("architecture", list(architectures("tokens")), ids=lambda each: each.name)


@by_name
@pytest.mark.parametrize("words", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("classes", [2, 5])
def test_every_architecture_has_a_picture_that_is_sound(
    architecture: Architecture, words: list[str], classes: int
) -> None:
    sizes = Sizes(TokenSizes(20, 12, pairs=3), classes)
    stages = stages_of(architecture, sizes, architecture.validate_options({}))
    names = [HOSTILE, *"abcd"][:classes]
    drawn = draw_reading(stages, ReadText(words, names, architecture.color))
    assert drawn is not None
    root = ElementTree.fromstring(drawn.svg)
    assert root.find(f".//{SVG}script") is None
    assert architecture.color in drawn.svg
    assert "prefers-color-scheme" in drawn.svg
    width, height = map(float, root.attrib["viewBox"].split()[2:])
    for text in root.iter(f"{SVG}text"):
        assert 0 <= float(text.attrib["x"]) <= width
        assert 0 < float(text.attrib["y"]) <= height
    assert drawn.alt.endswith(".")
    assert words[0][:10] in drawn.alt


def test_a_direction_that_a_word_sets_ends_with_it() -> None:
    rnn = next(iter(architectures()))
    stages = stages_of(rnn, Sizes(TokenSizes(20, 12), 2), rnn.validate_options({}))
    drawn = draw_reading(stages, ReadText([HOSTILE], ["a", "b"], rnn.color))
    assert drawn is not None
    assert drawn.svg.count("\u2068") == drawn.svg.count("\u2069") > 0


def test_nothing_is_drawn_of_nothing() -> None:
    rnn = next(iter(architectures()))
    stages = stages_of(rnn, Sizes(TokenSizes(20, 12), 2), rnn.validate_options({}))
    assert draw_reading(stages, ReadText([], ["a", "b"], rnn.color)) is None


@pytest.mark.parametrize("shape", [(32,), (32, 12), (32, 200, 32), (32, 4, 200, 200), (1, 1, 100_000)])
def test_a_block_of_any_shape_has_room(shape: tuple[int, ...]) -> None:
    width, height = map(float, ElementTree.fromstring(draw_tensor(shape, "#000000")).attrib["viewBox"].split()[2:])
    assert 0 < width < 140
    assert 0 < height < 140
