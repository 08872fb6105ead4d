"""The ids of an encoder's `tokenizer.json`, changed to ours: 0 is padding, 1 stands for what it does not know."""

from __future__ import annotations

import json
from typing import Any

from tokenizers import Tokenizer

from seqcore.errors import DataError

LONGEST = 32 * 1024**2  # bytes of the file
_PADDING, _UNKNOWN = ("[PAD]", "<pad>"), ("[UNK]", "<unk>")
_MODELS = ("WordPiece", "BPE", "WordLevel")
_PROCESSORS = ("sep", "cls")  # of those that name a token with its id


def with_our_ids(data: bytes) -> tuple[str, list[int]]:
    """A `tokenizer.json` with our ids, without cutting or padding, and the id that each of them had before.

    Raises:
        DataError: it is damaged, or of a tokenizer that is not read.
    """
    said = _parsed(data)
    try:
        order = _order(said)
        _renumber(said, {old: new for new, old in enumerate(order)})
        text = json.dumps(said, ensure_ascii=False)
        tokenizer = Tokenizer.from_str(text)
        around = tokenizer.encode("").ids
        if tokenizer.get_vocab_size() != len(order):
            raise DataError("The encoder's tokenizer.json has tokens that share an id")
    except DataError:
        raise
    except Exception as error:  # the Rust library raises Exception itself
        raise _unreadable(str(error)[:100]) from None
    if len(around) != 2:
        raise DataError(
            "The encoder's tokenizer.json puts no token before each text and one behind it, as BERT's does",
            received=f"{len(around)} tokens around an empty text",
        )
    return text, order


def _parsed(data: bytes) -> dict[str, Any]:
    try:
        said = json.loads(data) if len(data) <= LONGEST else None
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or not isinstance(said.get("model"), dict):
        raise _unreadable(f"{len(data):,} bytes")
    kind = said["model"].get("type") or ("BPE" if "merges" in said["model"] else "WordPiece")
    if kind not in _MODELS:
        raise DataError(
            "The encoder's tokenizer is of a type that is not read", received=repr(kind)[:40],
            remedy=f"Give an encoder with one of these: {', '.join(_MODELS)}",
        )  # fmt: skip
    return said


def _order(said: dict[str, Any]) -> list[int]:
    """The id that each of our ids had: padding and the unknown first, the others as they were."""
    ids: dict[str, int] = {**said["model"]["vocab"]}
    ids |= {each["content"]: each["id"] for each in said.get("added_tokens") or []}
    if any(type(number) is not int for number in ids.values()) or sorted(ids.values()) != list(range(len(ids))):
        raise DataError("The encoder's tokenizer.json has gaps in its ids, or ids that stand for two tokens")
    special = [next((ids[name] for name in names if name in ids), None) for names in (_PADDING, _UNKNOWN)]
    if special[0] is None or special[1] is None:
        raise DataError(
            "The encoder's tokenizer.json has no token for padding, or none for what it does not know",
            remedy=f"They are called {' or '.join(_PADDING)} and {' or '.join(_UNKNOWN)}",
        )
    first: list[int] = [number for number in special if number is not None]
    return [*first, *(number for number in range(len(ids)) if number not in first)]


def _renumber(said: dict[str, Any], ours: dict[int, int]) -> None:
    said["truncation"], said["padding"] = None, None
    said["model"]["vocab"] = {token: ours[number] for token, number in said["model"]["vocab"].items()}
    for each in said.get("added_tokens") or []:
        each["id"] = ours[each["id"]]
    said["added_tokens"] = sorted(said.get("added_tokens") or [], key=lambda each: each["id"])
    _renumber_processor(said.get("post_processor"), ours)


def _renumber_processor(said: Any, ours: dict[int, int]) -> None:
    if not isinstance(said, dict):
        return
    for each in said.get("processors") or []:
        _renumber_processor(each, ours)
    for each in (said.get("special_tokens") or {}).values():
        each["ids"] = [ours[number] for number in each["ids"]]
    for name in _PROCESSORS:
        if name in said:
            token, number = said[name]
            said[name] = [token, ours[number]]


def _unreadable(received: str) -> DataError:
    return DataError(
        "The encoder's tokenizer.json cannot be read", received=received,
        remedy="Give the file as the encoder's publisher has it",
    )  # fmt: skip
