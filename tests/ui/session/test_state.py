"""What a session remembers outlives a page and is nobody else's."""

from streamlit.testing.v1 import AppTest


def page():
    import streamlit as st

    from seqcore.ui.session import state

    if st.session_state.get("say"):
        state.memory().look_row = st.session_state["say"]
    st.text(str(state.memory().look_row))
    st.caption(state.memory().watcher)


def test_what_is_remembered_outlives_a_run_of_the_page():
    session = AppTest.from_function(page)
    session.session_state["say"] = 7
    session.run()
    del session.session_state["say"]
    session.run()
    assert session.text[0].value == "7"


def test_every_session_has_a_memory_and_a_name_of_its_own():
    one, other = AppTest.from_function(page), AppTest.from_function(page)
    one.session_state["say"] = 7
    one.run(), other.run()
    assert other.text[0].value == "None"
    names = [one.caption[0].value, other.caption[0].value, one.run().caption[0].value]
    assert names[0] == names[2] != names[1]
