"""Train: pick models and watch them learn side by side."""

from dataclasses import replace

import streamlit as st

from seqcore.ui.session import state
from seqcore.ui.session.header import guard, page_header

page_header("train")
with guard():
    from seqcore.ui.components.live_curves import fetch_plotly  # after the title: the architectures cost an import
    from seqcore.ui.pages.train import (
        equal_steps,
        live,
        model_cards,
        pretrained_encoder,
        split_notes,
        start_buttons,
        word_vectors,
    )  # fmt: skip
    from seqcore.ui.session import current, data_line, matching, memory_notes, plan_link, settings_form, time_notes

    experiment_id = state.current_experiment_id()
    if experiment_id and not state.memory().setting_up:
        plan_link.close()
        live.show_experiment(experiment_id)
        st.stop()

    data = current.current_data()
    plan_link.keep_data(data)
    data_line.draw_data_line(data)
    plan_link.draw_notes()
    link = st.container(key="form-link").empty()  # has its place from the start
    cards = st.container(gap="small", key="model-cards")
    # Settings are drawn first, because the sizes of the models on the cards above follow from them.
    chosen = word_vectors.draw_word_vectors(data, current.choices())
    chosen = pretrained_encoder.draw_pretrained_encoder(data, chosen)
    with st.container(key="train-settings"):
        chosen = settings_form.draw_settings(replace(chosen, architectures=model_cards.ticked(chosen)))
    with cards:
        with st.spinner("Reading …"):
            ready = current.data_in_use(data, chosen)
            sizes = model_cards.sizes_of(ready)
            matched = matching.matched(data, chosen)
            refused = memory_notes.what_does_not_fit(data, matched.chosen)
        chosen = replace(chosen, architectures=model_cards.choose_models(matched, sizes, refused))
        equal_steps.draw_measuring_of(data, chosen)
    current.choose(chosen)
    with link:
        plan_link.draw_lesson_link(chosen)
    memory_notes.draw_memory_notes(refused)
    time_notes.draw_time_notes(data, matched.chosen)
    split_notes.draw_split_notes(data, chosen)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="train-action"):
        start_buttons.draw_start_buttons(chosen, refused, is_ready=matched.is_ready)
    plan_link.keep(chosen)
    fetch_plotly()
