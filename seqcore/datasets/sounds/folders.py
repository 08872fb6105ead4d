"""Sound files in a folder for each label, as labelled sounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from seqcore.datasets.formats.labelled_folders import folder_labels, part_of_folders
from seqcore.datasets.formats.members import Member
from seqcore.datasets.formats.packed import is_packed, packed_files
from seqcore.datasets.labelled_data import Dropped, refuse_unusable
from seqcore.datasets.labelled_sounds import LabelledSounds, Sound
from seqcore.datasets.size_limits import refuse_too_many_rows
from seqcore.datasets.sounds.decoding import Decoded, decode_sound, is_misnamed, is_sound_file
from seqcore.datasets.sounds.resampling import resampled
from seqcore.datasets.table import safe_name
from seqcore.errors import DataError
from seqcore.settings import Settings

Files = Sequence[tuple[str, bytes]]  # path and content
_NAMED = 3  # files, in a note
_PACK = "Pack a folder of sound files for each label: yes/1.wav, yes/2.wav, no/1.wav"


def labelled_sounds(files: Files, name: str, limits: Settings) -> LabelledSounds:
    """Sounds with the folder of each as its label; folders called train and test on top share them out.

    Args:
        files: Path and content of sound files, or of archives of them.
        name: What the data will be called.
        limits: The most files, seconds of each, and minutes of all.

    Raises:
        DataError: no folder says a label, no file is a sound, only one class, or more than allowed.
    """
    members = list(_members(files, limits))
    if not members:
        raise DataError("There is no sound file in it", received=name, remedy=_PACK)
    refuse_too_many_rows(len(members), limits)
    labels = folder_labels(members)
    if not any(labels):
        classes = {folder for member in members for folder in member.folders[-1:]}
        only = f"all in one folder, “{classes.pop()}”" if len(classes) == 1 else "in no folder"
        received = f"{len(members):,} sound file{'s' * (len(members) != 1)} {only}"
        raise DataError("No folder says the label of the sounds", received=received, remedy=_PACK)
    found = _Found(limits)
    for member, label in zip(members, labels, strict=True):
        found.take(member, label)
    return found.as_data(name)


def decoded_sounds(files: Files, limits: Settings) -> list[tuple[str, Sound]]:
    """Name and sound of each file, of archives each file in them: to be answered, they need no labels.

    Raises:
        DataError: one of them is no sound, or more than allowed.
    """
    found, left = [], limits.max_sound_minutes * 60
    for member in _members(files, limits):
        try:
            sound = _decoded(member, limits).sound
        except DataError as error:
            raise DataError(f"{member.name}: {error.problem}", received=error.received, remedy=error.remedy) from None
        left -= sound.seconds
        if left < 0:
            raise _too_much(limits)
        found.append((member.name, sound))
    if not found:
        raise DataError("There is no sound file in it", remedy="Give a WAV, FLAC or OGG file, or an archive of them")
    return found


@dataclass
class _Found:
    """Sounds taken one after the other, and what has to be said of them."""

    limits: Settings
    decoded: list[Decoded] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    left_out: dict[str, list[str]] = field(default_factory=dict)  # reason -> names
    problem: DataError | None = None
    seconds: float = 0.0

    def take(self, member: Member, label: str | None) -> None:
        """Decode a file, or note why not."""
        if label is None:
            self.left_out.setdefault("in no folder of a label", []).append(member.name)
            return
        try:
            decoded = _decoded(member, self.limits)
        except DataError as error:
            self.problem = self.problem or error
            self.left_out.setdefault(_reason(error), []).append(member.name)
            return
        self.seconds += decoded.sound.seconds
        if self.seconds > self.limits.max_sound_minutes * 60:
            raise _too_much(self.limits)
        self.decoded.append(decoded)
        self.members.append(member)
        self.labels.append(label)

    def as_data(self, name: str) -> LabelledSounds:
        """What was taken, at one rate.

        Raises:
            DataError: it is nothing, or of one class.
        """
        if not self.decoded and self.problem is not None:
            problem = f"No file is a sound that can be used. The first: {self.problem.problem}"
            raise DataError(problem, received=self.problem.received, remedy=self.problem.remedy)
        _refuse_one_class(self.labels, self.limits)
        rate = max(each.sound.rate for each in self.decoded)
        sounds = tuple(_at(each.sound, rate) for each in self.decoded)
        parts = [part_of_folders(member) for member in self.members]
        dropped = tuple(Dropped(reason, len(names)) for reason, names in self.left_out.items())
        given = tuple(str(part) for part in parts) if "train" in parts and len(set(parts) - {None}) > 1 else None
        notes = [f"Each file is a sound, and its folder is its label: {_listed(list(Counter(self.labels)))}"]
        if given is not None and None in parts:
            given = None
            notes.append("Some sounds lie in no folder of a part, so the folders do not share them out")
        notes += self._notes(sounds, rate)
        names = tuple(member.name for member in self.members)
        return LabelledSounds(name, sounds, tuple(self.labels), given, dropped, tuple(notes), names)

    def _notes(self, sounds: Sequence[Sound], rate: int) -> Iterator[str]:
        total = len(self.decoded)
        stereo = sum(each.channels > 1 for each in self.decoded)
        others = Counter(each.rate for each in self.decoded if each.rate != rate)
        silent = [m.name for m, sound in zip(self.members, sounds, strict=True) if sound.is_silent]
        wrong = [m.name for m, each in zip(self.members, self.decoded, strict=True) if is_misnamed(m.file, each.form)]
        if stereo:
            yield f"{stereo:,} of {total:,} files have several channels: mixed down to one"
        if others:
            rates = ", ".join(f"{each / 1000:g} kHz" for each, _ in others.most_common(4))
            at = f"{others.total():,} of {total:,} files are at other rates ({rates})"
            yield f"{at}: resampled to {rate / 1000:g} kHz"
        if silent:
            yield f"{len(silent):,} of {total:,} sounds are silent, and kept: {_listed(silent)}"
        if wrong:
            yield f"{len(wrong):,} files are of another format than their names say, and read as what they are: " + (
                _listed(wrong)
            )
        for reason, names in self.left_out.items():
            yield f"Left out, {reason}: {_listed(names)}"


def _members(files: Files, limits: Settings) -> Iterator[Member]:
    for path, data in files:
        packed = is_packed(data)
        for inner, content in packed_files(data, is_sound_file, limits) if packed else [(path, data)]:
            *folders, file = (
                safe_name(part) for part in inner.replace("\\", "/").split("/") if part not in ("", ".", "..")
            )
            yield Member(tuple(folders), file, content)


def _decoded(member: Member, limits: Settings) -> Decoded:
    return decode_sound(member.data, most_rate=limits.sound_rate, most_seconds=limits.max_sound_seconds)


def _at(sound: Sound, rate: int) -> Sound:
    return sound if sound.rate == rate else Sound.of(resampled(sound.samples, sound.rate, rate), rate)


def _refuse_one_class(labels: Sequence[str], limits: Settings) -> None:
    if len(set(labels)) == 1:
        raise DataError(
            "All sounds have the same label",
            received=f"one folder of sounds, “{labels[0][:60]}”",
            remedy="Two classes or more are needed: a folder of sound files for each",
        )
    refuse_unusable(labels, max_classes=limits.max_classes)


def _reason(error: DataError) -> str:
    return error.problem[:1].lower() + error.problem[1:]


def _too_much(limits: Settings) -> DataError:
    return DataError(
        f"The sounds are longer than {limits.max_sound_minutes:g} minutes together",
        remedy="Give fewer or shorter ones, or raise SEQLAB_MAX_SOUND_MINUTES",
    )


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(name[-60:] for name in names[:_NAMED])
    return shown + (f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else "")
