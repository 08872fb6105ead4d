"""What each tokenizer does to a text before ids are looked up, as Hugging Face `tokenizers` components.

Every rule here is local: what happens to a stretch of text never depends on what stands beyond a space, nor beyond
a character that `cuts` names. `seqcore.kinds.text.pieces` relies on it.
"""

from __future__ import annotations

import re

from stop_words import get_stop_words
from tokenizers import Regex, normalizers, pre_tokenizers

from seqcore.kinds.text.options import TextOptions
from seqcore.kinds.text.pieces import Cuts

KERAS_FILTERS = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n'  # tf.keras.preprocessing.text.Tokenizer's default
_CONTROLS = "".join(map(chr, [*range(0x20), 0x7F]))
_ASCII_MARKS = '!"$%&()+,-./:;<=>?@[\\]^_`{|}~'  # no "'" (inside words), no "#" and "*" (keycap emoji begin with them)
_CASE_IGNORABLE_ASCII = ".:^`'"  # Unicode looks through these when it decides whether a sigma is final
_SIGMA = "Σ".encode()
_SLASH_OVERLAY = "\u0338".encode()  # the only mark that is composed with ASCII marks: "=" and U+0338 are "≠"

_ONE_EMOJI = (
    r"[\p{Extended_Pictographic}&&[^©®™‼⁉]]"
    r"[\x{FE0F}\x{1F3FB}-\x{1F3FF}]*[\x{E0020}-\x{E007F}]*"  # emoji style, skin tone, region
)
_EMOJI = (
    rf"{_ONE_EMOJI}(?:\x{{200D}}{_ONE_EMOJI})*"  # families and professions are joined by U+200D
    r"|[\x{1F1E6}-\x{1F1FF}]{1,2}|[\x{1F3FB}-\x{1F3FF}]|[0-9\#*]\x{FE0F}?\x{20E3}"  # flags, lone skin tones, keycaps
)
# Scripts written without spaces: each character, with the marks upon it, is a token.
_SPACELESS = (
    r"[\p{Han}\p{Hiragana}\p{Katakana}\x{30FC}\x{FF70}[[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]&&\p{L}]]"  # 30FC: ー
)
_LETTER = rf"[[\p{{L}}\p{{N}}]&&[^{_SPACELESS}]]"
_RUN = rf"{_LETTER}(?:{_LETTER}|\p{{M}})*"
_WORD = rf"{_RUN}(?:['\x{{200C}}\x{{200D}}]{_RUN})*"  # don't, and the joiners of Persian and Indic scripts
_WORDS = rf"{_EMOJI}|{_SPACELESS}\p{{M}}*|{_WORD}"
_CHARACTERS = rf"{_EMOJI}|\p{{Cc}}|[^\p{{M}}]\p{{M}}*|\p{{M}}+"

# Since version 6 of the settings nothing cuts what a reader takes for one sign (Unicode's UAX 29, extended grapheme
# clusters): ทำ, ខ្មែ, क्ष. What joins two consonants is left to these marks; Oniguruma's tables do not have it yet.
_JOINS = r"[\x{094D}\x{09CD}\x{0ACD}\x{0B4D}\x{0C4D}\x{0D4D}\x{1039}\x{17D2}]"
_CLUSTER = rf"\X(?:\p{{M}}|(?<={_JOINS}|{_JOINS}\x{{200D}})(?=[\p{{L}}&&[^\x{{00}}-\x{{7F}}]])\X)*"
_HAN_AND_KANA = r"[\p{Han}\p{Hiragana}\p{Katakana}\x{30FC}\x{FF70}]"
_THAI = r"[\p{Thai}&&\p{L}]"
# A consonant and what belongs to it: stacked ones, vowels, tones, and a consonant that is silenced (sylbreak's rule).
_BURMESE = (
    r"[\x{1000}-\x{102A}\x{103F}\x{104E}]"
    r"(?:\x{1039}[\x{1000}-\x{1021}]|\p{M}|[\x{1000}-\x{1021}](?=\x{1037}?\x{103A}))*"
)
# A writer's zero-width spaces show the words of these; without them, what follows holds.
_MARKABLE = r"[[\p{Lao}\p{Khmer}\p{Myanmar}]&&\p{L}]"
_MOST_MARKED = 24  # letters and marks; more is a sentence that happens to end there
_MARKED = rf"{_MARKABLE}(?:{_MARKABLE}|\p{{M}}){{0,{_MOST_MARKED}}}(?!{_MARKABLE}|\p{{M}})"
_BETWEEN_MARKS = rf"(?<=\x{{200B}}){_MARKED}|{_MARKED}(?=\x{{200B}})"
_PREPENDED = (  # before a number, say: would reach beyond a place where texts are cut
    r"[\x{0600}-\x{0605}\x{06DD}\x{070F}\x{0890}\x{0891}\x{08E2}\x{0D4E}\x{110BD}\x{110CD}\x{111C2}\x{111C3}"
    r"\x{1193F}\x{11941}\x{11A3A}\x{11A84}-\x{11A89}\x{11D46}\x{11F02}]"
)
_WHOLE_EMOJI = rf"(?:{_EMOJI})\p{{M}}*"
_CLUSTERS = rf"{_WHOLE_EMOJI}|\p{{Cc}}|{_PREPENDED}+(?![^\x{{00}}-\x{{7F}}])|{_CLUSTER}"

_CASED = r"[\p{Cased}&&[^\p{Case_Ignorable}]]"
_IGNORED = r"\p{Case_Ignorable}*"
# Python's rule for "Σ".lower(): "ς" after a letter and not before one (Unicode, SpecialCasing, Final_Sigma).
_FINAL_SIGMA = rf"Σ(?<={_CASED}{_IGNORED}Σ)(?!{_IGNORED}{_CASED})"
_INVISIBLE = r"[\x{00AD}\x{200B}\x{2060}\x{FEFF}]"  # soft hyphen, zero-width space, word joiner, byte order mark
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\x{30FC}\x{FF70}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_INVISIBLE_IN_WORDS = (  # there a zero-width space ends a word
    rf"[\x{{00AD}}\x{{2060}}\x{{FEFF}}]|\x{{200B}}(?<!{_UNSPACED}\x{{200B}})(?!{_UNSPACED})"
)
_ARABIC_MARKS = (  # vowels and other signs over and under letters, those of the Quran, and the line that stretches
    r"[\x{0610}-\x{061A}\x{0640}\x{064B}-\x{065F}\x{0670}\x{06D6}-\x{06DC}\x{06DF}-\x{06E4}\x{06E7}\x{06E8}"
    r"\x{06EA}-\x{06ED}\x{08D3}-\x{08E1}\x{08E3}-\x{08FF}]"
)


def build_normalizer(options: TextOptions) -> normalizers.Normalizer:
    """What is done to the characters; for "keras" exactly `str.lower`."""
    steps: list[normalizers.Normalizer] = []
    if options.tokenizer != "keras":
        words_end = options.spaceless != "letters" and options.tokenizer != "character"
        invisible = _INVISIBLE_IN_WORDS if words_end else _INVISIBLE
        steps += [normalizers.Replace(Regex(invisible), ""), normalizers.NFC()]
        if options.arabic_marks == "drop":
            steps.append(normalizers.Replace(Regex(_ARABIC_MARKS), ""))
        if options.tokenizer != "character":
            steps.append(normalizers.Replace("’", "'"))
    if options.lowercase:
        steps += [normalizers.Replace(Regex(_FINAL_SIGMA), "ς"), normalizers.Lowercase()]
    return normalizers.Sequence(steps)


def build_pre_tokenizer(options: TextOptions) -> pre_tokenizers.PreTokenizer:
    """What is cut apart, and which of the parts are stop words and fall out."""
    stop = _stop_word_splits(options)
    if options.tokenizer == "keras":
        words = pre_tokenizers.Split(Regex(f"[{re.escape(KERAS_FILTERS)} ]+"), "removed")
        return pre_tokenizers.Sequence([words, *stop])
    if options.tokenizer == "character":
        whole_words = [pre_tokenizers.Split(Regex(_WORD), "isolated"), *stop] if stop else []
        characters = _CHARACTERS if options.spaceless == "letters" else _CLUSTERS
        return pre_tokenizers.Sequence([*whole_words, pre_tokenizers.Split(Regex(characters), "isolated")])
    stops_in_han = bool(stop) and options.stop_words in ("chinese", "japanese")
    pattern = _words(options.spaceless, han_by_word=options.spaceless == "words" or stops_in_han)
    if options.tokenizer == "subword" or options.punctuation == "keep":
        pattern = rf"{pattern}|[\p{{P}}\p{{S}}]"
    parts = [pre_tokenizers.Split(Regex(pattern), "removed", invert=True), *stop]
    if stops_in_han and options.spaceless in ("auto", "characters"):
        parts.append(pre_tokenizers.Split(Regex(rf"(?={_HAN_AND_KANA}){_CLUSTER}"), "isolated"))
    return pre_tokenizers.Sequence(parts)


def cuts(options: TextOptions, blob: bytes) -> Cuts:
    """Where texts may be cut whose UTF-8 is `blob`: at least around spaces and line feeds."""
    around = " " + (KERAS_FILTERS if options.tokenizer == "keras" else _CONTROLS + _ASCII_MARKS)
    if options.lowercase and _SIGMA in blob:
        around = "".join(mark for mark in around if mark not in _CASE_IGNORABLE_ASCII)
    if options.tokenizer == "character":
        return Cuts(around, "", glued=not blob.isascii())
    keeps_marks = options.tokenizer == "subword" or (options.tokenizer == "word" and options.punctuation == "keep")
    return Cuts(around, " " + _CONTROLS if keeps_marks else around, glued=_SLASH_OVERLAY in blob)


def _words(spaceless: str, *, han_by_word: bool) -> str:
    """What a word is; where `seqcore.kinds.text.spaceless` marks ends of words, what stands between two marks."""
    if spaceless == "letters":
        return _WORDS
    by_word = {"auto": [_THAI], "words": [_THAI], "characters": []}[spaceless] + [_HAN_AND_KANA] * han_by_word
    patterns = [rf"{script}(?:{script}|[\p{{M}}\x{{FF9E}}\x{{FF9F}}])*" for script in by_word]  # FF9E: ﾞ
    if spaceless != "characters":
        patterns += [_BETWEEN_MARKS, _BURMESE]
    return "|".join([_WHOLE_EMOJI, *patterns, rf"(?={_SPACELESS}){_CLUSTER}", _WORD])


def _stop_word_splits(options: TextOptions) -> list[pre_tokenizers.PreTokenizer]:
    """Nothing, or the one step that drops a part which is a stop word from its beginning to its end."""
    if options.stop_words == "none":
        return []
    normalizer = build_normalizer(options)
    words = sorted({normalizer.normalize_str(word) for word in get_stop_words(options.stop_words)})
    return [pre_tokenizers.Split(Regex(rf"\A(?i:{_any_of(words)})\z"), "removed")]


def _any_of(words: list[str]) -> str:
    """A pattern that branches letter by letter: ten times as fast as a thousand alternatives one after the other."""
    by_letter: dict[str, list[str]] = {}
    for word in words:
        by_letter.setdefault(word[:1], []).append(word[1:])
    ends = by_letter.pop("", None) is not None
    branches = [re.escape(letter) + (_any_of(rest) if rest != [""] else "") for letter, rest in by_letter.items()]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)}){'?' if ends else ''}"
