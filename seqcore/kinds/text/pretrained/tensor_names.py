"""What the weights of encoders are called in their files, family by family, brought to the names of one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seqcore.kinds.text.pretrained.config import EncoderConfig

_PREFIX = re.compile(r"^(?:bert|distilbert|roberta|model|encoder_model)\.")
_BLOCK_OF_DISTILBERT = re.compile(r"^transformer\.layer\.(\d+)\.(.+)\.(weight|bias)$")
_OF_DISTILBERT = {
    "attention.q_lin": "attention.self.query",
    "attention.k_lin": "attention.self.key",
    "attention.v_lin": "attention.self.value",
    "attention.out_lin": "attention.output.dense",
    "sa_layer_norm": "attention.output.LayerNorm",
    "ffn.lin1": "intermediate.dense",
    "ffn.lin2": "output.dense",
    "output_layer_norm": "output.LayerNorm",
}
WORDS, POSITIONS = "embeddings.word_embeddings.weight", "embeddings.position_embeddings.weight"
TYPES, NORM = "embeddings.token_type_embeddings.weight", "embeddings.LayerNorm"


def usual_name(name: str) -> str:
    """The name that a weight of BERT has, without what stands before it."""
    name = _PREFIX.sub("", name)
    found = _BLOCK_OF_DISTILBERT.match(name)
    if found is not None:
        return f"encoder.layer.{found[1]}.{_OF_DISTILBERT.get(found[2], found[2])}.{found[3]}"
    return name.replace("LayerNorm.gamma", "LayerNorm.weight").replace("LayerNorm.beta", "LayerNorm.bias")


def layer(index: int) -> dict[str, str]:
    """What the parts of a block are called, by a short name."""
    block = f"encoder.layer.{index}"
    return {
        "query": f"{block}.attention.self.query",
        "key": f"{block}.attention.self.key",
        "value": f"{block}.attention.self.value",
        "attended": f"{block}.attention.output.dense",
        "attended_norm": f"{block}.attention.output.LayerNorm",
        "inner": f"{block}.intermediate.dense",
        "outer": f"{block}.output.dense",
        "outer_norm": f"{block}.output.LayerNorm",
    }


def shapes(config: EncoderConfig) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Name and shape of each weight that is read, as the files have them; of token types as many as there are."""
    hidden, wide = config.hidden, config.feed_forward
    yield WORDS, (config.vocabulary, hidden)
    yield POSITIONS, (config.positions + config.offset, hidden)
    yield from ((f"{NORM}.{part}", (hidden,)) for part in ("weight", "bias"))
    sizes = {"inner": (wide, hidden), "outer": (hidden, wide)}
    for index in range(config.layers):
        for part, name in layer(index).items():
            rows, columns = sizes.get(part, (hidden, hidden))
            yield f"{name}.weight", (rows,) if part.endswith("norm") else (rows, columns)
            yield f"{name}.bias", (rows,)
