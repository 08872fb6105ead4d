"""Messages that a Streamlit server may refer to instead of sending them again."""

from __future__ import annotations

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_KEPT_RUNS = 2  # runs that the front end keeps a message for, `global.maxCachedMessageAge`


class KeptMessages:
    """Large messages by their hash, for as long as the front end keeps them."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[ForwardMsg, int]] = {}
        self._runs = 0

    def hashes(self) -> list[str]:
        """What need not be sent again."""
        return list(self._kept)

    def whole(self, message: ForwardMsg) -> ForwardMsg:
        """The message itself, or the kept one that it refers to, at its new place."""
        if message.metadata.cacheable:
            self._kept[message.hash] = message, self._runs
        if message.WhichOneof("type") != "ref_hash":
            return message
        kept, _ = self._kept[message.ref_hash]
        self._kept[message.ref_hash] = kept, self._runs
        copy = ForwardMsg()
        copy.CopyFrom(kept)
        copy.metadata.CopyFrom(message.metadata)
        return copy

    def end_run(self) -> None:
        """A run has finished: let go of what the last ones did not use."""
        self._runs += 1
        self._kept = {name: kept for name, kept in self._kept.items() if self._runs - kept[1] <= _KEPT_RUNS}
