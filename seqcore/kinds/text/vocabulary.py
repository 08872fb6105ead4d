"""Which words or subwords of the training texts get an id, and which id."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

from seqcore.kinds.text.ids import OOV_ID, PADDING_ID
from seqcore.kinds.text.ragged import Counts, Ragged

PADDING = "<PAD>"  # no tokenizer here lets a token hold more than the mark "<", so neither can be met in a text
OOV = "<OOV>"
_RESERVED = {PADDING: PADDING_ID, OOV: OOV_ID}
_CONTINUES = "##"
_SUBWORD_SAMPLE = 2_000_000  # words that subwords are learned from; more changes hardly any merge

_LONGEST_WORD = 100  # what is longer is no word, and takes the trainer minutes


def ranked_words(
    words: Sequence[str], counts: Counts, size: int, least: int = 1, first: Collection[str] = ()
) -> models.WordLevel:
    """The `size - 2` most frequent words; of equally frequent ones the first to appear (the earlier in `words`).

    Those that occur fewer than `least` times get no id. Were every word of the training texts to have one, the
    vector of the unknown word would never be trained, and answer at random for the first new word of a test text.
    Those of them that are among `first` have the first ids.
    """
    ranking = np.argsort(-counts, kind="stable")[: min(size - len(_RESERVED), int((counts >= least).sum()))]
    kept = [words[place] for place in ranking.tolist()]
    if first:
        kept.sort(key=lambda word: word not in first)  # stable
    vocabulary = _RESERVED | {word: rank for rank, word in enumerate(kept, len(_RESERVED))}
    return models.WordLevel(vocabulary, unk_token=OOV)


def learned_subwords(words: Sequence[str], counts: Counts, size: int, first: Collection[str] = ()) -> models.BPE:
    """Byte-pair encoding (Sennrich et al. 2016) with at most `size` ids; "##" marks what continues a word.

    The trainer numbers the single characters in the order of a hash map and breaks ties by these numbers. Naming
    all of them beforehand, in a fixed order, makes the same texts give the same subwords every time.
    """
    alphabet, inside = _alphabet(words, counts, (size - len(_RESERVED)) // 2)
    learner = Tokenizer(models.BPE(unk_token=OOV))
    learner.pre_tokenizer = pre_tokenizers.CharDelimiterSplit(" ")
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        show_progress=False,
        special_tokens=[
            *_RESERVED,
            *_ordered(alphabet, first),
            *(f"{_CONTINUES}{character}" for character in sorted(inside)),
        ],
        continuing_subword_prefix=_CONTINUES,
    )
    learner.train_from_iterator(_weighted(words, counts, alphabet), trainer)
    model: models.BPE = learner.model
    return model


def look_up(tokenizer: Tokenizer, words: Sequence[str]) -> Ragged:
    """The ids of each word."""
    if isinstance(tokenizer.model, models.WordLevel):
        vocabulary = tokenizer.get_vocab(with_added_tokens=False)
        ids = np.fromiter((vocabulary.get(word, OOV_ID) for word in words), np.int32, len(words))
        return Ragged(ids, np.ones(len(words), np.int64))
    tokenize = tokenizer.model.tokenize
    return Ragged.of([[token.id for token in tokenize(word)] for word in words])


def _alphabet(words: Sequence[str], counts: Counts, limit: int) -> tuple[set[str], set[str]]:
    """The most frequent characters (by code point among equals), and those of them that stand inside words."""
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    codes = np.frombuffer("".join(words).encode("utf-32-le"), np.uint32)
    characters, places = np.unique(codes, return_inverse=True)
    frequency = np.bincount(places, np.repeat(counts, lengths), len(characters))
    frequent = np.argsort(-frequency, kind="stable")[:limit]
    follows = np.ones(len(codes), np.bool_)
    follows[np.cumsum(lengths) - lengths] = False
    inside = np.intersect1d(frequent, places[follows])
    return set(map(chr, characters[frequent].tolist())), set(map(chr, characters[inside].tolist()))


def _ordered(alphabet: Collection[str], first: Collection[str]) -> list[str]:
    """Characters by code point, those that come first before all others."""
    return sorted(alphabet, key=lambda character: (character not in first, character))


def _weighted(words: Sequence[str], counts: Counts, alphabet: set[str]) -> Iterator[str]:
    """Each word of these characters as often as it occurs (in proportion, when the corpus is large)."""
    share = min(1.0, _SUBWORD_SAMPLE / max(int(counts.sum()), 1))
    for word, times in zip(words, np.ceil(counts * share).astype(int).tolist(), strict=True):
        if len(word) <= _LONGEST_WORD and alphabet.issuperset(word):
            yield f"{word} " * times
