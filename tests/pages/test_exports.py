"""Every table that leaves the app goes through one guard, whatever stands in texts, labels and names."""

from __future__ import annotations

import ast
import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from seqcore.datasets.labelled_text import LabelledText
from seqcore.errors import NotFoundError
from seqcore.export.answers import with_answers
from seqcore.export.tables import csv_bytes
from seqcore.inspections import get_inspection
from seqcore.inspections.attention import AttentionRequest
from seqcore.inspections.contracts import WeighedStep
from seqcore.inspections.occlusion import OcclusionRequest
from seqcore.inspections.prediction import PredictRequest
from seqcore.store import Experiment, Store
from seqcore.ui.kit.file_names import file_name
from seqcore.ui.pages.compare.score_table import score_table
from seqcore.ui.pages.look.attention.step_weights import Look
from seqcore.ui.pages.look.downloads import scores_csv, weights_csv
from seqcore.ui.pages.look.maps import Map
from seqcore.ui.session import questions, results
from tests.pages.conftest import NotingRoom
from tests.pages.finished import WORKSPACE, AnsweringEngine, finished_experiment

ROOT = Path(__file__).resolve().parents[2]
FORMULAS = ["=1+1", "+A1", "-A1", "@now", "\t=1", "\r=1", '=HYPERLINK("http://evil")', "-2+3", " =1", "＝1"]
STARTS = tuple("=+-@\t\r\n|%＝＋－＠")
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?")


def dangerous(data: bytes) -> list[str]:
    """Cells that a spreadsheet would compute; plain numbers are none."""
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [cell for row in rows for cell in row if cell.lstrip(" \u200b\ufeff").startswith(STARTS)
            and not NUMBER.fullmatch(cell)]  # fmt: skip


def hostile_data() -> LabelledText:
    texts = tuple(f"{FORMULAS[n % len(FORMULAS)]} text {n}" for n in range(120))
    return LabelledText("=data", texts, tuple(("=spam", "@ham")[n % 2] for n in range(120)))


def compare_table(experiment: Experiment, _engine: AnsweringEngine) -> bytes:
    return csv_bytes(score_table(results.standings(results.scored_runs(experiment))))


def test_answers(experiment: Experiment, _engine: AnsweringEngine) -> bytes:
    return results.predictions_csv(experiment, results.scored_runs(experiment))


test_answers.__test__ = False  # type: ignore[attr-defined]


def attention_weights(experiment: Experiment, engine: AnsweringEngine) -> bytes:
    run = results.scored_runs(experiment)[0]
    found = engine.ask("attention", run.id, AttentionRequest(text="=1 +2 @x"))
    steps = tuple(step.model_copy(update={"token": text}) for step, text in zip(found.tokens, FORMULAS, strict=False))
    answer = questions.as_drawn(run, found.classes, found.probabilities, "=label")
    return weights_csv([Look(get_inspection("attention"), run, answer, steps, [], None)])


def scores(experiment: Experiment, engine: AnsweringEngine) -> bytes:
    run = results.scored_runs(experiment)[0]
    found = engine.ask("occlusion", run.id, OcclusionRequest(text="=1 +2 @x"))
    weights = [each.model_dump(exclude={"score", "token"}) | {"weight": each.score} for each in found.tokens]
    steps = tuple(WeighedStep(token=text, **each) for each, text in zip(weights, FORMULAS, strict=False))
    answer = questions.as_drawn(run, found.classes, found.probabilities, "=label")
    return scores_csv([Map(get_inspection("occlusion"), run, answer, "=spam", steps, [], ())])


def predictions(experiment: Experiment, engine: AnsweringEngine) -> bytes:
    frame = pd.DataFrame({"=text": FORMULAS, "\t@other": FORMULAS})
    run = results.scored_runs(experiment)[0]
    answer = engine.ask("predict", run.id, PredictRequest(texts=FORMULAS))
    return csv_bytes(with_answers(frame, FORMULAS, {"-model": answer}))


EXPORTS: list[Callable[[Experiment, AnsweringEngine], bytes]] = [
    compare_table, test_answers, attention_weights, scores, predictions,
]  # fmt: skip


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.__name__)
def test_no_export_holds_a_formula(room: NotingRoom, store: Store, export) -> None:
    experiment = finished_experiment(store, [("lstm_attention", 0), ("transformer", 0)], data=hostile_data())
    for run, name in zip(store.runs.of(WORKSPACE, experiment.id), ("=cmd()", "@run"), strict=True):
        store.runs.rename(WORKSPACE, run.id, name)
    data = export(experiment, AnsweringEngine(store))
    assert "'=" in data.decode() or "'@" in data.decode()
    assert dangerous(data) == []


def test_whatever_makes_csv_lets_the_guard_write_it() -> None:
    makers = [
        node for file in our_files() for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.endswith("csv") and file.name != "tables.py"
    ]  # fmt: skip
    assert len(makers) > len(EXPORTS)
    for maker in makers:
        called = {word for call in ast.walk(maker) if isinstance(call, ast.Call) for word in words_of(call.func)}
        assert called & {"csv_bytes", "write_exact_csv"}, maker.name


def test_every_csv_that_is_offered_is_made_by_a_function_that_says_so() -> None:
    offered = [call for file in our_files() for call in calls(file, "file_button") if _offers_csv(call)]
    assert len(offered) > len(EXPORTS)
    for call in offered:
        assert any(word.endswith(("csv", "csv_bytes")) for word in words_of(call.args[1])), ast.unparse(call)


def _offers_csv(button: ast.Call) -> bool:
    """Whether a file button says that it gives CSV, or nothing else, which means that too."""
    says_nothing = len(button.args) < 4 and not any(each.arg == "kind" for each in button.keywords)
    return says_nothing or "'text/csv'" in ast.unparse(button)


def words_of(part: ast.AST) -> set[str]:
    """Names and attributes that stand in it."""
    return {node.id for node in ast.walk(part) if isinstance(node, ast.Name)} | {
        node.attr for node in ast.walk(part) if isinstance(node, ast.Attribute)
    }


def test_nothing_else_of_ours_writes_csv() -> None:
    writers = {
        file.relative_to(ROOT).as_posix()
        for file in our_files()
        for name in ("to_csv", "writer", "DictWriter", "to_excel", "to_clipboard")
        if any(calls(file, name))
    }
    assert writers == {"seqcore/export/tables.py"}


_NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.tuples(st.text(max_size=8), _NUMBERS), min_size=1, max_size=5))
def test_whatever_the_text_no_cell_is_computed_and_numbers_stay_numbers(rows: list[tuple[str, float]]) -> None:
    data = csv_bytes(pd.DataFrame(rows, columns=["=text", "number"]))
    assert dangerous(data) == []
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1:]
    assert [float(row[1]) for row in read if row] == [number for _, number in rows]


HOSTILE_NAMES = [
    "../../x", "/etc/passwd", "C:\\Windows\\x", "\\\\host\\share", "a\0b", "x" * 300, "\u202egpj.exe", "..", "",
    "~root", 'a"; filename="b', "a\r\nSet-Cookie: x=1", "con", "-rf", "%2e%2e%2f",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_download_is_named_by_letters_and_digits(name: str) -> None:
    for ending in ("csv", "zip", "html"):
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,49}\.[a-z]+", file_name(name, ending))


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_no_name_decides_where_something_is_written(
    lab: AppTest,
    store: Store,
    tmp_path: Path,
    name: str,
) -> None:
    before = {path for path in tmp_path.parent.iterdir() if path != tmp_path}
    data = hostile_data()
    experiment = finished_experiment(store, [("rnn", 0)], data=LabelledText(name, data.texts, data.labels))
    (run,) = store.runs.of(WORKSPACE, experiment.id)
    store.experiments.rename(WORKSPACE, experiment.id, name)
    store.runs.rename(WORKSPACE, run.id, name)
    page = lab.run().switch_page("lab/runs.py").run()
    assert not page.exception and not page.error
    written = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()]
    assert written and all(re.fullmatch(r"[A-Za-z0-9._/-]+", path) and ".." not in path for path in written)
    assert {path for path in tmp_path.parent.iterdir() if path != tmp_path} == before
    (dataset,) = store.datasets.all(WORKSPACE)
    assert len(dataset.name) <= 200 and "\0" not in dataset.name and "\n" not in dataset.name


@pytest.mark.parametrize("name", [*HOSTILE_NAMES, "a/../b", ".hidden", "a b"])
def test_the_store_takes_no_file_name_that_leads_elsewhere(store: Store, tmp_path: Path, name: str) -> None:
    if re.fullmatch(r"[A-Za-z0-9][\w-]*(\.[\w-]+)*", name):
        return
    before = sorted(tmp_path.rglob("*"))
    for owner, file in ((name, "model.keras"), ("runs/a", name)):
        with pytest.raises(NotFoundError, match="no name of a stored file"):
            store.artifacts.write(owner, file, b"x")
        with pytest.raises(NotFoundError, match="no name of a stored file"):
            store.artifacts.read(owner, file)
    assert sorted(tmp_path.rglob("*")) == before


def our_files() -> list[Path]:
    return [*(ROOT / "seqcore").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "app.py"]


def calls(file: Path, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and name in (getattr(node.func, "attr", ""), getattr(node.func, "id", "")):
            yield node
