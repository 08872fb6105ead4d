"""Folders and archives of sound files become labelled sounds, or one clear sentence."""

import io

import numpy as np
import pytest
import soundfile

from seqcore.datasets.labelled_sounds import Sound
from seqcore.datasets.sounds.folders import decoded_sounds, labelled_sounds
from seqcore.errors import DataError
from seqcore.settings import Settings
from tests.datasets.sounds.files import of_two_labels, sound_file, tarred, zipped

LIMITS = Settings()


def read(files: dict[str, bytes], limits: Settings = LIMITS):
    return labelled_sounds([("sounds.zip", zipped(files))], "sounds", limits)


@pytest.mark.parametrize("pack", [zipped, tarred])
@pytest.mark.parametrize("form", ["WAV", "FLAC", "OGG"])
def test_a_folder_is_a_label(pack, form: str) -> None:
    files = {name.replace(".wav", f".{form.lower()}"): sound_file(form) for name in of_two_labels()}
    data = labelled_sounds([("a.zip", pack(files))], "a", LIMITS)
    assert data.labels == ("yes",) * 3 + ("no",) * 3
    assert {(sound.rate, sound.count) for sound in data.sounds} == {(8000, 400)}
    assert data.files[0] == f"all/yes/0.{form.lower()}"
    assert data.given_split is None


def test_folders_of_parts_share_the_sounds_out() -> None:
    files = {
        f"{part}/{label}/{n}.wav": sound_file(seed=n) for part in ("train", "test") for label in "ab" for n in (1, 2)
    }
    data = read(files)
    assert data.given_split == ("train",) * 4 + ("test",) * 4
    assert data.classes == ("a", "b")


def test_stereo_is_mixed_down_and_said() -> None:
    left_and_right = np.array([[0.5, -0.5], [0.4, 0.2]] * 200)
    sink = io.BytesIO()
    soundfile.write(sink, left_and_right, 8000, format="WAV")
    data = read(of_two_labels() | {"all/yes/0.wav": sink.getvalue()})
    np.testing.assert_allclose(data.sounds[0].samples[:2], [0, 0.3], atol=1e-3)
    assert "1 of 6 files have several channels: mixed down to one" in data.notes


def test_other_rates_are_resampled_and_said() -> None:
    data = read(of_two_labels(rate=16_000) | {"all/yes/0.wav": sound_file(rate=44_100)})
    assert {sound.rate for sound in data.sounds} == {16_000}
    assert data.sounds[0].seconds == pytest.approx(0.05, abs=0.001)
    assert "1 of 6 files are at other rates (44.1 kHz): resampled to 16 kHz" in data.notes


def test_all_sounds_are_brought_to_the_highest_rate_that_is_kept() -> None:
    data = read(of_two_labels(rate=8000) | {"all/yes/0.wav": sound_file(rate=11_025)})
    assert {sound.rate for sound in data.sounds} == {11_025}


def test_silence_is_kept_and_said() -> None:
    data = read(of_two_labels() | {"all/yes/0.wav": sound_file(loud=0)})
    assert len(data) == 6
    assert "1 of 6 sounds are silent, and kept: all/yes/0.wav" in data.notes


def test_what_cannot_be_used_is_left_out_with_its_reason() -> None:
    broken = {
        "all/yes/empty.wav": sound_file(seconds=0),
        "all/yes/header.wav": b"RIFF\xff\xff\xff\xffWAVEfmt " + bytes(8),
        "all/no/text.wav": b"this is a text and no sound" * 10,
        "all/no/long.wav": sound_file(rate=4000, seconds=2),
        "all/no/nothing.wav": b"",
    }
    data = read(of_two_labels() | broken, Settings(max_sound_seconds=1))
    assert len(data) == 6
    reasons = {each.reason: each.count for each in data.dropped}
    assert reasons == {
        "there is no sound in it": 1,
        "this is no sound that can be read: broken, or of another format": 2,
        "the sound is longer than 1 seconds": 1,
        "the file is empty": 1,
    }
    assert any("all/no/long.wav" in note for note in data.notes)


def test_an_mp3_that_is_called_wav_is_read_as_what_it_is_and_said() -> None:
    data = read(of_two_labels() | {"all/yes/0.wav": sound_file("MP3", rate=16_000, seconds=0.5)})
    assert len(data) == 6
    assert any("of another format than their names say" in note and "all/yes/0.wav" in note for note in data.notes)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"yes/1.wav": sound_file(), "yes/2.wav": sound_file()}, "No folder says the label"),
        ({"1.wav": sound_file(), "2.wav": sound_file()}, "No folder says the label of the sounds.*in no folder"),
        ({"a/1.wav": b"no", "b/2.wav": b"no"}, "No file is a sound that can be used. The first: This is no sound"),
        ({"a/1.wav": sound_file(), "b/2.wav": b"no"}, "All sounds have the same label.*“a”"),
        ({"a/readme.txt": b"no"}, "no sound file in it"),
        ({f"{n}/1.wav": b"" for n in range(3000)}, "No file is a sound that can be used.*The file is empty"),
        ({f"folder {n}/": b"" for n in range(10_000)}, "no sound file in it"),
        ({f"{n}/1.wav": sound_file(seconds=0.001) for n in range(201)}, "More than 200 classes"),
    ],
)
def test_nothing_to_learn_from_is_one_sentence(files: dict[str, bytes], said: str) -> None:
    with pytest.raises(DataError, match=said):
        read(files)


def test_too_many_minutes_are_refused() -> None:
    with pytest.raises(DataError, match=r"longer than 0.01 minutes together.*SEQLAB_MAX_SOUND_MINUTES"):
        read(of_two_labels(seconds=0.2), Settings(max_sound_minutes=0.01))


def test_sounds_to_be_answered_need_no_labels_and_name_what_is_wrong() -> None:
    ((name, sound),) = decoded_sounds([("one.flac", sound_file("FLAC"))], LIMITS)
    assert name == "one.flac"
    assert isinstance(sound, Sound)
    with pytest.raises(DataError, match=r"two\.wav: This is no sound"):
        decoded_sounds([("two.wav", b"RIFFnothing")], LIMITS)
