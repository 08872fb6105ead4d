"""A home folder of its own for each test of the command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from seqcore.cli import training
from seqcore.settings import get_settings
from seqcore.store import Store


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that commands open."""
    monkeypatch.setenv("SEQLAB_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    get_settings.cache_clear()
    yield training.open_store(get_settings())
    get_settings.cache_clear()
