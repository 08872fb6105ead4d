from seqcore.kinds.text import TextEncoder
from seqcore.kinds.text.options import TextOptions
from seqcore.kinds.text.view import MOST_COLUMNS, padded_matrix, text_view

TEXTS = ["the good film", "a good day", "good", "never seen words here", "", "the film the film the film"]


def encoder(**options: object) -> TextEncoder:
    return TextEncoder.fit(TEXTS[:3], TextOptions(**options))  # type: ignore[arg-type]


def test_the_ids_shown_are_those_the_model_gets() -> None:
    fitted = encoder()
    view = text_view(fitted, TEXTS, 0)
    assert [token["id"] for token in view["kept"]] == fitted.encode([TEXTS[0]])[0].tolist()


def test_unknown_words_are_marked() -> None:
    view = text_view(encoder(), TEXTS, 3)
    assert all(token["oov"] for token in view["kept"])
    assert view["counts"]["oov"] == 4


def test_removed_stop_words_are_marked_in_place() -> None:
    view = text_view(encoder(stop_words="german"), ["der Film war nicht der beste", *TEXTS], 0)
    assert [token["text"] for token in view["tokens"] if token["removed"]] == ["der", "war", "nicht", "der"]
    assert [token["text"] for token in view["kept"]] == ["film", "beste"]


def test_what_truncation_drops_is_marked_on_the_right_side() -> None:
    end = text_view(encoder(max_length=2), TEXTS, 5)["kept"]
    start = text_view(encoder(max_length=2, truncate="start"), TEXTS, 5)["kept"]
    middle = text_view(encoder(max_length=3, truncate="middle"), TEXTS, 5)["kept"]
    both = text_view(encoder(max_length=3, truncate="both"), TEXTS, 5)["kept"]
    assert [token["cut"] for token in middle] == [False, False, True, True, True, False]
    assert [token["cut"] for token in both] == [True, False, False, False, True, True]
    assert [token["cut"] for token in end] == [False, False, True, True, True, True]
    assert [token["cut"] for token in start] == [True, True, True, True, False, False]


def test_the_matrix_is_a_rectangle_padded_with_zeros_and_an_empty_text_is_one_oov() -> None:
    matrix = padded_matrix(encoder(), TEXTS, range(6), here=4)
    widths = {len(line["cells"]) for line in matrix["rows"]}
    assert widths == {6}
    assert matrix["rows"][4]["cells"] == [1, 0, 0, 0, 0, 0]
    assert [line["here"] for line in matrix["rows"]] == [False] * 4 + [True, False]


def test_a_wide_matrix_is_shown_in_part_and_says_how_wide_it_is() -> None:
    matrix = padded_matrix(encoder(), ["good " * 50], [0], here=0)
    assert matrix["width"] == 50
    assert len(matrix["rows"][0]["cells"]) == MOST_COLUMNS == matrix["shown"]


def test_hostile_text_reaches_the_picture_as_it_is_to_be_written_as_text() -> None:
    hostile = "<img src=x onerror=alert(1)> \u202eabc"
    assert text_view(encoder(), [hostile, "a", "b", "c", "d"], 0)["raw"] == hostile
