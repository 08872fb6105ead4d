"""The notebook and the script of a report: the same cells, plain Keras, nothing of what people wrote."""

from __future__ import annotations

import ast
import json

import pytest

from seqcore.architectures import architectures, get_architecture
from seqcore.export.report.retraining import Cell, cells_of, notebook_of, script_of
from seqcore.kinds import get_kind

EVERY = [which.name for which in architectures("tokens")]


@pytest.fixture(scope="module")
def template() -> str:
    return get_kind("text").retraining()


@pytest.mark.parametrize("names", [["lstm"], ["bag_of_words"], EVERY], ids=["gradient", "closed form", "all"])
def test_script_and_notebook_are_the_same_python(template: str, names: list[str]) -> None:
    cells = cells_of(template, names)
    script, notebook = script_of(cells), json.loads(notebook_of(cells))
    code = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert ast.dump(ast.parse(script)) == ast.dump(ast.parse("\n".join(code)))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in notebook["cells"]}) == len(cells)


def test_nothing_of_ours_is_imported(template: str) -> None:
    tree = ast.parse(script_of(cells_of(template, EVERY)))
    named = {
        alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    named |= {str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert named == {"csv", "hashlib", "importlib", "json", "math", "os", "collections", "pathlib", "keras", "numpy",
                     "tokenizers", "sklearn", "re", "unicodedata", "functools", "typing", "budoux"}  # fmt: skip


def test_only_what_the_models_need_is_in_it(template: str) -> None:
    assert "sklearn" not in script_of(cells_of(template, ["lstm", "rnn"]))
    assert "by_gradient" not in script_of(cells_of(template, ["bag_of_words"]))


def test_every_architecture_is_explained_once_with_its_equations(template: str) -> None:
    told = "".join(cell.text for cell in cells_of(template, ["lstm", "lstm", "transformer"]) if cell.markdown)
    for name in ("lstm", "transformer"):
        known = get_architecture(name)
        assert told.count(f"**{known.label}.** {known.idea}") == 1
        assert all(f"$${line}$$" in told for line in known.equations)


def test_markdown_becomes_comments_and_comes_back() -> None:
    text = "# %% [markdown]\n# # Title\n#\n# Words\n\n# %%\nx = 1\n"
    cells = cells_of(text, ["lstm"])
    assert cells == [Cell("# Title\n\nWords", True), Cell("x = 1", False)]
    assert script_of(cells) == text
