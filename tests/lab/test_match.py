"""A fair match: equal parameters by solved widths, equal updates, and a sentence for what cannot be."""

from dataclasses import replace

import pytest

from seqcore.architectures import Sizes, architectures, get_architecture
from seqcore.architectures.matching import size_of, width_of_size, widths, with_width
from seqcore.datasets.samples import load_sample
from seqcore.errors import OptionError
from seqcore.kinds import TokenSizes
from seqcore.kinds.sizes import FrameSizes
from seqcore.lab.match import check_match, match_models, possible_references, sizes_for_match
from seqcore.lab.plan import Choices
from seqcore.spec import declared

EVERY = tuple(which.name for which in architectures("tokens"))
WIDE = tuple(which.name for which in architectures() if which.width)
TOKENS = Sizes(TokenSizes(vocabulary=2000, longest=50), classes=2)
FRAMES = Sizes(FrameSizes(channels=3, longest=50), classes=5)
BY_LSTM = Choices(architectures=EVERY, match="parameters", match_to="lstm")


@pytest.mark.parametrize("name", EVERY)
def test_every_architecture_says_which_setting_is_its_width_or_that_there_is_none(name: str) -> None:
    architecture = get_architecture(name)
    if architecture.width is None:
        assert len(widths(architecture)) == 0
        return
    assert declared(architecture.options)[architecture.width].annotation is int
    assert len(widths(architecture)) > 1


def test_only_what_is_fitted_at_once_or_was_before_has_no_width() -> None:
    assert [which.name for which in architectures() if which.width is None] == [
        "bag_of_words", "fasttext", "mini_rocket", "nearest_neighbour", "pretrained",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("rnn", 76),  # 76 · (32 + 76 + 1) + 77 = 8,361 numbers beside the embedding; an LSTM of 32 units has 8,353
        ("lstm", 32),
        ("bilstm", 20),
        ("gru", 38),
        ("bigru", 24),
        ("lstm_attention", 30),
        ("bilstm_attention", 18),
        ("transformer", 34),
        ("cnn", 28),
    ],
)
def test_the_width_of_every_architecture_that_is_as_large_as_an_lstm(name: str, units: int) -> None:
    matched = match_models(BY_LSTM, TOKENS, 100)
    assert matched.chosen.model_options(name).model_dump()["units"] == units
    assert 0.97 < matched.models[name].ratio < 1.03


@pytest.mark.parametrize("sizes", [TOKENS, FRAMES], ids=["tokens", "frames"])
@pytest.mark.parametrize("name", WIDE)
@pytest.mark.parametrize("changed", [{}, {"layers": 2, "embedding_size": 16}], ids=["usual", "two layers"])
def test_no_other_width_comes_nearer(name: str, sizes: Sizes, changed: dict[str, int]) -> None:
    architecture = get_architecture(name)
    has = architecture.options.model_fields
    options = architecture.validate_options({option: value for option, value in changed.items() if option in has})
    counts = {width: size_of(architecture, sizes, with_width(architecture, options, width)).parameters
              for width in widths(architecture)}  # fmt: skip
    for wanted in (0, 5_000, 20_011, 90_000, 10**9):
        found = width_of_size(architecture, sizes, options, wanted)
        assert abs(counts[found] - wanted) == min(abs(count - wanted) for count in counts.values())


@pytest.mark.parametrize("name", WIDE)
def test_the_width_of_its_own_size_is_its_own(name: str) -> None:
    architecture = get_architecture(name)
    for width in (2, 27, 64):
        options = with_width(architecture, architecture.options(), width)
        assert width_of_size(architecture, TOKENS, options, size_of(architecture, TOKENS, options).parameters) == width


def test_the_reference_stays_as_it_was_set_and_nothing_but_widths_changes() -> None:
    chosen = replace(BY_LSTM, own={"lstm": {"units": 50}, "gru": {"dropout": 0.5}})
    matched = match_models(chosen, TOKENS, 100).chosen
    assert matched.model_options("lstm") == chosen.model_options("lstm")
    for name in EVERY:
        before, after = chosen.model_options(name).model_dump(), matched.model_options(name).model_dump()
        assert {key for key in after if after[key] != before[key]} <= {"units"}
    assert matched.training == chosen.training


def test_the_first_that_has_a_width_is_the_reference_unless_one_is_named() -> None:
    chosen = Choices(architectures=("bag_of_words", "gru", "lstm"), match="parameters")
    assert match_models(chosen, TOKENS, 100).reference == "gru"
    assert match_models(replace(chosen, match_to="lstm"), TOKENS, 100).reference == "lstm"
    assert possible_references(chosen) == ["gru", "lstm"]


def test_a_card_says_the_width_the_parameters_and_how_near_they_are() -> None:
    models = match_models(BY_LSTM, TOKENS, 100).models
    assert models["rnn"].said == (
        "Matched to LSTM: 76 units, 72,361 parameters, 100.0\u00a0% (100.1\u00a0% without the embedding)."
    )
    assert models["lstm"].said == "The others are matched to this one."
    assert models["bag_of_words"].said == "Not matched to LSTM: it has no width to change."
    assert not models["bag_of_words"].is_reached


def test_what_lies_beyond_the_bounds_is_said_and_comes_as_near_as_it_can() -> None:
    small = Choices(architectures=("rnn", "transformer"), match="parameters").with_values({"rnn.units": 4})
    found = match_models(small, TOKENS, 100)
    assert found.models["transformer"].said.startswith("Cannot be as small as RNN: 2 units, its fewest, make ")
    assert not found.models["transformer"].is_reached
    assert found.chosen.model_options("transformer").model_dump()["units"] == 2
    large = Choices(architectures=("bilstm", "rnn"), match="parameters").with_values({"bilstm.units": 512})
    assert match_models(large, TOKENS, 100).models["rnn"].said.startswith("Cannot be as large as BiLSTM: 512 units")


def test_settings_that_do_not_go_together_leave_their_model_out_and_match_the_rest() -> None:
    chosen = replace(
        BY_LSTM, architectures=("transformer", "lstm", "rnn"), match_to="", own={"transformer": {"heads": 3}}
    )
    found = match_models(chosen, TOKENS, 100)
    assert (found.reference, set(found.models)) == ("lstm", {"lstm", "rnn"})


def test_without_a_model_that_has_a_width_nothing_is_matched() -> None:
    found = match_models(Choices(architectures=("bag_of_words",), match="parameters"), TOKENS, 100)
    assert (found.models, found.said) == ({}, "None of the chosen models has a width that could be matched.")


def test_equal_updates_are_equal_epochs_and_batches_without_early_stopping() -> None:
    chosen = Choices(architectures=("rnn", "bag_of_words"), match="updates").with_values(
        {"epochs": 7, "batch_size": 30}
    )
    found = match_models(chosen, TOKENS, 100)
    assert found.chosen.training == chosen.training.model_copy(update={"early_stopping": 0})
    assert found.chosen.own == chosen.own
    assert "28 updates: 7 epochs of 4 batches. None stops early; which epoch is kept is still chosen" in found.said
    assert found.models["rnn"].said == "28 updates, as every model."
    assert found.models["bag_of_words"].said == "Fitted at once: it takes no updates."
    last = match_models(chosen.with_values({"keep": "last"}), TOKENS, 100)
    assert last.said.endswith("None stops early; the last epoch is kept.")


def test_unmatched_choices_stay_as_they_are() -> None:
    assert match_models(Choices(), TOKENS, 100).chosen == Choices()


def test_the_runs_of_a_match_hold_nothing_but_their_settings() -> None:
    (spec,) = match_models(replace(BY_LSTM, architectures=("lstm",)), TOKENS, 100).chosen.specs("x", max_epochs=500)
    assert spec == replace(Choices(), architectures=("lstm",)).specs("x", max_epochs=500)[0]


def test_the_sizes_of_data_are_those_that_a_worker_finds() -> None:
    data = load_sample()
    sizes, rows = sizes_for_match(data, Choices())
    assert sizes.classes == len(data.classes)
    assert 0 < rows < len(data)


def test_what_cannot_be_matched_is_refused_with_what_can() -> None:
    chosen = Choices(architectures=("rnn", "bag_of_words"))
    with pytest.raises(OptionError, match="parameters, updates"):
        check_match(replace(chosen, match="beauty"))
    for name in ("lstm", "bag_of_words", "perceptron"):
        with pytest.raises(OptionError, match=r"matched to this one.*Choose from: rnn"):
            check_match(replace(chosen, match="parameters", match_to=name))
    with pytest.raises(OptionError, match="--match parameters"):
        check_match(replace(chosen, match_to="rnn"))
    check_match(replace(chosen, match="parameters", match_to="rnn"))
