"""The few looks that the theme in .streamlit/config.toml cannot say."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

ICON = str(Path(__file__).with_name("icon.svg"))

# Class names are those Streamlit gives to our own keys (st-key-...); no user text ever comes here.
CSS = """
<style>
  .stMainBlockContainer { max-width: 82rem; }
  h1, h2, h3 { letter-spacing: -0.012em; }
  .st-key-way-through { row-gap: 0.1rem; }
  .st-key-way-through a p { font-weight: 500; }
  [data-testid="stCaptionContainer"] { opacity: 0.82; color: inherit; }
  .st-key-train button { padding: 0.7rem 1.6rem; }
  .st-key-train button p { font-size: 1.2rem; font-weight: 650; }
  [class*="st-key-run-"] { min-height: 4.6rem; justify-content: center; }
  .stDataFrame, [data-testid="stMetricValue"] { font-variant-numeric: tabular-nums; }
  /* A table's own download is not safe from formulas; our download buttons are. */
  .stDataFrame [data-testid="stElementToolbarButton"]:has([aria-label="Download as CSV"]) { display: none; }
  .stMain button:focus-visible, .stMain a:focus-visible { 
    outline: 3px solid var(--st-primary-color); outline-offset: 2px; }
  @media (max-width: 640px) {
    .stMainBlockContainer { padding-left: 1rem; padding-right: 1rem; }
  }
  @media (prefers-reduced-motion: reduce) { * { transition: none !important; animation: none !important; } }
</style>
"""


def apply() -> None:
    """Put logo and style sheet on this page."""
    st.logo(ICON, size="large")
    st.html(CSS)
