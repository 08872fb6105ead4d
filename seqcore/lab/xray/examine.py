"""Taking the x-ray: every check on one data set, and what a bag of words says of it. Seconds to minutes of one core."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from seqcore.analysis.outlook import outlook
from seqcore.analysis.xray.label_doubts import doubtful_labels
from seqcore.analysis.xray.result import (
    AcrossParts,
    Conflict,
    CutRows,
    DamagedRow,
    ForeignRow,
    GivenAway,
    Repeated,
    Rows,
    ScoreWithout,
    Suspect,
    XRay,
)
from seqcore.datasets import LabelledText, Split, split_rows
from seqcore.datasets.checks import report_on
from seqcore.datasets.checks.encoding_damage import damaged_texts
from seqcore.datasets.checks.foreign_rows import foreign_rows
from seqcore.datasets.checks.odd_lengths import OddLengths, odd_lengths
from seqcore.datasets.checks.repeats import Repeats, groups_of, repeats_of
from seqcore.datasets.checks.shortcuts import shortcuts_of
from seqcore.datasets.twins.words import words_of
from seqcore.kinds.text.options import TextOptions

if TYPE_CHECKING:
    from seqcore.spec import SplitOptions

Told = Callable[[str], None]
_EXCERPT = 12  # characters on either side of a damaged place
_WHOLE = TextOptions().whole()


def examine(data: LabelledText, options: SplitOptions, told: Told = lambda stage: None) -> XRay:
    """Everything that the x-ray looks for.

    Args:
        data: The texts.
        options: How they are shared out.
        told: Called with what is looked at now, in a few words.

    Raises:
        DataError: too few rows for three parts.
    """
    told("Comparing the texts with each other")
    split, repeats, codes = split_rows(data, options), repeats_of(data), data.codes()
    told("Reading the texts")
    report, words = report_on(data, split), words_of(data.texts)
    lengths, foreign = odd_lengths(data.texts, words), foreign_rows(data.texts, words)
    shortcuts = shortcuts_of(data.texts, words, codes, len(data.classes))
    suspects, agreement = _suspects(data, codes, repeats, told)
    told("Asking what it does to the score")
    right = _RightOnTest(data, split)
    return XRay(
        rows=len(data), learned=len(split.train) + len(split.validation), tested=len(split.test),
        given_test="test" in (data.given_split or ()),
        duplicates=_repeated(repeats.again, repeats.identical),
        near_duplicates=_repeated(repeats.nearly_again, repeats.near),
        across=_across(repeats, split, right),
        conflicts=tuple(
            Conflict(rows=_plain(rows), labels=tuple(data.labels[row] for row in rows))
            for rows in repeats.contradicting(codes)
        ),
        suspects=suspects, agreement=agreement,
        shortcuts=tuple(
            GivenAway(
                token=one.token, label=data.classes[one.code], texts=one.texts, of_class=one.of_class,
                covers=one.covers,
            )
            for one in shortcuts
        ),
        without_shortcuts=_without_words(data, split, [one.token for one in shortcuts], right),
        without_words=_plain(lengths.without_words), one_word=_plain(lengths.one_word), cut=_cut(lengths),
        foreign=tuple(
            ForeignRow(row=row, what=what) for row, what in zip(foreign.rows.tolist(), foreign.what, strict=True)
        ),
        language=foreign.rest, damaged=_damaged(data.texts), small_classes=report.small_classes,
        warnings=tuple(remark.sentence for remark in outlook(report.split_counts) if remark.kind == "warning"),
    )  # fmt: skip


class _RightOnTest:
    """Which test rows a bag of words answers right; asked for only where it says something, and once."""

    def __init__(self, data: LabelledText, split: Split) -> None:
        self._data, self._split, self._right = data, split, None

    def __call__(self) -> npt.NDArray[np.bool_]:
        if self._right is None:
            self._right = _right_on_test(self._data, self._split)
        return self._right

    _right: npt.NDArray[np.bool_] | None


def _right_on_test(
    data: LabelledText, split: Split, without: Callable[[str], str] | None = None
) -> npt.NDArray[np.bool_]:
    from seqcore.worker.cross_validation import answers_on_test  # scikit-learn costs its import

    right: npt.NDArray[np.bool_] = answers_on_test(data, _WHOLE, split, without) == data.codes()[split.test]
    return right


def _suspects(
    data: LabelledText, codes: npt.NDArray[np.int32], repeats: Repeats, told: Told
) -> tuple[tuple[Suspect, ...], float]:
    """Labels that are likely wrong, and the share of labels that models of other rows agree with."""
    from seqcore.worker.cross_validation import folds_of, out_of_fold  # scikit-learn costs its import

    def fitted(done: int, count: int) -> None:
        told(f"Learning from {count - 1} parts to judge the labels of another: {done} of {count}")

    fitted(0, 5)
    probabilities = out_of_fold(data, _WHOLE, folds_of(codes, repeats.near), fitted)
    agreement = float((probabilities.argmax(axis=1) == codes).mean())
    if agreement <= np.bincount(codes).max() / len(codes):  # no better than one answer for all: it knows nothing
        return (), agreement
    found = tuple(
        Suspect(
            row=doubt.row, label=data.labels[doubt.row], suggested=data.classes[doubt.suggested],
            score=round(doubt.score, 4),
        )
        for doubt in doubtful_labels(codes, probabilities)
    )  # fmt: skip
    return found, agreement


def _repeated(rows: npt.NDArray[np.int64], first: npt.NDArray[np.int64]) -> Repeated:
    groups = groups_of(first, np.unique(first[rows]))
    return Repeated(rows=_plain(rows), groups=tuple(_plain(group) for group in groups))


def _across(repeats: Repeats, split: Split, right: _RightOnTest) -> AcrossParts:
    across = repeats.across(split)
    learned = np.sort(np.concatenate((split.train, split.validation)))
    repeated = learned[np.isin(repeats.near[learned], repeats.near[across.rows])]
    return AcrossParts(
        texts=len(np.unique(repeats.identical[across.identical])), rows=_plain(across.identical),
        near_rows=_plain(across.near), learned_rows=_plain(repeated),
        score=_without_rows(right(), ~np.isin(split.test, across.rows)) if len(across.rows) else None,
    )  # fmt: skip


def _without_rows(right: npt.NDArray[np.bool_], kept: npt.NDArray[np.bool_]) -> ScoreWithout | None:
    if not kept.any():
        return None
    return ScoreWithout(
        accuracy=float(right.mean()), without=float(right[kept].mean()), rows=len(right), left=int(kept.sum())
    )


def _without_words(data: LabelledText, split: Split, tokens: Sequence[str], right: _RightOnTest) -> ScoreWithout | None:
    words = [re.escape(token) for token in tokens if token.isalnum()]
    if not words:  # marks are nothing that a bag of words reads
        return None
    pattern = re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
    without = _right_on_test(data, split, lambda text: pattern.sub(" ", text))
    return ScoreWithout(
        accuracy=float(right().mean()), without=float(without.mean()), rows=len(without), left=len(without)
    )


def _cut(lengths: OddLengths) -> CutRows:
    return CutRows(rows=_plain(lengths.cut), length=lengths.cut_at, unit=lengths.unit)


def _damaged(texts: Sequence[str]) -> tuple[DamagedRow, ...]:
    def excerpt(text: str, place: int) -> str:
        near = text[max(0, place - _EXCERPT) : place + _EXCERPT].strip()
        return "".join(sign if sign.isprintable() else f"‹{ord(sign):02X}›" for sign in near)

    return tuple(
        DamagedRow(row=each.row, excerpt=excerpt(texts[each.row], each.place), mended=each.mended)
        for each in damaged_texts(texts)
    )


def _plain(rows: npt.NDArray[np.int64]) -> Rows:
    return tuple(rows.tolist())
