"""Nothing that is read, from a disk or from a visitor, is ever run: no pickle, no eval, no shell."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("seqcore", "pages", "scripts", "benchmarks", "tests")
# What this test and the attacks of another need to name; nothing of it handles data of anybody.
EXEMPT = {"tests/test_no_code_from_data.py", "tests/worker/models/hostile_models.py"}
PICKLERS = {"pickle", "cPickle", "_pickle", "cloudpickle", "dill", "shelve", "marshal", "jsonpickle", "joblib"}
READERS = {"read_pickle", "to_pickle", "unsafe_load", "full_load", "enable_unsafe_deserialization"}
RUNNERS = {"eval", "exec", "compile", "__import__", "execfile"}
SHELLS = {("os", "system"), ("os", "popen"), ("subprocess", "getoutput"), ("subprocess", "getstatusoutput")}


def dangers(source: str) -> Iterator[str]:
    """What of this code would run what it reads, by line."""
    for node in ast.walk(ast.parse(source)):
        for what in _of_imports(node) if isinstance(node, ast.Import | ast.ImportFrom) else _of_calls(node):
            yield f"line {node.lineno}: {what}"


def _of_imports(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    modules = [name.name for name in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    yield from (f"imports {name}" for name in modules if name.partition(".")[0] in PICKLERS)
    yield from (f"imports {name.name}" for name in node.names if name.name in READERS)


def _of_calls(node: ast.AST) -> Iterator[str]:
    if not isinstance(node, ast.Call):
        return
    owner, name = _called(node.func)
    said = {keyword.arg: keyword.value for keyword in node.keywords}
    if name in READERS or (not owner and name in RUNNERS) or owner in PICKLERS or (owner, name) in SHELLS:
        yield f"calls {owner}.{name}"
    if (owner in ("np", "numpy") and name == "load" and not _is(said.get("allow_pickle"), False)) or (
        owner == "torch" and name == "load" and not _is(said.get("weights_only"), True)
    ):
        yield f"calls {owner}.load without a promise that nothing is unpickled"
    if owner == "yaml" and name in ("load", "load_all"):
        yield "calls yaml.load"
    if name == "load_model" and not _is(said.get("safe_mode"), True):
        yield "calls load_model without safe_mode=True"
    if _is(said.get("allow_pickle"), True) or _is(said.get("shell"), True):
        yield "allows pickle or a shell"


def _called(function: ast.expr) -> tuple[str, str]:
    if isinstance(function, ast.Attribute):
        owner = function.value
        named = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else "?"
        return named, function.attr
    return "", function.id if isinstance(function, ast.Name) else ""


def _is(value: ast.expr | None, wanted: bool) -> bool:
    return isinstance(value, ast.Constant) and value.value is wanted


def our_files() -> list[Path]:
    found = [ROOT / "app.py", ROOT / "seqcore" / "kinds" / "text" / "predict.py.txt"]
    for folder in FOLDERS:
        found += sorted((ROOT / folder).rglob("*.py"))
    return [file for file in found if file.relative_to(ROOT).as_posix() not in EXEMPT]


def test_no_code_of_ours_runs_what_it_reads() -> None:
    files = our_files()
    assert len(files) > 150
    found = {str(file.relative_to(ROOT)): list(dangers(file.read_text(encoding="utf-8"))) for file in files}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "code",
    [
        "import pickle", "from pickle import loads", "import cloudpickle as c", "import dill",
        "import joblib.numpy_pickle",
        "pd.read_pickle(path)", "from pandas import read_pickle", "frame.to_pickle(path)", "joblib.load(f)",
        "np.load(f)", "np.load(f, allow_pickle=True)", "numpy.load(f, None)", "torch.load(f)", "yaml.load(f)",
        "yaml.unsafe_load(f)", "eval(text)", "exec(text)", "compile(text, '', 'exec')", "__import__(name)",
        "subprocess.run(text, shell=True)", "os.system(text)", "os.popen(text)",
        "keras.saving.load_model(f)", "keras.models.load_model(f, safe_mode=False)",
        "keras.config.enable_unsafe_deserialization()",
    ],
)  # fmt: skip
def test_each_of_these_would_be_found(code: str) -> None:
    assert list(dangers(code))


@pytest.mark.parametrize(
    "code",
    ["np.load(f, allow_pickle=False)", "re.compile(text)", "model.compile()", "json.load(f)",
     "torch.load(f, weights_only=True)",
     "keras.saving.load_model(f, safe_mode=True)", "subprocess.run([program], check=False)", "model.eval()"],
)  # fmt: skip
def test_none_of_these_is_a_danger(code: str) -> None:
    assert not list(dangers(code))
