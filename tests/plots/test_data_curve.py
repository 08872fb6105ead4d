"""Accuracy against training rows: runs, law, forecast and its band, in the architecture's own line."""

import pytest

from seqcore.plots import GrownCurve, describe_data_curves, plot_data_curves
from seqcore.plots.line_code import line_style

ROWS = [100.0, 400.0, 1000.0, 4000.0]


def grown(architecture: str = "lstm", label: str = "LSTM", *, law: bool = True) -> GrownCurve:
    points = [(100, 0.6), (100, 0.7), (400, 0.75), (1000, 0.8)]
    if not law:
        return GrownCurve(label, architecture, points, [], [], [], [], 1000)
    accuracy = [0.65, 0.75, 0.8, 0.85]
    low, high = [each - 0.05 for each in accuracy], [each + 0.05 for each in accuracy]
    return GrownCurve(label, architecture, points, ROWS, accuracy, low, high, 1000)


def test_the_law_is_the_architectures_line_as_far_as_it_was_measured_and_dotted_beyond() -> None:
    figure = plot_data_curves([grown()])
    laws = [trace for trace in figure.data if trace.mode == "lines" and not trace.fill]
    known, ahead = laws
    assert known.line.dash == line_style("lstm")["dash"] and list(known.x) == ROWS[:3]
    assert ahead.line.dash == "dot" and list(ahead.x) == ROWS[2:]
    assert ahead.line.color == known.line.color == line_style("lstm")["color"]


def test_every_run_and_every_mean_is_marked() -> None:
    figure = plot_data_curves([grown()])
    runs, means = (trace for trace in figure.data if trace.mode == "markers")
    assert len(runs.x) == 4
    assert list(means.x) == [100, 400, 1000]
    assert means.y[0] == pytest.approx(0.65)


def test_the_band_goes_there_and_back_and_many_models_have_none() -> None:
    (band,) = [trace for trace in plot_data_curves([grown()]).data if trace.fill]
    assert list(band.x) == [*ROWS, *reversed(ROWS)]
    assert band.y[0] == pytest.approx(0.70) and band.y[-1] == pytest.approx(0.60)
    names = ["rnn", "lstm", "bilstm", "gru", "bigru"]
    assert not [trace for trace in plot_data_curves([grown(name, name) for name in names]).data if trace.fill]


def test_a_model_without_a_law_is_drawn_too_and_both_stand_in_the_legend() -> None:
    figure = plot_data_curves([grown(), grown("rnn", "<b>RNN</b>", law=False)])
    shown = [trace.name for trace in figure.data if trace.showlegend is not False]
    assert sorted(shown) == ["&lt;b&gt;RNN&lt;/b&gt;", "LSTM"]


@pytest.mark.parametrize(("few", "many"), [(20, 80), (216, 8640), (5, 2_000_000)])
def test_the_axis_has_round_numbers_and_not_too_many(few: int, many: int) -> None:
    model = GrownCurve("LSTM", "lstm", [(few, 0.5), (many, 0.7)], [], [], [], [], many)
    axis = plot_data_curves([model]).layout.xaxis
    assert axis.type == "log" and 2 <= len(axis.tickvals) <= 7
    assert all(text == f"{value:,.0f}" for value, text in zip(axis.tickvals, axis.ticktext, strict=True))


def test_it_is_said_in_words() -> None:
    said = describe_data_curves([grown("rnn", "RNN", law=False), grown()], "waves")
    assert said.startswith("Accuracy by the number of training waves: RNN 65.0% with 100, 75.0% with 400")
    assert "no forecast; LSTM" in said
    assert said.endswith("85.0% foretold for 4,000.")
