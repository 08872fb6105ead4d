"""What mattered on Look inside: maps of every method and model, their agreement, whether they can be trusted."""

import csv
import io

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.datasets.planted import PlantedOptions, plant
from seqcore.inspections import get_inspection
from seqcore.store import Store
from seqcore.ui.pages.look.downloads import scores_csv
from seqcore.ui.pages.look.maps import agreements, map_of, methods_for
from seqcore.ui.pages.look.room import Room
from tests.pages.conftest import words
from tests.pages.finished import HOSTILE, AnsweringEngine, finished_experiment, labelled
from tests.pages.test_attention_page import opened, typed

MODELS = [("lstm_attention", 0), ("bag_of_words", 0)]
SIGNED = {"occlusion", "integrated_gradients", "gradient_input"}


def asked_of(engine: AnsweringEngine) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, run_id, _ in engine.asked:
        found.setdefault(engine.store.runs.find(run_id).architecture, set()).add(name)
    return found


def test_every_model_is_asked_for_every_map_that_it_has(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, finished_experiment(store, MODELS).id, "What mattered")
    assert not page.error
    assert asked_of(engine) == {"lstm_attention": SIGNED | {"attention"}, "bag_of_words": SIGNED}


def test_a_transformer_has_the_rollout_of_its_attention_too(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    page = opened(lab, finished_experiment(store, [("transformer", 0)]).id, "What mattered")
    assert not page.error
    assert asked_of(engine) == {"transformer": SIGNED | {"attention", "rollout"}}
    page.toggle(key="look-trust").set_value(True).run()
    assert "rollout" in {request.method for name, _, request in engine.asked if name == "trust"}


def test_it_is_what_one_sees_first(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, finished_experiment(store, MODELS).id, "")
    assert page.segmented_control(key="look-tab").value == "What mattered"


def test_how_complete_the_shares_are_is_printed_and_how_to_read_them(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    said = words(typed(opened(lab, finished_experiment(store, MODELS).id, "What mattered"), "not a good film"))
    assert "All scores sum to +0.625; the logit differs by +0.631: missed by 0.99" in said
    for name in SIGNED | {"attention"}:
        assert get_inspection(name).label in said
    assert "2 neighbouring tokens are left out at once" in said
    assert "Do the maps agree?" in said


def test_a_class_can_be_chosen_and_is_what_the_models_are_asked_about(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    page = opened(lab, finished_experiment(store, MODELS[:1]).id, "What mattered")
    engine.asked.clear()
    page.pills(key="look-class-shown").set_value("spam").run()
    assert not page.exception
    assert {request.label for name, _, request in engine.asked} == {"spam"}
    assert "shown is what speaks for **spam**" in words(page)


def test_trust_is_asked_for_only_when_it_is_wanted(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, finished_experiment(store, MODELS[:1]).id, "What mattered")
    assert "trust" not in asked_of(engine)["lstm_attention"]
    page.toggle(key="look-trust").set_value(True).run()
    assert {request.method for name, _, request in engine.asked if name == "trust"} == SIGNED | {"attention"}
    said = words(page)
    assert said.count("**Trust it \\(0\\.70 of 1\\)**: without the words that it marks most") == 4
    assert "with nothing but those marked most by 10.0." in said


def test_where_it_is_known_which_words_matter_every_map_is_held_against_them(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    data = plant("needle", PlantedOptions(rows=60, distance=6))
    page = typed(opened(lab, finished_experiment(store, MODELS[:1], data=data).id, "What mattered"), data.texts[3])
    assert words(page).count(f"**Ground truth: {data.labels[3]}.** ") == 4
    assert "ground_truth" not in asked_of(engine)["lstm_attention"]  # over the test texts it takes longer
    page.toggle(key="look-trust").set_value(True).run()
    assert {request.method for name, _, request in engine.asked if name == "ground_truth"} == SIGNED | {"attention"}
    said = words(page)
    assert said.count(f"**Ground truth: {data.labels[3]}.** ") == 4
    assert said.count("Over 18 test texts half of it does. The model is right on 90.0 % of them.") == 4
    typed(page, "a text that nobody planted")
    assert "Ground truth" not in words(page)


@pytest.mark.parametrize("text", [HOSTILE, "!!!", "😀", "\u202eabc", "מילה טובה", "word " * 3_000, "a\n\nb"])
def test_awkward_texts_are_drawn(lab: AppTest, store: Store, engine: AnsweringEngine, text: str) -> None:
    data = labelled((HOSTILE, "b"))
    page = typed(opened(lab, finished_experiment(store, MODELS, data=data).id, "What mattered"), text)
    assert not page.error


def test_one_model_that_fails_hides_no_other(
    lab: AppTest, store: Store, engine: AnsweringEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    experiment = finished_experiment(store, MODELS)
    broken = next(run for run in store.runs.of("personal", experiment.id) if run.architecture == "lstm_attention")
    engine.broken.add(broken.id)
    page = opened(lab, experiment.id, "What mattered")
    assert len(page.error) == 4
    assert asked_of(engine)["bag_of_words"] == SIGNED
    assert "Says **ham**" in words(page)


def test_of_a_text_without_a_word_it_is_said_that_nothing_is_read(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    page = typed(opened(lab, finished_experiment(store, MODELS[:1]).id, "What mattered"), "!!!")
    assert "reads nothing of this text" in words(page)


def test_the_csv_holds_every_score_of_every_map(store: Store, engine: AnsweringEngine) -> None:
    experiment = finished_experiment(store, MODELS[:1])
    (run,) = store.runs.of("personal", experiment.id)
    text = "not bad, =1+1"
    room = Room(experiment, [run], [run], [run], {run.id: "LSTM"}, text, None)
    maps = [map_of(room, name, run, "spam") for name in methods_for(run)]
    rows = list(csv.DictReader(io.StringIO(scores_csv(maps).decode("utf-8-sig"))))
    assert len(rows) == 4 * 4
    assert all(text[int(row["start"]) : int(row["end"])] == row["token"] for row in rows)
    assert {row["class"] for row in rows} == {"spam", ""}
    assert [float(row["score"]) for row in rows[:4]] == [-1.0, 0.5, -0.25, 0.125]


def test_maps_that_rank_alike_agree_and_attention_is_compared_by_size(store: Store, engine: AnsweringEngine) -> None:
    experiment = finished_experiment(store, MODELS[:1])
    (run,) = store.runs.of("personal", experiment.id)
    room = Room(experiment, [run], [run], [run], {run.id: "LSTM"}, "a text of words", None)
    maps = [map_of(room, name, run, "") for name in methods_for(run)]
    found = agreements(maps)
    assert found["Leaving out", "Gradient × input"] == pytest.approx(1)
    assert found["Leaving out", "Attention"] is None  # which is the same everywhere
