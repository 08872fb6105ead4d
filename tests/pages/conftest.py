"""Pages run as a browser session would run them, with a store of their own and an engine that only takes notes."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner import script_runner
from streamlit.testing.v1 import AppTest

from seqcore.errors import SeqlabError
from seqcore.settings import get_settings
from seqcore.store import Store
from seqcore.ui.session import shared
from tests.pages.finished import AnsweringEngine

_LINK = re.compile(r"\[([^\]]*)\]\((?:glossary|guide)\?[^)]*\)")
SHELL = Path(__file__).resolve().parents[2] / "pages" / "shell.py"


class NotingRoom:
    """Stands for the engine room: ready or not, and a note of what it was asked."""

    engine_id = "noting"

    def __init__(self) -> None:
        self.submitted: list[str] = []
        self.cancelled: list[str] = []
        self.is_ready = True
        self.failure: SeqlabError | None = None
        import threading

        self.page_drawn = threading.Event()

    def start(self) -> None:
        """Nothing to start."""

    def ready(self) -> bool:
        if self.failure is not None:
            raise self.failure
        return self.is_ready

    def engine(self) -> "NotingRoom | None":
        return self if self.ready() else None

    def submit(self, run_ids: Sequence[str]) -> None:
        self.submitted.extend(run_ids)
        shared.get_store().queue.claim(run_ids, self.engine_id)

    def stop(self, run_ids: Sequence[str]) -> None:
        self.cancelled.extend(run_ids)
        shared.get_store().progress.request_cancel(list(run_ids))


@pytest.fixture(scope="session", autouse=True)
def no_search_for_components() -> Iterator[None]:
    """Each `AppTest` would look for components in every installed package, a second each; we declare ours in code."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", list)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_clearing_of_keras() -> Iterator[None]:
    """After each run of a script Streamlit clears Keras where it is loaded, seconds each; on a server it never is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(script_runner, "_clean_problem_modules", lambda: None)
        yield


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NotingRoom]:
    monkeypatch.setenv("SEQLAB_HOME", str(tmp_path))
    monkeypatch.setenv("SEQLAB_AUTH", "personal")  # there is no connection here that could tell
    monkeypatch.setenv("SEQLAB_DEFAULT_SEEDS", "1")
    noting = NotingRoom()
    monkeypatch.setattr(shared, "EngineRoom", lambda _settings: noting)
    get_settings.cache_clear()
    shared.forget_all()
    yield noting
    get_settings.cache_clear()
    shared.forget_all()


@pytest.fixture
def store(room: NotingRoom) -> Store:
    return shared.get_store()


@pytest.fixture
def engine(room: NotingRoom, store: Store, monkeypatch: pytest.MonkeyPatch) -> AnsweringEngine:
    """Answers what pages ask of models, and notes it."""
    answering = AnsweringEngine(store)
    monkeypatch.setattr(room, "ask", answering.ask, raising=False)
    return answering


@pytest.fixture
def lab(room: NotingRoom) -> AppTest:
    """The app at its first page, not run yet."""
    return AppTest.from_file(str(SHELL), default_timeout=120)


def opened(lab: AppTest, page: str, **ids: str) -> AppTest:
    """The page, reached from the first one by whoever holds a link with these ids."""
    lab.query_params.update(ids)
    lab.run().switch_page(page).run()
    assert not lab.exception
    return lab


def words(page: AppTest) -> str:
    """What a visitor reads on a page, links as what they say."""
    parts = [*page.markdown, *page.caption, *page.text, *page.header, *page.warning, *page.error]
    return _LINK.sub(r"\1", "\n".join(str(element.value) for element in parts))
