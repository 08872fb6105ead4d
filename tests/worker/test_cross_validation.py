from __future__ import annotations

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from seqcore.datasets import load_sample, split_rows
from seqcore.kinds.text.options import TextOptions
from seqcore.spec import SplitOptions
from seqcore.worker.cross_validation import answers_on_test, folds_of, out_of_fold
from tests.datasets.conftest import labelled


def test_folds_keep_groups_together_and_have_every_class() -> None:
    codes = np.array([0] * 60 + [1] * 40, np.int32)
    groups = np.arange(100) // 2 * 2
    folds = folds_of(codes, groups)
    assert set(folds.tolist()) == set(range(5))
    for group in range(0, 100, 2):
        assert folds[group] == folds[group + 1]
    for fold in range(5):
        assert set(codes[folds == fold].tolist()) == {0, 1}
    np.testing.assert_array_equal(folds, folds_of(codes, groups))


def test_a_row_is_judged_by_models_that_did_not_learn_from_it() -> None:
    texts = [f"{'good' if row % 2 else 'bad'} thing number{row}" for row in range(60)]
    labels = ["pos" if row % 2 else "neg" for row in range(60)]
    labels[7] = "neg"
    data = labelled(labels, texts)
    folds, told = folds_of(data.codes(), np.arange(60)), []
    found = out_of_fold(data, TextOptions().whole(), folds, lambda done, of: told.append((done, of)))
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-5)
    assert data.classes[int(found[7].argmax())] == "pos"
    assert (found.argmax(axis=1) == data.codes()).sum() == 59
    assert told == [(done, 5) for done in range(1, 6)]


def test_the_answers_on_the_test_are_as_good_as_those_of_scikit_learn_alone() -> None:
    data = load_sample()
    split = split_rows(data, SplitOptions())
    codes, texts = data.codes(), np.array(data.texts, dtype=object)
    ours = (answers_on_test(data, TextOptions().whole(), split) == codes[split.test]).mean()
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    learned = vectorizer.fit_transform(texts[split.train])
    fitted = LogisticRegression(max_iter=1000).fit(learned, codes[split.train])
    assert ours >= fitted.score(vectorizer.transform(texts[split.test]), codes[split.test]) - 0.01


def test_without_the_word_that_gives_the_class_away_nothing_is_left_to_learn() -> None:
    drawn = np.random.default_rng(0)
    labels = ["a" if row % 2 else "b" for row in range(300)]
    noise = [" ".join(drawn.choice(["red", "blue", "green", "grey"], 5)) for _ in labels]
    data = labelled(labels, [f"{text} zzq{label}" for text, label in zip(noise, labels, strict=True)])
    split = split_rows(data, SplitOptions(group_duplicates=False))
    codes = data.codes()[split.test]
    assert (answers_on_test(data, TextOptions(), split) == codes).all()
    left = answers_on_test(data, TextOptions(), split, lambda text: text.split(" zzq")[0]) == codes
    assert left.mean() < 0.75


def test_a_row_of_which_no_other_fold_has_the_class_keeps_its_label() -> None:
    data = labelled(["a"] * 10 + ["b"] * 10 + ["rare"])
    found = out_of_fold(data, TextOptions(), folds_of(data.codes(), np.arange(21)), lambda done, of: None)
    assert found[20].tolist() == [0, 0, 1]


def test_data_too_small_for_folds_of_two_classes_are_no_trouble() -> None:
    data = labelled(list("aaab"))
    assert out_of_fold(data, TextOptions(), folds_of(data.codes(), np.arange(4)), lambda done, of: None).shape == (4, 2)
