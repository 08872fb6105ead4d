"""What `streamlit run app.py` starts: a web server around the pages' shell."""

from pathlib import Path

import streamlit as st

from seqcore.ui.server import asgi

asgi.leave_out_of_start()
app = st.App(
    Path(__file__).parent / "pages" / "shell.py",
    lifespan=asgi.lifespan,
    middleware=asgi.middleware(),
    routes=asgi.routes(),
    on_script_error=asgi.show_calm_sentence,
)
