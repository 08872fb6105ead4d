from __future__ import annotations

import pytest

from seqcore.datasets.unspaced import unspaced_shares


def test_shares_are_of_the_letters() -> None:
    assert unspaced_shares(["ไม", "abcd 123 !?"]) == {"Thai": pytest.approx(2 / 6)}
    assert list(unspaced_shares(["電影かな", "ກ", "abc"])) == ["Chinese or Japanese", "Lao"]


@pytest.mark.parametrize("texts", [[], [""], ["a good film", "Ça va", "Привет", "شكرا", "한국", "😀 ฿ 12"]])
def test_other_scripts_have_none(texts: list[str]) -> None:
    assert unspaced_shares(texts) == {}


def test_of_many_texts_some_are_looked_at_evenly() -> None:
    found = unspaced_shares(["ไ" * 3, "abc"] * 5000 + ["ก"] * 3)
    assert 0 < found["Thai"] <= 1


def test_all_scripts_without_spaces_are_known() -> None:
    texts = {
        "Thai": "สวัสดี",
        "Lao": "ສະບາຍດີ",
        "Khmer": "សួស្តី",
        "Burmese": "မင်္ဂလာပါ",
        "Chinese or Japanese": "你好こんにちはｶﾅ",
    }
    for script, text in texts.items():
        assert unspaced_shares([text]) == {script: 1.0}
