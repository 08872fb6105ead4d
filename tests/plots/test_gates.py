"""The pictures of a recurrent cell."""

import numpy as np

from seqcore.plots import UnitLine, describe_gate, describe_unit, gate_width, plot_gate, plot_unit

WORDS = ["not", "<b>bad</b>"]
VALUES = np.array([[0.1, 0.9], [0.5, -0.2], [0.0, 0.3]])
UNITS = [7, 2, 4]


def test_units_stand_in_the_order_that_is_given_from_the_top() -> None:
    figure = plot_gate(VALUES, WORDS, UNITS, "lstm", signed=True)
    assert list(figure.layout.yaxis.ticktext) == ["7", "2", "4"]
    assert figure.layout.yaxis.autorange == "reversed"
    assert np.array(figure.data[0].z).tolist() == VALUES.tolist()
    assert figure.layout.xaxis.ticktext[1] == "&lt;b&gt;bad&lt;/b&gt;"


def test_a_gate_goes_from_shut_to_open_and_a_state_as_far_below_0_as_above() -> None:
    assert (plot_gate(VALUES, WORDS, UNITS, "lstm", signed=False).data[0].zmin) == 0
    state = plot_gate(3 * VALUES, WORDS, UNITS, "lstm", signed=True).data[0]
    assert (state.zmin, state.zmax) == (-2.7, 2.7)


def test_it_says_where_the_greatest_and_the_least_stand() -> None:
    said = describe_gate("Forget gate", VALUES, WORDS, UNITS)
    assert "greatest 0.90 in unit 7 at" in said
    assert "least -0.20 in unit 2" in said
    assert describe_gate("Forget gate", VALUES[:, :0], [], UNITS).endswith("nothing was read.")


def test_the_line_of_what_is_meant_is_bold() -> None:
    lines = [UnitLine("Forget gate", [0.1, 0.2]), UnitLine("Hidden state", [-0.5, 0.5])]
    figure = plot_unit(lines, WORDS, "lstm", "Hidden state")
    assert [trace.line.width for trace in figure.data] == [1.6, 3]
    assert describe_unit(7, lines) == "Unit 7 over 2 words: forget gate 0.10 to 0.20, hidden state -0.50 to 0.50."
    assert describe_unit(7, []) == "Nothing was read."
    assert gate_width(60) > gate_width(10)
