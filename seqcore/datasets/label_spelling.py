"""Which spellings of a label are one label, and which only look alike."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from seqcore.datasets.table import count_of_rows

_NUMBER = re.compile(r"([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d{1,6}))?", re.ASCII)
_CODE = re.compile(r"[-+]?0\d", re.ASCII)  # 007 and 01234 name something; they count nothing
_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")  # they make one sign of several, but change no meaning
_TAGS = range(0xE0020, 0xE0080)  # they tell the flags of England and Scotland apart
_MOST_SHOWN = 5


@dataclass(frozen=True)
class Spellings:
    """What each way to write a label stands for.

    Attributes:
        label_of: The label by what was written, white space around it left out.
        notes: What was read as one among training rows, in a sentence; empty when nothing was.
        other_notes: The same of other rows.
    """

    label_of: Mapping[str, str]
    notes: tuple[str, ...]
    other_notes: tuple[str, ...]


def one_spelling(trained: Iterable[str], others: Iterable[str] = (), *, look_alikes: bool = False) -> Spellings:
    """One label for all spellings of it: the commonest in training, or of the others where training has none.

    Numbers of equal value are one label (but 007 is not 7), and so are texts that are equal in Unicode's composed
    form, without invisible characters.

    Args:
        trained: The labels of training rows as they were written, one per row.
        others: The labels of other rows.
        look_alikes: Whether labels that only look alike are one as well; see `look_alikes_among`.
    """
    written, elsewhere = Counter(label.strip() for label in trained), Counter(label.strip() for label in others)
    key = look_alike_key if look_alikes else same_key
    shown = _commonest(elsewhere, key) | _commonest(written, key)
    label_of = {label: shown[key(label)] for label in (*written, *elsewhere)}
    return Spellings(label_of, _merged(label_of, written), _merged(label_of, elsewhere))


def look_alikes_among(labels: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Groups of labels that differ in capitals, width, leading zeros or marks between words only; commonest first.

    Example:
        >>> look_alikes_among(["yes", "Yes", "yes", "not spam", "not_spam", "A", "A-"])
        (('yes', 'Yes'), ('not spam', 'not_spam'))
    """
    counts = Counter(labels)
    groups: dict[str, list[str]] = {}
    for label in counts:
        groups.setdefault(look_alike_key(label), []).append(label)
    several = [group for group in groups.values() if len(group) > 1]
    return tuple(tuple(sorted(group, key=lambda label: -counts[label])) for group in several)


def told_apart(groups: Sequence[Sequence[str]]) -> str:
    """A sentence on labels that look alike and were taken as they are."""
    listed = [" and ".join(f"“{label[:40]}”" for label in group[:_MOST_SHOWN]) for group in groups[:_MOST_SHOWN]]
    more = f" and {len(groups) - _MOST_SHOWN:,} others" if len(groups) > _MOST_SHOWN else ""
    alike = ", ".join(listed) + more
    return (
        f"{alike} look alike but are different labels; “Merge labels that look alike” (--merge-labels) makes them one"
    )


def visible(label: str) -> str:
    """The label in Unicode's composed form, without what cannot be seen and without white space around it."""
    if label.isascii():
        return label.strip()
    kept = "".join(sign for sign in label if not _is_invisible(sign))
    return unicodedata.normalize("NFC", kept).strip().strip("\u200c\u200d")


def same_key(label: str) -> str:
    """Equal for spellings of one label."""
    plain = visible(label)
    if not plain.isascii():
        plain = "".join(sign for sign in plain if sign not in _JOINERS)
    return plain if _CODE.match(plain) else _number_key(plain) or plain


def look_alike_key(label: str) -> str:
    """Equal for labels that look alike."""
    wide = unicodedata.normalize("NFKC", same_key(label)).casefold()
    number = _number_key(re.sub(r"(?<=\d),(?=\d{1,2}$)", ".", wide))
    if number:
        return number
    words = re.sub(r"(?<=\w)[\s_\-\u2010-\u2015]+(?=\w)|_+|\s+", " ", wide)
    return words.strip(" .!?,;:'\"()[]\u2018\u2019\u201c\u201d") or wide


def _commonest(counts: Counter[str], key: Callable[[str], str]) -> dict[str, str]:
    """The commonest visible spelling by its key; the first of equals."""
    seen: dict[str, Counter[str]] = {}
    for label, count in counts.items():
        seen.setdefault(key(label), Counter())[visible(label)] += count
    return {each: spellings.most_common(1)[0][0] for each, spellings in seen.items()}


def _merged(label_of: Mapping[str, str], counts: Counter[str]) -> tuple[str, ...]:
    changed = [(written, label) for written in counts if (label := label_of[written]) != written and written]
    if not changed:
        return ()
    listed = [f"{_told(written)} as “{label[:40]}” ({count_of_rows(counts[written])})" for written, label in changed]
    more = f" and {len(listed) - _MOST_SHOWN:,} others" if len(listed) > _MOST_SHOWN else ""
    return (f"Spellings of one label were read as one: {', '.join(listed[:_MOST_SHOWN])}{more}",)


def _told(written: str) -> str:
    plain = visible(written)
    if plain == written:
        return f"“{written[:40]}”"
    if any(map(_is_invisible, written)):
        return f"“{plain[:40]}” with an invisible character"
    return f"“{plain[:40]}” in another Unicode form"


def _number_key(text: str) -> str | None:
    """Equal for numbers of equal value, however many digits they have; None when it is no number."""
    found = _NUMBER.fullmatch(text)
    if found is None or not (found[2] or found[3]):
        return None
    fraction = found[3] or ""
    digits = (found[2] + fraction).lstrip("0")
    significant = digits.rstrip("0")
    power = int(found[4] or 0) - len(fraction) + len(digits) - len(significant)
    return f"{'-' * (found[1] == '-')}{significant}e{power}" if significant else "0e0"


def _is_invisible(sign: str) -> bool:
    """Whether a character is a format character or a control character that no sign is made of."""
    if sign.isprintable() or sign.isspace() or sign in _JOINERS or ord(sign) in _TAGS:
        return sign in "\u034f\u115f\u1160\u17b4\u17b5\u3164"  # letters and marks that show nothing
    return unicodedata.category(sign) in ("Cf", "Cc")
