"""What a model would say about its test texts, without TensorFlow."""

from collections.abc import Sequence

import numpy as np

from seqcore.inspections.drawn_words import UNKNOWN, DrawnWord, DrawnWords, DrawnWordsRequest, WordsOfClass
from seqcore.inspections.ground_truth import GroundTruthAnswer, GroundTruthRequest
from seqcore.inspections.maps_disagree import DisagreedText, MapsDisagree, MapsDisagreeRequest


def drawn_words(request: DrawnWordsRequest, classes: Sequence[str]) -> DrawnWords:
    """Three words in the texts of every class but the last, which has none."""
    words = (
        _word("hello", 2.5, 0.5, 30),
        _word(UNKNOWN, -1.0, 0.1, 12),
        DrawnWord(
            token="<b>:red[x]", known=True, times=1, texts=1, mean=9, error=None, margin=None, at_least=None, total=9
        ),
    )  # fmt: skip
    told = [
        WordsOfClass(label=label, texts=20, different=3, words=words)
        if label != classes[-1]
        else WordsOfClass(label=label, texts=0, different=0, words=())
        for label in classes
    ]
    return DrawnWords(
        method=request.method, by=request.by, asked=20, drawn=24, classes=tuple(told), unknown=("unheard",)
    )  # fmt: skip


def _word(token: str, mean: float, margin: float, times: int) -> DrawnWord:
    return DrawnWord(
        token=token, known=token != UNKNOWN, times=times, texts=times // 2, mean=mean, error=margin / 2, margin=margin,
        at_least=np.sign(mean) * (abs(mean) - margin), total=times * mean,
    )  # fmt: skip


def maps_disagree(
    request: MapsDisagreeRequest, texts: list[str], labels: np.ndarray, classes: Sequence[str]
) -> MapsDisagree:
    """The third test text, then the first, are those in which maps disagree."""
    told = tuple(
        DisagreedText(
            row=row, text=texts[row], label=classes[labels[row]], prediction=classes[0], words=9,
            correlation=correlation, attended=("hello",), attributed=("number", "text"),
        )
        for row, correlation in ((2, -0.75), (0, 0.25))
    )  # fmt: skip
    return MapsDisagree(
        method=request.method, compared=12, asked=len(texts), least=request.least, median=0.5, texts=told
    )  # fmt: skip


def ground_truth(request: GroundTruthRequest) -> GroundTruthAnswer:
    """Half of the map lies on what matters."""
    return GroundTruthAnswer(
        method=request.method, asked=20, drawn=24, texts=18, share=0.5, low=0.4, high=0.6, even=0.1, hits=0.8,
        accuracy=0.9, sentence="Over 18 test texts half of it does.",
    )  # fmt: skip
