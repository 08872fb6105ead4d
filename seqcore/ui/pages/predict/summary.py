"""What the answers to a file come to: classes, low confidence, agreement, and accuracy where the file has labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from seqcore.analysis.answers import LOW_CONFIDENCE, AnswersScored, AnswersSummary, agreed, scored, summarised
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.kit.phrases import count, share

if TYPE_CHECKING:
    import pandas as pd

    from seqcore.inspections.contracts import ClassProbabilities

OF_TEXTS = ("text", "texts")
_CLASSES_SHOWN = 12
_LOW = f"Confidence under {LOW_CONFIDENCE:.0%}".replace("%", " %")


def draw_summary(
    texts: Sequence[str],
    labels: Sequence[str | None] | None,
    found: Mapping[str, ClassProbabilities],
    *,
    called: tuple[str, str] = OF_TEXTS,
) -> None:
    """Sentences about the file, a row for each model, and the confusion of each where there are labels.

    Args:
        texts: The text of each row; "" where there is none.
        labels: The class of each row, "" for another label, None for none; None where the file has no labels.
        found: The answers by the model's name.
        called: One example, and several.
    """
    there = [bool(text.strip()) for text in texts]
    summaries = {name: summarised(each.probabilities, each.all_known(), there) for name, each in found.items()}
    against = {name: scored(each.probabilities, labels, each.classes, there) for name, each in found.items() if labels}
    classes = next(iter(found.values())).classes
    st.markdown(" ".join(sentences(there, summaries, against, agreement(found, there), called)))
    st.dataframe(summary_table(classes, summaries, against, called), hide_index=True)
    for name, each in against.items():
        if each.scored and len(classes) <= _CLASSES_SHOWN:
            with st.expander(f"Confusion of {escape_markdown(name, 60)}"):
                st.dataframe(confusion_table(each, classes), hide_index=True)


def agreement(found: Mapping[str, ClassProbabilities], there: Sequence[bool]) -> int | None:
    """How many texts all models give one class; None where there is nothing to agree on."""
    answers = list(found.values())
    if len(answers) < 2 or any(each.classes != answers[0].classes for each in answers):
        return None
    return agreed([each.probabilities for each in answers], there)


def sentences(
    there: Sequence[bool],
    summaries: Mapping[str, AnswersSummary],
    against: Mapping[str, AnswersScored],
    agreeing: int | None,
    called: tuple[str, str] = OF_TEXTS,
) -> list[str]:
    """What there is to say about the file as a whole, in Markdown of ours."""
    texts, rows = sum(there), len(there)
    said = [f"**{count(texts, *called)}** answered."]
    if rows > texts:
        what = "text" if called == OF_TEXTS else "value"
        said.append(
            f"{count(rows - texts, f'row has no {what} and keeps its', f'rows have no {what} and keep their')} place."
        )
    if agreeing is not None and texts:
        who = "Both models" if len(summaries) == 2 else f"All {len(summaries)} models"
        said.append(f"{who} agree on {agreeing:,} of {texts:,} ({share(agreeing / texts)}).")
    other = max((each.other_labels for each in against.values()), default=0)
    if other:
        said.append(f"{count(other, 'row has a label', 'rows have a label')} that no model knows and cannot be scored.")
    return said


def summary_table(
    classes: Sequence[str],
    summaries: Mapping[str, AnswersSummary],
    against: Mapping[str, AnswersScored],
    called: tuple[str, str] = OF_TEXTS,
) -> pd.DataFrame:
    """A row for each model: its accuracy where there are labels, how often it gave each class, what it is unsure of."""
    import pandas as pd

    shown = sorted(range(len(classes)), key=lambda code: -sum(each.counts[code] for each in summaries.values()))
    shown = sorted(shown[:_CLASSES_SHOWN])
    rows: list[dict[str, Any]] = []
    for name, each in summaries.items():
        row: dict[str, Any] = {"Model": name}
        if name in against:
            right = against[name]
            accuracy = right.accuracy
            row["Accuracy"] = "" if accuracy is None else f"{share(accuracy)} ({right.right:,} of {right.scored:,})"
        row |= {shorten(classes[code], 40): each.counts[code] for code in shown}
        if len(shown) < len(classes):
            row["Other classes"] = sum(each.counts) - sum(each.counts[code] for code in shown)
        row |= {_LOW: each.low_confidence}
        row |= {"Knows none of the words": each.unknown} if called == OF_TEXTS else {}
        rows.append(row)
    return pd.DataFrame(rows)


def confusion_table(against: AnswersScored, classes: Sequence[str]) -> pd.DataFrame:
    """A row for each class of the file, a column for each answer."""
    import pandas as pd

    names = [shorten(name, 40) for name in classes]
    frame = pd.DataFrame(against.confusion, columns=[f"answered {name}" for name in names])
    frame.insert(0, "Label", names)
    return frame
