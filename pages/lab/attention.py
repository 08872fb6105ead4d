"""Look inside: what trained models make of one example."""

import streamlit as st

from seqcore.ui.session.header import guard, page_header

page_header("attention")
with guard():
    from seqcore.analysis.run_names import labels_of
    from seqcore.inspections import get_inspection
    from seqcore.inspections.occlusion import OCCLUSION
    from seqcore.ui.pages.look import choices, epoch_choice, open_tab, tabs, train_one  # after the title
    from seqcore.ui.pages.look.moments.tabs import MOMENT_TABS
    from seqcore.ui.pages.look.room import Room
    from seqcore.ui.pages.look.training import watching
    from seqcore.ui.session import picker, questions, results

    experiment = picker.choose_experiment()
    scored = results.scored_runs(experiment) if experiment else []
    runs, others = questions.who_can_answer(get_inspection(OCCLUSION), scored)  # which asks nothing but a text
    growing = watching.growing_runs(experiment)
    if experiment is not None and growing and not runs:
        watching.draw_first_training(experiment, growing)
        st.stop()
    if experiment is None or not runs:
        train_one.draw_train_one(get_inspection(OCCLUSION), experiment, scored)
        questions.draw_who_cannot(others)
        st.stop()

    labels = labels_of([*runs, *growing])
    words, models = st.columns([3, 2], gap="large")
    with models:
        shown = choices.choose_models({run.id: labels[run.id] for run in runs}, runs)
        questions.draw_who_cannot(others)
    if not shown:
        st.caption("Choose at least one model.")
        st.stop()
    example, known_tabs = None, tabs.TABS
    with words:
        if results.kind_of(experiment).drawing == "pieces":
            text, truth = choices.choose_text(experiment, shown[0])
        else:
            example = choices.choose_example(experiment, shown)
            text, truth, known_tabs = "", example.truth, MOMENT_TABS
    epochs = epoch_choice.choose_epochs(shown, labels)
    tab = open_tab.choose(list(known_tabs))
    if example is None and not text.strip():
        st.caption("Type a text to see what the models make of it.")
        st.stop()
    questions.wait_for_engine()
    known_tabs[tab](Room(experiment, scored, runs, shown, labels, text, truth, epochs, growing, example))
    epoch_choice.play_on()
