"""Tables as people write and export them: commas without quotes, stray quotes, titles, comments, no names at all."""

from __future__ import annotations

import pytest

from seqcore.datasets import Table, guess_columns, read_table
from seqcore.datasets.formats.read_as import ReadAs
from seqcore.errors import DataError
from seqcore.settings import Settings
from tests.datasets.conftest import Read, rows_of

LIMITS = Settings()
TEXTS = [
    "Good film",
    "Well, it was bad",
    "Not good, not bad, just long",
    "Fine, really",
    "Slow, dull, grey, long",
    "Bad",
]
LABELS = ["pos", "neg", "neg", "pos", "neg", "neg"]
PAIRS = [list(pair) for pair in zip(TEXTS, LABELS, strict=True)]


def pairs_of(table: Table) -> list[list[str]]:
    """Text and label of each row, by the columns that are guessed."""
    columns = guess_columns(table)
    return [list(pair) for pair in zip(table.frame[columns.text], table.frame[columns.label], strict=True)]


@pytest.mark.parametrize("header", ["text,label", "review,sentiment", "Comment,Category", ""])
def test_commas_of_a_text_before_its_label_are_its_own(read: Read, header: str) -> None:
    table = read("\n".join([*([header] if header else []), *(f"{text},{label}" for text, label in PAIRS)]))
    assert pairs_of(table) == PAIRS
    assert any("4 rows" in note and "each comma there is part of the text" in note for note in table.notes)


@pytest.mark.parametrize("header", ["label,text", "stars,review", ""])
def test_commas_of_a_text_behind_its_label_are_its_own(read: Read, header: str) -> None:
    table = read("\n".join([*([header] if header else []), *(f"{label},{text}" for text, label in PAIRS)]))
    assert pairs_of(table) == PAIRS


@pytest.mark.parametrize(
    "row", ["{id},{text},{label}", "{id},{label},{text}", "{label},{text},{id}", "{text},{id},{label}"]
)
def test_commas_of_a_text_among_other_columns_are_its_own(read: Read, row: str) -> None:
    names = row.format(id="id", text="text", label="label")
    rows = [row.format(id=number, text=text, label=label) for number, (text, label) in enumerate(PAIRS * 2)]
    assert pairs_of(read("\n".join([names, *rows]))) == PAIRS * 2


def test_commas_in_every_text_are_its_own_where_names_say_so(read: Read) -> None:
    rows = [
        f"Well, it was {word} {number},{label}"
        for number in range(4)
        for word, label in (("bad", "neg"), ("good", "pos"))
    ]
    assert pairs_of(read("\n".join(["text,label", *rows])))[1] == ["Well, it was good 0", "pos"]


def test_a_column_without_a_name_stays_a_column(read: Read) -> None:
    table = read("text,label\n" + "".join(f"one text {row},{'ab'[row % 2]},Berlin {row % 3}\n" for row in range(12)))
    assert pairs_of(table)[0] == ["one text 0", "a"]
    assert table.frame.shape[1] == 3


@pytest.mark.parametrize(
    "rows",
    [
        ['neg,"Not worth it', "pos,nice, little story", 'pos,so good" really', "neg,so bad"],
        ['neg,"Not worth it', 'pos,he said "hi", twice', "pos,nice", 'neg,bad"'],
        ['neg,"Never" again, he said', "pos,fine, he said", "neg,bad", "pos,good"],
    ],
)
def test_lone_quotes_swallow_no_row_and_stay_in_the_text(read: Read, rows: list[str]) -> None:
    table = read("\n".join(["label,text", *rows * 2]))
    assert rows_of(table) == [row.split(",", 1) for row in rows * 2]
    assert any("uotation marks" in note and "--quote" in note for note in table.notes)


def test_a_lone_quote_leaves_the_other_quoted_cells_alone(read: Read) -> None:
    table = read('text,label\n"Well, bad",neg\n"Not worth it,neg\n"two\nlines",pos\n"He said ""hi"", twice",pos\n')
    assert rows_of(table) == [
        ["Well, bad", "neg"], ['"Not worth it', "neg"], ["two\nlines", "pos"], ['He said "hi", twice', "pos"],
    ]  # fmt: skip


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_quote_after_a_backslash_is_inside_its_cell(read: Read, delimiter: str, end: str) -> None:
    texts = [
        'She said "it is 0, really", and left',
        f'"Yes{delimiter} no", he said',
        'two lines\nwith "quotes"',
        "plain",
    ]
    rows = ["text", *(text.replace('"', '\\"') for text in texts)]
    lines = [f'"{text}"{delimiter}"{label}"' for text, label in zip(rows, ["label", "a", "b", "a", "b"], strict=True)]
    table = read(end.join(lines))
    assert [row[0] for row in rows_of(table)] == texts
    assert any('\\"' in note for note in table.notes)


def test_a_backslash_at_the_end_of_a_cell_escapes_nothing(read: Read) -> None:
    table = read('text,label\n"C:\\dir\\",a\n"plain, really",b\n"D:\\",a\n')
    assert rows_of(table) == [["C:\\dir\\", "a"], ["plain, really", "b"], ["D:\\", "a"]]


def test_backslashes_that_escape_no_quote_are_kept(read: Read) -> None:
    table = read('text,label\n"a \\"b\\" c:\\temp\\new",x\n"ends with \\\\",y\n"more \\"b\\"",x\n')
    assert rows_of(table) == [['a "b" c:\\temp\\new', "x"], ["ends with \\", "y"], ['more "b"', "x"]]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_lone_carriage_return_among_lines_is_part_of_the_text(read: Read, end: str) -> None:
    table = read(end.join(["text,label", "plain,a", "first half\rsecond half,b", '"quoted\rtoo, really",a', ""]))
    assert rows_of(table) == [["plain", "a"], ["first half\rsecond half", "b"], ["quoted\rtoo, really", "a"]]


def test_a_lone_line_feed_among_lines_that_end_in_both_is_part_of_the_text(read: Read) -> None:
    rows = [f"text {row},a\r\n" if row % 2 else f"text {row},b\r\n" for row in range(12)]
    table = read("text,label\r\n" + "".join([*rows[:4], "first half\nsecond half,a\r\n", *rows[4:]]))
    assert rows_of(table)[4] == ["first half\nsecond half", "a"]
    assert len(table.frame) == 13


def test_lines_of_both_ends_are_lines(read: Read) -> None:
    rows = [f"text {row},{'ab'[row % 2]}" + ("\r\n" if row % 7 else "\n") for row in range(21)]
    assert len(read("text,label\r\n" + "".join(rows)).frame) == 21


@pytest.mark.parametrize(
    "rows",
    [
        ["question\tWhat time is it now", "statement\tIt is late", "question\tWhere is it", "statement\tHere it is"],
        ["spam,Win a prize now", "ham,See you later", "spam,Free entry today", "ham,On my way home"],
        ["news|Rates rise", "sport|Team wins", "news|Vote today", "sport|Cup lost"],
        ["What a film;review", "Buy this now;message", "So dull;review", "Call us;message"],
        ["1,Rates rise", "2,Team wins", "1,Vote today", "2,Cup lost"],
    ],
)
def test_a_first_row_whose_value_stands_again_below_is_data(read: Read, rows: list[str]) -> None:
    table = read("\n".join(rows))
    assert len(table.frame) == 4
    assert table.how.header == 0
    assert any("first row is data" in note and "--header 1" in note for note in table.notes)
    assert any(other.read_as.header == 1 for other in table.how.alternatives)


@pytest.mark.parametrize(
    "rows",
    [["message,spam", "win now,spam", "see you,ham", "free,spam"], ["text,label", "a b,x", "text,label", "c d,y"]],
)
def test_names_are_names_though_one_stands_below(read: Read, rows: list[str]) -> None:
    assert list(read("\n".join(rows)).frame.columns) == rows[0].split(",")


DATA = [f"{number},so {word} a film,{label}" for number in range(4) for word, label in (("good", "yes"), ("bad", "no"))]


@pytest.mark.parametrize(
    ("above", "names"),
    [
        (["Survey of customers 2023,,", ",,"], "No,Comment,Category"),
        (["# exported 2023-05-03 by tool 1.2", "# source: survey"], "id,text,label"),
        (["# one, two, three", "#"], "id,text,label"),
        (["// made by hand"], "id,text,label"),
        (["Results", "", "Spring, all", ""], "id,review,rating"),
        (["Respondent,Coding,"], "No,Comment,Category"),
        ([",Answer,"], "id,text,label"),
        (["Respondent,Respondent,Coding"], "No,Comment,Category"),
        (["Exported on,2023-05-03,", "By,Tool,1.2"], "id,text,label"),
    ],
)
def test_rows_above_the_names_are_left_out_and_told(read: Read, above: list[str], names: str) -> None:
    table = read("\n".join([*above, names, *DATA]))
    assert list(table.frame.columns) == names.split(",")
    assert len(table.frame) == len(DATA)
    assert table.frame.index[0] == len(above) + 2
    assert any("left out" in note and "--header" in note for note in table.notes)
    same = read_table(
        "\n".join([*above, names, *DATA]).encode(), "a.csv", limits=LIMITS, read_as=ReadAs(header=table.how.header)
    )
    assert same.frame.equals(table.frame)


def test_a_hashtag_is_no_comment(read: Read) -> None:
    table = read("#happy day,pos\n#sad day,neg\nso #happy,pos\nso sad,neg\n")
    assert len(table.frame) == 4


def test_names_under_two_headings_are_told_apart(read: Read) -> None:
    table = read("Film,,Book,\ntext,label,text,label\n" + "a b,x,c d,y\ne f,y,g h,x\n" * 2)
    assert list(table.frame.columns) == ["Film text", "Film label", "Book text", "Book label"]


def test_a_person_says_how_many_rows_are_header(read: Read) -> None:
    data = b"a,b\ntext,label\nc d,x\ne f,y\n"
    names = {
        rows: list(read_table(data, "a.csv", limits=LIMITS, read_as=ReadAs(header=rows)).frame.columns)
        for rows in range(3)
    }
    assert names == {0: ["column 1", "column 2"], 1: ["a", "b"], 2: ["text", "label"]}
    with pytest.raises(DataError, match="no rows below so many header rows"):
        read_table(data, "a.csv", limits=LIMITS, read_as=ReadAs(header=4))


@pytest.mark.parametrize(
    ("decided", "first"),
    [
        (ReadAs(delimiter=";", header=1), ["a, 'b", "c'", "d"]),
        (ReadAs(delimiter=";", quote="'", header=1), ["a, 'b", "c'", "d"]),
        (ReadAs(delimiter=",", quote="'", header=1), ["a", "b;c", "d"]),
        (ReadAs(delimiter="", header=1), ["a, 'b;c';d"]),
        (ReadAs(delimiter="|", header=1), ["a, 'b;c';d"]),
    ],
)
def test_a_person_says_delimiter_and_quote(decided: ReadAs, first: list[str]) -> None:
    data = b"t;u;v\na, 'b;c';d\n"
    if decided.delimiter == ",":
        data = b"t,u,v\na,'b;c',d\n"
    assert rows_of(read_table(data, "a.csv", limits=LIMITS, read_as=decided))[0] == first


def test_a_person_says_that_quotes_are_text() -> None:
    data = b'text,label\n"a b",x\n"c d",y\n'
    assert rows_of(read_table(data, "a.csv", limits=LIMITS, read_as=ReadAs(quote="")))[0] == ['"a b"', "x"]


def test_every_other_reading_that_is_offered_can_be_read(read: Read) -> None:
    files = [
        "spam,Win a prize; now\nham,See you; later\nspam,Free; entry\n", 'neg,"Not worth\npos,so" good\n' * 4,
        "# made\nid,text,label\n1,a b,x\n2,c d,y\n", "up and away\tx\ny, and z\ty\n",
    ]  # fmt: skip
    offered = [(file, other) for file in files for other in read(file).how.alternatives]
    assert {other.label for _, other in offered} >= {"The first row names the columns", "The first row is data"}
    for file, other in offered:
        table = read_table(file.encode(), "a.csv", limits=LIMITS, read_as=other.read_as)
        assert not table.frame.equals(read(file).frame), other.label


@pytest.mark.parametrize(
    ("decided", "said"), [(ReadAs(sheet="A"), "no sheets"), (ReadAs(member="a.csv"), "no archive")]
)
def test_a_part_that_the_file_has_not_is_refused(decided: ReadAs, said: str) -> None:
    with pytest.raises(DataError, match=f"a.csv (has|is) {said}"):
        read_table(b"text,label\na b,x\n", "a.csv", limits=LIMITS, read_as=decided)


LOAF = ["how thick, really?", "my loaf is flat", "rye or wheat, what is better?", "is it done"]


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a", "a.ft"])
@pytest.mark.parametrize("line", ["__label__{0} {1}", "__label__{0} , {1}", "{1} __label__{0}", "__label__{0}\t{1}"])
def test_lines_of_fasttext_are_labels_and_texts(line: str, name: str) -> None:
    lines = [line.format("ab"[at % 2], text) for at, text in enumerate(LOAF)]
    table = read_table("\n".join(lines).encode(), name, limits=LIMITS)
    found = [[text.removeprefix(", "), label.removeprefix("__label__")] for text, label in pairs_of(table)]
    assert found == [[text, "ab"[at % 2]] for at, text in enumerate(LOAF)]


def test_of_several_labels_of_fasttext_one_is_taken_and_the_others_offered() -> None:
    data = b"__label__a __label__b one\n__label__b two\n__label__a three\n" * 4
    table = read_table(data, "a.txt", limits=LIMITS)
    assert pairs_of(table)[:3] == [["one", "a"], ["two", "b"], ["three", "a"]]
    assert any("more than one label" in note for note in table.notes)
    assert read_table(data, "a.txt", limits=LIMITS, read_as=ReadAs(labels="b")).frame["label"].tolist()[:3] == [
        "yes",
        "yes",
        "no",
    ]


@pytest.mark.parametrize(
    ("line", "labels"),
    [
        ("{label} {text}", ["0", "1"]), ("{label} {text}", ["-1", "1"]), ("{label} {text}", ["NUM:count", "LOC:city"]),
        ("{label} {text}", ["positive", "negative"]), ("{text}@{label}", ["positive", "negative"]),
        ("{text}@{label}", ["up", "down"]), ("{label}: {text}", ["pos", "neg"]), ("{text} # {label}", ["1", "2"]),
        ("{text} ## {label}", ["pos", "neg"]),
        ("{label} {text}", ["sport", "news"]),
    ],
)  # fmt: skip
def test_lines_of_a_label_and_a_text_are_taken_apart(read: Read, line: str, labels: list[str]) -> None:
    texts = [f"who wrote letter {number}, and why ?" if number % 3 else f"no letter {number} ." for number in range(24)]
    rows = [line.format(text=text, label=labels[number % 2]) for number, text in enumerate(texts)]
    table = read("\n".join(rows), "a.txt")
    assert pairs_of(table) == [[text, labels[number % 2]] for number, text in enumerate(texts)]
    assert any("Each line is a text with its label" in note for note in table.notes)


@pytest.mark.parametrize(
    "lines",
    [
        ["I liked it", "It was dull", "I loved it", "The film is long", "It is fine", "The end"] * 4,
        ["Mail me at a@b.com", "Mail you at c@d.org", "No mail at all", "See you@home today"] * 3,
        ["What a day", "Not again", "Fine by me"] * 10,
    ],
)
def test_sentences_are_not_taken_for_labels_and_texts(read: Read, lines: list[str]) -> None:
    table = read("\n".join(lines), "a.txt")
    with pytest.raises(DataError, match="text column and a label column"):
        guess_columns(table)
