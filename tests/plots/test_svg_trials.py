"""Trials over parallel axes, and the words that say the same."""

import math
import xml.etree.ElementTree as ElementTree

import pytest

from seqcore.plots.svg_trials import draw_svg_trials
from seqcore.plots.trial_axes import DrawnTrial, TrialAxis, describe_trials

AXES = (
    TrialAxis("Units", low=8, high=128, log=True),
    TrialAxis("Dropout", low=0.0, high=0.5),
    TrialAxis("Optimizer", values=("adam", "sgd")),
)
TRIALS = [
    DrawnTrial(0, (32, 0.0, "adam"), 0.45),
    DrawnTrial(1, (128, 0.25, "sgd"), 0.41, chosen=True),
    DrawnTrial(2, (8, 0.5, "adam"), 0.7, pruned=True),
    DrawnTrial(3, (64, 0.1, "sgd"), math.inf),
]


def shapes(drawn, name):
    return ElementTree.fromstring(drawn).findall(f".//{{http://www.w3.org/2000/svg}}{name}")


def test_every_trial_is_a_line_over_every_axis():
    lines = shapes(draw_svg_trials("Sweep", AXES, TRIALS), "polyline")
    assert len(lines) == len(TRIALS)
    assert all(len(line.get("points").split()) == len(AXES) + 1 for line in lines)


def test_only_what_was_ended_early_is_dashed_and_only_the_best_is_marked():
    drawn = draw_svg_trials("Sweep", AXES, TRIALS)
    assert sum("stroke-dasharray" in line.attrib for line in shapes(drawn, "polyline")) == 1
    assert len(shapes(drawn, "circle")) == len(AXES) + 1
    assert shapes(drawn, "polyline")[-1].get("stroke-width") == "3.2"  # over all others


@pytest.mark.parametrize(
    ("axis", "value", "place"),
    [(AXES[0], 8, 0), (AXES[0], 32, 0.5), (AXES[0], 128, 1), (AXES[1], 0.25, 0.5), (AXES[2], "sgd", 0.75)],
    ids=["least", "middle_by_ratio", "greatest", "middle", "choice"],
)
def test_a_value_stands_where_its_scale_says(axis, value, place):
    assert axis.place(value) == pytest.approx(place)


def test_names_are_written_and_never_read_as_markup():
    drawn = draw_svg_trials("<script>", (TrialAxis("a & <b>", values=("<i>",)),), [DrawnTrial(0, ("<i>",), 0.5)])
    assert "<script>" not in drawn and "<i>" not in drawn
    assert "a & <b>" in [text.text for text in shapes(drawn, "text")]


def test_the_words_say_how_many_which_was_best_and_are_the_label_of_the_picture():
    said = describe_trials(AXES, TRIALS)
    assert said == (
        "4 trials, 1 of them ended early. Trial 1 did best, with Units 128, Dropout 0.25, Optimizer sgd; "
        "its lowest validation loss is 0.4100."
    )
    assert ElementTree.fromstring(draw_svg_trials("Sweep", AXES, TRIALS)).get("aria-label") == f"Sweep. {said}"


def test_of_many_trials_the_words_say_where_the_best_lie():
    many = [DrawnTrial(n, (8 + n, n / 20, "adam"), 0.5 + n / 10) for n in range(9)]
    assert describe_trials(AXES, many).endswith("lie at Units 8 to 10, Dropout 0 to 0.1, Optimizer adam.")


def test_no_trial_that_can_be_compared_is_still_a_picture():
    assert not shapes(draw_svg_trials("Sweep", AXES, []), "polyline")
    assert describe_trials(AXES, []) == "No trial was trained to its end."
