"""Data: choose labelled text and see what a model will see."""

import streamlit as st

from seqcore.ui.session.header import guard, page_header

page_header("data")
with guard():
    from seqcore.kinds import get_kind
    from seqcore.ui.pages.data import drawn_examples, findings, overview, source, ways_on, what_model_sees
    from seqcore.ui.pages.data.xray.trust import draw_trust
    from seqcore.ui.session import cache, current  # after the title: pandas and the rest cost an import

    source.choose_source()
    data, dataset, chosen = current.current_data(), current.current_dataset(), current.choices()
    room = ways_on.draw_name(data, dataset)
    with st.spinner("Reading …"):
        ready = current.data_in_use(data, chosen)
        report = cache.report(data.content_hash, chosen.split, data)
    with room:  # only now: data that cannot be split cannot be trained on
        ways_on.draw_ways_on(data, dataset, chosen)
    overview.draw_numbers(ready)
    found = draw_trust(data, chosen.split)
    overview.draw_first_rows(ready)
    drawn_examples.draw_one_of_each(ready)
    lengths = cache.lengths(data.content_hash, chosen.input, chosen.split, data)
    pictures = cache.pictures(data.content_hash, chosen.input, chosen.split, data.kind, report, lengths)
    overview.draw_pictures(ready, report, lengths, *pictures)
    findings.draw_findings(report, data, get_kind(data.kind), found)
    what_model_sees.draw_what_model_sees(ready, chosen)
