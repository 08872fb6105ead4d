"""Trials over parallel axes on a page, and what goes along with each setting."""

import re

import pytest

from seqcore import plots
from seqcore.plots.theme import NEUTRAL, STRONG
from seqcore.plots.trials import BY_LOSS
from tests.plots.test_svg_trials import AXES, TRIALS


def line_of(figure, number):
    (found,) = (trace for trace in figure.data if re.match(rf"Trial {number}\b", trace.hovertemplate))
    return found


def test_a_trial_is_a_line_through_its_settings_to_its_loss():
    found = line_of(plots.plot_trials(AXES, TRIALS), 0)
    assert tuple(found.x) == (0, 1, 2, 3)
    assert found.y == pytest.approx([0.5, 0.0, 0.25, (0.45 - 0.41) / (0.7 - 0.41)])


def test_colour_is_the_rank_of_the_loss_and_never_alone():
    figure = plots.plot_trials(AXES, TRIALS)
    assert line_of(figure, 2).line.color == BY_LOSS[-1] and line_of(figure, 2).line.dash == "dash"
    assert line_of(figure, 1).line.color == STRONG and line_of(figure, 1).line.width > line_of(figure, 0).line.width
    assert "did best" in line_of(figure, 1).hovertemplate


def test_a_trial_without_a_loss_ends_at_its_settings_in_a_colour_of_no_rank():
    found = line_of(plots.plot_trials(AXES, TRIALS), 3)
    assert tuple(found.x) == (0, 1, 2) and found.line.color == NEUTRAL


def test_what_still_trains_is_dotted_and_has_no_rank():
    going = plots.DrawnTrial(9, (16, 0.1, "adam"), 0.1, going=True)
    found = line_of(plots.plot_trials(AXES, [*TRIALS, going]), 9)
    assert found.line.dash == "dot" and found.line.color == NEUTRAL


def test_the_best_lies_over_the_others():
    assert "Trial 1" in plots.plot_trials(AXES, TRIALS).data[-1].hovertemplate


def test_bars_say_their_share_and_are_hollow_where_chance_would_show_as_much():
    bars = [plots.ImportanceBar("Units", 0.48, True), plots.ImportanceBar("Dropout", 0.1, False)]
    (drawn,) = plots.plot_importances(bars).data
    assert tuple(drawn.text) == ("48\u00a0%", "10\u00a0%")
    assert drawn.marker.color[0] != drawn.marker.color[1] == "rgba(0,0,0,0)"
