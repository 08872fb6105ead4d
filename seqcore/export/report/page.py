"""`report.html`: one page that needs nothing else, opens offline and reads well on paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files

from seqcore.export.report import markup
from seqcore.export.report.classes_part import classes_html, confusion_html
from seqcore.export.report.curves_part import curves_html
from seqcore.export.report.data_card import data_card_html
from seqcore.export.report.gathered import Gathered
from seqcore.export.report.limits_part import limits_html
from seqcore.export.report.scores_part import scores_html
from seqcore.export.report.settings_part import settings_html
from seqcore.export.report.verdict_part import verdict_html
from seqcore.plots.canvas import short

# Nothing is fetched and nothing is run, whatever stands in the page.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def report_html(
    gathered: Gathered, *, made: datetime, environment: Mapping[str, str], contents: Mapping[str, str]
) -> str:
    """The whole page.

    Args:
        gathered: The experiment.
        made: When.
        environment: Packages and their versions.
        contents: What lies beside the page, by name, each in a few words.
    """
    name = gathered.experiment.name
    style = files("seqcore.export.report").joinpath("style.css").read_text(encoding="utf-8")
    body = "".join(
        (
            markup.section("Verdict", verdict_html(gathered)),
            markup.section("Accuracy", scores_html(gathered)),
            markup.section("How they learned", curves_html(gathered)),
            markup.section("What is taken for what", confusion_html(gathered)),
            markup.section("F1 of each class", classes_html(gathered)),
            markup.section("Settings", settings_html(gathered)),
            markup.section("Data card", data_card_html(gathered)),
            markup.section("What is not shown", limits_html(gathered)),
            markup.section("What lies beside this page", _contents(contents)),
            markup.section("Environment", _environment(environment)),
        )
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{markup.plain(short(name, 100))}</title><style>\n{style}</style></head>\n<body><main>\n"
        f"<h1>{markup.text(name)}</h1>{_about(gathered, made)}{body}</main></body></html>\n"
    )


def _about(gathered: Gathered, made: datetime) -> str:
    runs, models = len(gathered.runs), len(gathered.ranked)
    trained = f"{gathered.experiment.created:%d %B %Y}".lstrip("0")
    written = f"{made:%d %B %Y}".lstrip("0")
    counted = f"{models} model{'s' * (models != 1)}" + (f", {runs} runs" if runs != models else "")
    return (
        f'<p class="about">{counted} on {markup.text(gathered.data.name, 80)}. Trained on {trained} with Sequence Lab, '
        f"written on {written}.</p>"
    )


def _contents(contents: Mapping[str, str]) -> str:
    rows = [[f"<code>{markup.plain(name)}</code>", markup.plain(what)] for name, what in contents.items()]
    return markup.table(["File", "What it is"], rows, numbers=False)


def _environment(environment: Mapping[str, str]) -> str:
    said = ", ".join(f"{markup.plain(name)} {markup.plain(version)}" for name, version in environment.items())
    return f"<p>Installed where this report was written: {said}.</p>"
