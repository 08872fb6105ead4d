"""Sounds to frames and back to seconds; what is learned of the training sounds."""

import json

import numpy as np
import pytest

from seqcore.datasets.labelled_sounds import LabelledSounds, Sound
from seqcore.errors import DataError, OptionError
from seqcore.kinds import get_kind
from seqcore.kinds.audio import AudioEncoder, AudioOptions

SMALL = AudioOptions(bands=8, window_ms=50, hop_ms=25)


def sounds(number: int = 6, rate: int = 8000) -> list[Sound]:
    rng = np.random.default_rng(0)
    return [Sound.of(0.3 * rng.normal(size=int(rate * rng.uniform(0.1, 0.4))), rate) for _ in range(number)]


def test_frames_are_standardised_over_the_training_sounds() -> None:
    encoder, frames = get_kind("audio").fit_encode(sounds(), SMALL)
    joined = np.concatenate(frames)
    np.testing.assert_allclose(joined.mean(axis=0), 0, atol=1e-4)
    np.testing.assert_allclose(joined.std(axis=0), 1, atol=1e-3)
    for one, other in zip(encoder.encode(sounds()), frames, strict=True):
        np.testing.assert_array_equal(one, other)


def test_or_within_each_sound_or_not_at_all() -> None:
    alone = AudioEncoder.fit(sounds(), SMALL.model_copy(update={"normalise": "sound"}))
    np.testing.assert_allclose(alone.encode(sounds())[0].mean(axis=0), 0, atol=1e-4)
    plain = AudioEncoder.fit(sounds(), SMALL.model_copy(update={"normalise": "none"}))
    np.testing.assert_array_equal(plain.encode(sounds())[0], plain.loudness(sounds()[0]))


@pytest.mark.parametrize("rate", [4000, 8000, 44_100])
def test_lengths_and_steps_agree_with_the_frames(rate: int) -> None:
    given = [*sounds(rate=rate), Sound(rate, b"")]
    encoder = AudioEncoder.fit(given, SMALL)
    frames = encoder.encode(given)
    assert encoder.lengths(given).tolist() == [len(each) for each in frames]
    assert [len(encoder.steps(each)) for each in given] == [len(each) for each in frames]
    assert len(frames[-1]) == 0


def test_a_step_is_called_by_its_second() -> None:
    encoder = AudioEncoder.fit(sounds(), SMALL)
    first, second, *_ = encoder.steps(sounds()[0])
    assert (first.name, second.name) == ("0.00 s", "0.03 s")
    assert (second.start, second.end) == (200, 600)  # samples: 25 ms to 75 ms at 8 kHz


def test_long_sounds_are_cut_and_that_is_told() -> None:
    options = SMALL.model_copy(update={"longest": 0.1})
    encoder = AudioEncoder.fit(sounds(), options)
    assert max(map(len, encoder.encode(sounds()))) == encoder.sizes.longest == 4
    told = get_kind("audio").told([*sounds(), Sound(8000, bytes(2000))], options)
    assert "sounds are longer than 0.1 s and cut" in told
    assert "resampled from 8 to 16 kHz" in told
    assert "1 sound is silent" in told


def test_a_sound_at_a_higher_rate_than_the_training_sounds_is_brought_down_to_theirs() -> None:
    encoder = AudioEncoder.fit(sounds(rate=8000), SMALL)
    hiss = Sound.of(np.sin(2 * np.pi * 6000 * np.arange(16_000) / 16_000), 16_000)  # 8 kHz sounds have no 6,000 Hz
    assert encoder.loudness(hiss).max() < -5


def test_it_is_read_back_from_its_file() -> None:
    encoder = AudioEncoder.fit(sounds(), SMALL)
    again = get_kind("audio").read_encoder(encoder.to_bytes(), SMALL)
    np.testing.assert_array_equal(again.encode(sounds())[2], encoder.encode(sounds())[2])


@pytest.mark.parametrize(
    "change", [{"mean": [0.0]}, {"spread": [0.0] * 8}, {"longest": 0}, {"mean": [float("inf")] * 8}, {"spread": "a"}]
)
def test_a_damaged_file_of_it_is_refused(change: dict) -> None:
    about = json.loads(AudioEncoder.fit(sounds(), SMALL).to_bytes())
    with pytest.raises(DataError, match="damaged"):
        AudioEncoder.from_bytes(json.dumps(about | change).encode(), SMALL)


def test_bands_need_room() -> None:
    with pytest.raises(OptionError, match="lowest frequency"):
        AudioEncoder.fit(sounds(), SMALL.model_copy(update={"lowest": 5000.0, "highest": 4000.0}))


def test_a_sound_goes_into_a_question_as_text_and_comes_out_of_it() -> None:
    kind, (sound, *_) = get_kind("audio"), sounds()
    assert kind.from_text(kind.to_text(sound)) == sound


@pytest.mark.parametrize("text", ["", "hello", "16000:***", "0:AAAA", "-5:AAAA", "16000:AA==", "999999999999999:AAAA"])
def test_other_texts_are_no_sounds(text: str) -> None:
    with pytest.raises(DataError, match="This is no sound"):
        get_kind("audio").from_text(text)


def test_data_come_back_from_their_parquet() -> None:
    data = LabelledSounds(
        "bells", tuple(sounds(4)), ("a", "b", "a", "b"), ("train",) * 3 + ("test",), (), ("n",), tuple("wxyz")
    )
    again = get_kind("audio").load(data.to_parquet(), "")
    assert again == data
    assert again.content_hash == data.content_hash
    assert again.summary(0).startswith("0.")
    assert again.summary(0).endswith("8 kHz · w")
    with pytest.raises(DataError, match="cannot be read"):
        get_kind("audio").load(b"PAR1", "")


def test_silence_is_known_and_a_wav_file_is_made() -> None:
    assert Sound(8000, bytes(800)).is_silent
    assert Sound(8000, b"").is_silent
    assert not sounds()[0].is_silent
    assert sounds()[0].to_wav().startswith(b"RIFF")
