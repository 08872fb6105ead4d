"""The list of inspections: what exists, what can be asked, what is refused and how."""

import re
import subprocess
import sys

import pytest

from seqcore.architectures import architectures, get_architecture
from seqcore.errors import InspectionError
from seqcore.inspections import Inspection, get_inspection, inspections, register
from seqcore.inspections.contracts import Answer, Request

ALL = list(inspections())
by_name = pytest.mark.parametrize("inspection", ALL, ids=lambda inspection: inspection.name)


def test_prediction_and_attention_are_there():
    assert [inspection.name for inspection in ALL][:2] == ["predict", "attention"]


@by_name
def test_it_says_what_it_is(inspection: Inspection):
    assert inspection.label
    assert inspection.how_to_read.rstrip().endswith((".", ")."))
    assert inspection.how_not_to_read.rstrip().endswith((".", ")."))
    assert issubclass(inspection.request, Request) and issubclass(inspection.answer, Answer)
    assert all(field.description for field in inspection.request.model_fields.values())


def test_an_unknown_name_lists_those_that_exist():
    with pytest.raises(InspectionError, match=r"Got 'stare'. Choose from: predict, attention"):
        get_inspection("stare")


def test_a_name_can_be_registered_once_only():
    known = get_inspection("predict")
    add = register(
        "predict", label="", how_to_read="", how_not_to_read="", request=known.request, answer=known.answer,
        applies_to=known.applies_to,
    )  # fmt: skip
    with pytest.raises(ValueError, match="twice"):
        add(known.compute)


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("attention", {}, "attention needs 'text'. Got nothing. The text to look into."),
        (
            "attention",
            {"text": "a", "layer": 2},
            "attention has no option 'layer'. Got 2. Choose from: text, row, matrix.",
        ),
        ("attention", {"text": 3}, "'text' of attention: input should be a valid string. Got 3."),
        ("predict", {"texts": "ab"}, "'texts' of predict: input should be a valid tuple. Got 'ab'."),
        ("predict", {"texts": ["a", None]}, "'texts.1' of predict: input should be a valid string. Got None."),
    ],
)
def test_a_request_that_cannot_be_says_which_part_what_came_and_what_may(name, values, message):
    with pytest.raises(InspectionError) as error:
        get_inspection(name).validated(values)
    assert str(error.value) == message


def test_what_came_is_cut_where_it_is_long():
    with pytest.raises(InspectionError) as error:
        get_inspection("attention").validated({"text": ["x"] * 10_000})
    assert len(str(error.value)) < 200


def test_a_model_that_it_does_not_apply_to_is_refused_with_those_that_it_does():
    with pytest.raises(
        InspectionError, match=r"rnn has no attention to show\. Choose a run of one of: lstm_attention, "
    ):
        get_inspection("attention").refuse_others(get_architecture("rnn"), "text")


def test_data_that_nobody_can_type_is_a_reason():
    with pytest.raises(InspectionError, match="lstm_attention reads smells, and nobody here knows what that is"):
        get_inspection("attention").refuse_others(get_architecture("lstm_attention"), "smells")


def test_the_list_is_read_without_tensorflow():
    script = "import sys, seqcore.inspections; sys.exit(any(n in sys.modules for n in ('tensorflow', 'keras')))"
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize("kind", ["series", "audio"])
@pytest.mark.parametrize("inspection", list(inspections()), ids=lambda inspection: inspection.name)
def test_how_to_read_it_speaks_of_no_words_where_there_are_none(inspection, kind: str) -> None:
    if any(inspection.applies_to(each, kind) is None for each in architectures()):
        assert not re.search(r"\b(words?|texts?|tokens?)\b", inspection.reading(kind))
    assert inspection.reading("text") == f"{inspection.how_to_read} {inspection.how_not_to_read}"
