import pytest

from seqcore.architectures import SEED_ARCHITECTURES, architectures
from seqcore.errors import OptionError
from seqcore.lab.plan import Choices
from seqcore.spec import NOTEBOOK_PRESET

EVERY = tuple(which.name for which in architectures("tokens"))
GIVEN = {"pretrained": {"encoder": "0" * 32}}  # the only one that cannot begin without a file


def test_the_four_seed_architectures_are_chosen_at_first() -> None:
    assert Choices().architectures == SEED_ARCHITECTURES


@pytest.mark.parametrize("name", EVERY)
def test_every_architecture_makes_a_complete_run_from_the_defaults(name: str) -> None:
    chosen = Choices(architectures=(name,), own=GIVEN)
    (spec,) = chosen.specs("hash", max_epochs=500)
    assert spec.architecture == name
    assert spec.model == chosen.model_options(name).model_dump()


def test_a_pretrained_transformer_without_an_encoder_is_refused() -> None:
    with pytest.raises(OptionError, match="needs an encoder"):
        Choices(architectures=("pretrained",)).specs("hash", max_epochs=500)


def test_every_repeat_has_the_next_seed() -> None:
    specs = Choices(architectures=("rnn", "lstm"), seed=7, repeats=3).specs("hash", max_epochs=500)
    assert [(spec.architecture, spec.seed) for spec in specs] == [(n, s) for n in ("rnn", "lstm") for s in (7, 8, 9)]


def test_own_options_of_a_model_win_over_the_shared_ones() -> None:
    chosen = Choices(own={"lstm": {"units": 64}}).with_group("shared", {"units": 16})
    assert chosen.model_options("lstm").model_dump()["units"] == 64
    assert chosen.model_options("rnn").model_dump()["units"] == 16


def test_the_notebook_preset_reaches_every_group_and_keeps_the_models() -> None:
    chosen = Choices(architectures=("gru",), own={"gru": {"units": 5}}).with_preset(NOTEBOOK_PRESET)
    assert chosen.architectures == ("gru",)
    assert (chosen.input.tokenizer, chosen.input.vocabulary_size, chosen.input.max_length) == ("keras", 1000, 0)
    assert (chosen.shared.embedding_size, chosen.shared.units, chosen.training.epochs) == (16, 32, 10)
    assert chosen.own == {
        "lstm_attention": {"score": "tanh"}, "bilstm_attention": {"score": "tanh"},
        "lstm": {"memory": "keras"}, "gru": {"memory": "keras"}, "min_gru": {"memory": "keras"},
    }  # fmt: skip


def test_an_empty_preset_is_the_defaults() -> None:
    changed = Choices().with_group("training", {"epochs": 99})
    assert changed.with_preset({}) == Choices()


def test_a_preset_with_an_unknown_setting_is_refused_by_name() -> None:
    with pytest.raises(OptionError, match="colour"):
        Choices().with_preset({"colour": 1})


def test_no_model_and_too_many_epochs_are_refused_before_anything_is_stored() -> None:
    with pytest.raises(OptionError, match="Choose at least one"):
        Choices(architectures=()).specs("hash", max_epochs=500)
    with pytest.raises(OptionError, match="At most 5"):
        Choices().specs("hash", max_epochs=5)


def test_the_defaults_stay_within_what_a_deployment_allows():
    assert {spec.training.epochs for spec in Choices().within(5).specs("hash", max_epochs=5)} == {5}
    assert Choices().within(500) == Choices()


def test_settings_are_found_by_their_names() -> None:
    chosen = Choices().with_values({"max_length": 50, "test_share": 0.3, "epochs": 3, "units": 8, "lstm.units": 16})
    assert (chosen.input.max_length, chosen.split.test_share, chosen.training.epochs) == (50, 0.3, 3)
    assert chosen.model_options("rnn").model_dump()["units"] == 8
    assert chosen.model_options("lstm").model_dump()["units"] == 16


def test_an_option_of_some_architectures_reaches_those() -> None:
    chosen = Choices(architectures=("lstm", "transformer")).with_values({"heads": 2})
    assert chosen.model_options("transformer").model_dump()["heads"] == 2
    assert "heads" not in chosen.model_options("lstm").model_dump()


def test_an_unknown_setting_lists_those_that_exist() -> None:
    with pytest.raises(OptionError, match=r"'wings'.*tokenizer.*epochs.*units.*heads"):
        Choices().with_values({"wings": 2})
    with pytest.raises(OptionError, match=r"lstm has no option 'heads'"):
        Choices().with_values({"lstm.heads": 2})
    with pytest.raises(OptionError, match="rnn, lstm"):
        Choices().with_values({"perceptron.units": 2})
