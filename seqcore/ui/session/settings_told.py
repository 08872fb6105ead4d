"""The settings of runs: what differs, what is not the default, and all of them, in words and in tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.analysis.run_names import run_label
from seqcore.analysis.settings_told import ToldSetting, ToldSettings, tell_settings
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.kit.phrases import count
from seqcore.ui.session import shared

if TYPE_CHECKING:
    import pandas as pd

    from seqcore.analysis.standings import Standing
    from seqcore.store import Run

_NAMED = 6  # settings that a sentence names


def draw_settings_of(runs: Sequence[Run], *, key: str) -> None:
    """A line in words, and all settings in a table that is folded.

    Args:
        runs: Of whatever states; those that cannot be read are counted and left out.
        key: Of the folded part.
    """
    models = models_of(runs)
    if not models:
        return
    told = tell_settings([run.spec for run in models], escaped(names_given(models)))
    labels = [shorten(run_label(run), 40) for run in models]
    st.markdown(f":material/tune: {in_words(told, labels, len({run.seed for run in runs}))}")
    details = st.expander("All settings", key=key, type="compact", on_change="rerun")
    if details.open:
        with details:
            if told.differing:
                st.caption("What differs")
                st.table(differences_table(told, labels), border="horizontal")
                st.caption("What is the same")
            st.table(_same_table(told, labels), border="horizontal")
    unread = sum(bool(run.problem) for run in runs)
    if unread:
        st.caption(f"{count(unread, 'model')} cannot be read, and neither can its settings.")


def models_of(runs: Sequence[Run]) -> list[Run]:
    """One readable run of each model, runs that differ in their seed only brought together."""
    found = {run.spec.model_identity(): run for run in reversed(runs) if not run.problem}
    return list(reversed(found.values()))


def differing_columns(ranked: Sequence[Standing], runs: Sequence[Run]) -> dict[str, list[str]]:
    """The settings in which ranked models differ, by their titles, with the value of each: columns of a table."""
    specs = {run.id: run.spec for run in runs}
    first = [standing.results[0].run_id for standing in ranked]
    told = tell_settings([specs[run_id] for run_id in first], names_given([run for run in runs if run.id in first]))
    return {each.title: [each.said.get(n, "–") for n in range(len(ranked))] for each in told.differing}


def names_given(runs: Sequence[Run]) -> dict[str, str]:
    """The names of the word vectors and the encoders that readable runs begin with, by their content."""
    datasets = shared.get_store().datasets
    found: dict[str, str] = {}
    for run in runs:
        if {run.spec.encoder, run.spec.input.vectors} - {"", *found}:
            found |= datasets.names_given(datasets.of_run(run.id))
    return found


def escaped(names: Mapping[str, str]) -> dict[str, str]:
    """Such names for Markdown: they are other people's text."""
    return {content: escape_markdown(name, 60) for content, name in names.items()}


def in_words(told: ToldSettings, labels: Sequence[str], seeds: int) -> str:
    """What differs and what is not the default, in a few sentences of Markdown."""
    parts = []
    if told.differing:
        models = [
            f"{escape_markdown(label, 40)} ({told.differences_of(number)})"
            for number, label in enumerate(labels[:_NAMED])
            if told.differences_of(number)
        ]
        parts.append(f"**Models differ:** {'; '.join(models)}{_and_more(len(labels))}.")
    changed = [f"{each.title} {each.value} (default {each.default})" for each in told.changed[:_NAMED]]
    if changed:
        parts.append(f"**Not the default:** {', '.join(changed)}{_and_more(len(told.changed))}.")
    elif not told.differing:
        parts.append("All settings are at their defaults.")
    else:
        parts.append("Everything else is at its default.")
    if seeds > 1:
        parts.append(f"{seeds} seeds each.")
    return " ".join(parts)


def differences_table(told: ToldSettings, labels: Sequence[str]) -> pd.DataFrame:
    """A row for each model, a column for each setting in which they differ."""
    import pandas as pd

    rows = {setting.title: [setting.said.get(n, "–") for n in range(len(labels))] for setting in told.differing}
    return pd.DataFrame(rows, index=pd.Index([escape_markdown(label, 40) for label in labels], name="Model"))


def _same_table(told: ToldSettings, labels: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    rows = [
        (f"{each.title}{_only_of(each, labels)}", each.value, each.default, "yes" if each.changed else "")
        for each in told.same
    ]
    return pd.DataFrame(rows, columns=["Setting", "Value", "Default", "Changed"]).set_index("Setting")


def _only_of(setting: ToldSetting, labels: Sequence[str]) -> str:
    """The model that alone has a setting, in brackets."""
    return f" ({escape_markdown(labels[next(iter(setting.said))], 40)})" if len(setting.said) == 1 < len(labels) else ""


def _and_more(number: int) -> str:
    return f" and {number - _NAMED} more" if number > _NAMED else ""
