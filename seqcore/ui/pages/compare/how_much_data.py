"""How much data a model needs: the press that trains on parts of the rows, the curve, and what it says of more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from seqcore import plots
from seqcore.analysis.data_curve import Told
from seqcore.analysis.more_data import TIMES
from seqcore.analysis.more_data_told import more_data_sentence, what_it_assumes
from seqcore.analysis.standings import Standing
from seqcore.lab.data_curve.measured import ModelCurve
from seqcore.lab.data_curve.parts import parts_of
from seqcore.plots import variants
from seqcore.store import DONE, RunState
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.kit.phrases import count
from seqcore.ui.kit.statements import Statement, draw_statements
from seqcore.ui.pages.compare.train_parts import draw_press
from seqcore.ui.session import data_curves, results, shared, sharing
from seqcore.ui.session.header import guard
from seqcore.ui.session.starting import stop_training

if TYPE_CHECKING:
    from seqcore.kinds import Kind
    from seqcore.store import Experiment, Run

TAB = "How much data?"
_ENDED_EARLY = (RunState.FAILED, RunState.CANCELLED, RunState.INTERRUPTED)
_LOOK_SECONDS = 2.0
_PLACES = 24  # where a law is drawn
_LEAST_WIDTH = 460  # pixels; narrower screens scroll the picture


def draw_how_much_data(experiment: Experiment, ranked: Sequence[Standing], runs: Sequence[Run], kind: Kind) -> None:
    """What was found, looked at again while something still trains; then what can be trained."""
    own = results.runs_among(runs, experiment)
    st.caption(
        f"The same models learn from smaller parts of the training {kind.examples} and are tested on the same "
        f"{kind.examples}. How accuracy grows from part to part says what more {kind.examples} would bring."
    )
    parts = parts_of(shared.get_store(), experiment)
    going = _still_going(parts)
    look = st.fragment(_look, run_every=_LOOK_SECONDS if going else None)
    look(experiment, ranked, own, kind, bool(going))
    if not going and own:
        with guard():
            draw_press(experiment, own, parts, _found(experiment, ranked, own, parts))


def _look(experiment: Experiment, ranked: Sequence[Standing], own: Sequence[Run], kind: Kind, was_going: bool) -> None:
    with guard():
        parts = parts_of(shared.get_store(), experiment)
        going = _still_going(parts)
        if bool(going) != was_going:
            st.rerun()  # once, at the end or when it begins: there are other things to press
        if going:
            _draw_progress(experiment, parts, going)
        _draw_problems(parts)
        for problem in results.sound_runs(_finished(parts))[1]:
            st.error(escape_markdown(problem, limit=1000), icon=":material/error:")
        found = _found(experiment, ranked, own, parts)
        if any(len(each.found.sizes) > 1 for each in found):
            _draw_curves(found, kind)


def _found(
    experiment: Experiment, ranked: Sequence[Standing], own: Sequence[Run], parts: Sequence[Run]
) -> list[ModelCurve]:
    """From what has come to its end and can be read."""
    sound, _ = results.sound_runs(_finished(parts))
    return data_curves.curves_of(experiment, ranked, own, sound) if own else []


def _draw_progress(experiment: Experiment, parts: Sequence[Run], going: Sequence[Run]) -> None:
    done = len(parts) - len(going)
    st.progress(done / len(parts), f"{done} of {count(len(parts), 'training')} on parts of the rows done")
    if sharing.is_ours(experiment):
        st.button(
            "Stop them", icon=":material/stop_circle:", key="stop-parts", on_click=_stop,
            args=([run.id for run in going],),
        )  # fmt: skip


def _draw_problems(parts: Sequence[Run]) -> None:
    """What did not come to its end and was not trained again since, and why."""
    whole = {run.spec.identity() for run in parts if not run.problem and run.state not in _ENDED_EARLY}
    ended = [run for run in parts if run.state in _ENDED_EARLY and not run.problem]
    missing = [run for run in ended if run.spec.identity() not in whole]
    if not missing:
        return
    failed = [run.message for run in missing if run.state == RunState.FAILED and run.message]
    why = f" {escape_markdown(failed[0], 300)}" if failed else ""
    st.warning(
        f"{count(len(missing), 'training')} on parts of the rows did not come to an end and "
        f"{'is' if len(missing) == 1 else 'are'} not counted.{why}",
        icon=":material/warning:",
    )


def _draw_curves(found: Sequence[ModelCurve], kind: Kind) -> None:
    nouns, numbers = (kind.example, kind.examples), variants(each.architecture for each in found)
    draw_statements(
        [
            Statement(
                each.architecture, number, each.label,
                (more_data_sentence(each.found, shorten(each.label, 40), nouns=nouns),),
            )
            for each, number in zip(found, numbers, strict=True)
        ]
    )  # fmt: skip
    drawn = [_drawn(each, number) for each, number in zip(found, numbers, strict=True)]
    charts.show(
        plots.plot_data_curves(drawn, kind.examples), key="data-curves", least=_LEAST_WIDTH,
        alt=plots.describe_data_curves(drawn, kind.examples),
    )  # fmt: skip
    st.caption(
        "Large marks are means, small ones single runs. The line is the law through the means, the band its interval; "
        f"beyond the {kind.examples} of today it is thin and dotted, a forecast."
    )
    _draw_table(found, kind)
    st.caption(what_it_assumes(nouns))


def _drawn(model: ModelCurve, variant: int) -> plots.GrownCurve:
    points = [(point.rows, point.accuracy) for point in model.points]
    curve, measured = model.found.curve, max(point.rows for point in model.points)
    told = []
    if curve is not None:
        places = np.geomspace(curve.sizes[0].rows, TIMES[-1] * curve.rows, _PLACES)
        told = [curve.accuracy(rows) for rows in sorted({*places[:-1].tolist(), measured, TIMES[-1] * curve.rows})]
    return plots.GrownCurve(
        shorten(model.label, 30), model.architecture, points, [each.rows for each in told],
        [each.value for each in told], [each.interval.low for each in told], [each.interval.high for each in told],
        measured, variant,
    )  # fmt: skip


def _draw_table(found: Sequence[ModelCurve], kind: Kind) -> None:
    import pandas as pd

    rows: list[tuple[str, int, str, float, str]] = []
    for each in found:
        label = shorten(each.label, 40)
        rows += [(label, size.rows, str(len(size.errors)), 100 * (1 - size.error), "") for size in each.found.sizes]
        rows += [(label, round(told.rows), "forecast", 100 * told.value, _interval(told)) for told in each.found.ahead]
    number = st.column_config.NumberColumn
    columns = ["Model", f"Training {kind.examples}", "Runs", "Accuracy", "95 % interval"]
    st.dataframe(
        pd.DataFrame(rows, columns=columns),
        hide_index=True,
        column_config={
            columns[1]: number(format="localized"),
            "Accuracy": number(format="%.1f %%", help="The mean of the runs, or what the curve says."),
            "95 % interval": st.column_config.TextColumn(
                help=f"Of a forecast, for other seeds and other test {kind.examples}."
            ),
        },
        key="data-curve-table",
        alt=f"Accuracy by the number of training {kind.examples}, in numbers",
    )


def _interval(told: Told) -> str:
    return f"{100 * told.interval.low:.1f} – {100 * told.interval.high:.1f}"


def _finished(parts: Sequence[Run]) -> list[Run]:
    return [run for run in parts if run.state == RunState.FINISHED]


def _still_going(parts: Sequence[Run]) -> list[Run]:
    return [run for run in parts if run.state not in DONE]


def _stop(run_ids: list[str]) -> None:
    with guard():
        stop_training(run_ids)
