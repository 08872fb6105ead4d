from __future__ import annotations

import pytest

from tests.datasets.conftest import Read, rows_of

ENGLISH = "text,label\nIt’s £5 at the café – “cheap”,good\n" + "Plain words and nothing else at all,bad\n" * 20


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_every_usual_encoding_of_english_is_read(read: Read, encoding: str) -> None:
    assert rows_of(read(ENGLISH.encode(encoding)))[0] == ["It’s £5 at the café – “cheap”", "good"]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Еда была восхитительной, официант очень любезен, а винная карта богата"),
        ("koi8-r", "Мы обязательно вернёмся сюда ещё раз, потому что всё было вкусно"),
        ("cp1252", "Le garçon très aimable, où l'été s'achève: ça vaut le détour, bientôt à cette adresse"),
        ("shift_jis", "料理はとても美味しく、店員も親切でした。また来たいと思います。"),
    ],
)
def test_what_is_found_out_is_used_and_noted(read: Read, encoding: str, text: str) -> None:
    table = read(
        "\n".join(["text\tlabel", *[f"{text} {number}\tgood" for number in range(8)], f"{text}\tbad"]).encode(encoding)
    )
    assert rows_of(table)[0] == [f"{text} 0", "good"]
    assert table.notes[0].startswith("Read as ")


def test_cp1252_is_noted(read: Read) -> None:
    assert any(note.startswith("Read as Windows-1252") for note in read(ENGLISH.encode("cp1252")).notes)


def test_utf_8_with_a_broken_character_stays_utf_8(read: Read) -> None:
    content = ("text,label\n" + "Müller wohnt in Köln,x\nÄrger über Öl,y\n" * 20).encode() + b"caf\xe9 au lait,x\n"
    table = read(content)
    assert rows_of(table)[0] == ["Müller wohnt in Köln", "x"]
    assert any("broken" in note for note in table.notes)


def test_nul_characters_are_removed_and_noted(read: Read) -> None:
    table = read(b"text,label\na\x00 b,x\nc d,y\n")
    assert rows_of(table)[0] == ["a b", "x"]
    assert "1 NUL character was removed" in table.notes
