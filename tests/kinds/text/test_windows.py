import numpy as np
import pytest

from seqcore.kinds.text.encoder import TextEncoder
from seqcore.kinds.text.options import TextOptions
from seqcore.kinds.text.windows import windows_of

TEXTS = ["a b c d e f g h i j", "a b", "c d e f"]


@pytest.mark.parametrize("length", [1, 4, 5, 9, 10, 11, 100])
@pytest.mark.parametrize("overlap", [0.0, 0.25, 0.5, 0.9])
def test_windows_are_equally_long_and_leave_nothing_out(length, overlap):
    parts = windows_of(length, 4, overlap)
    covered = {place for part in parts for place in range(part.start, part.stop)}
    assert covered == set(range(length))
    assert {part.stop - part.start for part in parts} == {min(length, 4)}
    starts = [part.start for part in parts]
    assert starts == sorted(set(starts))


def test_the_next_window_repeats_the_share_that_is_asked_for():
    assert [part.start for part in windows_of(10, 4, 0.5)] == [0, 2, 4, 6]
    assert [part.start for part in windows_of(10, 4, 0.0)] == [0, 4, 6]  # the last ends where the text does


def test_a_text_is_read_whole_in_windows_and_cut_without():
    cut = TextEncoder.fit(TEXTS, TextOptions(max_length=4))
    windows = TextEncoder.fit(TEXTS, TextOptions(max_length=4, windows="mean"))
    assert list(map(len, cut.encode(TEXTS))) == [4, 2, 4]
    assert list(map(len, windows.encode(TEXTS))) == [10, 2, 4]
    assert len(windows.steps(TEXTS[0])) == 10
    assert windows.sizes.longest == cut.sizes.longest == 4
    assert len(windows.windows(10)) == 3
    assert cut.windows(10) == [slice(0, 10)]


def test_windows_survive_being_saved():
    options = TextOptions(max_length=4, windows="largest")
    saved = TextEncoder.from_json(TextEncoder.fit(TEXTS, options).to_json(), options)
    assert saved.pooling == "largest"
    np.testing.assert_array_equal(saved.encode(TEXTS)[0], TextEncoder.fit(TEXTS, options).encode(TEXTS)[0])


def test_who_reads_whole_texts_needs_no_windows():
    assert TextOptions(windows="mean").whole().windows == "no"


def test_what_changes_nothing_is_not_offered():
    assert "window_overlap" in TextOptions().idle()
    assert "truncate" in TextOptions(windows="mean").idle()


def test_marks_that_end_sentences_have_the_first_ids():
    options = TextOptions().in_sentences()
    encoder = TextEncoder.fit(["good good good film, truly. what a film!", "bad film?"], options)
    assert encoder.sizes.ends == 3
    assert {token for token, number in encoder.vocabulary.items() if 2 <= number < 5} == {".", "!", "?"}
    assert TextEncoder.from_json(encoder.to_json(), options).sizes == encoder.sizes


@pytest.mark.parametrize("tokenizer", ["subword", "character"])
def test_other_tokenizers_know_them_too(tokenizer):
    options = TextOptions(tokenizer=tokenizer).in_sentences()
    encoder = TextEncoder.fit(["good film. bad film!"], options)
    assert {token for token, number in encoder.vocabulary.items() if 2 <= number < 2 + encoder.sizes.ends} == {".", "!"}


def test_keras_way_of_splitting_has_no_marks_and_so_no_sentences():
    options = TextOptions(tokenizer="keras").in_sentences()
    assert TextEncoder.fit(["good film. bad film!"], options).sizes.ends == 0
