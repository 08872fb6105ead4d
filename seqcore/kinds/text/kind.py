"""Text as a kind of data: a step is a word, a model reads token ids."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from seqcore.datasets.labelled_data import LabelledData
from seqcore.datasets.labelled_text import LabelledText
from seqcore.kinds.base import Array, Encoder, Kind
from seqcore.kinds.registry import register
from seqcore.kinds.sizes import TokenSizes
from seqcore.kinds.text.cutting_told import cutting_told
from seqcore.kinds.text.encoder import TextEncoder
from seqcore.kinds.text.options import TextOptions, sizes_of_vectors
from seqcore.kinds.text.pretrained.piece_encoder import read_text_encoder
from seqcore.kinds.text.stop_words_told import stop_words_told
from seqcore.kinds.text.view import text_view
from seqcore.spec import InputOptions

REQUIREMENTS = (
    "tensorflow>=2.18\nkeras>=3.12\ntokenizers>=0.21\nbudoux>=0.10.1,<0.11\n"  # before, Keras' safe mode had holes
)
_COPIED, _HERE = (
    "# What follows is copied into predict.py and train.py.\n",
    "# (What is done to a text before its tokenizer.)",
)


@register
class TextKind(Kind):
    """Labelled text."""

    name = "text"
    label = "Text"
    example, examples = "text", "texts"
    step, steps = "token", "tokens"
    drawing = "pieces"
    form = "tokens"
    options = TextOptions
    encoder_file = "tokenizer.json"
    smallest = TokenSizes(vocabulary=4, longest=4)

    def reads(self) -> Sequence[str]:
        """Every format that can say the label of a text."""
        from seqcore.datasets.formats import formats  # readers cost an import

        return tuple(label for each in formats() for label in each.labels)

    def load(self, data: bytes, name: str) -> LabelledText:
        """Texts and labels as they were stored."""
        return LabelledText.from_parquet(data, name)

    def fit(self, examples: Sequence[str], options: InputOptions) -> TextEncoder:
        """Learn the vocabulary from the training texts."""
        return TextEncoder.fit(examples, _of_text(options))

    def fit_encode(self, examples: Sequence[str], options: InputOptions) -> tuple[TextEncoder, list[Array]]:
        """Both in about half the time: the texts are cut into words once."""
        encoder, ids = TextEncoder.fit_encode(examples, _of_text(options))
        return encoder, list(ids)

    def largest_sizes(self, examples: Sequence[str], options: InputOptions) -> TokenSizes:
        """As many ids and tokens as the options allow; no token is shorter than a character."""
        text = _of_text(options)
        longest = max(map(len, examples), default=1)
        most = max(1, min(text.max_length or longest, longest))
        return TokenSizes(text.vocabulary_size, most, **sizes_of_vectors(text))

    def read_encoder(self, saved: bytes, options: InputOptions) -> TextEncoder:
        """The encoder that a `tokenizer.json` keeps: one that was learned here, or that of a pretrained encoder."""
        return read_text_encoder(saved.decode("utf-8", "replace"), _of_text(options))

    def to_text(self, example: str) -> str:
        """The text."""
        return example

    def from_text(self, text: str) -> str:
        """The text."""
        return text

    def told(self, examples: Sequence[str], options: InputOptions) -> str:
        """How much is of scripts without spaces, and how that is cut; and where stop words are of another language."""
        text = _of_text(options)
        return " ".join(filter(None, (cutting_told(examples, text), stop_words_told(examples, text))))

    def bundle_files(self) -> dict[str, str]:
        """A script that needs Keras and `tokenizers` only."""
        return {"predict.py": _with_preparation("predict.py.txt"), "requirements.txt": REQUIREMENTS}

    def retraining(self) -> str:
        """With Keras, `tokenizers` and, for the bag of words, scikit-learn."""
        return _with_preparation("train.py.txt")

    def view(self, encoder: Encoder, data: LabelledData, row: int) -> dict[str, Any]:
        """Every stage from the raw text to padded ids."""
        if not isinstance(encoder, TextEncoder) or not isinstance(data, LabelledText):
            raise TypeError(f"text is read by a TextEncoder, not by {type(encoder).__name__}")
        return text_view(encoder, data.texts, row)


def _of_text(options: InputOptions) -> TextOptions:
    if not isinstance(options, TextOptions):
        raise TypeError(f"text is encoded by TextOptions, not by {type(options).__name__}")
    return options


def _with_preparation(script: str) -> str:
    """A script of ours with what is done to a text before its tokenizer in the place that is kept for it."""
    ours = files("seqcore.kinds.text")
    _, copied = ours.joinpath("spaceless.py").read_text(encoding="utf-8").split(_COPIED, 1)
    return ours.joinpath(script).read_text(encoding="utf-8").replace(_HERE, copied.strip())
