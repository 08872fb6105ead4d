"""“What the model will see”: the component that draws a text on its way to the model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

_HTML = '<div class="seen"></div>'
_SCRIPT = Path(__file__).with_name("steps.js").read_text(encoding="utf-8")
_STYLE = """
.seen { font-family: var(--st-font); color: var(--st-text-color); font-size: 1rem; }
.steps { list-style: none; margin: 0; padding: 0; display: grid; gap: 1.1rem;
  grid-template-columns: minmax(0, 1fr); }
.head { display: flex; align-items: baseline; gap: .6rem; flex-wrap: wrap; margin-bottom: .35rem; }
.head h4 { margin: 0; font-size: 1.05rem; font-weight: 650; }
.number { background: var(--st-primary-color); color: #fff; border-radius: 50%; width: 1.5em; height: 1.5em;
  display: inline-grid; place-items: center; font-size: .85rem; font-weight: 700; flex: none; }
.note { opacity: .75; font-size: .92rem; }
.text { display: block; background: var(--st-secondary-background-color); border-radius: var(--st-base-radius);
  padding: .55rem .8rem; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 9.5em; overflow-y: auto; }
.chips { display: flex; flex-wrap: wrap; gap: .35rem; align-items: center; }
.chip { --hue: 225; display: inline-flex; flex-direction: column; align-items: center; border-radius: 8px;
  padding: .1rem .5rem; background: var(--st-secondary-background-color); border: 1.5px solid var(--st-border-color);
  unicode-bidi: isolate; max-width: 100%; }
.chip[style] { background: hsl(var(--hue) 75% 55% / .16); border-color: hsl(var(--hue) 60% 50% / .65); }
.word { unicode-bidi: isolate; overflow-wrap: anywhere; }
.id { font-size: .82rem; font-variant-numeric: tabular-nums; opacity: .85; }
.chip.oov { border-style: dashed; border-color: var(--st-red-color); border-width: 2px; }
.chip.gone { opacity: .5; text-decoration: line-through; }
.scroller { overflow-x: auto; border-radius: var(--st-base-radius); }
table { border-collapse: separate; border-spacing: 3px; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 500; padding-right: .7rem; white-space: nowrap; }
tr.here th { font-weight: 750; color: var(--st-primary-color); }
td { text-align: right; padding: .2rem .45rem; border-radius: 6px; min-width: 1.9em;
  background: hsl(var(--hue, 225) 75% 55% / .16); }
td.padding { background: transparent; opacity: .5; }
td.oov { background: transparent; outline: 2px dashed var(--st-red-color); outline-offset: -2px; }
td.rest { background: transparent; }
"""
_COMPONENT = st.components.v2.component("seqlab_model_view", html=_HTML, css=_STYLE, js=_SCRIPT)


def draw_steps(view: dict[str, Any], *, stop_words: bool) -> None:
    """Draw the steps.

    Args:
        view: From `model_view`.
        stop_words: Whether removing stop words is one of the steps.
    """
    _COMPONENT(key="model-view", data=view | {"stopWords": stop_words})
