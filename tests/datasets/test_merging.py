"""Labels that look alike are made one, whatever the examples are."""

from dataclasses import replace

import pytest

from seqcore.datasets.label_spelling import look_alikes_among, told_apart
from seqcore.datasets.merging import merge_look_alikes
from tests.kinds.audio.tones import labelled_tones
from tests.kinds.series.made import rising_and_falling


@pytest.mark.parametrize("data", [rising_and_falling(9), labelled_tones(9)], ids=["series", "sounds"])
def test_labels_of_examples_that_are_no_texts_are_merged(data) -> None:
    first, second = data.classes
    labels = tuple(label.capitalize() if row < 2 else label for row, label in enumerate(data.labels))
    note = told_apart(look_alikes_among(labels))
    merged = merge_look_alikes(replace(data, labels=labels, notes=(note,)))
    assert merged.labels == data.labels
    assert merged.classes == (first, second)
    assert note not in merged.notes
    assert any("read as one" in each for each in merged.notes)
    assert len(merged.examples) == 9
