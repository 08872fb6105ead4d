"""Log-mel frames against what is known of them."""

import numpy as np
import pytest

from seqcore.kinds.audio.mel import filterbank, frame_sizes, frames_in, hertz, log_mel, mel, power_frames

RATE = 16_000


def tone(frequency: float, seconds: float = 0.5) -> np.ndarray:
    return np.sin(2 * np.pi * frequency * np.arange(int(RATE * seconds)) / RATE).astype(np.float32)


def test_a_thousand_hertz_are_a_thousand_mel_and_back() -> None:
    assert mel(0) == 0
    assert mel(1000) == pytest.approx(1000, abs=0.1)
    assert mel(700) == pytest.approx(781.17, abs=0.01)  # 2595 log10(2)
    np.testing.assert_allclose(hertz(np.array([mel(f) for f in (20, 440, 8000)])), [20, 440, 8000])


def test_the_power_of_a_frame_is_that_of_its_samples() -> None:
    window, hop, size = frame_sizes(RATE, 25, 10)
    assert (window, hop, size) == (400, 160, 512)
    samples = np.random.default_rng(0).normal(size=window).astype(np.float32)
    (power,) = power_frames(samples, window, hop, size)
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(window) / window)
    both_sides = power[0] + power[-1] + 2 * power[1:-1].sum()
    assert both_sides / size == pytest.approx(((samples * hann) ** 2).sum(), rel=1e-4)  # Parseval


def test_triangles_are_one_at_their_tops_and_sum_to_one_between_them() -> None:
    weights = filterbank(RATE, 8192, 20, 100, 7000)
    edges = hertz(np.linspace(mel(100), mel(7000), 22))
    frequencies = np.arange(4097) * RATE / 8192
    np.testing.assert_allclose(frequencies[weights.argmax(axis=1)], edges[1:-1], atol=RATE / 8192)
    between = (frequencies > edges[1]) & (frequencies < edges[-2])
    np.testing.assert_allclose(weights[:, between].sum(axis=0), 1, atol=1e-5)
    assert not weights[:, (frequencies < 100) | (frequencies > 7000)].any()


@pytest.mark.parametrize("frequency", [300, 1000, 3000])
def test_a_tone_lights_the_band_that_it_is_in(frequency: float) -> None:
    frames = log_mel(tone(frequency), RATE, 25, 10, 40, 20, 0)
    tops = hertz(np.linspace(mel(20), mel(8000), 42))[1:-1]
    assert set(frames.argmax(axis=1)) == {int(np.abs(tops - frequency).argmin())}


@pytest.mark.parametrize(("samples", "frames"), [(0, 0), (1, 1), (400, 1), (559, 1), (560, 2), (16_000, 98)])
def test_frames_are_whole_windows_and_at_least_one(samples: int, frames: int) -> None:
    assert frames_in(samples, 400, 160) == frames
    assert log_mel(np.zeros(samples, np.float32), RATE, 25, 10, 8, 20, 0).shape == (frames, 8)
