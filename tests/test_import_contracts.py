"""The rules that `lint-imports` holds leave no package out."""

from __future__ import annotations

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
