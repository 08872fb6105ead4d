"""Heads of a transformer and the matrices behind them: of any text, in a bounded number of bytes."""

import json

import numpy as np
import pytest

from seqcore.analysis.rollout import rollout
from seqcore.cli.answer_tables import print_answer
from seqcore.errors import InspectionError
from seqcore.inspections import get_inspection
from seqcore.inspections.attention_matrix import MOST_SHOWN, MatrixAnswer
from seqcore.inspections.heads import HeadsAnswer
from tests.inspections.tiny_models import fresh_model

TEXT = "a warm and lovely film"
LONG = "a warm film, " * 1667
MODEL = fresh_model("transformer", layers=2)
DEEP = fresh_model("transformer", longest=700, layers=2)


def matrix(text: str = TEXT, model=MODEL, **values: object) -> MatrixAnswer:
    inspection = get_inspection("attention_matrix")
    return inspection.compute(model, inspection.validated({"text": text, **values}))


def heads(text: str = TEXT, model=MODEL) -> HeadsAnswer:
    inspection = get_inspection("heads")
    return inspection.compute(model, inspection.validated({"text": text}))


def test_every_head_has_its_numbers_and_its_picture():
    found, layers = heads(), MODEL.look(TEXT)[1]
    assert (found.layers, found.heads, found.steps) == (2, 2, 5)
    assert [(each.layer, each.head) for each in found.each] == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert found.thumbnails.shape == (2, 2, 5, 5)
    assert found.each[3].itself == pytest.approx(np.diagonal(layers[1][1]).mean(), rel=1e-5)


@pytest.mark.parametrize(("layer", "head"), [(1, 2), (2, 1)])
def test_one_head_is_that_head(layer: int, head: int):
    expected = MODEL.look(TEXT)[1][layer - 1][head - 1]
    found = matrix(layer=layer, head=head)
    np.testing.assert_allclose(found.matrix, expected, atol=5e-4)
    np.testing.assert_allclose([step.weight for step in found.tokens], expected.mean(axis=0), rtol=1e-5)


def test_without_a_choice_it_is_the_mean_of_all():
    np.testing.assert_allclose(matrix().matrix, np.mean(MODEL.look(TEXT)[1], axis=(0, 1)), atol=5e-4)


def test_rollout_is_a_matrix_too_and_ends_in_the_weights_of_the_inspection():
    found = matrix(of="rollout")
    np.testing.assert_allclose(found.matrix, rollout(MODEL.look(TEXT)[1]), atol=5e-4)
    alone = get_inspection("rollout").compute(MODEL, get_inspection("rollout").validated({"text": TEXT}))
    np.testing.assert_allclose([a.weight for a in found.tokens], [b.weight for b in alone.tokens])


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"layer": 3}, "no layer of that number"), ({"head": 3}, "Choose from 1 to 2"),
        ({"of": "rollout", "head": 1}, "through all layers"), ({"first": 9}, "no token of that number"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_refused_with_what_is(values: dict[str, object], said: str):
    with pytest.raises(InspectionError, match=said):
        matrix(**values)


def test_of_a_long_text_a_part_is_sent_and_it_is_said_how_much_lies_outside():
    found = matrix(LONG, DEEP, layer=1, head=1, first=150)
    whole = DEEP.look(LONG)[1][0][0]
    assert len(found.tokens) == 700 == len(whole)
    assert found.matrix.shape == (MOST_SHOWN, MOST_SHOWN)
    assert found.matrix.nbytes <= 600_000
    part = slice(149, 149 + MOST_SHOWN)
    np.testing.assert_allclose(found.matrix, whole[part, part], atol=5e-4)
    assert found.elsewhere == pytest.approx(1 - whole[part, part].sum(axis=1).mean(), abs=1e-3)
    assert any("reads 700 of the 5,001 tokens" in note for note in found.notes)
    assert matrix(LONG, DEEP, first=700).first == 700 - MOST_SHOWN + 1
    assert heads(LONG, DEEP).thumbnails.nbytes == 2 * 2 * 32 * 32


@pytest.mark.parametrize("text", ["", "film", "🎉🎉", "\u202eשלום film\u202c"])
def test_any_text_is_answered(text: str):
    found, told = matrix(text), heads(text)
    read = bool(text)
    assert (found.matrix is not None) == (told.thumbnails is not None) == bool(told.each) == read
    json.dumps([found.model_dump(mode="json"), told.model_dump(mode="json")], allow_nan=False)


def test_attention_is_had_without_its_matrices_too():
    inspection = get_inspection("attention")
    with_them, without = (
        inspection.compute(MODEL, inspection.validated({"text": TEXT, "matrix": wanted})) for wanted in (True, False)
    )
    assert without.matrix is None
    assert (without.layers, without.heads) == (2, 2)
    np.testing.assert_allclose([a.weight for a in with_them.tokens], [b.weight for b in without.tokens])


def test_on_the_command_line_a_head_is_a_row_with_its_sentence(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    answer = heads()
    print_answer(answer, [TEXT])
    out = capsys.readouterr().out
    assert "what it does" in out
    assert all(each.sentence in out for each in answer.each)
