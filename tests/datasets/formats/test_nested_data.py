"""JSON and Parquet as people export them: parts of a split, intents, annotations, lists of labels, structs."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from seqcore.datasets import guess_columns, read_table
from seqcore.datasets.formats.read_as import ReadAs
from seqcore.errors import DataError
from seqcore.settings import Settings
from tests.datasets.conftest import Read, parquet, rows_of, workbook
from tests.datasets.formats.test_fuzz import no_hang

LIMITS = Settings()
ROWS = [["pay my bill", "bill"], ["set a timer", "timer"]]
OBJECTS = [{"text": text, "label": label} for text, label in ROWS]
IN_PARTS = [[*row, part] for part in ("train", "validation", "test") for row in ROWS]
COLUMNS = {"text": [text for text, _ in ROWS], "label": [label for _, label in ROWS]}


@pytest.mark.parametrize(
    "part",
    [OBJECTS, ROWS, [["text", "label"], *ROWS], COLUMNS, {"data": OBJECTS}],
    ids=["objects", "lists", "lists with a header each", "columns", "under a key"],
)
@pytest.mark.parametrize("names", [("train", "val", "test"), ("Training", "dev", "testing")])
def test_parts_of_a_split_become_its_column(read: Read, part: Any, names: tuple[str, ...]) -> None:
    table = read(json.dumps(dict.fromkeys(names, part)), "a.json")
    assert rows_of(table) == IN_PARTS
    columns = guess_columns(table)
    assert columns.split == "split"
    assert list(table.frame[columns.label]) == ["bill", "timer"] * 3


def test_parts_may_have_names_of_two_words_and_other_keys_are_left_out(read: Read) -> None:
    value = {"train": ROWS, "val": ROWS, "test": ROWS, "oos_train": [["what else", "oos"]], "authors": ["A", "B"]}
    table = read(json.dumps(value), "data_full.json")
    assert rows_of(table) == [*IN_PARTS, ["what else", "oos", "train"]]
    assert any("“authors”" in note for note in table.notes)


@pytest.mark.parametrize(
    "value",
    [
        {"examples": OBJECTS, "authors": [{"name": "A"}, {"name": "B"}]},
        {"intents": [{"name": "bill"}, {"name": "timer"}], "utterances": OBJECTS},
        {"rasa_nlu_data": {"common_examples": OBJECTS, "regex_features": []}},
        {"features": [{"name": "text", "type": {"_type": "Value"}}],
         "rows": [{"row_idx": at, "row": item, "truncated_cells": []} for at, item in enumerate(OBJECTS)]},
        {"bill": [{"text": "pay my bill"}], "timer": [{"text": "set a timer"}]},
        {"bill": ["pay my bill"], "timer": ["set a timer"]},
    ],
    ids=["examples", "LUIS", "Rasa", "datasets server", "rows by label", "texts by label"],
)  # fmt: skip
def test_rows_are_found_under_the_keys_that_programs_use(read: Read, value: object) -> None:
    table = read(json.dumps(value), "a.json")
    assert rows_of(table) == ROWS
    assert list(table.frame.columns) == ["text", "label"]


SAID = {"bill": ["pay my bill", "my bill please"], "timer": ["set a timer", "timer on"]}
PIECES = {
    name: [{"data": [{"text": text[:5]}, {"text": text[5:], "entity": "x"}]} for text in texts]
    for name, texts in SAID.items()
}


@pytest.mark.parametrize(
    "value",
    [
        {"intents": [{"tag": tag, "patterns": said, "responses": ["Never said"]} for tag, said in SAID.items()]},
        [{"intent": tag, "examples": said} for tag, said in SAID.items()],
        {"intents": [{"name": tag, "utterances": [{"text": one} for one in said]} for tag, said in SAID.items()]},
        {"intents": {tag: {"patterns": said, "responses": []} for tag, said in SAID.items()}},
        {"intents": {tag: {"utterances": said} for tag, said in PIECES.items()}, "entities": {}},
        PIECES,
    ],
    ids=["patterns", "examples", "objects", "by name", "Snips", "Snips benchmark"],
)
def test_each_pattern_of_an_intent_is_a_row_with_its_tag(read: Read, value: object) -> None:
    table = read(json.dumps(value), "intents.json")
    columns = guess_columns(table)
    found = list(zip(table.frame[columns.text], table.frame[columns.label], strict=True))
    assert found == [(text, tag) for tag, texts in SAID.items() for text in texts]


def task(text: str, *chosen: dict[str, Any], key: str = "annotations") -> dict[str, Any]:
    results = [
        {"result": [{"value": value, "from_name": "sentiment"}], "was_cancelled": value == {"choices": ["No"]}}
        for value in chosen
    ]
    return {"id": 7, "data": {"text": text}, key: results}


@pytest.mark.parametrize("key", ["annotations", "completions"])
def test_label_studio_gives_each_text_its_choice(read: Read, key: str) -> None:
    tasks = [
        task("a fine film", {"choices": ["Good"]}, key=key),
        task("a dull film", {"choices": ["No"]}, {"choices": ["Bad"]}, {"choices": ["Good"]}, key=key),
        task("a long film", {"taxonomy": [["Bad", "Slow"]]}, key=key),
        task("not yet seen", key=key),
    ]
    table = read(json.dumps(tasks), "project-1.json")
    assert list(table.frame["sentiment"]) == ["Good", "Bad", "Bad / Slow", None]
    assert any("chose differently for 1 text" in note for note in table.notes)


SEVERAL = [["toxic"], ["toxic", "insult"], ["insult", "toxic"], [], None]


@pytest.mark.parametrize("key", ["label", "labels", "tags"])
def test_of_several_labels_one_is_taken_whatever_their_order_and_it_is_said(read: Read, key: str) -> None:
    lines = [json.dumps({"text": f"comment {at}", key: labels}) for at, labels in enumerate(SEVERAL)]
    table = read("\n".join(lines), "a.jsonl")
    assert list(table.frame[key]) == ["toxic", "insult", "insult", None, None]
    assert any("more than one label to 2 of 5 texts" in note and "--multi-label" in note for note in table.notes)
    assert table.how.several == ("toxic", "insult")


def test_the_first_label_is_the_first_written_where_the_order_never_differs(read: Read) -> None:
    lines = [json.dumps({"text": "a b", "labels": labels}) for labels in (["z", "a"], ["z", "a"], ["b"])]
    assert list(read("\n".join(lines), "a.jsonl").frame["labels"]) == ["z", "z", "b"]


def test_each_label_can_be_a_data_set_of_yes_and_no() -> None:
    data = "\n".join(json.dumps({"text": f"comment {at}", "label": labels}) for at, labels in enumerate(SEVERAL))
    table = read_table(data.encode(), "a.jsonl", limits=LIMITS)
    found = {}
    for other in table.how.alternatives:
        again = read_table(data.encode(), "a.jsonl", limits=LIMITS, read_as=other.read_as)
        found[other.read_as.labels] = list(again.frame["label"])
    assert found == {"toxic": ["yes", "yes", "yes", "no", None], "insult": ["no", "yes", "yes", "no", None]}


def test_a_label_is_yes_or_no_though_no_text_of_this_file_has_another(read: Read) -> None:
    data = json.dumps([{"text": "a b", "label": ["toxic"], "tags": ["x", "y"]}, {"text": "c", "label": [], "tags": []}])
    table = read_table(data.encode(), "a.json", limits=LIMITS, read_as=ReadAs(labels="toxic"))
    assert rows_of(table) == [["a b", "yes", "x"], ["c", "no", None]]


def test_a_label_that_no_text_has_is_refused_with_those_that_exist(read: Read) -> None:
    data = json.dumps([{"text": "a", "label": labels} for labels in SEVERAL]).encode()
    with pytest.raises(DataError, match=r"No text has the label “rude”.*“toxic”, “insult”"):
        read_table(data, "a.json", limits=LIMITS, read_as=ReadAs(labels="rude"))
    with pytest.raises(DataError, match="No text has several labels"):
        read_table(b"text,label\na b,x\n", "a.csv", limits=LIMITS, read_as=ReadAs(labels="rude"))


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ([27], "27"),
        ([27.0], "27"),
        ([" x "], "x"),
        ([], None),
        ([""], None),
        ({"choices": ["x"]}, "x"),
        ([{"label": 3, "user": 1}], "3"),
    ],
)
def test_a_list_of_one_label_is_that_label(read: Read, value: object, cell: str | None) -> None:
    data = json.dumps([{"text": "a b", "label": value}, {"text": "c d", "label": value}])
    written = "27.0" if "27.0" in data else cell
    assert [row[1] for row in rows_of(read(data, "a.json"))] == [written] * 2
    if isinstance(value, list) and not any(isinstance(part, dict) for part in value):
        assert [row[1] for row in rows_of(read(parquet(text=["a b"] * 2, label=[value] * 2), "a.parquet"))] == [
            cell
        ] * 2


@pytest.mark.parametrize(
    ("cells", "labels"),
    [
        (["Good", '{"choices":["Good","Bad"]}', "Bad"], ["Good", "Good", "Bad"]),
        (['["a", "b"]', '["b", "a"]', "[]", '["b"]'], ["a", "a", None, "b"]),
        (["['it\\'s', 'b']", "['b']"], ["it's", "b"]),
        (["[27]", "[3 27]"], ["27", "3"]),
    ],
    ids=["Label Studio", "JSON", "Python", "NumPy"],
)
def test_lists_of_labels_that_are_written_in_cells_are_taken_apart(
    read: Read, cells: list[str], labels: list[str | None]
) -> None:
    sink = io.StringIO(newline="")
    csv.writer(sink).writerows([["text", "labels"], *([f"text {at}", cell] for at, cell in enumerate(cells))])
    table = read(sink.getvalue(), "a.csv")
    assert list(table.frame["labels"]) == labels
    assert any("more than one label" in note for note in table.notes)
    book = read(workbook([["text", "labels"], *([f"text {at}", cell] for at, cell in enumerate(cells))]), "a.xlsx")
    assert list(book.frame["labels"]) == labels


def test_texts_that_begin_with_a_bracket_stay_as_they_are(read: Read) -> None:
    cells = ["[Verse] la la", "[1, 2]", "{a}", "[[", "[" + "1" * 1500 + "x", "no, mark"]
    sink = io.StringIO(newline="")
    csv.writer(sink).writerows([["text", "label"], *([cell, "x"] for cell in cells)])
    assert list(read(sink.getvalue(), "a.csv").frame["text"]) == cells


def test_shares_of_classes_as_spacy_writes_them_are_labels(read: Read) -> None:
    cats = [{"POS": 1.0, "NEG": 0.0}, {"POS": 0.1, "NEG": 0.9}, {"POS": False, "NEG": True}]
    table = read("\n".join(json.dumps({"text": "a b", "cats": one}) for one in cats), "a.jsonl")
    assert list(table.frame["cats"]) == ["POS", "NEG", "NEG"]


def test_lists_of_words_are_text_and_tags_along_them_are_no_labels(read: Read) -> None:
    lines = [{"tokens": ["a", "fine", "film"], "ner_tags": [0, 0, 1], "label": "x"}] * 3
    table = read("\n".join(map(json.dumps, lines)), "a.jsonl")
    assert rows_of(table) == [["a fine film", "x"]] * 3
    assert table.notes == ("“ner_tags” gives a tag to each word, not a label to each text, and was left out",)


def test_objects_within_are_columns_with_dotted_names(read: Read) -> None:
    items = [{"review": {"text": "a b", "by": {"id": 1}}, "label": "x"}, {"review": {"text": "c d"}, "label": "y"}]
    for table in (read(json.dumps(items), "a.json"), read(parquet(**_as_columns(items)), "a.parquet")):
        assert list(table.frame.columns) == ["review.text", "review.by.id", "label"]
        assert rows_of(table) == [["a b", "1", "x"], ["c d", None, "y"]]


def _as_columns(items: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {name: [item[name] for item in items] for name in items[0]}


@pytest.mark.parametrize(
    "places", [[[0, 5, "PER"]], [{"start": 0, "end": 5, "labels": ["PER"]}], [{"start_offset": 0, "end_offset": 5}]]
)
def test_labels_of_pieces_of_a_text_are_left_out_and_it_is_said(read: Read, places: object) -> None:
    lines = [json.dumps({"text": "Maria came", "label": places, "topic": "x"}), json.dumps({"text": "no", "label": []})]
    table = read("\n".join(lines), "a.jsonl")
    assert list(table.frame.columns) == ["text", "topic"]
    assert any("“label” marks pieces of the texts" in note for note in table.notes)


def test_a_label_for_each_text_and_a_list_of_texts_are_tables(read: Read) -> None:
    said = {"pay my bill": "bill", "set a timer": "timer", "my bill please": "bill"}
    assert rows_of(read(json.dumps(said), "a.json")) == [list(pair) for pair in said.items()]
    assert rows_of(read(json.dumps(list(said)), "a.json")) == [[text] for text in said]


@pytest.mark.parametrize(
    "value", [{f"key {n}": [] for n in range(300_000)}, {f"k{n}": {"a": 1} for n in range(150_000)}]
)
def test_objects_of_very_many_keys_take_no_time(read: Read, value: object) -> None:
    with no_hang():
        try:
            assert len(read(json.dumps(value), "a.json").frame)
        except DataError as error:
            assert error.remedy


def test_an_object_of_many_different_keys_stays_one_cell(read: Read) -> None:
    items = [{"text": "a b", "label": "x", "votes": {f"user {at} {n}": n for n in range(3)}} for at in range(30)]
    assert list(read(json.dumps(items), "a.json").frame.columns) == ["text", "label", "votes"]


@pytest.mark.parametrize("many", [False, True])
def test_hugging_face_class_names_become_the_labels(read: Read, many: bool) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    feature: dict[str, Any] = {"names": ["neg", "pos"], "_type": "ClassLabel"}
    features = {"text": {"_type": "Value"}, "label": {"feature": feature, "_type": "List"} if many else feature}
    told = {b"huggingface": json.dumps({"info": {"features": features}}).encode()}
    numbers = [0, 1, -1, None]
    table = pa.table(
        {"text": list("abcd"), "label": [[n] if n is not None else [] for n in numbers] if many else numbers}
    )
    sink = io.BytesIO()
    pq.write_table(table.replace_schema_metadata(told), sink)
    found = read(sink.getvalue(), "a.parquet")
    assert list(found.frame["label"]) == ["neg", "pos", None, None]
    assert any("0 is “neg”, 1 is “pos”" in note for note in found.notes)


def test_class_names_of_the_datasets_server_become_the_labels(read: Read) -> None:
    value = {
        "features": [{"feature_idx": 0, "name": "label", "type": {"names": ["neg", "pos"], "_type": "ClassLabel"}}],
        "rows": [{"row_idx": at, "row": {"text": "a b", "label": at}} for at in (0, 1)],
    }
    assert list(read(json.dumps(value), "rows.json").frame["label"]) == ["neg", "pos"]


@pytest.mark.parametrize(
    "metadata", [b"{", b"[]", b"{}", b'{"info": {"features": {"label": {"names": 3}}}}', b"[" * 9999]
)
def test_class_names_that_cannot_be_read_leave_the_numbers(read: Read, metadata: bytes) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    table = pa.table({"text": ["a", "b"], "label": [0, 1]}).replace_schema_metadata({b"huggingface": metadata})
    pq.write_table(table, sink)
    assert list(read(sink.getvalue(), "a.parquet").frame["label"]) == ["0", "1"]


def test_dictionary_columns_are_their_values(read: Read) -> None:
    import pyarrow as pa

    column = pa.array(["x", "y", "x"]).dictionary_encode()
    assert list(read(parquet(text=["a", "b", "c"], label=column), "a.parquet").frame["label"]) == ["x", "y", "x"]


def test_objects_of_several_lines_one_after_the_other_are_rows(read: Read) -> None:
    table = read("\n".join(json.dumps(item, indent=1) for item in OBJECTS), "a.json")
    assert rows_of(table) == ROWS
    assert list(table.frame.index) == [1, 5]


@pytest.mark.parametrize(
    "value",
    [
        {"train": OBJECTS, "test": [1, 2]},
        {"train": [], "test": []},
        {"a": {"b": {"c": {"d": {"e": {"f": OBJECTS}}}}}},
        {"train": OBJECTS, "test": ROWS},
        {"intents": [{"tag": "a", "patterns": [1, {}, None]}]},
        [{"data": {}, "annotations": [1, {"result": [3, {"value": 4}]}]}],
        {"cats": {"a": {}}},
    ],
)
def test_nested_data_of_odd_shape_are_a_table_or_a_clear_error(read: Read, value: object) -> None:
    try:
        assert len(read(json.dumps(value), "a.json").frame)
    except DataError as error:
        assert error.remedy


CHAT = [
    {"messages": [{"role": "user", "content": text}, {"role": "assistant", "content": label}]}
    for text, label in (("a b", "x"), ("c d", "y"))
]


@pytest.mark.parametrize(
    "value",
    [
        {
            "meta": {"made": "today"},
            "payload": {"items": [{"text": "a b", "label": "x"}, {"text": "c d", "label": "y"}]},
        },
        [["a b", {"cats": {"x": True, "y": False}}], ["c d", {"cats": {"x": False, "y": True}}]],
        {"mails": {"x": ["a b"], "y": ["c d"]}},
        CHAT,
        [{"conversations": [{"from": "human", "value": "a b"}, {"from": "gpt", "value": "x"}]}, CHAT[1]],
    ],
)
def test_more_shapes_that_programs_write_are_rows(read: Read, value: object) -> None:
    table = read(json.dumps(value), "a.json")
    assert [row[:2] for row in rows_of(table)] == [["a b", "x"], ["c d", "y"]]


def test_python_dictionaries_are_told_from_json(read: Read) -> None:
    with pytest.raises(DataError, match="property name enclosed in double quotes"):
        read("{'text': 'a b', 'label': 'x'}\n{'text': 'c d', 'label': 'y'}\n", "a.txt")


def test_texts_in_quotation_marks_line_by_line_are_rows(read: Read) -> None:
    assert rows_of(read('"a \\"b\\""\n"c, d"\n', "a.jsonl")) == [['a "b"'], ["c, d"]]
