"""What may be said about the models: in a few sentences, in a picture, about each, and as a paper would say it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.analysis.pairs import Pair
from seqcore.analysis.standings import Baseline, Standing
from seqcore.analysis.verdict import Verdict, verdict
from seqcore.analysis.verdict_numbers import interval_of, p, points, would_tell
from seqcore.analysis.verdict_words import for_a_paper, for_a_student, of_the_second
from seqcore.export.verdict_picture import describe_picture, picture_of, what_its_marks_are
from seqcore.kinds import Kind
from seqcore.plots import variants
from seqcore.ui.kit.escape import bold, escape_markdown, shorten
from seqcore.ui.kit.statements import Statement, draw_statements
from seqcore.ui.pages.compare.judged_by import choose_judged_by
from seqcore.ui.session.words import explained

if TYPE_CHECKING:
    import pandas as pd

_SIGNS = {"better": "▲", "worse": "▼", "equal": "=", "undecided": "?"}
_TURNED = {"better": "worse", "worse": "better"}


def draw_verdict(ranked: Sequence[Standing], guessing: Baseline, kind: Kind) -> Verdict:
    """Whether the lead of the first is real, and whether it beats always giving the commonest answer."""
    nouns = (kind.example, kind.examples)
    with st.container(border=True):
        said = st.container()
        by = choose_judged_by(ranked, kind)  # below what it changes
        found = verdict(ranked, guessing, measure=by.measure, limit=by.limit)
        with said:
            _draw_what_is_said(found, guessing, nouns)
        more = st.expander("For a paper, and every pair of models", key="every-pair", type="compact", on_change="rerun")
        if more.open:
            with more:
                _draw_every_pair(found, nouns)
    return found


def _draw_what_is_said(found: Verdict, guessing: Baseline, nouns: tuple[str, str]) -> None:
    st.markdown(for_a_student(found, name=bold, nouns=nouns))
    if found.measure.is_share:
        _draw_picture(found, guessing, nouns)
    if len(found.standings) > 2:
        _draw_rivals(found, nouns)


def _draw_picture(found: Verdict, guessing: Baseline, nouns: tuple[str, str]) -> None:
    near = guessing.accuracy if found.measure.name == "accuracy" else -1.0
    st.html(f'<div role="img" aria-label="{escape(describe_picture(found))}">{picture_of(found, near)}</div>')
    st.caption(what_its_marks_are(found, nouns))


def _draw_rivals(found: Verdict, nouns: tuple[str, str]) -> None:
    numbers = variants(standing.architecture for standing in found.standings)[1:]
    draw_statements(
        [
            Statement(pair.second.architecture, number, pair.second.label, (of_the_second(pair, found, nouns=nouns),))
            for pair, number in zip(found.against_the_best, numbers, strict=True)
        ]
    )
    first = escape_markdown(found.best.label, 40)
    st.caption(f"Against {first}; each p is corrected for all {len(found.pairs)} pairs of models (Holm).")


def _draw_every_pair(found: Verdict, nouns: tuple[str, str]) -> None:
    st.markdown(for_a_paper(found, name=bold, nouns=nouns))
    if len(found.standings) > 1:
        st.caption(
            "▲ the model of the row is better, ▼ worse, = equal for practical purposes, ? not enough evidence. "
            + explained("Of two models that were trained once each, p is McNemar's test.")
        )
        st.dataframe(pair_matrix(found), width="stretch")
        st.dataframe(pair_table(found, nouns), hide_index=True, width="stretch")


def pair_matrix(found: Verdict) -> pd.DataFrame:
    """A row and a column for each model: what may be said of the row's, and by how much it is ahead."""
    import pandas as pd

    names = [shorten(standing.label, 30) for standing in found.standings]
    table = pd.DataFrame("", index=pd.Index(names, name="Model"), columns=names)
    places = {id(standing): place for place, standing in enumerate(found.standings)}
    for pair in found.pairs:
        first, second = places[id(pair.first)], places[id(pair.second)]
        table.iat[first, second] = f"{_SIGNS[pair.outcome]} {_signed(pair.gap, found)}"
        turned = _TURNED.get(pair.outcome, pair.outcome)
        table.iat[second, first] = f"{_SIGNS[turned]} {_signed(-pair.gap, found)}"
    return table


def pair_table(found: Verdict, nouns: tuple[str, str]) -> pd.DataFrame:
    """A row for each pair, with its numbers."""
    import pandas as pd

    return pd.DataFrame([_pair_row(pair, found, nouns) for pair in found.pairs])


def _pair_row(pair: Pair, found: Verdict, nouns: tuple[str, str]) -> dict[str, str]:
    known = pair.found is not None
    said = pair.outcome if pair.counts_seeds else "too few seeds"
    return {
        "First": shorten(pair.first.label, 40),
        "Second": shorten(pair.second.label, 40),
        "Ahead by": points(pair.gap, found.measure) if known else "",
        "95 % interval": interval_of(pair).removeprefix("95\u00a0% interval ") if known else "",
        "p": p(pair.p_value).removeprefix("p ").removeprefix("= ") if known else "",
        "p corrected": p(pair.p_corrected).removeprefix("p ").removeprefix("= ") if known else "",
        "The first is": said if known else _why_not(pair, nouns),
        "What would tell": would_tell(pair, nouns) if known and pair.outcome == "undecided" else "",
    }


def _why_not(pair: Pair, nouns: tuple[str, str]) -> str:
    return f"tested on other {nouns[1]}" if pair.common_splits is None else "without a common split"


def _signed(gap: float, found: Verdict) -> str:
    return f"{100 * gap:+z.1f}" if found.measure.is_share else f"{gap:+z.3f}"
