"""Memory race: over how many words each model remembers."""

import streamlit as st

from seqcore.ui.session.header import guard, page_header

page_header("race")
with guard():
    from seqcore.ui.pages.race import form, running  # after the title: the architectures cost an import
    from seqcore.ui.session import words

    st.caption(
        words.explained(
            "In a memory race the same models learn one planted task at several distances, from several seeds. Where "
            "the plain RNN loses to another by more than chance, it is said from which distance on."
        )
    )
    running.draw_race(form.choose_race())
