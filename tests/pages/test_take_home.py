"""Files that one takes home from Reading along, Inside the cell and Memory."""

import csv
import io

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from seqcore.inspections.attention_changed import ChangedAttention
from seqcore.inspections.contracts import WeighedStep
from seqcore.inspections.gates import GatesAnswer, GatesOfCell
from seqcore.inspections.memory import MemoryAnswer, MemoryCurve
from seqcore.inspections.reading_along import AlongAnswer
from seqcore.inspections.units import UnitsRequest
from seqcore.store import Store
from seqcore.ui.pages.look import long_tables
from seqcore.ui.pages.look.grid_pages import gate_page
from seqcore.ui.pages.look.long_tables import along_csv, driving_csv, gates_csv, memory_csv, moved_csv
from tests.pages.finished import AnsweringEngine, finished_experiment
from tests.pages.test_attention_page import opened

TEXT = "=1+1 film"
SPANS = ((0, 4), (5, 9))
TOKENS = ("=1+1", "film")
READ = {"text": TEXT, "tokens": TOKENS, "spans": SPANS, "known": (True, True)}


def rows(made: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"))))


def gates_answer(units: int = 3) -> GatesAnswer:
    grid = np.arange(2)[:, None] / 10 + np.arange(units)
    cells = [
        GatesOfCell(
            layer=1, cell="lstm", direction=way, units=range(units), order=range(units)[::-1],
            gates={"input": grid, "hidden": -grid},
        )
        for way in ("forward", "backward")
    ]  # fmt: skip
    return GatesAnswer(**READ, classes=("a", "b"), probabilities=[0.5, 0.5], layers=cells)


def test_reading_along_has_a_row_for_each_model_word_and_class() -> None:
    answer = AlongAnswer(
        **READ, classes=("a", "b"), probabilities=[[0.25, 0.75], [0.5, 0.5]], positions=(1, 2), steps=2,
        whole_text=[0.5, 0.5], points="states", knows_what_follows=False,
    )  # fmt: skip
    found = rows(along_csv([("One", answer), ("Two", answer)]))
    assert len(found) == 2 * 2 * 2
    assert found[0] == {
        "model": "One", "position": "1", "token": "'=1+1", "start": "0", "end": "4", "class": "a",
        "probability": "0.25",
    }  # fmt: skip


def test_gates_have_a_row_for_each_unit_and_word_of_every_layer() -> None:
    found = rows(gates_csv("LSTM", gates_answer()))
    assert len(found) == 2 * 2 * 3 * 2
    assert all(float(row["value"]) == pytest.approx(number(row), abs=1e-6) for row in found)
    assert {(row["token"], row["start"]) for row in found} == {("'=1+1", "0"), ("film", "5")}
    assert {row["direction"] for row in found} == {"forward", "backward"}


def number(row: dict[str, str]) -> float:
    value = (int(row["position"]) - 1) / 10 + int(row["unit"])
    return value if row["gate"] == "input" else -value


def test_of_too_many_numbers_the_liveliest_units_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_tables, "MOST_ROWS", 20)
    found = rows(gates_csv("LSTM", gates_answer()))
    assert {row["unit"] for row in found} == {"1", "2"}
    assert len(found) == 16


def test_memory_has_a_row_for_each_distance_and_way_of_measuring() -> None:
    part = {"distance": (0, 1), "influence": [1.0, 0.5], "texts": (3, 2), "half_life": 1.0}
    found = rows(memory_csv([("RNN", MemoryAnswer(**part, asked=3, accuracy=0.8, occlusion=MemoryCurve(**part)))]))
    assert [row["measured"] for row in found] == ["gradient"] * 2 + ["leaving out"] * 2
    assert [float(row["influence"]) for row in found] == [1.0, 0.5] * 2


def test_moved_weights_have_a_row_for_each_word_with_its_own_weight_beside_it() -> None:
    tokens = [
        WeighedStep(token=token, start=start, end=end, weight=weight)
        for token, (start, end), weight in zip(TOKENS, SPANS, (0.25, 0.75), strict=True)
    ]
    found = ChangedAttention(
        text=TEXT, classes=("a", "b"), probabilities=[0.2, 0.8], before=[0.9, 0.1], own=(0.5, 0.5), tokens=tokens
    )
    table = rows(moved_csv("LSTM", found))
    assert [(row["token"], row["own weight"], row["weight"]) for row in table] == [
        ("'=1+1", "0.5", "0.25"), ("film", "0.5", "0.75"),
    ]  # fmt: skip
    assert {(row["said before"], row["says"]) for row in table} == {("a", "b")}


def test_what_drives_a_unit_has_a_row_for_each_text_and_word(store: Store, engine: AnsweringEngine) -> None:
    (run,) = store.runs.of("personal", finished_experiment(store, [("lstm", 0)]).id)
    table = rows(driving_csv("LSTM", engine.ask("units", run.id, UnitsRequest(unit=5))))
    assert [(row["kind"], row["token"], row["value"]) for row in table] == [
        ("text", "hello", "0.9"), ("text", "hello", "-0.8"), ("word", "hello", "0.6"), ("word", "of", "-0.4"),
    ]  # fmt: skip
    assert {row["unit"] for row in table} == {"5"}


def test_the_page_of_a_gate_shows_the_units_in_their_order() -> None:
    answer = gates_answer()
    made = gate_page(answer, answer.layers[0], "hidden", (2, 0), title="Hidden state", architecture="lstm", signed=True)
    assert made.index("Unit 2") < made.index("Unit 0")
    assert "\N{MINUS SIGN}2.10" in made and "Unit 1<" not in made


@pytest.mark.parametrize(
    ("tab", "wanted", "labels"),
    [
        ("Reading along", "", ["Numbers as CSV", "Table as HTML"]),
        ("Inside the cell", "", ["Numbers as CSV", "Table as HTML"]),
        ("Memory", "look-memory", ["Numbers as CSV"]),
    ],
)
def test_each_tab_offers_them(
    lab: AppTest, store: Store, engine: AnsweringEngine, tab: str, wanted: str, labels: list[str]
) -> None:
    page = opened(lab, finished_experiment(store, [("lstm", 0), ("bigru", 0)]).id, tab, text=TEXT)
    if wanted:
        page.toggle(key=wanted).set_value(True).run()
    assert not page.exception
    assert [button.label for button in page.get("download_button")] == labels
