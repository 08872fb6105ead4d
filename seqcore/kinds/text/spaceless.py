"""What is done to a text before its tokenizer: widths made one, and words marked in scripts without spaces.

Most of it stands alone, with the standard library and BudouX: `predict.py` of a bundle and `train.py` of a report
hold a copy of that.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any


def places_in(text: str, prepared: str) -> Sequence[int]:
    """(characters + 1,) where each character of a prepared text stood before, and where the text ended."""
    if len(text) == len(prepared):
        return range(len(text) + 1)
    places, place = [], 0
    for sign in prepared:
        places.append(place)
        place += not (sign == BREAK and text[place] != BREAK)  # never put beside one that was there
    return [*places, place]


# What follows is copied into predict.py and train.py.
BREAK = "\u200b"  # zero-width space: Unicode's sign for the end of a word where none is seen
_THAI = "\u0e01-\u0e3a\u0e40-\u0e4e"
_KANA = "\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_HAN = "\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_RUNS = {"thai": re.compile(f"[{_THAI}]+"), "all": re.compile(f"[{_THAI}]+|[{_HAN}{_KANA}]+")}
_VOICED = re.compile("[\u3099\u309a]")  # か and a mark are が
_ONE_KANA = re.compile(f"[{_KANA}]")
_BELONGS_BEFORE = "\u0e33\uff9e\uff9f"  # letters to Unicode, and yet part of the sign before them: ำ ﾞ ﾟ
_FORMS = {code: unicodedata.normalize("NFKC", chr(code)) for code in (0x3000, *range(0xFF01, 0xFFEF))}
_WIDTHS = {code: form for code, form in _FORMS.items() if len(form) == 1}  # so that every index into a text stays


def preparation(options: Mapping[str, Any]) -> Callable[[str], str]:
    """What is done to a text, from the options by which it is read; those of earlier versions do nothing."""
    tokenizer, cut = options.get("tokenizer", "word"), options.get("spaceless", "letters")
    widths = bool(options.get("fold_width")) and tokenizer != "keras"
    marked = {"auto": "thai", "words": "all"}.get(cut)
    if cut != "letters" and options.get("stop_words") in ("chinese", "japanese"):
        marked = "all"  # stop words are words, even where characters are read
    runs = _RUNS[marked] if marked and tokenizer in ("word", "subword") else None

    def prepared(text: str) -> str:
        if text.isascii():
            return text
        text = text.translate(_WIDTHS) if widths else text
        return runs.sub(lambda run: BREAK.join(_words(run[0])), text) if runs else text

    return prepared


def _words(run: str) -> tuple[str, ...]:
    return _found_words(run) if len(run) > 100 else _known_words(run)  # long ones are seldom met again


@lru_cache(maxsize=20_000)
def _known_words(run: str) -> tuple[str, ...]:
    return _found_words(run)


def _found_words(run: str) -> tuple[str, ...]:
    """The words of a run of one script; in whichever Unicode form it is written, the same ones."""
    signs = re.findall("[^\u3099\u309a][\u3099\u309a]*|[\u3099\u309a]+", run) if _VOICED.search(run) else run
    composed = [unicodedata.normalize("NFC", sign) for sign in signs] if signs is not run else run
    language = "th" if "\u0e01" <= run[0] <= "\u0e4e" else "ja_word" if _ONE_KANA.search(run) else "zh-hans"
    words, place = [""], 0
    for part in _segmenter(language).parse("".join(composed)):
        first, size = place, 0
        while size < len(part):
            size, place = size + len(composed[place]), place + 1
        begins = signs[first][0]
        if first and unicodedata.category(begins)[0] != "M" and begins not in _BELONGS_BEFORE:
            words.append("")
        words[-1] += "".join(signs[first:place])
    return tuple(words)


@lru_cache
def _segmenter(language: str) -> Any:
    from budoux import Parser  # pip install budoux

    return Parser(json.loads(files("budoux").joinpath("models", f"{language}.json").read_text(encoding="utf-8")))
