"""Accuracy against distance: a line with intervals for each model, its runs, and what guessing gets."""

import pytest

from seqcore.plots import RacedModel, describe_memory_race, plot_memory_race
from seqcore.plots.line_code import line_style


def raced(architecture: str = "lstm", label: str = "LSTM") -> RacedModel:
    return RacedModel(label, architecture, [5, 80], [0.9, 0.6], [0.85, 0.5], [0.95, 0.7], [(5, 0.9), (80, 0.55)])


def test_the_means_are_the_architectures_line_with_their_intervals() -> None:
    figure = plot_memory_race([raced()])
    (means,) = [trace for trace in figure.data if trace.mode == "lines+markers"]
    assert means.line.dash == line_style("lstm")["dash"]
    assert list(means.error_y.array) == pytest.approx([0.05, 0.1])
    assert list(means.error_y.arrayminus) == pytest.approx([0.05, 0.1])


def test_every_run_is_marked_and_every_model_stands_in_the_legend_once() -> None:
    figure = plot_memory_race([raced(), raced("rnn", "<b>RNN</b>")])
    assert [len(trace.x) for trace in figure.data if trace.mode == "markers"] == [2, 2]
    shown = [trace.name for trace in figure.data if trace.showlegend is not False]
    assert shown == ["&lt;b&gt;RNN&lt;/b&gt;", "LSTM"]


def test_the_axis_has_the_distances_and_guessing_is_a_line_inside() -> None:
    figure = plot_memory_race([raced()], 0.5)
    assert list(figure.layout.xaxis.tickvals) == [5, 80]
    assert figure.layout.shapes[0].y0 == 0.5
    assert figure.layout.yaxis.range[0] < 0.5


def test_it_is_said_in_words() -> None:
    said = describe_memory_race([raced(), raced("rnn", "RNN")], 0.5)
    assert said == (
        "Accuracy by the distance in words: RNN 90.0% at 5, 60.0% at 80; LSTM 90.0% at 5, 60.0% at 80. One answer to "
        "all gets 50.0%."
    )
