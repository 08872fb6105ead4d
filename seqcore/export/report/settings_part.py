"""The settings of the models: those in which they differ, and those that all have."""

from __future__ import annotations

from seqcore.analysis.settings_told import ToldSetting, tell_settings
from seqcore.export.report import markup
from seqcore.export.report.gathered import Gathered


def settings_html(gathered: Gathered) -> str:
    """A table and a list; what is not the default is bold."""
    specs = [gathered.runs_of(standing)[0].spec for standing in gathered.ranked]
    told = tell_settings(specs, gathered.names_given)
    names = [markup.text(standing.label, 40) for standing in gathered.ranked]
    differing = [
        [
            markup.text(each.title),
            *(_value(each.said.get(number, "—"), number in each.changed) for number in range(len(names))),
        ]
        for each in told.differing
    ]
    parts = []
    if differing:
        title = "In these the models differ" if len(names) > 1 else ""
        parts.append(markup.table(["Setting", *names], differing, numbers=False, caption=title))
    if told.differing:
        parts.append("<p>The same for all models that have them:</p>")
    parts.append(f'<dl class="settings">{"".join(map(_pair, told.same))}</dl>')
    seeds = "; ".join(
        f"{markup.text(standing.label, 40)}: {', '.join(str(each.seed) for each in standing.results)}"
        for standing in gathered.ranked
    )
    note = "Bold: not the default. " if any(each.changed for each in (*told.differing, *told.same)) else ""
    return "".join(parts) + f"<p class=note>{note}Seeds: {seeds}.</p>"


def _pair(setting: ToldSetting) -> str:
    changed = bool(setting.changed)
    usual = f" <small>(default {markup.text(setting.default)})</small>" if changed else ""
    return f"<div><dt>{markup.text(setting.title)}</dt><dd>{_value(setting.value, changed)}{usual}</dd></div>"


def _value(said: str, changed: bool) -> str:
    written = markup.text(said)
    return f"<strong>{written}</strong>" if changed else written
