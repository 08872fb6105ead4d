"""Guide: every architecture with its idea, its equations and when it wins."""

import streamlit as st

from seqcore.ui.session.header import guard, page_header

page_header("guide")
with guard():
    from seqcore.architectures import architectures  # after the title: these cost an import
    from seqcore.ui.kit.swatch import swatch
    from seqcore.ui.pages.guide.notes import WHEN_IT_WINS, WORDS

    st.markdown(
        "A text becomes tokens, each token a number, each number a vector that the model learns. What differs is how "
        "the vectors of a text become **one** vector $s$. A last layer turns it into probabilities, "
        r"$p = \mathrm{softmax}(W s + b)$, or a single sigmoid for two classes."
    )
    for architecture in architectures():
        with st.container(border=True):
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                swatch(architecture.name)
                st.header(architecture.label, anchor=architecture.name.replace("_", "-"), width="content")
                if architecture.attention != "none":
                    st.badge("shows its attention", icon=":material/visibility:", color="violet")
            idea, equations = st.columns([4, 5], gap="medium")
            idea.markdown(architecture.idea)
            if architecture.name in WHEN_IT_WINS:
                idea.markdown(f"**When it wins:** {WHEN_IT_WINS[architecture.name]}")
            for equation in architecture.equations:
                equations.latex(equation)
    st.header("Words on these pages", anchor="words")
    for word, meaning in WORDS.items():
        st.markdown(f"**{word}.** {meaning}")
