"""How likely a column holds the texts or the labels: by its name first, then by what stands in it."""

from __future__ import annotations

from seqcore.datasets.column_names import (
    LABEL_NAMES,
    OTHER_LABEL_NAMES,
    SHORT_TEXT_NAMES,
    TEXT_NAMES,
    Says,
    name_rank,
    says_label,
    says_text,
)
from seqcore.datasets.column_profiles import Cells, ColumnProfile

_BY_NAME = {
    Says.EXACTLY: 3.0, Says.IN_PART: 1.6, Says.WEAKLY: 1.3, Says.HINTS: 0.8, Says.NOTHING: 0.0,
    Says.SOMETHING_ELSE: -1.5,
}  # fmt: skip
_NAMED = (Says.EXACTLY, Says.IN_PART, Says.WEAKLY, Says.HINTS)
_NO_TEXT = frozenset(Cells) - {Cells.WORDS, Cells.INITIALS}
_NO_CLASSES = frozenset({Cells.RUNNING, Cells.DATES, Cells.ADDRESSES, Cells.CODES, Cells.STRUCTURES})
_CLOSE = 1.7


def text_plausibility(profile: ColumnProfile) -> float:
    """A usual name decides unless the cells are no words; then their number does."""
    named = _BY_NAME[says_text(profile.name)] + 0.5 * name_rank(profile.name, TEXT_NAMES + SHORT_TEXT_NAMES)
    many_words = 2.0 * min(profile.words, 30.0) / 30.0 + profile.spaced
    like_classes = 2.0 * (profile.filled >= 10 and profile.repeats > 5 and profile.mean_length < 30)
    return named + many_words - like_classes - 5.0 * (profile.cells in _NO_TEXT) - profile.missing


def label_plausibility(profile: ColumnProfile) -> float:
    """A usual name decides unless the values cannot be classes; then few short values do."""
    named = _BY_NAME[says_label(profile.name)] + 0.5 * name_rank(profile.name, LABEL_NAMES + OTHER_LABEL_NAMES)
    few = 1.0 - min(1.0, profile.distinct / max(profile.filled, 1)) + 0.5 * (profile.distinct <= 20)
    measured = (profile.cells is Cells.NUMBERS) * (1.0 * profile.decimals + 1.0 * (profile.distinct > 20) + 0.2)
    seldom = 0.5 * (profile.cells is Cells.BOOLEANS) + 0.5 * (profile.cells is Cells.INITIALS) + 0.4 * profile.marked
    impossible = 4.0 * (not can_be_classes(profile)) + 3.0 * (profile.distinct == 1)
    return (
        named
        + few
        + 0.5 * (profile.usual_classes and says_label(profile.name) is Says.NOTHING)
        - measured
        - seldom
        - impossible
        - profile.missing
        - round(min(profile.mean_length, 100.0) / 50.0, 1)
    )


def is_more_text(profile: ColumnProfile) -> bool:
    """Whether a column beside the texts holds text as well: a title, a summary, an answer."""
    words = profile.cells not in _NO_TEXT and profile.spaced > 0.5 and profile.repeats < 2
    return words and says_text(profile.name) in _NAMED


def is_rival(profile: ColumnProfile, best: ColumnProfile) -> bool:
    """Whether a column could be the label as well as the best one."""
    if profile.distinct < 2 or not can_be_classes(profile):
        return False
    if has_other_name(profile.name) and not has_other_name(best.name):
        return False
    return profile.repeats > 1.5 and label_plausibility(best) - label_plausibility(profile) < _CLOSE


def has_label_name(name: str) -> bool:
    """Whether a column is called as label columns are."""
    return says_label(name) in _NAMED


def has_other_name(name: str) -> bool:
    """Whether a column is called as ids, dates, counts, people or texts are."""
    return says_label(name) is Says.SOMETHING_ELSE


def never_classes(profile: ColumnProfile) -> bool:
    """Whether a column cannot hold classes whatever its name: lists, objects, or measures that differ in every row."""
    measured = profile.cells is Cells.NUMBERS and profile.decimals and profile.own_in_every_row
    return measured or profile.cells is Cells.STRUCTURES


def can_be_classes(profile: ColumnProfile) -> bool:
    """Whether what stands in a column may be classes: no running numbers, dates or codes, and not one in every row."""
    return profile.cells not in _NO_CLASSES and not profile.own_in_every_row
