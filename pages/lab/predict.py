"""Predict: ask every finished model about a text or a file of texts, or what their data are."""

import streamlit as st

from seqcore.ui.session.header import empty_state, guard, page_header

page_header("predict")
with guard():
    from seqcore.analysis.run_names import labels_of
    from seqcore.inspections import get_inspection
    from seqcore.inspections.prediction import PREDICT
    from seqcore.ui.pages.predict import file_of_texts, one_text, other_kinds
    from seqcore.ui.session import picker, questions, results  # after the title: these cost an import

    experiment = picker.choose_experiment()
    scored = results.scored_runs(experiment) if experiment else []
    runs, others = questions.who_can_answer(get_inspection(PREDICT), scored)
    questions.draw_who_cannot(others)
    if not runs:
        empty_state("No model has been trained here. Train a few, then ask them.", "Train", "train")
        st.stop()
    labels = labels_of(runs)
    if other_kinds.is_other(runs):
        other_kinds.draw_other(runs, labels)
        st.stop()

    text = one_text.choose_text()
    if text.strip():
        questions.wait_for_engine()
        one_text.draw_text_answers(runs, labels, text)

    st.header("Many texts at once", anchor=False)
    with guard():
        file_of_texts.draw_file(runs, labels)
