"""The rules that `lint-imports` holds leave no package out."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CONTRACTS = {
    contract["name"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
}
# Who may: the pages know Streamlit, workers and what models are made of know Keras.
EXEMPT = {
    "Streamlit is known in the pages and seqcore.ui only": {"ui"},
    "TensorFlow, Keras and scikit-learn are imported by workers only": {"worker", "layers", "architectures"},
}


def packages() -> set[str]:
    names = {
        path.stem for path in (ROOT / "seqcore").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    return {name for name in names if not name.startswith("__")}


@pytest.mark.parametrize("name", EXEMPT)
def test_what_is_forbidden_is_forbidden_to_every_package(name: str) -> None:
    listed = {module.split(".")[1] for module in CONTRACTS[name]["source_modules"]}
    assert packages() - EXEMPT[name] <= listed


def test_every_package_has_its_floor() -> None:
    floors = {module for layer in CONTRACTS["Imports point down"]["layers"] for module in layer.split(" | ")}
    assert packages() | {"__main__"} == floors


def test_no_module_imports_a_part_of_sqlalchemy_before_the_whole() -> None:
    """The server imports it in one thread and the engine in another: a part that comes first does not wait for the
    other thread, and both end with half a package."""
    for path in (ROOT / "seqcore").rglob("*.py"):
        imports = [
            node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        parts = [node.lineno for node in imports if isinstance(node, ast.ImportFrom) and _is_part(node.module)]
        whole = [node.lineno for node in imports if isinstance(node, ast.Import) and "sqlalchemy" in _names(node)]
        assert not parts or (whole and min(whole) < min(parts)), path


def _is_part(module: str | None) -> bool:
    return (module or "").startswith("sqlalchemy.")


def _names(node: ast.Import) -> set[str]:
    return {each.name for each in node.names}
