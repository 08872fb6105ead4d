"""The documents name only what exists."""

import ast
import re
from pathlib import Path

import pytest

from seqcore.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted((ROOT / "docs").glob("*.md"))
OF_TESTS = {"SEQLAB_CHROMIUM", "SEQLAB_POSTGRESQL"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_setting_that_a_document_names_exists(document):
    named = set(re.findall(r"SEQLAB_[A-Z_]*[A-Z]", document.read_text(encoding="utf-8")))
    known = {f"SEQLAB_{name.upper()}" for name in Settings.model_fields}
    assert named - known - OF_TESTS == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_python_in_a_document_is_python(document):
    for block in re.findall(r"```python\n(.*?)```", document.read_text(encoding="utf-8"), re.DOTALL):
        ast.parse(block, document.name)


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_place_in_the_code_that_is_named_exists(name):
    named = set(re.findall(r"`?(seqcore/[\w/]+(?:\.py|/))", (ROOT / name).read_text(encoding="utf-8")))
    assert named
    assert sorted(place for place in named if not (ROOT / place).exists()) == []
