"""Words and texts in a plane, and neighbours of a word, printed."""

from tests.cli.test_state_tables import printed_with_notes


def test_words_have_a_row_each_and_it_is_said_what_is_shown(capsys):
    out, said = printed_with_notes(capsys, "word_plane", "rnn", words=3)
    assert out.startswith("word") and len(out.splitlines()) == 4
    assert "3 of 6 known words. PCA shows" in said and "of the variance of their 4 numbers" in said


def test_ones_own_text_comes_before_the_test_texts(capsys):
    out, said = printed_with_notes(capsys, "text_plane", "rnn", method="tsne")
    assert out.splitlines()[1].startswith("yours")
    assert "a warm film" in out
    assert "5 of 5 test texts. t-SNE with a perplexity of 1.67." in said


def test_neighbours_stand_beside_their_cosines(capsys):
    out, said = printed_with_notes(capsys, "neighbours", "rnn", text="warm")
    assert out.startswith("now") and "lovely" in out
    assert "epoch 0 is not told" in said


def test_an_unknown_word_is_a_sentence(capsys):
    out, said = printed_with_notes(capsys, "neighbours", "rnn", text="lovly")
    assert (out, said) == ("", "This model does not know “lovly”; spelt nearly like it are: lovely.\n")
