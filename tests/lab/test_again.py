"""The choices that lead to runs of before."""

from dataclasses import replace

import pytest

from seqcore.architectures import architectures
from seqcore.errors import OptionError
from seqcore.lab.again import choices_of
from seqcore.lab.plan import Choices
from seqcore.spec import NOTEBOOK_PRESET, RunSpec

EVERY = tuple(which.name for which in architectures("tokens"))
GIVEN = {"pretrained": {"encoder": "0" * 32, "hidden": 8}}  # the only one that cannot begin without a file


@pytest.mark.parametrize(
    "chosen",
    [
        Choices(),
        replace(Choices(architectures=EVERY).with_preset(NOTEBOOK_PRESET), own=GIVEN),
        Choices(architectures=("bag_of_words",)).with_values({"strength": 4.0}),
        Choices(architectures=("rnn", "lstm", "gru"), seed=3, repeats=5).with_values({"units": 8, "lstm.units": 64}),
        Choices(architectures=("lstm", "transformer"))
        .with_values({"heads": 2, "lstm.dropout": 0.5})
        .with_seeds([9, 2]),
    ],
)
def test_they_make_exactly_these_runs_again(chosen: Choices) -> None:
    specs = chosen.specs("hash", max_epochs=500)
    found, notes = choices_of(specs)
    assert notes == []
    assert found.specs("hash", max_epochs=500) == specs


def test_options_that_an_older_run_did_not_know_are_at_their_defaults() -> None:
    found, _ = choices_of([RunSpec(dataset="hash", architecture="lstm", model={"units": 8})])
    assert found.model_options("lstm").model_dump() == Choices().model_options("lstm").model_dump() | {"units": 8}


def test_what_one_set_of_choices_cannot_say_is_told() -> None:
    one, other = Choices(architectures=("rnn",)), Choices(architectures=("rnn", "lstm"), seed=1)
    other = other.with_values({"epochs": 3, "units": 8})
    specs = [*one.specs("hash", max_epochs=500), *other.specs("hash", max_epochs=500)]
    found, notes = choices_of(specs)
    assert found.training == one.training
    assert (found.architectures, found.every_seed) == (("rnn", "lstm"), (0, 1))
    assert [note.split()[0] for note in notes] == ["RNN", "The", "Not"]


def test_runs_that_cannot_be_read_lead_nowhere_in_a_sentence() -> None:
    with pytest.raises(OptionError, match="no run"):
        choices_of([])
    with pytest.raises(OptionError, match="perceptron"):
        choices_of([RunSpec(dataset="hash", architecture="perceptron")])
