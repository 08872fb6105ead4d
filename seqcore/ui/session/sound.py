"""A sound on a page: a player, its wave, and its spectrogram as a model reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.lab.ask_sounds import NOTHING_HEARD
from seqcore.ui.kit import charts

if TYPE_CHECKING:
    from seqcore.datasets.labelled_sounds import Sound
    from seqcore.kinds.audio import AudioEncoder

RECORDED_RATE = 16_000  # samples a second that the browser records


def draw_player(sound: Sound) -> None:
    """A sound to be heard; of one that is silent it is said that models can say nothing about it."""
    st.audio(sound.to_wav(), format="audio/wav")
    if sound.is_silent:
        st.markdown(f":material/help: In this sound {NOTHING_HEARD}, so an answer says nothing about it.")


def draw_sound(sound: Sound, encoder: AudioEncoder, *, key: str) -> None:
    """Draw a sound to be heard and seen.

    Args:
        sound: The sound.
        encoder: Makes its frames.
        key: Of the picture.
    """
    from seqcore.plots.sound import describe_sound, plot_sound

    draw_player(sound)
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
