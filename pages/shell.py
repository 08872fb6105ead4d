"""The frame around every page: what it is called, where one can go, what the URL remembers."""

import streamlit as st

from seqcore.ui import cached, sitemap, state, style

st.set_page_config(page_title="Sequence Lab", page_icon=style.ICON, layout="wide", initial_sidebar_state="auto")
page = st.navigation(sitemap.navigation(), expanded=True)
style.apply()
state.restore()
page.run()
cached.engine_room().page_drawn.set()
