"""Components under keys with ids in them, whatever letters chance has drawn."""

from streamlit.testing.v1 import AppTest

from seqcore.store.database import new_id
from seqcore.ui.kit.component import component_key


def test_a_component_stands_under_an_id_with_two_underscores() -> None:
    def page() -> None:
        from seqcore.ui.components.copy_link import draw_copy_link

        draw_copy_link("Copy link", "", {}, key="share-link-a__b")
        draw_copy_link("Copy link", "", {}, key="share-link-a_.b_")

    app = AppTest.from_function(page).run()
    assert not app.exception


def test_keys_stay_apart_and_usual_ones_as_they_are() -> None:
    assert component_key("model-view") == "model-view"
    keys = {new_id() for _ in range(2_000)} | {"a__b", "a_b", "a___b"}
    assert len({component_key(key) for key in keys}) == len(keys)
    assert not any("__" in component_key(key) for key in keys)
