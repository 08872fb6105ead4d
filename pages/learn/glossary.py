"""Glossary: the words of these pages, each with an example from here."""

import streamlit as st

from seqcore.ui.session.header import guard, page_header

page_header("glossary")
with guard():
    from seqcore.ui.pages.glossary import entries

    asked = entries.asked_for()
    if asked is not None:
        with st.container(border=True, key="asked-for"):
            entries.draw_entry(asked, anchor=False)
    entries.draw_list(entries.choose_words(), but=asked)
