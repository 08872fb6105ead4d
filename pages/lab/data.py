"""Data: choose labelled text and see what a model will see."""

from seqcore.ui.session.header import guard, page_header

page_header("data")
with guard():
    from seqcore.ui.pages.data import page  # after the title: pandas and the rest cost an import

    page.draw_page()
