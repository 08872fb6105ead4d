from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from seqcore.datasets import load_sample, report_on, sample_names, split_rows
from seqcore.datasets.samples.review_words import BAD, GOOD
from seqcore.datasets.samples.reviews import OPENINGS, write_reviews
from seqcore.errors import NotFoundError
from seqcore.spec import SplitOptions


@pytest.mark.parametrize("name", sample_names())
def test_samples_are_large_balanced_and_clean(name: str) -> None:
    data = load_sample(name)
    report = report_on(data, split_rows(data, SplitOptions()))
    assert len(data) >= 600
    assert max(report.class_counts.values()) - min(report.class_counts.values()) <= 1
    assert (report.duplicates, report.conflicts, report.small_classes) == (0, (), ())


@pytest.mark.parametrize("name", [name for name in sample_names() if load_sample(name).kind == "text"])
def test_samples_read_like_sentences(name: str) -> None:
    for text in load_sample(name).texts:
        assert 4 <= len(text.split()) <= 40
        assert text[0].isupper() and text[-1] in ".?!"
        assert not re.search(r"\s{2}| [,.]|,,|[{}_]|\b[Aa] [aeiou]|\b[Aa]n [^aeiou]", text), text


def test_reviews_have_a_varied_vocabulary_of_one_sentence_each() -> None:
    words = Counter(word for text in load_sample().texts for word in re.findall(r"[a-z']+", text.lower()))
    assert len(words) > 400
    assert max(len(text.split()) for text in load_sample().texts) <= 26


def test_samples_are_the_same_every_time_and_on_every_machine() -> None:
    assert write_reviews(50, 7) == write_reviews(50, 7)
    assert write_reviews(50, 7) != write_reviews(50, 8)
    code = "from seqcore.datasets import load_sample; print(load_sample().content_hash)"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == load_sample().content_hash


def test_word_order_matters_counting_words_is_not_enough() -> None:
    data = load_sample()
    split = split_rows(data, SplitOptions())
    learn = [*split.train, *split.validation]
    counter = TfidfVectorizer()
    model = LogisticRegression(max_iter=500)
    model.fit(counter.fit_transform([data.texts[row] for row in learn]), [data.labels[row] for row in learn])
    seen = model.score(
        counter.transform([data.texts[row] for row in split.test]), [data.labels[row] for row in split.test]
    )
    assert 0.6 < seen < 0.92


@pytest.mark.parametrize(("plain", "reversed_"), [each[:2] for each in OPENINGS])
def test_first_words_decide_what_the_last_one_means(plain: str, reversed_: str) -> None:
    data = load_sample()
    found: dict[tuple[bool, bool], set[str]] = {}
    for text, label in zip(data.texts, data.labels, strict=True):
        last = text.rstrip(".").rpartition(" ")[2]
        if text.startswith((plain, reversed_)) and last in (*GOOD, *BAD):
            found.setdefault((text.startswith(plain), last in GOOD), set()).add(label)
    assert found == {
        (True, True): {"positive"}, (True, False): {"negative"},
        (False, True): {"negative"}, (False, False): {"positive"},
    }  # fmt: skip


def test_what_first_words_reverse_is_beyond_the_reach_of_a_short_memory() -> None:
    texts = [text for text in load_sample().texts if text.startswith(tuple(each[1] for each in OPENINGS))]
    assert len(texts) > 60
    assert min(len(text.split()) for text in texts) >= 10


@pytest.mark.parametrize(("name", "words"), [("reviews", "exactly what I expected"), ("support", "please call me")])
def test_a_few_texts_say_nothing_and_have_any_label(name: str, words: str) -> None:
    data = load_sample(name)
    labels = Counter(label for text, label in zip(data.texts, data.labels, strict=True) if words in text)
    assert set(labels) == set(data.classes)
    assert max(labels.values()) < 0.75 * labels.total()


def test_what_is_settled_decides_nothing_though_it_has_words_of_another_class() -> None:
    data = load_sample("support")
    settled = [
        (text, label) for text, label in zip(data.texts, data.labels, strict=True)
        if text.startswith("Settled: ") and "charged twice" in text.split(" New: ")[0]
    ]  # fmt: skip
    assert settled
    assert all(label != "billing" for _, label in settled)


def test_an_unknown_sample_lists_those_that_exist() -> None:
    with pytest.raises(NotFoundError, match="Choose from: reviews"):
        load_sample("nothing")


def test_importing_the_package_loads_neither_pandas_nor_pyarrow() -> None:
    code = "import sys, seqcore.datasets; print({'pandas', 'pyarrow', 'sklearn', 'keras'} & set(sys.modules))"
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "set()"
