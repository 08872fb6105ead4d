"""What happens to a batch, stage by stage, with the shape of what comes out and the numbers that were learned."""

from __future__ import annotations

from html import escape

import streamlit as st

from seqcore.architectures import Axis, Stage, stages_of
from seqcore.plots.line_image import image_element
from seqcore.plots.reading import draw_tensor
from seqcore.ui.kit.phrases import count
from seqcore.ui.pages.guide.example import Example
from seqcore.ui.session.words import explained


def draw_stages(example: Example) -> None:
    """The list, and what all of it sums up to."""
    st.header("What comes out of each stage", anchor="stages")
    stages = stages_of(example.architecture, example.sizes, example.options)
    parameters = example.architecture.parameters(example.sizes, example.options)
    kind = example.kind
    st.caption(explained(
        f"{count(sum(parameters.values()), 'parameter')} in all. Shapes are of a batch of {example.batch:,} whose "
        f"longest {kind.example} has {example.sizes.input.longest:,} {kind.steps}, the most that it reads."
    ))  # fmt: skip
    st.html(f'<ol class="seqlab-stages">{"".join(_entry(stage, parameters, example) for stage in stages)}</ol>')


def _entry(stage: Stage, parameters: dict[str, int], example: Example) -> str:
    numbers = sum(parameters.get(part, 0) for part in stage.parts)
    learned = f'<span class="learned">{count(numbers, "parameter")}</span>' if numbers else ""
    return (
        f"<li>{_block(stage, example)}<div><strong>{escape(stage.title)}</strong>{learned}{_shape(stage, example)}"
        f"<p>{escape(stage.says)}</p></div></li>"
    )


def _block(stage: Stage, example: Example) -> str:
    if stage.shape is None:
        return '<span class="block"></span>'
    shape = [example.batch, *(axis.size for axis in stage.shape)]
    svg = draw_tensor(shape, example.architecture.color)
    return f'<span class="block">{image_element(svg)}</span>'


def _shape(stage: Stage, example: Example) -> str:
    if stage.shape is None:
        return ""
    sides = (Axis(example.kind.examples, example.batch), *stage.shape)
    sizes = "\u202f×\u202f".join(f"{axis.size:,}" for axis in sides)
    names = " × ".join(example.kind.steps if axis.name == "steps" else axis.name for axis in sides)
    return f'<span class="shape">{sizes}</span><span class="sides">{escape(names)}</span>'
