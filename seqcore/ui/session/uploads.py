"""Files that were uploaded and what was chosen of them, kept while one is on other pages."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import streamlit as st

from seqcore.ui import compat
from seqcore.ui.kit.phrases import count

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from seqcore.settings import Settings


@dataclass(frozen=True)
class KeptFile:
    """An uploaded file; the upload itself goes with the page that it was made on."""

    file_id: str
    name: str
    data: bytes

    def open(self) -> io.BytesIO:
        """The file from its beginning."""
        return io.BytesIO(self.data)


@dataclass
class Uploads:
    """What was uploaded, and what was chosen of it.

    Attributes:
        files: The file; several when they are to be combined.
        test: A file to test on.
        choices: What was chosen of these files, by the name of the control.
    """

    files: tuple[KeptFile, ...] = ()
    test: KeptFile | None = None
    choices: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What these files are told by."""
        return "-".join(file.file_id for file in self.files)

    @property
    def decided(self) -> tuple[str, ...]:
        """What these files, and what was chosen of them, are told apart from all others by."""
        test = "" if self.test is None else self.test.file_id
        return (self.name, test, *(f"{control}={chosen!r}" for control, chosen in sorted(self.choices.items())))

    def take_files(self, uploaded: Sequence[UploadedFile], limits: Settings) -> None:
        """Keep files in the place of those before; what was chosen of those is forgotten.

        Raises:
            DataError: they are too large together.
        """
        from seqcore.datasets.size_limits import refuse_large_file  # this file is read before the first page is drawn

        refuse_large_file(sum(file.size for file in uploaded), limits)
        if uploaded and [file.file_id for file in uploaded] != [file.file_id for file in self.files]:
            self.files, self.choices = tuple(map(kept_file, uploaded)), {}

    def take_test(self, uploaded: UploadedFile | None) -> None:
        """Keep a file to test on in the place of the one before."""
        if uploaded is not None and (self.test is None or uploaded.file_id != self.test.file_id):
            self.test = kept_file(uploaded)

    def remembered(self, control: str, default: Any, *, among: Sequence[Any] | None = None) -> str:
        """The key of a control that shows what was chosen before, on this page or before it was left.

        Args:
            control: Its name.
            default: What it shows at first.
            among: What can be chosen; a choice that is no longer there gives way to the default.
        """
        key = f"upload-{control}-{self.name}"
        shown = st.session_state.get(key, self.choices.get(control, default))
        if among is not None and any(part not in among for part in (shown if isinstance(shown, list) else [shown])):
            shown = default
        if key not in st.session_state or st.session_state[key] != shown:  # another sheet has other columns
            st.session_state[key] = shown
        return key

    def choose(self, control: str, chosen: Any) -> None:
        """Set a control from elsewhere than itself, before it is drawn."""
        self.choices[control] = st.session_state[f"upload-{control}-{self.name}"] = chosen

    def remember(self, control: str, chosen: Any) -> Any:
        """Keep what was chosen with a control, and give it back."""
        self.choices[control] = chosen
        return chosen


def say_what_was_lost(key: str) -> None:
    """Say which upload has to be made again: a server keeps so much of a visitor's files, and the newest.

    Args:
        key: Of the upload, which has been drawn.
    """
    lost = compat.lost_uploads(key)
    if lost:
        st.warning(
            f"{count(lost, 'file')} that you chose here {'is' if lost == 1 else 'are'} no longer kept on the server, "
            "because newer files of yours took the room. What was saved is still there. "
            f"Choose {'it' if lost == 1 else 'them'} again to go on.",
            icon=":material/upload_file:",
        )


def kept_file(file: UploadedFile) -> KeptFile:
    """An upload that outlives the page that it was made on."""
    return KeptFile(file.file_id, file.name, file.getvalue())
