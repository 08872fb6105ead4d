"""A sound on a page: a player, its wave, and its spectrogram as a model reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.ui.kit import charts

if TYPE_CHECKING:
    from seqcore.datasets.labelled_sounds import Sound
    from seqcore.kinds.audio import AudioEncoder


def draw_sound(sound: Sound, encoder: AudioEncoder, *, key: str) -> None:
    """Draw a sound to be heard and seen.

    Args:
        sound: The sound.
        encoder: Makes its frames.
        key: Of the picture.
    """
    from seqcore.plots.sound import describe_sound, plot_sound

    st.audio(sound.to_wav(), format="audio/wav")
    loudness = encoder.loudness(sound)
    if not len(loudness):
        st.caption("There is nothing in this sound: 0 seconds.")
        return
    parts = sound.samples, sound.rate, loudness, encoder.options.hop_ms / 1000, encoder.band_hertz()
    said = describe_sound(*parts)
    charts.show(plot_sound(*parts), key=key, alt=said)
    read = len(loudness) * encoder.options.hop_ms / 1000
    if read + encoder.options.window_ms / 1000 < sound.seconds:
        said += f" Models read its first {read:.2f} seconds: the settings keep no more, or training had none longer."
    st.caption(said)
