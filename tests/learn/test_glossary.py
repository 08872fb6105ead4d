"""The glossary: one list, complete in itself, found by words."""

import pytest

from seqcore.learn import GLOSSARY, Term, find_term, search_terms, terms_in

ASKED_FOR = (
    "token", "embedding", "epoch", "batch", "seed", "dropout", "over-fitting", "gradient", "gate", "attention", "head",
)  # fmt: skip


@pytest.mark.parametrize("term", GLOSSARY.values(), ids=lambda term: term.key)
def test_a_term_is_one_sentence_with_an_example_and_relatives_that_exist(term: Term) -> None:
    assert term.means.endswith(".")
    assert term.more.endswith(".")
    assert all(key in GLOSSARY and key != term.key for key in term.related)
    assert find_term(term.key) is find_term(term.name) is term


@pytest.mark.parametrize("key", ASKED_FOR)
def test_the_words_that_everybody_meets_are_there(key: str) -> None:
    assert key in GLOSSARY


def test_no_word_means_two_things() -> None:
    words = [word.casefold() for term in GLOSSARY.values() for word in (term.name, *term.also)]
    assert len(words) == len(set(words))


def test_words_are_found_whole_and_the_longest_first() -> None:
    found = [(each.term.key, "The validation loss of an epoch's batches, not of a headline"[each.start : each.end])
             for each in terms_in("The validation loss of an epoch's batches, not of a headline")]  # fmt: skip
    assert found == [("loss", "validation loss"), ("epoch", "epoch"), ("batch", "batches")]


def test_a_search_names_what_is_called_so_first() -> None:
    assert search_terms("seed")[0].key == "seed"
    assert [term.key for term in search_terms("learned by heart")] == []
    assert "over-fitting" in [term.key for term in search_terms("heart validation")]
