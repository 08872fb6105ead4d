"""How models read: each architecture with its picture, its sizes, its equations, and when it wins."""

import streamlit as st

from seqcore.ui.session.header import guard, page_header

page_header("guide")
with guard():
    from seqcore.ui.pages.guide import chosen, equations, example, reading, stages, stepping, wins  # after the title

    architecture = chosen.choose_architecture()
    shown = example.find_example(architecture)
    chosen.draw_idea(architecture)
    example.draw_whose(shown)
    text, words = example.choose_sentence(shown)
    with st.container(key="guide-pictures" if text else "guide-pictures-alone"):
        picture, sizes = st.columns([11, 10], gap="large")
        with picture:
            reading.draw_reading_of(shown, words)
        with sizes:
            stages.draw_stages(shown)
    equations.draw_equations(shown)
    wins.draw_when_it_wins(shown)
    chosen.keep_in_address(architecture, text)
    stepping.draw_stepping(shown, text)  # last: it waits for the engine
