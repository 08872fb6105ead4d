"""What is told of data beside their content: of the same texts in another file, other numbers of rows and notes."""

import hashlib
from dataclasses import replace

import pytest

from seqcore.datasets.labelled_data import Dropped
from seqcore.datasets.labelled_text import LabelledText
from seqcore.lab.xray.room import XRayRoom
from seqcore.spec import SplitOptions

MINE = LabelledText("mails.csv", ("a b", "c d"), ("x", "y"), numbers=(2, 3))


@pytest.mark.parametrize(
    "theirs",
    [
        replace(MINE, name="salaries.csv"),
        replace(MINE, dropped=(Dropped("no label", 1, (7,)),)),
        replace(MINE, notes=("Column “name of the patient” was left out",)),
        replace(MINE, numbers=(2, 9)),
        replace(MINE, columns=(("sender", ("ann", "bob")),)),
    ],
    ids=["name", "dropped", "notes", "numbers", "columns"],
)
def test_the_same_texts_told_of_otherwise_have_another_account(theirs: LabelledText) -> None:
    assert theirs.content_hash == MINE.content_hash
    assert theirs.account != MINE.account


def test_the_content_hash_names_all_texts_however_many_there_are() -> None:
    texts = [f"text {row} \ud83d" for row in range(2_500)]  # half of a pair of surrogates stays half of one
    data = LabelledText("made.csv", tuple(texts), ("x",) * 2_500)
    digest = hashlib.sha256()
    for values in (data.texts, data.labels, ()):
        digest.update(",".join(map(str, map(len, values))).encode() + b"\n")
        digest.update("".join(values).encode("utf-8", "surrogatepass"))
    assert data.content_hash == digest.hexdigest()[:16]
    for row in (0, 999, 1_000, 2_499):
        other = (*texts[:row], texts[row] + "!", *texts[row + 1 :])
        assert replace(data, texts=other).content_hash != data.content_hash


def test_the_same_file_twice_has_one_account() -> None:
    assert replace(MINE).account == MINE.account


def test_an_x_ray_of_somebody_elses_file_is_not_given_for_the_same_texts() -> None:
    class Look:
        def __init__(self, *_asked: object) -> None:
            """Looks at nothing."""

        def run(self, _told: object) -> None:
            """Finds nothing."""

        def cancel(self) -> None:
            """Nothing to end."""

    room, options = XRayRoom(1, Look), SplitOptions()  # type: ignore[arg-type]
    room.ask(MINE, options, who="me")
    assert room.look(MINE, options) is not None
    assert room.look(replace(MINE, numbers=(2, 9)), options) is None
