"""What a sweep may search, and within which bounds."""

import pytest

from seqcore.architectures import architectures, get_architecture
from seqcore.errors import OptionError
from seqcore.lab.plan import Choices
from seqcore.lab.sweep.space import search_space, searchable
from seqcore.spec import declared

LSTM = Choices(architectures=("lstm",))


def only(ticked: str, base: Choices = LSTM, architecture: str = "lstm"):
    (found,) = search_space(architecture, [ticked], base)
    return found


@pytest.mark.parametrize("name", [each.name for each in architectures()])
def test_every_declared_setting_of_every_model_can_be_ticked_and_holds_its_default_or_starts_above_zero(name):
    base = Choices(architectures=(name,))
    for setting in searchable(name, base):
        found = only(setting, base, name)
        assert found.values or found.low < found.high
        assert found.holds(
            base.with_values({}).model_options(name).model_dump().get(setting, default_of(setting, base))
        )


def default_of(setting: str, base: Choices):
    return (base.input.model_dump() | base.training.model_dump()).get(setting)


def test_numbers_whose_bounds_lie_far_apart_are_searched_by_ratio_around_their_default():
    units, rate = only("units"), only("learning_rate")
    assert (units.name, units.low, units.high, units.whole, units.log) == ("lstm.units", 8, 128, True, True)
    assert (rate.low, rate.high, rate.whole, rate.log) == (0.0001, 0.01, False, True)
    assert units.told == "8 to 128, by ratio"


def test_numbers_with_close_bounds_and_those_whose_default_is_zero_are_searched_by_difference():
    assert (only("layers").low, only("layers").high, only("layers").log) == (1, 6, False)
    assert (only("dropout").low, only("dropout").high, only("dropout").log) == (0, 0.5, False)
    assert (only("min_count").low, only("min_count").high, only("min_count").log) == (0, 10, False)


def test_choices_and_switches_are_searched_over_all_their_values():
    assert only("optimizer").values == ("adam", "adamw", "rmsprop", "sgd")
    assert only("lowercase").values == (False, True)


def test_a_range_or_values_can_be_given():
    assert (only("units=16:64").low, only("units=16:64").high) == (16, 64)
    assert only("units=16/32/64").values == (16, 32, 64)
    assert only("optimizer=adam/sgd").values == ("adam", "sgd")
    assert only("lowercase=on").values == (True,)


def test_the_settings_that_a_sweep_begins_with_are_in_reach():
    assert only("units", LSTM.with_values({"units": 300})).high == 300
    assert only("units", LSTM.with_values({"lstm.units": 4})).low == 4


def test_what_another_architecture_has_is_left_out():
    base = Choices(architectures=("lstm", "transformer"))
    ticked = ["units", "transformer.units", "heads", "learning_rate"]
    assert [each.name for each in search_space("lstm", ticked, base)] == ["lstm.units", "learning_rate"]
    assert "transformer.heads" in [each.name for each in search_space("transformer", ticked, base)]


@pytest.mark.parametrize("name", [*declared(type(Choices().split))])
def test_how_the_data_are_split_cannot_be_searched(name):
    with pytest.raises(OptionError, match="same texts"):
        search_space("lstm", [name], LSTM)


@pytest.mark.parametrize(
    "wrong",
    ["colour", "lstm.colour", "units=0:8", "units=64:8", "units=a:b", "units=8:9999", "optimizer=adam:sgd",
     "optimizer=magic", "lowercase=maybe", "learning_rate=nan:1", "heads", "nobody.units"],
    ids=lambda wrong: wrong.replace("=", "-").replace(":", "-"),
)  # fmt: skip
def test_what_cannot_be_searched_is_refused_in_words(wrong):
    with pytest.raises(OptionError):
        search_space("lstm", [wrong], LSTM)


def test_names_in_a_space_are_settings_that_can_be_set():
    for each in search_space("lstm", searchable("lstm", LSTM), LSTM):
        value = each.values[0] if each.values else (int(each.low) if each.whole else each.low)
        assert LSTM.with_values({each.name: value}).model_options("lstm")
    assert get_architecture("lstm").options
