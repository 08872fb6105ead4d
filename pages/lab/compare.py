"""Compare: which model is best, whether its lead is real, and where each of them fails."""

from functools import partial

import streamlit as st

from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.session.header import empty_state, guard, page_header

page_header("compare")
with guard():
    from seqcore.analysis import one_split
    from seqcore.ui.pages.compare import (  # after the title: pandas and the rest cost an import
        calibration,
        confusion_matrices,
        cost,
        download_buttons,
        first_seeds,
        how_much_data,
        learning_curves,
        mistakes,
        more_seeds,
        open_tab,
        origin,
        other_experiments,
        roc,
        score_table,
        slices,
        still_training,
        tested_rows,
        trials_only,
        verdict,
        word_order,
    )
    from seqcore.ui.session import again, picker, results, settings_told

    experiment = picker.choose_experiment()
    if experiment is None:
        empty_state("Nothing has been trained yet. Train a few models, then compare them here.", "Train", "train")
        st.stop()
    still_training.draw_still_training(experiment)
    if experiment.origin:
        origin.draw_origin(experiment, how_much_data.TAB)
        st.stop()
    if trials_only.draw_trials_only(experiment):
        st.stop()
    others = other_experiments.choose_others(experiment)
    scored = [run for each in (experiment, *others) for run in results.scored_runs(each)]
    runs, problems = results.sound_runs(scored)
    for problem in problems:
        st.error(escape_markdown(problem, limit=1000), icon=":material/error:")
    if problems and not runs:
        st.stop()
    if not runs:
        empty_state("No model of this experiment has a score yet.", "Go to training", "train")
        st.stop()

    runs = other_experiments.without_doubles(runs)
    ranked, kind = results.standings(runs), results.kind_of(experiment)
    found = verdict.draw_verdict(ranked, results.baseline(experiment, runs[0]), kind)
    more_seeds.draw_more_seeds(experiment, found, runs)
    tested_rows.draw_tested_rows(experiment)
    other_experiments.draw_fairness(ranked, kind)
    table = score_table.score_table(ranked, settings_told.differing_columns(ranked, runs))
    score_table.draw_score_table(ranked, table, kind)
    score_table.draw_choice(found, kind)
    download_buttons.draw_download_buttons(experiment, others, runs, table)
    settings_told.draw_settings_of(runs, key="compare-settings")
    again.draw_train_again(experiment, results.runs_among(runs, experiment), key="train-again")

    first_seeds.draw_whose_split(ranked, kind)
    alike = one_split.of_one_split(ranked)
    tabs = {
        "Learning curves": partial(learning_curves.draw_learning_curves, ranked, runs, kind),
        "Confusion": partial(confusion_matrices.draw_confusion_matrices, experiment, alike, kind),
        "Slices": partial(slices.draw_slices, experiment, alike, kind),
        "ROC and precision–recall": partial(roc.draw_roc, alike, kind),
        "Calibration": partial(calibration.draw_calibration, alike, kind),
        "Mistakes": partial(mistakes.draw_mistakes, experiment, alike, kind),
        "Word order": partial(word_order.draw_word_order, ranked, runs),
        how_much_data.TAB: partial(how_much_data.draw_how_much_data, experiment, ranked, runs, kind),
        "Cost": partial(cost.draw_cost, ranked, runs),
    }
    open_tab.choose(tabs)
    for tab, draw in zip(st.tabs(list(tabs), key=open_tab.KEY, on_change="rerun"), tabs.values(), strict=True):
        if tab.open:
            with tab, guard():
                draw()
    open_tab.keep(tabs)
