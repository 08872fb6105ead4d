"""Which column is the text, which the label, which the split, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from seqcore.datasets.column_names import SPLIT_NAMES, Says, plain_name, says_text
from seqcore.datasets.column_plausibility import (
    can_be_classes,
    has_label_name,
    is_more_text,
    is_rival,
    label_plausibility,
    never_classes,
    text_plausibility,
)
from seqcore.datasets.column_profiles import ColumnProfile, profiles_of
from seqcore.datasets.table import Table, count_of_rows
from seqcore.errors import DataError

_SHOWN = 3


@dataclass(frozen=True)
class Columns:
    """Names of the columns to learn from.

    Attributes:
        text: The column of the texts, or several that are joined to one text, in this order.
        label: The column of the labels.
        split: The column that says train, validation or test.
        reasons: Why these were chosen, when they were not named by a person; one sentence each.
    """

    text: str | tuple[str, ...]
    label: str
    split: str | None = None
    reasons: tuple[str, ...] = field(default=(), compare=False)

    @property
    def texts(self) -> tuple[str, ...]:
        """The columns of the texts."""
        return (self.text,) if isinstance(self.text, str) else self.text


def guess_columns(table: Table, *, text: str | tuple[str, ...] | None = None, label: str | None = None) -> Columns:
    """The most plausible columns, by their names and by what stands in them.

    Args:
        table: What was read.
        text: The text columns, if a person named them.
        label: The label column, if a person named it.

    Raises:
        DataError: fewer than two columns have anything in them, or none can be the label.
    """
    profiles = [profile for profile in profiles_of(table) if profile.filled]
    split = next((name for name in map(str, table.frame.columns) if is_split(table.frame[name].tolist())), None)
    split = None if split in (label, text) else split
    profiles = [profile for profile in profiles if profile.name != split]
    if len(profiles) < 2 and (text is None or label is None):
        raise _too_few(profiles)
    reasons: list[str] = []
    if text is None:
        text, why = _text_column([profile for profile in profiles if profile.name != label])
        reasons.append(why)
    if label is None:
        taken = (text,) if isinstance(text, str) else text
        label, why = _label_column([profile for profile in profiles if profile.name not in taken])
        reasons.append(why)
    if split is not None:
        reasons.append(f"“{split}” was taken as the split: it says train, validation or test")
    return Columns(text, label, split, tuple(reasons))


def guess_text_column(table: Table) -> tuple[str, str]:
    """The most plausible text column of a table with or without labels, and why it was taken, as a sentence.

    Raises:
        DataError: no column has anything in it.
    """
    profiles = [profile for profile in profiles_of(table) if profile.filled]
    if not profiles:
        raise DataError("Every column is empty", remedy="Add a column of texts")
    return _text_column(profiles)


def guess_label_column(table: Table) -> tuple[str, str]:
    """The most plausible label column of a table that may have no texts, and why it was taken, as a sentence.

    Raises:
        DataError: no column has anything in it.
    """
    return _label_column([profile for profile in profiles_of(table) if profile.filled])


def is_split(cells: Sequence[str | None]) -> bool:
    """Whether a column says train, validation or test of its rows: train and at least one other."""
    found: set[str | None] = set()
    for cell in islice(dict.fromkeys(cells), 20):
        if cell is not None:
            found.add(SPLIT_NAMES.get(cell.strip().casefold()))
    return "train" in found and len(found) > 1 and None not in found


def _text_column(profiles: Sequence[ColumnProfile]) -> tuple[str, str]:
    best = max(profiles, key=text_plausibility)
    named = says_text(best.name)
    if named in (Says.EXACTLY, Says.IN_PART):
        why = "its name says so"
    elif len(profiles) == 1:
        why = "no other column is left"
    else:
        why = (
            f"it has the most words, {best.words:,.0f} in a row" if best.words > 1.5 else "the others look less like it"
        )
    others = [each.name for each in profiles if each is not best and is_more_text(each)]
    more = f"; {_listed(others)} can be joined to it" if others else ""
    return best.name, f"“{best.name}” was taken as the text: {why}{more}"


def _label_column(profiles: Sequence[ColumnProfile]) -> tuple[str, str]:
    if not profiles:
        raise _too_few(profiles)
    best = max(profiles, key=label_plausibility)
    if _are_questions(profiles) and not has_label_name(best.name):
        raise DataError(
            "These are questions that a passage answers, not texts with labels",
            received="columns " + ", ".join(f"“{each.name[:40]}”" for each in profiles[: _SHOWN * 2]),
            remedy="Choose the label column (--label) if there is one",
        )
    if not can_be_classes(best) and (not has_label_name(best.name) or never_classes(best)):
        raise DataError(
            "No column looks like labels",
            received=", ".join(f"“{each.name[:40]}” with {each.cells.value}" for each in profiles[: _SHOWN * 2]),
            remedy="Choose the label column (--label), or answer the texts without labels on the Predict page",
        )
    looked_at = " looked at" * best.sampled
    values = f"{best.distinct:,} different value{'s' * (best.distinct != 1)} in {count_of_rows(best.filled)}{looked_at}"
    if has_label_name(best.name):
        why = f"its name says so; {values}"
    elif len(profiles) == 1:
        why = f"no other column is left; {values}"
    else:
        why = (
            f"it has few values that repeat, {values}"
            if best.repeats > 1.5
            else f"the others look less like it; {values}"
        )
    rivals = [each.name for each in profiles if each is not best and is_rival(each, best)]
    more = f"; {_listed(rivals)} could be it as well" if rivals else ""
    return best.name, f"“{best.name}” was taken as the label: {why}{more}"


def _are_questions(profiles: Sequence[ColumnProfile]) -> bool:
    """Whether the columns are those of reading comprehension: passages, questions, answers."""
    names = {plain_name(each.name) for each in profiles}
    answered = any(name.startswith(("answer", "qas")) for name in names)
    return "paragraphs" in names or (answered and "context" in names)


def _listed(names: Sequence[str]) -> str:
    shown = [f"“{name[:40]}”" for name in names[:_SHOWN]] + ["others"] * (len(names) > _SHOWN)
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _too_few(profiles: Sequence[ColumnProfile]) -> DataError:
    found = ", ".join(f"“{profile.name[:40]}”" for profile in profiles)
    return DataError(
        "A text column and a label column are needed",
        received=f"one column, {found}" if profiles else "no column with values",
        remedy="Add the missing column, or check that the columns are separated by tab, comma, semicolon or pipe",
    )
