"""Look inside: which words a model looks at."""

import streamlit as st

from seqcore.ui.session.header import guard, page_header

page_header("attention")
with guard():
    from seqcore.analysis.run_names import labels_of
    from seqcore.ui.pages.look import choices, downloads, step_matrices, step_weights, train_one  # after the title
    from seqcore.ui.session import picker, questions, results
    from seqcore.ui.session.words import explained

    experiment = picker.choose_experiment()
    inspection = choices.choose_inspection()
    scored = results.scored_runs(experiment) if experiment else []
    runs, others = questions.who_can_answer(inspection, scored)
    if experiment is None or not runs:
        train_one.draw_train_one(inspection, experiment, scored)
        questions.draw_who_cannot(others)
        st.stop()

    labels = labels_of(runs)
    shown = choices.choose_models(labels, runs)
    questions.draw_who_cannot(others)
    if not shown:
        st.caption("Choose at least one model.")
        st.stop()
    text, truth = choices.choose_text(experiment, shown[0])
    if not text.strip():
        st.caption("Type a text to see what the models look at.")
        st.stop()

    questions.wait_for_engine()
    looks = []
    for number, run in enumerate(shown):
        with guard():
            look = step_weights.look_at(inspection, run, labels[run.id], text, truth)
            step_weights.draw_look(look, number)
            looks.append(look)
    st.caption(explained(inspection.how_to_read))
    st.caption(explained(inspection.how_not_to_read))
    downloads.draw_downloads(looks)
    st.header("Top tokens", anchor=False)
    step_weights.draw_bars(looks)
    for number, look in enumerate(looks):
        if look.focus is not None:
            st.header(f"Token by token: {labels[look.run.id]}", anchor=False)
            names = [step.token for step in look.steps]
            step_matrices.draw_matrix(look.focus, names, look.run.architecture, number)
