"""What `streamlit run app.py` starts: a web server around the pages' shell."""

from pathlib import Path

import streamlit as st

from seqcore.ui import server

app = st.App(
    Path(__file__).parent / "pages" / "shell.py",
    lifespan=server.lifespan,
    middleware=server.middleware(),
    routes=server.routes(),
    on_script_error=server.show_calm_sentence,
)
