"""A plan as a text that stands in a link: what is written is read again, and nothing that is read breaks anything."""

import urllib.parse
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqcore.architectures import SEED_ARCHITECTURES, architectures
from seqcore.lab.plan import Choices
from seqcore.lab.plan_code import MOST_CHARACTERS, MOST_SEEDS, read_plan, write_plan

CHANGED = Choices(architectures=("lstm", "transformer"), seed=7, repeats=3).with_values(
    {"epochs": 3, "learning_rate": 1e-6, "tokenizer": "character", "lowercase": False, "stop_words": "english",
     "units": 16, "lstm.units": 64, "heads": 2, "test_share": 0.3}
)  # fmt: skip


def read(text: str, max_epochs: int = 500) -> tuple[Choices, list[str]]:
    return read_plan(text, max_epochs=max_epochs)


@pytest.mark.parametrize("complete", [False, True])
@pytest.mark.parametrize("chosen", [Choices(), CHANGED, CHANGED.with_seeds([9, 2, 110])])
def test_what_is_written_is_read_again(chosen: Choices, complete: bool) -> None:
    found, notes = read(write_plan(chosen, complete=complete))
    assert notes == []
    assert found.specs("hash", max_epochs=500) == chosen.specs("hash", max_epochs=500)


def test_only_what_is_not_the_default_is_named_unless_the_defaults_are_to_be_kept() -> None:
    assert write_plan(Choices()) == "rnn.lstm.bilstm.lstm_attention"
    assert write_plan(Choices(architectures=("rnn",)).with_values({"epochs": 3})) == "rnn~epochs-3"
    complete = write_plan(Choices(architectures=("transformer",)), complete=True)
    assert {"seed-0", "repeats-1", "optimizer-adam", "units-32", "transformer.heads-4"} <= set(complete.split("~"))


def test_a_match_is_carried_and_one_that_cannot_be_is_told() -> None:
    chosen = replace(Choices(architectures=("rnn", "lstm")), match="parameters", match_to="lstm")
    assert write_plan(chosen) == "rnn.lstm~match-parameters~match_to-lstm"
    for complete in (False, True):
        found, notes = read(write_plan(chosen, complete=complete))
        assert (found.match, found.match_to, notes) == ("parameters", "lstm", [])
    assert "match-none" in write_plan(Choices(), complete=True).split("~")
    found, (note,) = read("rnn~match-beauty")
    assert (found.match, note.startswith("Fair match cannot be “beauty”")) == ("none", True)
    found, (note,) = read("rnn~match-parameters~match_to-lstm")
    assert (found.match, found.match_to, "cannot be matched to “lstm”" in note) == ("parameters", "", True)


def test_it_stands_in_a_url_as_it_is() -> None:
    text = write_plan(CHANGED)
    assert urllib.parse.urlencode({"plan": text}) == f"plan={text}"


def test_a_form_without_a_model_and_one_that_does_not_fit_together_are_kept_as_they_are() -> None:
    none, notes = read(write_plan(Choices(architectures=())))
    assert (none.architectures, notes) == ((), [])
    unfit = Choices(architectures=("transformer",)).with_group("shared", {"embedding_size": 30})
    found, notes = read(write_plan(unfit))
    assert (found.shared.embedding_size, notes) == (30, [])


@pytest.mark.parametrize(
    ("text", "setting", "kept", "said"),
    [
        ("rnn~epochs-501", "epochs", Choices().training.epochs, "Epochs cannot be “501”"),
        ("rnn~epochs-0", "epochs", Choices().training.epochs, "Epochs cannot be “0”"),
        ("rnn~epochs-true", "epochs", Choices().training.epochs, "Epochs cannot be “True”"),
        ("rnn~batch_size-many", "batch_size", 32, "Batch size cannot be “many”"),
        ("rnn~learning_rate-NaN", "learning_rate", 0.001, "Learning rate cannot be “nan”"),
        ("rnn~optimizer-magic", "optimizer", "adam", "Optimizer cannot be “magic”"),
        ("rnn~batch_size-[32]", "batch_size", 32, "Batch size cannot be “[32]”"),
        ("rnn~batch_size-" + "9" * 5000, "batch_size", 32, "Batch size cannot be “999"),
    ],
)
def test_a_bad_value_stays_at_its_default_and_is_told(text: str, setting: str, kept: object, said: str) -> None:
    found, (note,) = read(text)
    assert getattr(found.training, setting) == kept
    assert note.startswith(said)
    assert len(note) < 250


def test_what_is_good_beside_what_is_bad_is_followed() -> None:
    found, notes = read("lstm.perceptron~units-9999~lstm.units-64~lstm.wings-2~wings-2~junk~batch_size-64~seed--1")
    assert found.architectures == ("lstm",)
    assert (found.shared.units, found.training.batch_size, found.seed) == (32, 64, 0)
    assert found.model_options("lstm").model_dump()["units"] == 64
    assert [note.split("“")[1].split("”")[0] for note in notes] == [
        "perceptron", "junk", "9999", "lstm.wings", "wings", "-1",
    ]  # fmt: skip


def test_models_that_do_not_exist_leave_the_usual_ones() -> None:
    found, notes = read("perceptron")
    assert found.architectures == SEED_ARCHITECTURES
    assert len(notes) == 2


def test_the_servers_bound_on_epochs_holds() -> None:
    found, (note,) = read("rnn~epochs-400", max_epochs=5)
    assert found.training.epochs <= 5
    assert "at most 5" in note


@pytest.mark.parametrize("seeds", ["1.x", "1..2", "-1", "1.5e3", ".".join(map(str, range(MOST_SEEDS + 1)))])
def test_bad_seeds_are_left_out(seeds: str) -> None:
    found, (note,) = read(f"rnn~seeds-{seeds}")
    assert found.every_seed == (0,)
    assert note.startswith("Seeds")


def test_seeds_that_look_like_a_decimal_number_are_two_seeds() -> None:
    assert read("rnn~seeds-1.10")[0].every_seed == (1, 10)


def test_a_kind_of_data_that_does_not_exist_is_told() -> None:
    found, (note,) = read("rnn~kind-smells")
    assert found.input.kind == "text"
    assert "no kind of data" in note


def test_a_link_that_is_too_long_is_not_followed_and_many_faults_are_told_in_a_few_sentences() -> None:
    assert read("~a-1" * MOST_CHARACTERS) == (Choices(), [read("~a-1" * MOST_CHARACTERS)[1][0]])
    assert len(read("rnn" + "~a-1" * 500)[1]) <= 7
    assert len(read("rnn" + "".join(f"~a{n}-1" for n in range(500)))[1]) == 7


NAMES = [which.name for which in architectures()] + [
    "epochs",
    "units",
    "seed",
    "seeds",
    "repeats",
    "kind",
    "lstm.units",
    "match",
    "match_to",
]


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=30))), st.text(max_size=60))
def test_nothing_that_stands_in_a_link_breaks_anything(parts: list[tuple[str, str]], junk: str) -> None:
    for text in (junk, f"{junk}~" + "~".join(f"{name}-{value}" for name, value in parts)):
        found, notes = read(text, max_epochs=20)
        assert found.training.epochs <= 20
        assert read(write_plan(found), max_epochs=20)[0].every_seed == found.every_seed
        assert all(len(note) < 300 for note in notes)


def test_a_complete_link_from_before_near_duplicates_were_kept_together_draws_the_split_that_it_drew() -> None:
    chosen, notes = read_plan("rnn~group_duplicates-true", max_epochs=500)
    assert (chosen.split.group_near_duplicates, notes) == (False, [])
    assert read_plan(write_plan(Choices(), complete=True), max_epochs=500)[0].split == Choices().split
