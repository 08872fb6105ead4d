import gc
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from seqcore.datasets.labelled_text import LabelledText
from seqcore.inspections.contracts import weighed
from seqcore.kinds import Step
from seqcore.ui.kit.bytes_held import bytes_held, make_read_only

MB = 1_000_000


@dataclass
class Ring:
    name: str
    other: "Ring | None" = None


def texts() -> tuple[str, ...]:
    return tuple(f"text number {number} " * 20 for number in range(3000))


def labelled() -> LabelledText:
    return LabelledText("a", texts(), tuple(f"label {n % 7}" for n in range(3000)), numbers=tuple(range(1000, 4000)))


@pytest.mark.parametrize(
    "make",
    [
        texts,
        labelled,
        lambda: weighed([Step(f"word {n}", n, n + 1) for n in range(2000)], np.full(2000, 1 / 2000)),
        lambda: {f"key {n}": [float(n), float(n + 1)] for n in range(5000)},
        lambda: [bytes(1000 + n) for n in range(500)],
    ],
    ids=["texts", "labelled", "weighed", "lists", "bytes"],
)
def test_what_python_holds_is_what_is_counted(make: Callable[[], object]) -> None:
    make()
    gc.collect()
    tracemalloc.start()
    try:
        kept = make()
        gc.collect()
        held = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert bytes_held(kept) == pytest.approx(held, rel=0.06)


@pytest.mark.parametrize(
    ("value", "held"),
    [
        (np.zeros((1000, 1000), np.float32), 4 * MB),
        (np.zeros((1000, 1000), np.float32)[:1], 4 * MB),  # the row keeps the whole alive
        ({"a": [np.zeros(1_000_000)]}, 8 * MB),
        (pa.table({"text": ["x" * 1000] * 4000}), 4 * MB),
        (pd.DataFrame({"text": pd.array([f"{n}" * 250 for n in range(1000, 5000)], dtype=object)}), 4 * MB),
        (pd.DataFrame({"number": np.zeros(500_000)}), 4 * MB),
    ],
    ids=["array", "view", "within", "arrow", "objects", "frame"],
)
def test_arrays_and_tables_count_with_what_lies_outside_of_python(value: object, held: float) -> None:
    assert bytes_held(value) == pytest.approx(held, rel=0.1)


def test_an_object_counts_once_however_often_it_is_met() -> None:
    long = "x" * MB
    assert bytes_held([long] * 1000) == pytest.approx(MB, rel=0.02)


def test_what_holds_itself_is_counted_to_an_end() -> None:
    ring = Ring("x" * 1000)
    ring.other = Ring("y" * 1000, ring)
    assert 2000 < bytes_held(ring) < 4000


def test_the_program_itself_counts_nothing() -> None:
    assert bytes_held((np, Ring, texts)) < 200


def test_arrays_of_what_several_are_given_cannot_be_changed() -> None:
    array = np.zeros(3)
    make_read_only({"a": [Ring("x"), array]})
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1
