"""Sweep: search for better settings, and have the best judged."""

import streamlit as st

from seqcore.ui.session.header import guard, page_header

page_header("sweep")
with guard():
    from seqcore.ui.pages.sweep import form, kept, watching  # after the title: the architectures cost an import
    from seqcore.ui.session import current, data_line

    record = kept.opened()
    if record is not None:
        watching.draw_sweep(record)
        kept.draw_others(record)
        st.stop()

    data = current.current_data()
    data_line.draw_data_line(data)
    form.draw_form(data)
    kept.draw_others(None)
