"""How likely a string is as a text of some language: what tells a right decoding from a wrong one."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from seqcore.datasets.formats import alphabets

LogProbabilities = dict[str, float]

_UNHEARD_OF = -12.0  # a character that no text of the language has
_NO_CHARACTER = -16.0  # control codes, private use, what stands for broken bytes
# What speaks against a text, each time it occurs, in the same unit (natural logarithms).
_TWO_LETTERS_IN_A_ROW = -2.0  # beyond ASCII, in Latin script: "Ã©"
_ALPHABETS_IN_A_WORD = -3.0  # "cafй"
_CAPITAL_WITHIN_A_WORD = -6.0  # "прИвеТ"
_CAPITALS_IN_A_ROW = -0.4
_MARK_IN_A_WORD = -4.0  # "je¶li"
_LETTER_AT_A_DIGIT = -2.0  # "3œ"
_SHORT_WORD_TOO_MANY = -2.5  # "Её1000" for "å£1000": an alphabet is written in longer words, too

_BEYOND = "[^\\W\\d_a-zA-Z]"
_SMALL = "[ß-öø-ÿа-яёіїєґўјљњћђџα-ωάέήίόύώąćęłńśźżčďěňřšťůžľĺŕőűăşţșțğıāēģīķļņūėįų]"
_CAPITAL = "[À-ÖØ-ÞА-ЯЁІЇЄҐЎЈЉЊЋЂЏΑ-ΩΆΈΉΊΌΎΏĄĆĘŁŃŚŹŻČĎĚŇŘŠŤŮŽĽĹŔŐŰĂŞŢȘȚĞİĀĒĢĪĶĻŅŪĖĮŲ]"
_CAPITAL_WITHIN = re.compile(f"[a-z](?={_CAPITAL})|{_SMALL}(?={_CAPITAL}|[A-Z])")
_CAPITALS = re.compile(f"[A-Z](?={_CAPITAL})|{_CAPITAL}(?={_CAPITAL}|[A-Z])")
_MARK_WITHIN = re.compile(r"(?<=[^\W\d_])(?:[^\w\s\x00-\x7f’‘·\xad–—…]|[¼½¾])(?=[^\W\d_¼½¾])")
_IN_A_ROW = re.compile(f"{_BEYOND}(?={_BEYOND})")
_AT_A_DIGIT = re.compile(rf"\d(?={_BEYOND})|{_BEYOND}(?=\d)")
_MIXED = re.compile(f"[a-zA-Z](?={_BEYOND})|{_BEYOND}(?=[a-zA-Z])")
_CASED = ((_CAPITAL_WITHIN, _CAPITAL_WITHIN_A_WORD), (_CAPITALS, _CAPITALS_IN_A_ROW), (_MARK_WITHIN, _MARK_IN_A_WORD))
_SHORT_WORD = re.compile(f"(?<!{_BEYOND}){_BEYOND}{{1,2}}(?!{_BEYOND})")
_LONGER_WORD = re.compile(f"{_BEYOND}{{3,}}")
_FORMS = {
    "latin": (*_CASED, (_IN_A_ROW, _TWO_LETTERS_IN_A_ROW), (_AT_A_DIGIT, _LETTER_AT_A_DIGIT)),
    "alphabet": (*_CASED, (_MIXED, _ALPHABETS_IN_A_WORD), (_AT_A_DIGIT, _LETTER_AT_A_DIGIT)),
}


def likelihood(text: str, group: str) -> tuple[float, str]:
    """How likely the characters beyond ASCII are in the likeliest language of a group, and which one that is.

    Args:
        text: Any text.
        group: A key of `GROUPS`.

    Returns:
        A sum of natural logarithms, comparable between decodings of the same bytes, and the language.
    """
    counts = Counter(text)
    beyond = {character: count for character, count in counts.items() if character > "\x7f"}
    lowered: Counter[str] = Counter()
    for character, count in beyond.items():
        small = character.lower()
        lowered[small if len(small) == 1 else character] += count
    best, name = max((_sum(lowered, table()), name) for name, table in GROUPS[group].items())
    return best + _form(text, group), name


def _sum(counts: Counter[str], known: LogProbabilities) -> float:
    return sum(count * known.get(character, _unlisted(character)) for character, count in counts.items())


@cache
def _unlisted(character: str) -> float:
    code = ord(character)
    unprintable = 0x7F < code < 0xA0 or 0xE000 <= code < 0xF900 or code == 0xFFFD or 0xD800 <= code < 0xE000
    return _NO_CHARACTER if unprintable else _UNHEARD_OF


def _form(text: str, group: str) -> float:
    """What the neighbours of characters say against a text."""
    cost = sum(cost * _times(pattern, text) for pattern, cost in _FORMS.get(group, ()))
    if group == "alphabet":
        cost += _SHORT_WORD_TOO_MANY * max(0, _times(_SHORT_WORD, text) - _times(_LONGER_WORD, text))
    return cost


def _times(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


def _of_letters(letters: str, marks: float, sure: float = 1.0) -> Callable[[], LogProbabilities]:
    """Letters that grow rarer down the list, and a share of marks; where one letter alone speaks for a language,
    it speaks less for one that is not so `sure`."""

    @cache
    def table() -> LogProbabilities:
        fall = max(2.0, len(letters) / 3.5)
        return _logarithms(
            [
                (sure * (1 - marks), letters, lambda rank: math.exp(-rank / fall)),
                (marks, alphabets.MARKS, lambda rank: 1 / (rank + 2)),
            ]
        )

    return table


def _logarithms(parts: Sequence[tuple[float, str, Callable[[int], float]]]) -> LogProbabilities:
    """Log-probabilities of characters from parts of (share of all text, characters, weight by rank)."""
    found: dict[str, float] = {}
    for share, characters, weight in parts:
        unique = list(dict.fromkeys(characters))
        whole = sum(weight(rank) for rank in range(len(unique)))
        for rank, character in enumerate(unique):
            found[character] = found.get(character, 0.0) + share * weight(rank) / whole
    return {character: math.log(chance) for character, chance in found.items()}


def _zipf(rank: int) -> float:
    return 1 / (rank + 12)


def _even(_rank: int) -> float:
    return 1.0


@cache
def _simplified_chinese() -> LogProbabilities:
    return _logarithms(
        [
            (0.55, alphabets.SIMPLIFIED_CHINESE, _zipf),
            (0.10, alphabets.EAST_ASIAN_MARKS, _zipf),
            (0.34, _grid("gb2312", range(0xB0, 0xD8)), _even),  # the commoner half of the standard
            (0.006, _grid("gb2312", range(0xD8, 0xF8)), _even),
            (0.004, _grid("gb2312", range(0xA1, 0xAA)), _even),
        ]
    )


@cache
def _traditional_chinese() -> LogProbabilities:
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    return _logarithms(
        [
            (0.55, alphabets.TRADITIONAL_CHINESE, _zipf),
            (0.10, alphabets.EAST_ASIAN_MARKS, _zipf),
            (0.34, _grid("big5", range(0xA4, 0xC7), trails), _even),
            (0.006, _grid("big5", range(0xC9, 0xFA), trails), _even),
            (0.004, _grid("big5", range(0xA1, 0xA4), trails), _even),
        ]
    )


@cache
def _japanese() -> LogProbabilities:
    return _logarithms(
        [
            (0.46, alphabets.HIRAGANA, _zipf),
            (0.14, alphabets.KATAKANA, _zipf),
            (0.09, alphabets.EAST_ASIAN_MARKS, _zipf),
            (0.12, alphabets.KANJI, _zipf),
            (0.16, _grid("euc_jp", range(0xB0, 0xD0)), _even),  # kanji of the first level
            (0.005, _grid("euc_jp", range(0xA1, 0xAA)), _even),
            (0.003, _grid("euc_jp", range(0xD0, 0xF5)), _even),
            (0.0005, "".join(map(chr, range(0xFF61, 0xFFA0))), _even),  # katakana of half width
        ]
    )


@cache
def _korean() -> LogProbabilities:
    return _logarithms(
        [
            (0.68, alphabets.HANGUL, _zipf),
            (0.28, _grid("euc_kr", range(0xB0, 0xC9)), _even),
            (0.01, alphabets.EAST_ASIAN_MARKS, _zipf),
            (0.002, "".join(map(chr, range(0xAC00, 0xD7A4))), _even),
            (0.002, _grid("euc_kr", range(0xCA, 0xFE)), _even),  # Chinese characters
        ]
    )


def _grid(codec: str, leads: Sequence[int], trails: Sequence[int] = range(0xA1, 0xFF)) -> str:
    """All characters of some rows of a code of two bytes."""

    def characters() -> Iterator[str]:
        for lead in leads:
            for trail in trails:
                yield bytes((lead, trail)).decode(codec, "ignore")

    return "".join(characters())


def _latin(name: str, letters: str) -> Callable[[], LogProbabilities]:
    marks = 0.7 if name == "English" else 0.15
    if name.endswith("European"):
        return _of_letters(letters, marks, sure=0.4)
    return _of_letters(letters, marks, sure=1.0 if name in alphabets.WESTERN else 0.5)


GROUPS: dict[str, dict[str, Callable[[], LogProbabilities]]] = {
    "latin": {name: _latin(name, letters) for name, letters in alphabets.LATIN.items()},
    "alphabet": {
        name: _of_letters(letters, 0.03, sure=1.0 if name == "Russian" else 0.9)
        for name, letters in alphabets.OTHER_ALPHABETS.items()
    },
    "simplified": {"Chinese": _simplified_chinese},
    "traditional": {"traditional Chinese": _traditional_chinese},
    "japanese": {"Japanese": _japanese},
    "korean": {"Korean": _korean},
}
