"""The x-ray on the Data page: asked for by a press, shown with its rows, and turned into a new version."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.analysis.xray import XRay
from seqcore.analysis.xray.result import DamagedRow, Repeated, Suspect
from seqcore.datasets import LabelledText
from seqcore.errors import DataError
from seqcore.lab.xray import room as rooms
from seqcore.spec import SplitOptions
from seqcore.store import Store
from tests.analysis.xray.test_findings import xray
from tests.pages.conftest import words

LINES = "\n".join(f"what a fine day number {n}\tgood\nwhat a poor day number {n}\tbad" for n in range(20))
FOUND = xray(
    rows=40, learned=32, tested=8, duplicates=Repeated(rows=(2,), groups=((0, 2),)),
    suspects=(Suspect(row=3, label="bad", suggested="good", score=0.9),) * 2,
    damaged=(DamagedRow(row=5, excerpt="donâ€™t", mended="don’t"),),
)  # fmt: skip


class GivenLook:
    """Finds what it is told to, as soon as it is let."""

    found: XRay | Exception = FOUND
    let = threading.Event()

    def __init__(self, _data: LabelledText, _options: SplitOptions) -> None:
        self.cancelled = False

    def run(self, told: Callable[[str], None], room: object = None) -> XRay | None:
        told("Reading the <b>texts</b>")
        self.let.wait(20)
        if isinstance(self.found, Exception):
            raise self.found
        return None if self.cancelled else self.found

    def cancel(self) -> None:
        self.cancelled = True
        self.let.set()


@pytest.fixture
def looking(lab: AppTest, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The Data page with pasted lines, an x-ray on its way."""
    monkeypatch.setattr(GivenLook, "let", threading.Event())
    monkeypatch.setattr(rooms.XRayRoom.__init__, "__defaults__", (1, GivenLook))
    lab.run().segmented_control(key="data-source").set_value("paste").run()
    lab.text_area(key="data-pasted").set_value(LINES).run()
    yield lab.button(key="xray").click().run()
    GivenLook.let.set()


def ended(lab: AppTest) -> AppTest:
    GivenLook.let.set()
    for thread in threading.enumerate():
        if thread.name == "seqlab-xray":
            thread.join(20)
    return lab.run()


def keys(lab: AppTest) -> set[str]:
    return {str(button.key) for button in lab.button}


def test_while_it_is_looked_at_the_page_says_what_and_can_be_cancelled(looking: AppTest) -> None:
    assert "xray-cancel" in keys(looking) and "xray" not in keys(looking)
    looking.button(key="xray-cancel").click().run()
    assert "xray" in keys(looking) and "xray-cancel" not in keys(looking)


def test_the_word_stands_at_the_top_and_every_finding_below(looking: AppTest) -> None:
    said = words(ended(looking))
    assert "With care" in said and "2 labels look wrong" in said.replace("\\", "")
    assert "**Duplicates.** 1 row repeats an earlier row exactly" in said.replace("\\", "")
    assert not looking.exception


def test_a_new_version_is_kept_beside_the_old_one_and_comes_into_use(looking: AppTest, store: Store) -> None:
    ended(looking)
    looking.checkbox(key="version-duplicates").check().run()
    looking.checkbox(key="version-mend").check().run()
    assert "1 row left out that repeat another row exactly" in words(looking)
    looking.button(key="version-keep").click().run()
    assert not looking.exception
    (dataset,) = store.datasets.all("personal")
    assert (dataset.name, dataset.rows) == ("Pasted text cleaned", 39)
    assert "xray" in keys(looking)  # the new version was not looked at yet


def test_what_cannot_be_looked_through_is_said_and_can_be_tried_again(
    looking: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GivenLook, "found", DataError("Too few rows"))
    ended(looking)
    assert "Too few rows" in words(looking)
    assert "xray" in keys(looking)
