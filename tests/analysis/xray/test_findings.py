"""What is said of every x-ray is true of it, and the word follows from what weighs most."""

from __future__ import annotations

from typing import Any

import pytest

from seqcore.analysis.xray import XRay, findings_of, trust_in
from seqcore.analysis.xray.result import (
    AcrossParts,
    Conflict,
    CutRows,
    DamagedRow,
    ForeignRow,
    GivenAway,
    Repeated,
    ScoreWithout,
    Suspect,
)

SUSPECT = Suspect(row=7, label="a", suggested="b", score=0.9)
SHORTCUT = GivenAway(token="zzq", label="spam", texts=100, of_class=99, covers=0.3)
SOUND: dict[str, Any] = {
    "rows": 1000, "learned": 800, "tested": 200, "given_test": False,
    "duplicates": Repeated(rows=(), groups=()), "near_duplicates": Repeated(rows=(), groups=()),
    "across": AcrossParts(texts=0, rows=(), near_rows=(), learned_rows=()), "conflicts": (), "suspects": (),
    "agreement": 0.9, "shortcuts": (), "without_shortcuts": None, "without_words": (), "one_word": (),
    "cut": CutRows(rows=(), length=0, unit="characters"), "foreign": (), "language": ("Latin", "English"),
    "damaged": (), "small_classes": (), "warnings": (),
}  # fmt: skip


def xray(**found: Any) -> XRay:
    return XRay(**SOUND | found)


def across(rows: int, near: int = 0, *, accuracy: float = 0.869, without: float = 0.869) -> AcrossParts:
    score = ScoreWithout(accuracy=accuracy, without=without, rows=200, left=200 - rows - near)
    return AcrossParts(
        texts=rows, rows=tuple(range(rows)), near_rows=tuple(range(rows, rows + near)), learned_rows=(), score=score
    )


CASES: list[tuple[str, dict[str, Any], str, str]] = [
    ("sound", {}, "yes", ""),
    ("across", {"across": across(12, without=0.862)}, "with care",
     "12 texts of the test part also stand in the training or validation part; without them a bag of words has "
     "86.2 % instead of 86.9 % on the test"),
    ("one across", {"across": across(1)}, "with care",
     "1 text of the test part also stands in the training or validation part; without it a bag of words has 86.9 % as "
     "before on the test"),
    ("near across", {"across": across(0, 2)}, "with care",
     "2 texts of the test part have a near twin in the training or validation part; without them"),
    ("both across", {"across": across(1, 1)}, "with care", "; 1 text has a near twin there; without them"),
    ("much across", {"across": across(20)}, "no", "20 texts"),
    ("dear across", {"across": across(2, without=0.80)}, "no", "80.0 % instead of 86.9 %"),
    ("few", {"warnings": ("Only 9 texts to learn from",), "tested": 3}, "no", "Only 9 texts"),
    ("lopsided", {"warnings": ("Always answering “a” would be right",)}, "with care", "Always answering"),
    ("small class", {"small_classes": ("x",)}, "with care", "A class is too small to be in training, validation"),
    ("small classes", {"small_classes": ("x", "y")}, "with care", "2 classes are too small"),
    ("conflict", {"conflicts": (Conflict(rows=(3, 4), labels=("a", "b")),)}, "yes",
     "1 text has several labels (2 rows): no model can be right on all rows, at most on 99.90 %"),
    ("conflicts", {"conflicts": tuple(Conflict(rows=(n, n + 500), labels=("a", "b")) for n in range(60))}, "no",
     "60 texts have several labels (120 rows)"),
    ("suspect", {"suspects": (SUSPECT,)}, "yes", "1 label looks wrong (0.1 %)"),
    ("suspects", {"suspects": (SUSPECT,) * 40}, "with care", "40 labels look wrong (4.0 %)"),
    ("many suspects", {"suspects": (SUSPECT,) * 250}, "no", "agrees with 90.0 % of all labels"),
    ("shortcut", {"shortcuts": (SHORTCUT,)}, "yes",
     "“zzq” gives “spam” away: it stands in 30 % of that class, which has 99 of the 100 texts with it"),
    ("dear shortcut", {"shortcuts": (SHORTCUT,), "without_shortcuts": ScoreWithout(
        accuracy=0.95, without=0.9, rows=200, left=200)}, "with care",
     ". Without it a bag of words has 90.0 % instead of 95.0 % on the test"),
    ("full shortcut", {"shortcuts": (SHORTCUT.model_copy(update={"covers": 0.9}),)}, "no", "90 % of that class"),
    ("duplicates", {"duplicates": Repeated(rows=(1, 2), groups=((0, 1, 2),))}, "yes",
     "2 rows repeat an earlier row exactly; none stands in two parts"),
    ("near", {"near_duplicates": Repeated(rows=(1,), groups=((0, 1),))}, "yes",
     "1 row says nearly what another one says, in other case, marks or a few words; none has its twin in another part"),
    ("short", {"without_words": (1,), "one_word": (2, 3)}, "yes",
     "1 text without a word and 2 texts of a single word: there is nothing or little to learn from"),
    ("cut", {"cut": CutRows(rows=tuple(range(150)), length=140, unit="characters")}, "with care",
     "150 texts end after exactly 140 characters, and none is longer"),
    ("foreign", {"foreign": (ForeignRow(row=1, what="German"),)}, "yes",
     "1 text looks like another language or script (German 1); the rest is English"),
    ("damaged", {"damaged": (DamagedRow(row=1, excerpt="donâ€™t", mended="don’t"),)}, "yes",
     "1 text was read in a wrong encoding somewhere, such as “donâ€™t”; 1 can be mended"),
]  # fmt: skip


@pytest.mark.parametrize(("found", "word", "said"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_every_finding_is_said_and_weighed(found: dict[str, Any], word: str, said: str) -> None:
    findings = findings_of(xray(**found))
    assert said in " ".join(finding.sentence for finding in findings)
    trust = trust_in(findings)
    assert trust.word == word
    assert trust.sentence.startswith(f"{word.capitalize()}: ")
    if word != "yes":
        assert findings[0].brief[1:] in trust.sentence


def test_what_weighs_most_is_named_and_the_others_are_counted() -> None:
    found = xray(across=across(20), small_classes=("x",), suspects=(SUSPECT,) * 40, warnings=("Few",))
    findings = findings_of(found)
    assert [finding.weight for finding in findings] == ["bad", "care", "care", "care"]
    assert trust_in(findings).sentence.endswith(" And 3 more things weigh, below.")
