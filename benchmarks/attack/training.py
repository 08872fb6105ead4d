"""Trainings as people start them on the pages."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from benchmarks.streamlit_client import Tab, VisitError
from benchmarks.student import own_file

BESIDE_THE_RNN = ("lstm", "lstm_attention", "bilstm")  # chosen on the first visit, with the RNN


async def tick_models(tab: Tab, names: Iterable[str], *, wanted: bool) -> None:
    """Choose models or leave them out; one that the page does not offer is passed over."""
    for name in names:
        with suppress(VisitError, KeyError):
            if tab.ticked(f"use-{name}") != wanted:
                await tab.tick(f"use-{name}", wanted)


async def start_rnn(tab: Tab, rows: int, epochs: int) -> None:
    """Train an RNN alone on a file of one's own."""
    await tab.choose("data-source", "Upload")
    await tab.upload("data-file", "texts.csv", own_file(rows, 1))
    await tab.click("to-train")
    await tick_models(tab, BESIDE_THE_RNN, wanted=False)
    await tab.enter("train-training-epochs", epochs)
    await tab.click("train")
