"""The Keras layers that our architectures are made of; imported by workers only."""

from seqcore.layers.attention import attend_to_tokens
from seqcore.layers.recurrent import GRU, LSTM, SimpleRNN, bidirectional
from seqcore.layers.sequence import Words
from seqcore.layers.transformer import encoder_block

__all__ = ["GRU", "LSTM", "SimpleRNN", "Words", "attend_to_tokens", "bidirectional", "encoder_block"]
