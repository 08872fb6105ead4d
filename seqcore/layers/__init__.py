"""The Keras layers that our architectures are made of; imported by workers only."""

from seqcore.layers.attention import attend_to_steps
from seqcore.layers.long_memory import remember_long
from seqcore.layers.recurrent import GRU, LSTM, SimpleRNN, bidirectional
from seqcore.layers.sequence import Sequence
from seqcore.layers.transformer import encoder_block

__all__ = [
    "GRU",
    "LSTM",
    "Sequence",
    "SimpleRNN",
    "attend_to_steps",
    "bidirectional",
    "encoder_block",
    "remember_long",
]
