"""Compare: which model is best, whether its lead is real, and where each of them fails."""

from functools import partial

import streamlit as st

from seqcore.ui.kit.downloads import file_name
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.session.header import empty_state, guard, page_header

page_header("compare")
with guard():
    from seqcore.analysis.standings import verdict
    from seqcore.export.tables import csv_bytes  # after the title: pandas and the rest cost an import
    from seqcore.ui.pages.compare import mistakes, scores, still_training
    from seqcore.ui.session import picker, results, sharing

    experiment = picker.choose_experiment()
    if experiment is None:
        empty_state("Nothing has been trained yet. Train a few models, then compare them here.", "Train", "train")
        st.stop()
    still_training.draw_still_training(experiment)
    runs, problems = results.sound_runs(results.scored_runs(experiment))
    for problem in problems:
        st.error(escape_markdown(problem, limit=1000), icon=":material/error:")
    if problems and not runs:
        st.stop()
    if not runs:
        empty_state("No model of this experiment has a score yet.", "Go to training", "train")
        st.stop()

    ranked = results.standings(runs)
    guessing = results.baseline(experiment, runs[0])
    with st.container(border=True):
        st.markdown(verdict(ranked, guessing, name=scores.bold))
    table = scores.scores_table(ranked)
    scores.draw_scores(ranked, table)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Table as CSV", partial(csv_bytes, table), file_name(experiment.name, "csv"), "text/csv",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            "All test answers as CSV", partial(results.predictions_csv, experiment, runs),
            file_name(f"{experiment.name} answers", "csv"), "text/csv",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip
        sharing.draw_link(experiment)

    tabs = {
        "Learning curves": partial(scores.draw_curves, ranked),
        "Confusion": partial(scores.draw_confusion, ranked),
        "Classes": partial(scores.draw_classes, ranked),
        "ROC and precision–recall": partial(scores.draw_thresholds, ranked),
        "Mistakes": partial(mistakes.draw_mistakes, experiment, ranked),
    }
    for tab, draw in zip(st.tabs(list(tabs), key="compare-tabs", on_change="rerun"), tabs.values(), strict=True):
        if tab.open:
            with tab, guard():
                draw()
