"""Which words of a changed text are new, and which of before are gone."""

from itertools import chain

import pytest

from seqcore.kinds.text.word_changes import changed_words

PAIRS = [
    ("a b c", "a b c"),
    ("a b c", "a c"),
    ("a b c", "b a c"),
    ("", "a"),
    ("a", ""),
    ("a a a", "a a"),
    ("a b c d e f", "f e d c b a"),
    (" ".join(map(str, range(3_000))), " ".join(map(str, range(2_999, -1, -1)))),
]


@pytest.mark.parametrize(("before", "now"), PAIRS)
def test_what_is_kept_and_what_is_gone_are_together_the_text_of_before(before: str, now: str):
    old, new = before.split(), now.split()
    changes, gone = changed_words(old, new)
    assert len(changes) == len(new)
    assert all(
        old[change.before] == word for change, word in zip(changes, new, strict=True) if change.before is not None
    )
    parts = [[*change.gone, *([old[change.before]] if change.before is not None else [])] for change in changes]
    assert [*chain.from_iterable(parts), *gone] == old


def test_one_word_that_goes_is_gone_where_it_stood():
    changes, gone = changed_words(["not", "a", "film"], ["a", "film"])
    assert ([change.gone for change in changes], gone) == ([("not",), ()], ())
    assert all(change.before is not None for change in changes)
