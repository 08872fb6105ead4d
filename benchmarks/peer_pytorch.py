"""The architectures as PyTorch has them, trained as well as its users know how."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import gelu, relu
from torch.nn.utils.rnn import pack_padded_sequence

from benchmarks.peer_texts import RATE, Epoch, Texts, batches_of, padded

CELLS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
WIDTHS = (2, 3, 4)  # of the filters of a CNN
HEADS = 4


def epoch_of(texts: Texts, name: str, threads: int, *, bucketed: bool, packed: bool) -> Epoch:
    """What trains one epoch.

    Args:
        texts: What is learned.
        name: Of the architecture.
        threads: How many; 0: as many as PyTorch takes.
        bucketed: Whether texts of similar length share a batch.
        packed: Whether recurrences go through packed sequences; else through padded ones, which oneDNN has kernels for.
    """
    if threads:
        torch.set_num_threads(threads)
    torch.manual_seed(0)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if device.type != "cpu":  # on a processor, saying so would cost time in every operation
        torch.set_default_device(device)
    model = Classifier(texts, name, packed=packed)
    optimizer = torch.optim.Adam(model.parameters(), RATE, fused=not packed)
    loss_of = nn.BCEWithLogitsLoss() if texts.outputs == 1 else nn.CrossEntropyLoss()
    labels = torch.from_numpy(texts.labels.astype(np.float32 if texts.outputs == 1 else np.int64))
    lengths = torch.from_numpy(texts.lengths.astype(np.int64))
    where = torch.device("cpu") if packed else device  # of the lengths: packing reads them on the processor
    rng = np.random.default_rng(0)

    def epoch() -> None:
        for rows in batches_of(texts, rng, bucketed=bucketed):
            optimizer.zero_grad(set_to_none=True)
            logits = model(torch.from_numpy(padded(texts, rows)).to(device), lengths[rows].to(where))
            loss = loss_of(logits[:, 0] if texts.outputs == 1 else logits, labels[rows].to(device))
            loss.backward()
            optimizer.step()
            loss.item()

    return epoch


class Classifier(nn.Module):
    """Embedding, the architecture, and a linear head."""

    def __init__(self, texts: Texts, name: str, *, packed: bool) -> None:
        super().__init__()
        self.embedding = nn.Embedding(texts.vocabulary, texts.units, padding_idx=0)
        self.body = _body(texts, name, packed=packed)
        self.head = nn.Linear(self.body.features, texts.outputs)

    def forward(self, ids: Tensor, lengths: Tensor) -> Tensor:
        """(texts, outputs) logits."""
        return self.head(self.body(self.embedding(ids), lengths))


def _body(texts: Texts, name: str, *, packed: bool) -> nn.Module:
    if name == "cnn":
        return Filters(texts.units)
    if name == "transformer":
        return Transformer(texts.units, int(texts.lengths.max()))
    if name == "lstm_attention":
        return Attention(texts.units)
    both_ways, cell = name.startswith("bi"), CELLS[name.removeprefix("bi")]
    if packed:
        return Packed(cell, texts.units, both_ways=both_ways)
    return BothWays(cell, texts.units) if both_ways else LastValid(cell, texts.units)


class Packed(nn.Module):
    """A recurrence over packed sequences."""

    def __init__(self, cell: type[nn.RNNBase], units: int, *, both_ways: bool) -> None:
        super().__init__()
        self.recurrence = cell(units, units, batch_first=True, bidirectional=both_ways)
        self.features = units * (2 if both_ways else 1)

    def forward(self, vectors: Tensor, lengths: Tensor) -> Tensor:
        """The last state of each direction."""
        packed = pack_padded_sequence(vectors, lengths, batch_first=True, enforce_sorted=False)
        _, last = self.recurrence(packed)
        last = last[0] if isinstance(last, tuple) else last
        return torch.cat(list(last), dim=1)


class LastValid(nn.Module):
    """A recurrence over padded sequences: the output at each text's last word."""

    def __init__(self, cell: type[nn.RNNBase], units: int) -> None:
        super().__init__()
        self.recurrence, self.features = cell(units, units, batch_first=True), units

    def forward(self, vectors: Tensor, lengths: Tensor) -> Tensor:
        """(texts, units)."""
        states, _ = self.recurrence(vectors)
        return states[torch.arange(len(lengths)), lengths - 1]


class BothWays(nn.Module):
    """One recurrence over the texts, a second over each text reversed by its own length."""

    def __init__(self, cell: type[nn.RNNBase], units: int) -> None:
        super().__init__()
        self.forwards, self.backwards, self.features = LastValid(cell, units), LastValid(cell, units), 2 * units

    def forward(self, vectors: Tensor, lengths: Tensor) -> Tensor:
        """(texts, 2 · units)."""
        places = torch.arange(vectors.shape[1])
        order = torch.where(places < lengths[:, None], lengths[:, None] - 1 - places, places)
        turned = torch.gather(vectors, 1, order[:, :, None].expand_as(vectors))
        return torch.cat([self.forwards(vectors, lengths), self.backwards(turned, lengths)], dim=1)


class Attention(nn.Module):
    """An LSTM whose states are summed by v·tanh(W h + b)."""

    def __init__(self, units: int) -> None:
        super().__init__()
        self.recurrence, self.features = nn.LSTM(units, units, batch_first=True), units
        self.hidden, self.score = nn.Linear(units, units), nn.Linear(units, 1, bias=False)

    def forward(self, vectors: Tensor, lengths: Tensor) -> Tensor:
        """(texts, units)."""
        states, _ = self.recurrence(vectors)
        scores = self.score(torch.tanh(self.hidden(states)))[:, :, 0]
        real = torch.arange(vectors.shape[1]) < lengths[:, None]
        weights = torch.softmax(scores.masked_fill(~real, -torch.inf), dim=1)
        return torch.einsum("bt,btu->bu", weights, states)


class Transformer(nn.Module):
    """One block, normalised first, and the mean over all steps."""

    def __init__(self, units: int, longest: int) -> None:
        super().__init__()
        self.positions, self.features = nn.Embedding(longest, units), units
        self.norms = nn.ModuleList(nn.LayerNorm(units, eps=1e-6) for _ in range(3))
        self.attention = nn.MultiheadAttention(units, HEADS, batch_first=True)
        self.up, self.down = nn.Linear(units, units), nn.Linear(units, units)

    def forward(self, vectors: Tensor, lengths: Tensor) -> Tensor:
        """(texts, units)."""
        places = torch.arange(vectors.shape[1])
        real = places < lengths[:, None]
        states = vectors + self.positions(places)
        normal = self.norms[0](states)
        attended, _ = self.attention(normal, normal, normal, key_padding_mask=~real, need_weights=False)
        states = states + attended
        states = states + self.down(gelu(self.up(self.norms[1](states))))
        shown = self.norms[2](states) * real[:, :, None]
        return shown.sum(dim=1) / lengths[:, None]


class Filters(nn.Module):
    """Filters of several widths, and the strongest answer of each."""

    def __init__(self, units: int) -> None:
        super().__init__()
        self.filters = nn.ModuleList(nn.Conv1d(units, units, width, padding="same") for width in WIDTHS)
        self.features = units * len(WIDTHS)

    def forward(self, vectors: Tensor, lengths: Tensor) -> Tensor:
        """(texts, filters)."""
        real = (torch.arange(vectors.shape[1]) < lengths[:, None])[:, None]
        turned = (vectors * real.transpose(1, 2)).transpose(1, 2)
        return torch.cat([(relu(each(turned)) * real).amax(dim=2) for each in self.filters], dim=1)
