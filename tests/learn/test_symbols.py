"""Every symbol of every equation is defined, with its size."""

import pytest

from seqcore.architectures import Architecture, Sizes, architectures
from seqcore.kinds import FrameSizes, TokenSizes
from seqcore.learn import WHEN_IT_WINS, rows_of, symbols_in

by_name = pytest.mark.parametrize("architecture", list(architectures()), ids=lambda each: each.name)


@by_name
def test_every_symbol_of_every_equation_is_defined(architecture: Architecture) -> None:
    for form in architecture.reads:
        sizes = Sizes(TokenSizes(20, 12, pairs=3) if form == "tokens" else FrameSizes(3, 12), 5)
        rows = rows_of(architecture, sizes, architecture.validate_options({}))
        defined = [name for row in rows for name in row.names if row.meaning]
        named = {name for line in architecture.equations for name in symbols_in(line)}
        assert sorted(defined) == sorted(named)
        assert not [row for row in rows if row.shape and not row.shape[0].isdigit() and row.shape != "one number"]


@by_name
def test_it_is_known_when_it_wins_and_who_says_so(architecture: Architecture) -> None:
    advice = WHEN_IT_WINS[architecture.name]
    assert advice.wins.endswith(".")
    assert advice.url.startswith("https://")


def test_the_names_of_an_equation_are_found_as_they_stand_there() -> None:
    assert symbols_in(r"\tilde{h}_t = \tanh(W_h x_{t-1})") == (r"\tilde{h}_t", "t", r"\tanh", "W_h", "x_{t-1}")
    assert symbols_in(r"s = \frac{1}{T} \sum_k \alpha_k") == ("s", "T", r"\sum", "k", r"\alpha_k")
    assert symbols_in(r"[a; b]") == ("a", "b", r"[\,;\,]")


def test_sizes_follow_the_settings() -> None:
    lstm = next(each for each in architectures() if each.name == "lstm")
    options = lstm.validate_options({"units": 5, "embedding_size": 16})
    shapes = {name: row.shape for row in rows_of(lstm, Sizes(TokenSizes(20, 12), 2), options) for name in row.names}
    assert shapes["W_{ifo}"] == "5 × 16 (units × embedding size)"
    assert shapes["c_t"] == "5 (units)"
