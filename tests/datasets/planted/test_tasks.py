"""Planted tasks: what they say of themselves holds, whatever the length."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from seqcore.datasets.evidence import evidence_of, spans_of
from seqcore.datasets.planted import PlantedOptions, plant, planted_task, planted_tasks
from seqcore.datasets.planted.filler import FILLER_WORDS, fill
from seqcore.datasets.planted.tasks import agreement, brackets, counting, first_word, needle, negation, order
from seqcore.errors import DataError, NotFoundError

WRITERS = {
    "needle": needle.write_needle,
    "first_word": first_word.write_first_word,
    "order": order.write_order,
    "negation": negation.write_negation,
    "counting": counting.write_counting,
    "brackets": brackets.write_brackets,
    "agreement": agreement.write_agreement,
}
NAMES = [task.name for task in planted_tasks("text")]
DISTANCES = (1, 2, 7, 40)


def planted(name: str, distance: int = 10, rows: int = 200, seed: int = 0):
    return plant(name, PlantedOptions(distance=distance, rows=rows, seed=seed))


def marked(data) -> list[tuple[str, ...]]:
    """The words that matter of each text, in order."""
    places = evidence_of(data)
    assert places is not None
    return [tuple(text.split()[place] for place in row) for text, row in zip(data.texts, places, strict=True)]


def without_marked(data) -> list[str]:
    places = evidence_of(data)
    assert places is not None
    return [
        " ".join(word for place, word in enumerate(text.split()) if place not in row)
        for text, row in zip(data.texts, places, strict=True)
    ]


def accuracy_of_counting_words(texts: list[str], labels: tuple[str, ...]) -> float:
    """Learned on the first half, words and their number, tested on the second."""
    half = len(texts) // 2
    counter = CountVectorizer(token_pattern=r"\S+")
    counts = counter.fit_transform(texts).toarray().astype(float)
    lengths = np.array([[len(text.split()) / 10] for text in texts])
    read = np.hstack([counts, lengths])
    model = LogisticRegression(max_iter=300).fit(read[:half], labels[:half])
    return float(model.score(read[half:], labels[half:]))


def test_every_task_is_tried_here() -> None:
    assert list(WRITERS) == NAMES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("distance", DISTANCES)
def test_any_length_works_and_classes_are_equally_frequent(name: str, distance: int) -> None:
    data = planted(name, distance)
    counts = Counter(data.labels)
    assert len(data) == 200
    assert max(counts.values()) - min(counts.values()) <= 1
    assert all(len(text.split()) > distance for text in data.texts)


def test_a_very_long_text_is_as_long_as_was_asked() -> None:
    assert all(len(text.split()) > 5000 for text in planted("needle", 5000, 20).texts)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_seed_gives_the_same_rows_on_every_machine(name: str) -> None:
    assert planted(name) == planted(name)
    assert planted(name).texts != planted(name, seed=1).texts


def test_another_process_draws_the_same() -> None:
    code = (
        "from seqcore.datasets.planted import PlantedOptions, plant;"
        "print(plant('order', PlantedOptions(rows=50)).content_hash)"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == planted("order", 20, 50).content_hash


@pytest.mark.parametrize("name", NAMES)
def test_the_words_that_matter_are_no_filler(name: str) -> None:
    assert all(words and not FILLER_WORDS & set(words) for words in marked(planted(name)))


@pytest.mark.parametrize("name", NAMES)
def test_without_the_words_that_matter_nothing_tells_the_label(name: str) -> None:
    data = planted(name, rows=2000)
    chance = 1 / len(data.classes)
    assert accuracy_of_counting_words(without_marked(data), data.labels) == pytest.approx(chance, abs=0.05)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "agreement"])
@pytest.mark.parametrize("distance", DISTANCES)
def test_whatever_the_class_the_other_words_are_the_very_same(name: str, distance: int) -> None:
    for seed in range(50):
        left = set()
        for code in range(len(planted(name).classes)):
            found = WRITERS[name](random.Random(seed), code, distance)
            left.add(tuple(word for place, word in enumerate(found.words) if place not in found.places))
        assert len(left) == 1


@pytest.mark.parametrize("name", [task.name for task in planted_tasks("text") if task.by_order])
@pytest.mark.parametrize("distance", DISTANCES)
def test_where_order_alone_tells_both_classes_have_the_same_words(name: str, distance: int) -> None:
    for seed in range(50):
        one, other = (Counter(WRITERS[name](random.Random(seed), code, distance).words) for code in (0, 1))
        assert one == other


@pytest.mark.parametrize("name", [task.name for task in planted_tasks("text") if task.by_order])
def test_where_order_alone_tells_counting_words_is_at_chance(name: str) -> None:
    data = planted(name, rows=2000)
    assert accuracy_of_counting_words(list(data.texts), data.labels) == pytest.approx(0.5, abs=0.05)


def test_where_a_word_tells_counting_words_finds_it() -> None:
    data = planted("needle", rows=400)
    assert accuracy_of_counting_words(list(data.texts), data.labels) == 1.0


@pytest.mark.parametrize("distance", DISTANCES)
def test_a_needle_lies_at_its_distance_from_the_end(distance: int) -> None:
    data = planted("needle", distance)
    places = evidence_of(data)
    assert places is not None
    assert {len(text.split()) - row[0] - 1 for text, row in zip(data.texts, places, strict=True)} == {distance}
    assert marked(data) == [(label,) for label in data.labels]


def test_the_first_word_decides_and_others_like_it_do_not() -> None:
    data = planted("first_word", 40)
    assert [text.split()[0] for text in data.texts] == list(data.labels)
    later = Counter(word for text in data.texts for word in text.split()[1:] if word in first_word.CUES)
    assert set(later) == set(first_word.CUES)


@pytest.mark.parametrize("distance", DISTANCES)
def test_the_word_that_comes_first_decides_the_order(distance: int) -> None:
    data = planted("order", distance)
    places = evidence_of(data)
    assert [f"{words[0]} first" for words in marked(data)] == list(data.labels)
    assert {len(text.split()) - row[-1] - 1 for text, row in zip(data.texts, places or (), strict=True)} == {distance}


@pytest.mark.parametrize("distance", DISTANCES)
def test_a_negation_turns_what_stands_in_its_scope(distance: int) -> None:
    data = planted("negation", distance)
    for text, label in zip(data.texts, data.labels, strict=True):
        words = text.split()
        at = words.index(negation.NOT)
        (verdict,) = [n for n, word in enumerate(words) if word in {*negation.VERDICTS[0], *negation.VERDICTS[1]}]
        good = words[verdict] in negation.VERDICTS[1]
        reversed_ = not at < words.index(negation.BUT) < verdict
        assert label == negation.CLASSES[good != reversed_]
        assert verdict - at - 1 == distance


def test_the_number_of_bells_decides_and_that_of_sounds_does_not() -> None:
    for words, label in zip(marked(planted("counting")), planted("counting").labels, strict=True):
        assert len(words) == counting.SOUNDS
        assert counting.CLASSES[words.count(counting.COUNTED) - 1] == label


@pytest.mark.parametrize("distance", DISTANCES)
def test_brackets_are_nested_or_not_as_they_say(distance: int) -> None:
    data = planted("brackets", distance)
    assert [brackets.is_nested(text.split()) for text in data.texts] == [label == "nested" for label in data.labels]


@pytest.mark.parametrize(
    ("text", "nested"),
    [
        ("open begin end close", True),
        ("open a close lift b drop", True),
        ("open begin close end", False),
        ("open", False),
        ("close open", False),
    ],
)
def test_brackets_are_read_as_brackets_are(text: str, nested: bool) -> None:
    assert brackets.is_nested(text.split()) is nested


@pytest.mark.parametrize("distance", DISTANCES)
def test_a_verb_agrees_with_its_subject_as_they_say(distance: int) -> None:
    data = planted("agreement", distance)
    number = {word: n for pair in (*agreement.NOUNS, *agreement.VERBS) for n, word in enumerate(pair)}
    for (subject, verb), label in zip(marked(data), data.labels, strict=True):
        assert (number[subject] == number[verb]) == (label == "agrees")
    nouns = [[number[word] for word in text.split() if word in dict(agreement.NOUNS)
              or word in dict(agreement.NOUNS).values()] for text in data.texts]  # fmt: skip
    assert all(sorted(row) == [0, 1] for row in nouns)


def test_filler_has_as_many_words_as_asked() -> None:
    assert [len(fill(random.Random(1), words)) for words in (0, 1, 13, 100)] == [0, 1, 13, 100]


def test_spans_of_evidence_point_at_the_words() -> None:
    data = planted("negation")
    for text, places, words in zip(data.texts, evidence_of(data) or (), marked(data), strict=True):
        assert [text[start:end] for start, end in spans_of(text, places)] == list(words)


def test_an_unknown_task_names_those_that_exist() -> None:
    with pytest.raises(NotFoundError, match="needle, first_word"):
        planted_task("haystack")


def test_more_than_a_file_may_hold_is_refused_before_it_is_made() -> None:
    with pytest.raises(DataError, match="fewer rows"):
        planted("needle", 5000, 200_000)
