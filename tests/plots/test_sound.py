"""A sound as a picture and in words."""

import numpy as np

from seqcore.kinds.audio.mel import log_mel
from seqcore.plots.sound import describe_sound, plot_sound

RATE = 8000
HERTZ = [100.0 * band for band in range(1, 9)]


def tone(seconds: float) -> np.ndarray:
    times = np.arange(int(RATE * seconds)) / RATE
    return (np.sin(2 * np.pi * 500 * times) * (times > seconds / 2)).astype(np.float32)


def test_wave_and_spectrogram_share_their_seconds() -> None:
    samples = tone(1)
    figure = plot_sound(samples, RATE, log_mel(samples, RATE, 50, 25, 8, 50, 900), 0.025, HERTZ)
    low, high, bands = figure.data
    assert len(low.x) == len(high.x) <= 600
    assert np.array(bands.z).shape == (8, 39)
    assert figure.layout.xaxis.range == (0, 1)


def test_a_long_sound_is_drawn_in_no_more_columns_than_are_seen() -> None:
    loudness = np.random.default_rng(0).normal(size=(6000, 4)).astype(np.float32)
    figure = plot_sound(np.zeros(480_000, np.float32), RATE, loudness, 0.01, HERTZ[:4])
    assert np.array(figure.data[2].z).shape == (4, 600)


def test_in_words_it_says_when_and_where_it_is_loudest() -> None:
    samples = tone(1)
    said = describe_sound(samples, RATE, log_mel(samples, RATE, 50, 25, 8, 50, 900), 0.025, HERTZ)
    assert said.startswith("A sound of 1.00 seconds, in 39 frames of 8 bands. It is loudest at 0.")
    empty = plot_sound(np.zeros(1, np.float32), RATE, np.zeros((1, 8), np.float32), 0.025, HERTZ)
    assert len(empty.data) == 3
