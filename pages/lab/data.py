"""Data: choose labelled text and see what a model will see."""

from seqcore.ui.header import guard, page_header

page_header("data")
with guard():
    from seqcore.ui import data_page  # after the title: pandas and the rest cost an import

    data_page.draw_page()
