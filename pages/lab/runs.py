"""Runs: find, stop, start again, rename, download or delete what was trained."""

import streamlit as st

from seqcore.ui.session.header import empty_state, guard, page_header

PER_PAGE = 10

page_header("runs")
with guard():
    from seqcore.ui.pages.runs import everything, experiment_card, links, search, storage
    from seqcore.ui.session import kept_until, shared, state  # after the title: these cost an import

    experiments = shared.get_store().experiments.all(state.workspace())
    if not experiments:
        empty_state("Nothing has been trained yet. What you train is kept here.", "Train", "train")
        storage.draw_storage()
        links.draw_links()
        everything.draw_delete_everything()
        st.stop()

    words = st.text_input(
        "Find", placeholder="Name, data set or model", icon=":material/search:", key="runs-find", width=460
    )
    found = search.experiments_with(experiments, words)
    if not found:
        st.caption("No experiment has all of these words in its name, data set or models.")
        st.stop()
    pages = -(-len(found) // PER_PAGE)
    page = st.pagination(pages, key=f"runs-page-{pages}") if pages > 1 else 1
    current, ends = state.current_experiment_id() or found[0].id, kept_until.ends_of_all()
    for experiment in found[(page - 1) * PER_PAGE : page * PER_PAGE]:
        with guard():
            opened = experiment.id == current or len(found) == 1
            experiment_card.draw_experiment(experiment, opened=opened, end=ends.get(experiment.id))
    storage.draw_storage()
    links.draw_links()
    everything.draw_delete_everything()
