"""Before a training starts: what has no room, from the settings alone where they suffice."""

import pytest

from seqcore.datasets import LabelledText
from seqcore.errors import TrainingError
from seqcore.lab.memory import refuse_what_does_not_fit, what_does_not_fit
from seqcore.lab.plan import Choices

MB = 1024**2


def data(words: int) -> LabelledText:
    texts = tuple(f"text {row} " + "word " * (words - 2) for row in range(80))
    return LabelledText("data", texts, tuple("ab"[row % 2] for row in range(80)))


def unread() -> None:
    raise AssertionError("the data were read though the settings alone suffice")


LONG = Choices(architectures=("lstm", "transformer")).with_values({"max_length": 2000})


def test_only_those_are_refused_that_have_no_room() -> None:
    with pytest.raises(TrainingError, match=r"^Transformer does not fit in memory: batches of 32 texts of up to 2,000"):
        refuse_what_does_not_fit(data(2500), LONG, 2000 * MB)


def test_short_texts_fit_whatever_length_is_allowed() -> None:
    refuse_what_does_not_fit(data(30), LONG, 830 * MB)


def test_what_the_settings_allow_at_most_is_asked_before_the_data_are_read() -> None:
    assert what_does_not_fit(data(2500), LONG, 64_000 * MB, unread) == {}  # type: ignore[arg-type]


def test_where_no_limit_is_known_nothing_is_refused() -> None:
    assert what_does_not_fit(data(2500), LONG, None, unread) == {}  # type: ignore[arg-type]


def test_several_are_told_one_after_the_other() -> None:
    wide = LONG.with_values({"lstm.units": 512, "batch_size": 1024})
    with pytest.raises(TrainingError) as refused:
        refuse_what_does_not_fit(data(2500), wide, 1030 * MB)
    assert str(refused.value).count("does not fit in memory") == 2


def many_words() -> LabelledText:
    texts = tuple(" ".join(f"word{(row * 40 + place) % 1500}" for place in range(40)) for row in range(80))
    return LabelledText("data", texts, tuple("ab"[row % 2] for row in range(80)))


def test_learning_vectors_beforehand_is_counted_and_refused_where_it_has_no_room() -> None:
    wide = Choices(architectures=("cnn",)).with_values({"embedding_size": 512, "max_length": 40, "batch_size": 1})
    refuse_what_does_not_fit(many_words(), wide, 800 * MB)
    fasttext = wide.with_values({"word_vectors": "fasttext"})
    with pytest.raises(TrainingError, match="learning the vectors of its words beforehand takes") as refused:
        refuse_what_does_not_fit(many_words(), fasttext, 800 * MB)
    assert "embedding size" in str(refused.value)


def test_a_model_without_vectors_learns_none_beforehand() -> None:
    bag = Choices(architectures=("bag_of_words",))
    refuse_what_does_not_fit(data(30), bag.with_values({"word_vectors": "fasttext"}), 690 * MB)
