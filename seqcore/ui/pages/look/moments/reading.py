"""How the pictures of moments are read, and how not: what inspections say of words, said of moments."""

from __future__ import annotations

import streamlit as st

from seqcore.inspections import get_inspection
from seqcore.inspections.attention import ATTENTION
from seqcore.inspections.gates import GATES
from seqcore.inspections.gradient_input import GRADIENT_INPUT
from seqcore.inspections.ground_truth import GROUND_TRUTH
from seqcore.inspections.integrated_gradients import INTEGRATED_GRADIENTS
from seqcore.inspections.occlusion import OCCLUSION
from seqcore.inspections.reading_along import READING_ALONG
from seqcore.inspections.rollout import ROLLOUT
from seqcore.inspections.trust import TRUST
from seqcore.ui.session.words import explained

_READ = {
    OCCLUSION: "By how much the logit of the class falls when a window of neighbouring moments is left out and "
    "filled in; its moments share that. What is filled in is never nothing: a straight line says “nothing happens "
    "here”, the mean of the training may be a jump. Windows that say the same can each be left out, and both score "
    "near 0.",
    INTEGRATED_GRADIENTS: "What a moment adds to the logit of the class; all moments together add the logit at this "
    "example less that at frames of zeros, which is the mean of the training where values are standardised by it "
    "(Sundararajan, Taly & Yan 2017, arXiv:1703.01365). From another starting point the shares would be others.",
    GRADIENT_INPUT: "How fast the logit would change if the values at a moment grew from what they are: the slope at "
    "this one example. Where a gate is shut it is near 0 although the moment has done its work.",
    ATTENTION: "A moment's share of the model's attention; all shares sum to 100 %. Of a transformer it is what the "
    "moment receives, averaged over layers, heads and looking moments. It is where the model looks, not why it "
    "answers as it does: the state at a moment knows its neighbours too (Jain & Wallace 2019, arXiv:1902.10186).",
    ROLLOUT: "A moment's share of what reaches the answer when attention is followed through all layers (Abnar & "
    "Zuidema 2020, arXiv:2005.00928). It follows how much is passed on, not what.",
    READING_ALONG: "The probability after each moment; at the last it is the model's answer. A model that reads "
    "forward knows nothing of what follows; one without states answers the example cut there. It learned to be right "
    "at the end only: a swing in the middle is no error.",
    GATES: "A gate goes from 0, shut, to 1, open: the forget gate at 1 keeps all of the cell, the input gate at 0 "
    "writes nothing into it. Blue and orange are states above and below 0. A unit stands for nothing by itself, and "
    "another seed spreads the same over other units.",
    TRUST: "0: the moments that the map marks most move the answer no further than moments drawn at random. 1: as "
    "far as the best choice that was tried. Moments that are taken away become the mean of the training, which is "
    "itself unlike what the model learned from.",
    GROUND_TRUTH: "The share of the map that lies on the moments that are known to decide the label, beside what a "
    "map would have there that marks all alike. They need not matter to a model that has not learned the task.",
}


def draw_how_to_read(*names: str) -> None:
    """How the answers of inspections are read, and how not, in a paragraph each."""
    for name in names:
        title = f"**{get_inspection(name).label}.** " if len(names) > 1 else ""
        st.caption(f"{title}{explained(_READ[name])}")
