"""Look inside: which words a model looks at."""

import streamlit as st

from seqcore.ui.session.header import empty_state, guard, page_header

page_header("attention")
with guard():
    from seqcore.ui.kit.run_names import labels_of
    from seqcore.ui.pages.look import attention  # after the title: these cost an import
    from seqcore.ui.session import picker, questions, results

    experiment = picker.choose_experiment()
    runs = [run for run in results.scored_runs(experiment) if questions.has_attention(run)] if experiment else []
    if experiment is None or not runs:
        empty_state(
            "No model with attention has been trained here. Train LSTM + attention, BiLSTM + attention or a "
            "Transformer, then see what it looks at.", "Train", "train",
        )  # fmt: skip
        st.stop()

    labels = labels_of(runs)
    shown = attention.choose_models(labels, runs)
    if not shown:
        st.caption("Choose at least one model.")
        st.stop()
    text, truth = attention.choose_text(experiment, shown[0])
    if not text.strip():
        st.caption("Type a text to see what the models look at.")
        st.stop()

    questions.wait_for_engine()
    looks = []
    for number, run in enumerate(shown):
        with guard():
            look = attention.look_at(run, labels[run.id], text, truth)
            attention.draw_look(look, number)
            looks.append(look)
    st.caption(
        "The number under a token is its share of the model's attention; all shares sum to 100 %. Text without shade "
        "was not read: spaces, punctuation, removed stop words, what lies beyond the maximum length."
    )
    attention.draw_downloads(looks)
    st.subheader("Top tokens", anchor=False)
    attention.draw_bars(looks)
    for number, look in enumerate(looks):
        if look.focus is not None:
            st.subheader(f"Token by token: {labels[look.run.id]}", anchor=False)
            attention.draw_matrix(look, number)
