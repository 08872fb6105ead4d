"""Inspections of models whose steps are moments along a line, on the tests' own kind of data."""

from __future__ import annotations

import json
from functools import cache

import numpy as np
import pytest

from seqcore.architectures import Sizes, architectures, get_architecture
from seqcore.datasets.evidence import key_of, spans_by_example, spans_known
from seqcore.errors import DataError, InspectionError
from seqcore.inspections import get_inspection, inspections
from seqcore.inspections.contracts import StepScores, StepsRead, StepWeights
from seqcore.inspections.leaving import window_of, without
from seqcore.inspections.problems import no_row
from seqcore.kinds import get_kind
from seqcore.worker.models.build import build_model
from seqcore.worker.runtime.finished_model import FinishedModel
from tests.kinds.waves import WaveOptions, Waves, labelled_waves

DATA = labelled_waves(12)
ROW = 3
WORDS_ONLY = {
    "flips", "word_order", "drawn_words", "word_plane", "neighbours", "text_plane", "units", "maps_disagree",
}  # fmt: skip
ARCHITECTURES = ("lstm", "lstm_attention", "transformer", "cnn")


@cache
def model_of(name: str) -> FinishedModel:
    """Of random weights."""
    architecture = get_architecture(name)
    encoder = Waves().fit(DATA.waves, WaveOptions(most_moments=12))
    wanted = {"embedding_size": 4, "units": 3, "heads": 2, "widest": 2}
    values = {key: value for key, value in wanted.items() if key in architecture.options.model_fields}
    sizes, options = Sizes(encoder.sizes, 2), architecture.validate_options(values)
    model, rng = build_model(architecture, sizes, options), np.random.default_rng(0)
    model.set_weights([rng.normal(size=weight.shape, scale=0.5) for weight in model.get_weights()])
    spans = {key_of(wave): ((0, 2),) for wave in DATA.waves}
    return FinishedModel(
        architecture, "waves", model, encoder, DATA.classes, architecture.footprint(sizes, options),
        lambda: (list(DATA.waves), DATA.codes()), evidence=lambda: spans,
        row=lambda number: DATA.waves[number - 1] if number <= len(DATA) else no_row(number, len(DATA)),
    )  # fmt: skip


def asked(name: str, architecture: str, **values: object):
    inspection = get_inspection(name)
    return inspection.compute(model_of(architecture), inspection.validated(values))


@pytest.mark.parametrize("inspection", list(inspections()), ids=lambda inspection: inspection.name)
@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_it_answers_about_a_row_or_says_why_it_is_about_words(architecture: str, inspection) -> None:
    reason = inspection.applies_to(get_architecture(architecture), "waves")
    if inspection.name in WORDS_ONLY:
        assert reason
        return
    assert reason == inspection.applies_to(get_architecture(architecture), "text")
    if reason is not None:
        return
    fields = inspection.request.model_fields
    row = {"row": ROW} if "row" in fields else {"rows": [ROW]} if "rows" in fields else {}
    found = asked(inspection.name, architecture, **row)
    assert type(found) is inspection.answer
    json.dumps(found.model_dump(mode="json"), allow_nan=False)
    if isinstance(found, StepWeights | StepScores):
        assert [step.token for step in found.tokens][:2] == ["moment 1", "moment 2"]
        assert found.text == f"wave of {len(DATA.waves[ROW - 1])} moments"
    if isinstance(found, StepsRead):
        assert found.tokens[0] == "moment 1"


def test_an_example_as_its_kind_writes_it_is_answered_as_the_row_that_it_is() -> None:
    written = get_kind("waves").to_text(DATA.waves[ROW - 1])
    one, other = (
        asked("predict", "lstm", **values).probabilities for values in ({"rows": [ROW]}, {"texts": [written]})
    )
    np.testing.assert_allclose(one, other, atol=1e-6)


@pytest.mark.parametrize("name", ["gradient_input", "integrated_gradients"])
def test_the_scores_of_the_channels_add_up_to_the_moment(name: str) -> None:
    found = asked(name, "lstm_attention", row=ROW)
    scores = np.array([step.score for step in found.tokens])
    assert found.by_channel.shape == (len(scores), 2)
    np.testing.assert_allclose(found.by_channel.sum(axis=1), scores, atol=1e-9)
    assert np.abs(found.by_channel).max() > 0


def test_integrated_gradients_of_frames_add_up_to_what_the_logit_moves() -> None:
    found = asked("integrated_gradients", "lstm", row=ROW)
    assert found.sum_of_scores == pytest.approx(found.difference_of_logits, rel=0.02)


def test_a_window_that_is_left_out_shares_what_that_does() -> None:
    found = asked("occlusion", "lstm", row=ROW, window=4, fill="mean")
    scores = [step.score for step in found.tokens]
    assert found.together == 4
    assert len(set(scores[:4])) == 1 and scores[3] != scores[4]


def test_moments_that_are_left_out_are_filled_in() -> None:
    ramp = np.arange(6, dtype=np.float32)[:, None] ** [1.0, 2.0]
    gone = np.array([False, False, True, True, False, True])
    np.testing.assert_allclose(without(ramp, gone, "line")[:, 0], [0, 1, 2, 3, 4, 4])
    np.testing.assert_allclose(without(ramp, gone, "mean")[:, 1], [0, 1, 0, 0, 16, 0])
    np.testing.assert_allclose(without(ramp, np.ones(6, bool), "line"), 0)
    assert without(np.array([5, 6, 7]), np.array([True, False, False])).tolist() == [6, 7]
    assert (window_of(3), window_of(140)) == (1, 7)


def test_ground_truth_finds_the_moments_that_matter() -> None:
    found = asked("ground_truth", "lstm_attention", method="attention")
    assert found.texts == len(DATA)
    assert "moments that matter" in found.sentence


def test_evidence_of_moments_is_a_span_each_row() -> None:
    class Known:
        other_columns: dict[str, tuple[str, ...]] = {}  # noqa: RUF012
        examples = DATA.waves[:2]
        evidence = ((2, 5), (0, 0))

    known = spans_by_example(Known())
    assert [spans_known(wave, known) for wave in Known.examples] == [((2, 5),), ()]
    assert spans_by_example(DATA) is None


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        ({"text": "hello"}, DataError, r"This is no wave\. Got 'hello'"),
        ({"row": 99}, InspectionError, r"no such row\. Got 99\. Choose from 1 to 12"),
        ({"row": 0}, InspectionError, r"'row' of occlusion: input should be greater than or equal to 1"),
        ({"row": 1, "text": "a"}, InspectionError, r"one example is asked about"),
        ({}, InspectionError, r"occlusion needs 'text'"),
    ],
)
def test_what_is_no_example_of_the_model_is_refused_in_a_sentence(values, error, message) -> None:
    with pytest.raises(error, match=message):
        asked("occlusion", "lstm", **values)


def test_every_architecture_that_reads_frames_is_in_the_lists_of_some_inspection() -> None:
    able = {each.name for each in architectures() if get_inspection("occlusion").applies_to(each, "waves") is None}
    assert {"lstm", "transformer"} <= able and "bag_of_words" not in able
