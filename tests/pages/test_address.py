"""What a page says in its address, several things at once."""

from streamlit.testing.v1 import AppTest


def _page() -> None:
    from seqcore.ui.components.address import keep_in_address

    keep_in_address("experiment", "e1", key="experiment-data")
    keep_in_address("dataset", "d1", key="dataset-data")
    keep_in_address("view", None)


def test_a_page_may_keep_several_things_in_its_address() -> None:
    page = AppTest.from_function(_page).run()
    assert not page.exception
