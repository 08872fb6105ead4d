"""A memory race: the press that trains, how far it is, its picture, and what may be said of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore import plots
from seqcore.analysis.memory_race import AtDistance, duel_sentence, duels
from seqcore.export.tables import csv_bytes
from seqcore.lab.memory_race.measured import measured
from seqcore.lab.memory_race.trainings import Leg, legs_of, train_race
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import shorten
from seqcore.ui.kit.phrases import count
from seqcore.ui.kit.statements import Statement, draw_statements
from seqcore.ui.session import cache, results, shared, state
from seqcore.ui.session.file_button import file_button
from seqcore.ui.session.header import guard
from seqcore.ui.session.starting import stop_training

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.lab.memory_race.race import Race
    from seqcore.store import Run

_LOOK_SECONDS = 2.0
_LEAST_WIDTH = 320  # pixels; narrower screens scroll the picture


def draw_race(race: Race) -> None:
    """What is known of the race, looked at again while it goes on; then what can be trained."""
    legs = _legs(race)
    going = any(leg.active for leg in legs)
    st.fragment(_look, run_every=_LOOK_SECONDS if going else None)(race, going)
    missing = sum(leg.missing for leg in legs)
    if missing and not going:
        _draw_press(race, missing)


def _look(race: Race, was_going: bool) -> None:
    with guard():
        legs = _legs(race)
        active = [run for leg in legs for run in leg.active]
        if bool(active) != was_going:
            st.rerun()  # once, at the end or when it begins: there are other things to press
        if active:
            _draw_progress(race, legs, active)
        found = measured(legs, results.scored)
        if found:
            _draw_found(race, found)


def _legs(race: Race) -> list[Leg]:
    return legs_of(shared.get_store(), state.workspace(), race, partial(_plant, race))


def _plant(race: Race, distance: int) -> LabelledData:
    return cache.planted(race.task, race.options(distance))


def _draw_press(race: Race, missing: int) -> None:
    begun = missing < race.runs
    label = (
        f"Train the {count(missing, 'model')} that are missing" if begun else f"Start: train {count(missing, 'model')}"
    )
    if st.button(label, type="primary", icon=":material/play_arrow:", key="race-start"):
        with guard():
            store = shared.get_store()
            train_race(store, state.workspace(), race, partial(_plant, race), submit=shared.submit_when_ready)
            st.rerun()


def _draw_progress(race: Race, legs: Sequence[Leg], active: Sequence[Run]) -> None:
    done = sum(len(leg.finished) for leg in legs)
    st.progress(done / race.runs, f"{done} of {count(race.runs, 'training')} done")
    st.button(
        "Stop the race",
        icon=":material/stop_circle:",
        key="race-stop",
        on_click=_stop,
        args=([run.id for run in active],),
    )


def _stop(run_ids: list[str]) -> None:
    with guard():
        stop_training(run_ids)


def _draw_found(race: Race, found: Sequence[AtDistance]) -> None:
    draw_statements(
        [Statement(duel.other, 0, duel.pairs[0][1].first.label, (duel_sentence(duel),)) for duel in
         duels(found, race.chosen.architectures)]
    )  # fmt: skip
    drawn = [each for name in race.chosen.architectures if (each := _drawn(name, found)) is not None]
    known = [each.baseline.accuracy for each in found if each.baseline is not None]
    guessing = sum(known) / len(known) if known else None
    charts.show(
        plots.plot_memory_race(drawn, guessing), key="memory-race", least=_LEAST_WIDTH,
        alt=plots.describe_memory_race(drawn, guessing),
    )  # fmt: skip
    st.caption(
        "Lines join the means over the seeds, small marks are single runs; the bars are 95\N{NO-BREAK SPACE}% "
        "intervals for other seeds and other test texts. The dotted line is what one answer to all gets. What is said "
        "of all distances together is wrong in 5\N{NO-BREAK SPACE}% of such races at most (Holm). Each distance is an "
        "experiment of its own, under Runs."
    )
    _draw_table(found)


def _drawn(architecture: str, found: Sequence[AtDistance]) -> plots.RacedModel | None:
    met = [(each.distance, model) for each in found if (model := each.of(architecture)) is not None]
    if not met:
        return None
    between = [model.interval() for _, model in met]
    return plots.RacedModel(
        shorten(met[0][1].label, 30), architecture, [distance for distance, _ in met],
        [model.mean("accuracy") for _, model in met], [each.low for each in between], [each.high for each in between],
        [(distance, result.accuracy) for distance, model in met for result in model.results],
    )  # fmt: skip


def _draw_table(found: Sequence[AtDistance]) -> None:
    rows = [(each.distance, model, model.interval()) for each in found for model in each.models]
    st.dataframe(
        {
            "Distance": [distance for distance, _, _ in rows],
            "Model": [shorten(model.label, 40) for _, model, _ in rows],
            "Seeds": [model.seeds for _, model, _ in rows],
            "Accuracy": [f"{100 * model.mean('accuracy'):.1f} %" for _, model, _ in rows],
            "95 % interval": [f"{100 * between.low:.1f} – {100 * between.high:.1f}" for _, _, between in rows],
        },
        hide_index=True, key="memory-race-table", alt="Accuracy by distance and model, in numbers",
    )  # fmt: skip
    runs = [result.run_id for _, model, _ in rows for result in model.results]
    file_button("Race as CSV", partial(_race_csv, found), "memory_race.csv", runs=runs, icon=":material/download:")


def _race_csv(found: Sequence[AtDistance]) -> bytes:
    """A row for each run."""
    import pandas as pd

    columns = ["distance", "architecture", "seed", "accuracy", "loss", "run"]
    rows = [
        [each.distance, model.architecture, result.seed, result.accuracy, result.loss, result.run_id]
        for each in found
        for model in each.models
        for result in model.results
    ]
    return csv_bytes(pd.DataFrame(rows, columns=columns))
