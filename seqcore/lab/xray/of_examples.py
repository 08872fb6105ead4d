"""The x-ray of series and sounds: everything that can be looked for where there are no words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from seqcore.analysis.outlook import outlook
from seqcore.analysis.xray import Finding, findings_of
from seqcore.analysis.xray.result import AcrossParts, Conflict, CutRows, Repeated, Rows, XRay
from seqcore.datasets import LabelledData, split_rows
from seqcore.datasets.checks import report_on
from seqcore.datasets.checks.repeats import groups_of, repeats_of
from seqcore.kinds import get_kind

if TYPE_CHECKING:
    import numpy.typing as npt

    from seqcore.spec import InputOptions, SplitOptions


def findings_in(data: LabelledData, split_options: SplitOptions, options: InputOptions) -> list[Finding]:
    """Examples that come back, in one part or two, those with several labels, and how they are read, the worst first.

    Args:
        data: Of any kind.
        split_options: How they are shared out.
        options: How they are read: what is told of lengths, missing values and silence follows from it.

    Raises:
        DataError: too few rows for three parts.
    """
    kind = get_kind(data.kind)
    nouns, told = (kind.example, kind.examples), kind.told(data.examples, options).removesuffix(".")
    findings = findings_of(_looked_through(data, split_options, nouns), nouns)
    return [*findings, Finding("reading", "note", "How they are read", told)] if told else findings


def _looked_through(data: LabelledData, options: SplitOptions, nouns: tuple[str, str]) -> XRay:
    split, repeats = split_rows(data, options), repeats_of(data)
    report, across = report_on(data, split), repeats.across(split)
    learned = np.sort(np.concatenate((split.train, split.validation)))
    return XRay(
        rows=len(data), learned=len(learned), tested=len(split.test), given_test="test" in (data.given_split or ()),
        duplicates=_repeated(repeats.again, repeats.identical), near_duplicates=Repeated(rows=(), groups=()),
        across=AcrossParts(
            texts=report.duplicates_across, rows=_plain(across.identical), near_rows=(),
            learned_rows=_plain(learned[np.isin(repeats.identical[learned], repeats.identical[across.identical])]),
        ),
        conflicts=tuple(
            Conflict(rows=_plain(rows), labels=tuple(data.labels[row] for row in rows))
            for rows in repeats.contradicting(data.codes())
        ),
        suspects=(), agreement=0.0, shortcuts=(), without_shortcuts=None, without_words=(), one_word=(),
        cut=CutRows(rows=(), length=0, unit=""), foreign=(), language=("", ""), damaged=(),
        small_classes=report.small_classes,
        warnings=tuple(each.sentence for each in outlook(report.split_counts, nouns) if each.kind == "warning"),
    )  # fmt: skip


def _repeated(rows: npt.NDArray[np.int64], first: npt.NDArray[np.int64]) -> Repeated:
    groups = groups_of(first, np.unique(first[rows]))
    return Repeated(rows=_plain(rows), groups=tuple(_plain(group) for group in groups))


def _plain(rows: npt.NDArray[np.int64]) -> Rows:
    return tuple(rows.tolist())
