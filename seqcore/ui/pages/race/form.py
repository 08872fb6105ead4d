"""Choosing a memory race: the task, how far apart, which models, how many seeds and texts."""

from __future__ import annotations

import streamlit as st

from seqcore.architectures import appearance, architectures
from seqcore.datasets.planted import planted_task, planted_tasks
from seqcore.lab.memory_race.race import ARCHITECTURES, DISTANCES, FEWEST_SEEDS, Race, race_of
from seqcore.lab.plan import MAX_REPEATS, Choices
from seqcore.ui.session import in_address, state

KEY = "race"
_OFFERED = (*DISTANCES, 160, 320, 640)
_ROWS, _FEWEST, _MOST = 2000, 200, 20_000
_TASK, _DISTANCES, _MODELS, _SEEDS, _TEXTS = (
    f"{KEY}-{part}" for part in ("task", "distances", "models", "seeds", "rows")
)


def choose_race() -> Race:
    """Draw the choice; what it is stands in the address, so that a reload finds the same race.

    Raises:
        OptionError: there is no distance, or no model.
    """
    _remembered()
    able = _able()
    tasks = {task.name: task.label for task in planted_tasks("text")}
    left, right = st.columns([2, 3], gap="large")
    with left:
        name = st.selectbox("Task", list(tasks), format_func=tasks.__getitem__, key=_TASK)
        task = planted_task(name)
        st.caption(f"{task.idea} Distance: {task.distance}.")
    with right:
        distances = st.pills(
            "Distances in words", _OFFERED, selection_mode="multi", key=_DISTANCES, default=None, wrap=True,
            help="At each the models are trained anew, on texts of their own.",
        )  # fmt: skip
        models = st.pills(
            "Models", able, selection_mode="multi", key=_MODELS, default=None, wrap=True,
            format_func=lambda each: appearance(each).label,
        )  # fmt: skip
    first, second = st.columns(2, gap="large")
    seeds = first.number_input(
        "Seeds", FEWEST_SEEDS, MAX_REPEATS, key=_SEEDS, help="Runs of each model at each distance."
    )
    rows = second.number_input(
        "Texts at each distance", _FEWEST, _MOST, step=500, key=_TEXTS,
        help="Two thirds or so are learned from, the others are held back for validation and test.",
    )  # fmt: skip
    state.memory().race_form = {key: st.session_state[key] for key in (_TASK, _DISTANCES, _MODELS, _SEEDS, _TEXTS)}
    race = race_of(name, distances, models, seeds=int(seeds), rows=int(rows))
    in_address.keep(in_address.RACE, _written(race))
    return race


def _remembered() -> None:
    """Give the controls what the address says, or what was chosen before, or the race that stands ready."""
    usual = {
        _TASK: "needle", _DISTANCES: list(DISTANCES), _MODELS: list(ARCHITECTURES), _SEEDS: FEWEST_SEEDS,
        _TEXTS: _ROWS,
    }  # fmt: skip
    given = _read(in_address.take(in_address.RACE) or "")
    for key, value in (usual | state.memory().race_form).items():
        st.session_state.setdefault(key, value)
    st.session_state.update(given)


def _written(race: Race) -> str:
    distances, models = "-".join(map(str, race.distances)), "-".join(race.chosen.architectures)
    return f"{race.task}.{distances}.{models}.{len(race.chosen.every_seed)}.{race.rows}"


def _read(written: str) -> dict[str, object]:
    """What an address says; nothing where any of it cannot be."""
    parts = written.split(".")
    if len(parts) != 5:
        return {}
    task, distances, models, *numbers = parts
    far = [in_address.number(each) for each in distances.split("-")]
    seeds, rows = (in_address.number(each) for each in numbers)
    sound = (
        task in {each.name for each in planted_tasks()}
        and all(each in _OFFERED for each in far)
        and set(models.split("-")) <= set(_able())
        and seeds is not None
        and FEWEST_SEEDS <= seeds <= MAX_REPEATS
        and rows is not None
        and _FEWEST <= rows <= _MOST
    )
    if not sound:
        return {}
    return {_TASK: task, _DISTANCES: far, _MODELS: models.split("-"), _SEEDS: seeds, _TEXTS: rows}


def _able() -> list[str]:
    """Architectures that read texts and need nothing beside them."""
    return [each.name for each in architectures("tokens") if not Choices().lacks(each.name)]
