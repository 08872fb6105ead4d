import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import streamlit as st

from seqcore.ui.session import shared


@pytest.fixture(autouse=True)
def new_server() -> None:
    shared.forget_all()


@pytest.mark.parametrize("room", ["engine_room", "xray_room", "sweep_room", "measuring_room", "pace"])
def test_clearing_the_caches_of_streamlit_makes_no_second_room(room: str) -> None:
    first = getattr(shared, room)()
    st.cache_resource.clear()
    st.cache_data.clear()
    assert getattr(shared, room)() is first


def test_many_sessions_that_ask_at_once_get_the_same_one() -> None:
    together = threading.Barrier(8)

    def ask(_number: int) -> object:
        together.wait()
        return shared.engine_room()

    with ThreadPoolExecutor(8) as sessions:
        assert len(set(map(id, sessions.map(ask, range(8))))) == 1


def test_what_could_not_be_made_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_settings: object) -> object:
        raise OSError("no room")

    with monkeypatch.context() as patch:
        patch.setattr(shared, "EngineRoom", fail)
        with pytest.raises(OSError, match="no room"):
            shared.engine_room()
    assert shared.engine_room() is shared.engine_room()
