"""Files of every usual encoding, wherever a sample of them happens to be cut."""

from __future__ import annotations

import pytest

from seqcore.datasets.formats import encoding_guess
from seqcore.datasets.formats.encoding import decode
from seqcore.datasets.formats.encoding_guess import guesses
from seqcore.datasets.formats.encoding_names import ENCODINGS, codec_named
from seqcore.errors import DataError, OptionError

EAST_ASIAN = {
    "gbk": "商务大床房，房间很大，床有2M宽，整体感觉经济实惠不错！",
    "gb18030": "早餐太差，无论去多少人，那边也不加食品的。酒店应该重视一下这个问题了",
    "big5": "早餐太差，無論去多少人，那邊也不加食品的。酒店應該重視一下這個問題了",
    "cp932": "部屋はとても広いです。店員も親切でした。また来たいと思います。",
    "euc_jp": "最悪の映画。時間の無駄だった。二度と観たくない。",
    "euc_kr": "방이 아주 넓습니다. 음식은 맛있었지만 직원이 불친절했어요",
    "cp949": "다시는 가지 않을 것 같습니다. 정말 돈이 아까웠어요",
}
EUROPEAN = {
    "Film był naprawdę świetny, polecam każdemu. Źle się bawiłem, nudna książka": ("iso8859_2", "cp1250", "cp852"),
    "Jídlo bylo výborné, obsluha velmi příjemná, ale čekali jsme dlouho, už nepřijdeme": ("iso8859_2", "cp1250"),
    "Nagyon jó volt az étel, a kiszolgálás gyors. Rossz könyv, időpocsékolás, hosszú": ("iso8859_2", "cp1250"),
    "Hrana je bila odlična, osoblje ljubazno, šteta što je bilo skupo, žao mi je": ("iso8859_2", "cp1250"),
    "Еда была восхитительной, официант очень любезен": ("cp1251", "koi8_r", "iso8859_5", "cp866"),
    "Їжа була дуже смачною, обслуговування швидке, але ціни зависокі": ("cp1251", "koi8_u"),
    "Храна је била хладна и неукусна, љубазно особље и њихов џем": ("cp1251", "iso8859_5"),
    "Храната беше ладна, љубезен персонал, ќе дојдам пак со ѓаволот": ("cp1251", "iso8859_5"),
    "Cœur brisé, où êtes-vous, un œuf": ("cp1252", "iso8859_15"),
    "Το φαγητό ήταν πολύ καλό, αλλά άργησαν. Άσχημη ταινία": ("iso8859_7", "cp1253"),
    "Yemekler çok güzeldi, çalışanlar da ilgiliydi. Ürünü beğenmedim, yazık oldu": ("iso8859_9", "cp1254"),
    "Das Essen war überraschend gut, die Bedienung äußerst freundlich. Schön": ("cp1252", "latin_1", "iso8859_2"),
    "Le garçon très aimable, où l'été s'achève: ça vaut le détour": ("cp1252", "latin_1", "mac_roman"),
    "Un vrai chef-d'œuvre pour 10 € seulement, le cœur y est, très bien": ("cp1252", "iso8859_15"),
    "La comida estaba riquísima pero tardó. ¿Volveré mañana? ¡Quizás sí!": ("cp1252", "latin_1"),
    "Maten var jättegod men servicen långsam. Åh så tråkig film": ("cp1252", "latin_1"),
    "Maistas buvo labai skanus, bet aptarnavimas lėtas, šiek tiek brangu": ("cp1257", "iso8859_13"),
    "האוכל היה טעים מאוד והשירות מעולה, אבל חיכינו הרבה זמן": ("cp1255", "iso8859_8"),
    "الطعام كان لذيذا جدا والخدمة ممتازة لكن انتظرنا طويلا": ("cp1256", "iso8859_6"),
    "อาหารอร่อยมาก บริการดีเยี่ยม แต่รอนานไปหน่อย": ("cp874", "tis_620"),
    "It’s £5 at the café – “cheap”": ("cp1252", "mac_roman"),
}


def table_of(text: str, *, rows: int, shift: int = 0) -> str:
    return "text,label\n" + "x" * shift + "".join(f"{text} {row:02d},{'ab'[row % 2]}\n" for row in range(rows))


@pytest.mark.parametrize("codec", EAST_ASIAN)
def test_where_a_sample_is_cut_plays_no_part(codec: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding_guess, "_BYTES_OF_A_PART", 97)  # odd, and far shorter than the file
    for shift in range(3):
        for rows in (12, 13):
            text = table_of(EAST_ASIAN[codec], rows=rows, shift=shift)
            assert decode(text.encode(codec)).text == text


@pytest.mark.parametrize("codec", ["gbk", "cp932"])
def test_a_line_longer_than_a_sample_is_no_mistake(codec: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding_guess, "_BYTES_OF_A_PART", 97)
    for shift in range(2):
        text = "x" * shift + EAST_ASIAN[codec] * 8
        assert decode(text.encode(codec)).text == text


@pytest.mark.parametrize(("text", "codec"), [(text, codec) for text, codecs in EUROPEAN.items() for codec in codecs])
def test_the_letters_of_a_language_tell_its_encoding(text: str, codec: str) -> None:
    file = table_of(text, rows=3)
    assert decode(file.encode(codec)).text == file


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [*EAST_ASIAN.values(), *list(EUROPEAN)[4:7]])
def test_utf_16_without_a_mark_is_found_in_any_alphabet(text: str, codec: str) -> None:
    file = table_of(text, rows=8)
    found = decode(file.encode(codec))
    assert (found.text, found.encoding) == (file, codec)


def test_japanese_between_escapes_is_found() -> None:
    file = table_of(EAST_ASIAN["cp932"], rows=3)
    assert decode(file.encode("iso2022_jp")).text == file


def test_one_broken_character_does_not_change_the_encoding() -> None:
    data = table_of(EAST_ASIAN["gbk"], rows=60).encode("gbk")
    found = decode(data[:500].rsplit(b"\n", 1)[0] + b"\n\xff,a\n" + data[500:].split(b"\n", 1)[1])
    assert found.encoding == "gb18030"
    assert "1 broken character is shown as �" in found.notes[0]


def test_bytes_further_down_that_are_broken_rule_an_encoding_out() -> None:
    chinese = "早餐太差,a\n".encode("gbk")
    found = {guess.candidate.codec: guess for guess in guesses(chinese * 900 + b"\xff\xff,a\n" + chinese * 900)}
    assert found["gb18030"].broken
    assert found["gb18030"].score < guesses(chinese * 1800)[0].score - 50


@pytest.mark.parametrize(
    ("word", "codec"),
    [
        ("très", "cp1252"), ("über", "cp1252"), ("café", "cp1252"), ("niño", "cp1252"), ("não", "cp1252"),
        ("łatwy", "cp1250"), ("było świetnie", "cp1250"), ("böyle güzel bir şey", "cp1254"), ("хорошо", "cp1251"),
        ("好", "gbk"),
    ],
)  # fmt: skip
def test_one_word_alone_tells_what_it_can(word: str, codec: str) -> None:
    file = f"text,label\n{word},a\nplain,b\n" * 30
    assert decode(file.encode(codec)).text == file


def test_what_was_taken_is_said_with_the_way_to_change_it_and_what_else_it_may_be() -> None:
    found = decode(table_of(next(iter(EUROPEAN)), rows=3).encode("iso8859_2"))
    assert found.encoding == "iso8859_2"
    assert found.notes == [
        "Read as ISO-8859-2, in which it looks Polish; choose another under “How the file was read”, or with --encoding"
    ]
    assert "cp1250" in found.others


@pytest.mark.parametrize(("said", "meant"), [("Windows-1250", "cp1250"), ("latin1", "latin_1"), ("UTF8", "utf-8")])
def test_an_encoding_goes_by_any_of_its_names(said: str, meant: str) -> None:
    assert codec_named(said) == meant


@pytest.mark.parametrize("name", ["nosuch", "", "zip", "rot13", "idna", "punycode", "unicode_escape", "a\0b"])
def test_what_is_no_encoding_of_files_is_answered_with_those_that_are(name: str) -> None:
    with pytest.raises(OptionError, match=r"Choose from: utf-8, .*gb18030"):
        codec_named(name)


def test_a_file_that_is_not_in_the_chosen_encoding_is_answered_with_byte_and_line() -> None:
    with pytest.raises(DataError, match="byte 19, in line 3, is not a character in it: ff"):
        decode(b"text,label\nabc,d\n" + b"x\xff,e\n", "utf-8")


def test_every_encoding_that_can_be_chosen_reads_what_it_wrote() -> None:
    assert [name for name in ENCODINGS if decode("text,label\na b,x\n".encode(name), name).text[-4:] != "b,x\n"] == []


def test_chinese_between_tildes_is_found_and_tildes_of_texts_are_not() -> None:
    file = table_of("早餐太差无论去多少人", rows=3)
    assert decode(file.encode("hz")).text == file
    assert decode(b"text,label\na ~{b} c~}d,x\n").text == "text,label\na ~{b} c~}d,x\n"


@pytest.mark.parametrize("chosen", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("end", ["", "\n"])  # of an even and an odd number of bytes
def test_wide_characters_are_not_made_of_narrow_ones(chosen: str, end: str) -> None:
    with pytest.raises(DataError, match=f"The file is not {chosen}"):
        decode(f"text,label\na b c,x\nd e f,y\n{end}".encode(), chosen)


def test_narrow_characters_are_not_made_of_wide_ones_and_a_missing_mark_is_no_matter() -> None:
    for codec in ("utf-16-le", "utf-16-be"):
        data = "text,label\na b c,x\n".encode(codec)
        assert decode(data, "utf-16").text == "text,label\na b c,x\n"
        with pytest.raises(DataError, match="The file is not utf-8"):
            decode(data, "utf-8")


def test_a_sign_spoilt_before_is_not_taken_for_letters_of_another_alphabet() -> None:
    """As the SMS Spam Collection has its pounds: in KOI8-R "Её1000", which is two letters of Russian and no word."""
    lines = [
        "spam,Win å£1000 cash or a prize of å£500 now",
        "ham,Ì_ are late again",
        "spam,Call now, only å£3 a minute",
    ]
    text = "label,text\n" + "\n".join(lines * 40)
    assert decode(text.encode("cp1252")).encoding == "cp1252"
