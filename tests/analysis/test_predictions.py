"""`predictions.parquet`: what is written is read again, anything else is refused."""

import io

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from seqcore.analysis.predictions import read_predictions, read_texts, write_predictions
from seqcore.errors import InspectionError

CLASSES = ("ham", "spam")
PROBABILITIES = np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4]])
ROWS, LABELS = np.array([4, 0, 7]), np.array([0, 1, 1])


def written() -> bytes:
    return write_predictions(ROWS, ["a", "b", "c"], LABELS, PROBABILITIES, CLASSES)


def test_what_was_written_is_read_again():
    found = read_predictions(written(), CLASSES)
    np.testing.assert_array_equal(found.rows, ROWS)
    np.testing.assert_array_equal(found.labels, LABELS)
    np.testing.assert_array_equal(found.predicted, [0, 1, 0])
    np.testing.assert_allclose(found.confidence, [0.9, 0.8, 0.6])
    assert found.right.tolist() == [True, True, False]


def test_the_table_names_labels_and_has_a_probability_of_every_class():
    table = pd.read_parquet(io.BytesIO(written()))
    assert list(table) == ["row", "text", "label", "predicted", "confidence", "p0", "p1"]
    assert table["predicted"].tolist() == ["ham", "spam", "ham"]


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1 no longer PAR1"])
def test_what_is_no_table_is_refused(data):
    with pytest.raises(InspectionError, match="answers"):
        read_predictions(data, CLASSES)


def test_labels_of_other_classes_are_refused():
    with pytest.raises(InspectionError, match="answers"):
        read_predictions(written(), ("ham", "eggs"))


def test_the_probabilities_of_every_class_are_read_again_with_or_without_the_texts():
    for texts in (["a", "b", "c"], None):
        data = write_predictions(ROWS, texts, LABELS, PROBABILITIES, CLASSES)
        found = read_predictions(data, CLASSES)
        np.testing.assert_array_equal(found.probabilities, PROBABILITIES)
        np.testing.assert_array_equal(found.rows, ROWS)


def test_the_texts_are_read_again_and_refused_where_they_were_left_out():
    texts, labels = read_texts(written(), CLASSES)
    assert texts == ["a", "b", "c"]
    np.testing.assert_array_equal(labels, LABELS)
    with pytest.raises(InspectionError, match="answers"):
        read_texts(write_predictions(ROWS, None, LABELS, PROBABILITIES, CLASSES), CLASSES)


def test_answers_of_the_first_version_are_read_and_those_of_a_newer_one_refused():
    table = pq.read_table(io.BytesIO(written()))
    for version, told in [(None, {}), (99, {"sequence-lab": '{"version": 99}'})]:
        buffer = io.BytesIO()
        pq.write_table(table.replace_schema_metadata(told), buffer)
        if version is None:
            assert read_predictions(buffer.getvalue(), CLASSES).labels.tolist() == [0, 1, 1]
            continue
        with pytest.raises(InspectionError, match="newer version"):
            read_predictions(buffer.getvalue(), CLASSES)


def test_probabilities_that_are_no_numbers_or_of_other_classes_are_refused():
    broken = write_predictions(ROWS, None, LABELS, np.full((3, 2), np.nan), CLASSES)
    for data, classes in [(broken, CLASSES), (written(), ("ham", "eggs")), (written(), (*CLASSES, "more"))]:
        with pytest.raises(InspectionError, match="answers"):
            read_predictions(data, classes)


def test_very_many_answers_are_read_as_they_were_written():
    rows = 25_001  # of several groups, the last of a single row
    codes, texts = np.arange(rows) % 3, [f"text {row}" for row in range(rows)]
    probabilities = np.random.default_rng(0).dirichlet(np.ones(3), rows)
    data = write_predictions(np.arange(rows)[::-1], texts, codes, probabilities, "abc")
    found = read_predictions(data, "abc")
    np.testing.assert_array_equal(found.rows, np.arange(rows)[::-1])
    np.testing.assert_array_equal(found.labels, codes)
    np.testing.assert_array_equal(found.probabilities, probabilities)
    assert read_texts(data, "abc")[0] == texts
