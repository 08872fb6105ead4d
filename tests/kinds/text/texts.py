"""Texts that find faults: every kind of character next to every other."""

from __future__ import annotations

from hypothesis import strategies as st

TRICKY = [
    "Σ", "ΑΣ", "ς", "İ", "ß", "é", "É", "ʰ", "𝒳", "™", "\u00a0", "\r", "\n", "\t", "\x00", "\x1c", "\u0301", "\u0338",
    "e\u0301", "=\u0338", "<\u0338", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u202e", "\u2028", "’", "'",
    "don't", "don’t", "<OOV>", "<PAD>", "<oov>", "##", "#", "1\ufe0f\u20e3", "😀", "👍🏽", "👩\u200d👩\u200d👧", "🇫🇷",
    "❤\ufe0f", "\U0001f1eb", "漢字", "かな", "カー", "สวัสดี", "ทำอาหารไม่ดี", "ขะ\u00adมะ", "ກ\u0eb3", "ខ្មែរ",
    "မြန်မာ", "က္က", "क्ष", "\u094d", "か\u3099", "ｶﾞ", "ｱ", "Ａ！", "ﾞ",
    "\u0600", "كِتَ", "\u0640", "\u200c", "각", "\u1100\u1161\u11a8", "the", "The", "not", "and",
    "good", "GOOD", "film", "film.", "a", "b", " ", "  ", ".", ":", "-", "_", "3.14", "0",
]  # fmt: skip
# Cn: characters that this Python's Unicode tables do not know yet, but the tokenizer's may.
characters = st.characters(exclude_categories=["Cs", "Cn"])
texts = st.lists(st.one_of(st.sampled_from(TRICKY), characters, st.just(" ")), max_size=12).map("".join)
corpora = st.lists(texts, min_size=1, max_size=6)
