"""The frame around every page: what it is called, where one can go, what the URL remembers."""

import streamlit as st

from seqcore.ui.kit import style
from seqcore.ui.people import login
from seqcore.ui.people.visitor import visitor
from seqcore.ui.people.workspaces import Mode
from seqcore.ui.session import plan_link, shared, sitemap, state

st.set_page_config(page_title="Sequence Lab", page_icon=style.ICON, layout="wide", initial_sidebar_state="auto")
somebody = visitor()
page = st.navigation(sitemap.navigation(), expanded=True, position="sidebar" if somebody else "hidden")
style.apply()
try:
    if somebody is None:
        login.draw_login()
    else:
        if somebody.mode is Mode.OIDC:
            login.draw_account(somebody)
        state.restore(page.url_path)
        plan_link.restore(page.url_path)
        page.run()
finally:  # a page that stops early, because there is nothing to show yet, is drawn too
    shared.engine_room().page_drawn.set()
