from collections.abc import Iterator
from pathlib import Path

import pytest

from seqcore.settings import Settings
from tests.hub import Hub, running_hub


@pytest.fixture
def hub() -> Iterator[Hub]:
    with running_hub() as found:
        yield found


@pytest.fixture
def settings(hub: Hub, tmp_path: Path) -> Settings:
    """Of a server that asks our hub."""
    return Settings(home=tmp_path / "home", hub=hub.url)
