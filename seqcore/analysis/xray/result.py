"""What was found in labelled text, as it goes from the process that looked to whoever asked."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

Rows = tuple[int, ...]  # places in the data, from 0, rising


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Repeated(_Part):
    """Rows that say what another one said before.

    Attributes:
        rows: Those that come later.
        groups: The rows that say the same, the first of them too.
    """

    rows: Rows
    groups: tuple[Rows, ...]


class ScoreWithout(_Part):
    """The accuracy of a bag of words on the test, and once something is left out.

    Attributes:
        accuracy: On all test rows, 0 to 1.
        without: Once it is left out, 0 to 1.
        rows: Test rows.
        left: Test rows once it is left out.
    """

    accuracy: float
    without: float
    rows: int
    left: int


class AcrossParts(_Part):
    """What stands in the test and was learned from.

    Attributes:
        texts: Different texts of the test that stand in training or validation too.
        rows: Their rows in the test.
        near_rows: Test rows of which only something nearly the same does.
        learned_rows: Rows of training and validation that repeat a test row, nearly or exactly.
        score: On the test, with and without all these rows; None when there are none.
    """

    texts: int
    rows: Rows
    near_rows: Rows
    learned_rows: Rows
    score: ScoreWithout | None = None


class Conflict(_Part):
    """One text with several labels.

    Attributes:
        rows: Where it stands.
        labels: The label of each of these rows.
    """

    rows: Rows
    labels: tuple[str, ...]


class Suspect(_Part):
    """A label that is likely wrong.

    Attributes:
        row: Of which row.
        label: As it stands.
        suggested: What it more likely is.
        score: How much more likely, 0 to 1.
    """

    row: int
    label: str
    suggested: str
    score: float


class GivenAway(_Part):
    """A word or mark that gives a class away.

    Attributes:
        token: The word in small letters, or the mark.
        label: The class.
        texts: Texts that have it.
        of_class: Those of them that are of the class.
        covers: Share of the class that has it, 0 to 1.
    """

    token: str
    label: str
    texts: int
    of_class: int
    covers: float


class ForeignRow(_Part):
    """A row in another script or language.

    Attributes:
        row: Which one.
        what: Its script or language.
    """

    row: int
    what: str


class DamagedRow(_Part):
    """A row that was read in a wrong encoding.

    Attributes:
        row: Which one.
        excerpt: The damaged place.
        mended: The text as it was meant; None where that cannot be told.
    """

    row: int
    excerpt: str
    mended: str | None


class CutRows(_Part):
    """Texts that something cut: many have the very same greatest length.

    Attributes:
        rows: Which ones.
        length: The length that they share.
        unit: What it counts: "characters" or "words".
    """

    rows: Rows
    length: int
    unit: str


class XRay(_Part):
    """Everything that was found.

    Attributes:
        rows: Rows of the data.
        learned: Rows of training and validation.
        tested: Rows of the test.
        given_test: Whether the test was brought by a person, or is drawn.
        duplicates: Identical rows.
        near_duplicates: Rows that differ in case, marks or a few words; their groups hold identical ones too.
        across: What stands in the test and was learned from.
        conflicts: Texts with several labels.
        suspects: Labels that are likely wrong, the surest first.
        agreement: Share of labels that a bag of words gives too, without having learned from the row, 0 to 1.
        shortcuts: Words and marks that give a class away.
        without_shortcuts: The accuracy on the test once these words are taken out of all texts; None without any.
        without_words: Rows of texts without a word.
        one_word: Rows of texts of a single word, where others have several.
        cut: Texts that something cut.
        foreign: Rows in another script or language.
        language: Script and language of the rest; "" where no language was recognised.
        damaged: Rows in a wrong encoding.
        small_classes: Classes with too few rows to be in training, validation and test.
        warnings: What follows from how few there are, in sentences.
    """

    rows: int
    learned: int
    tested: int
    given_test: bool
    duplicates: Repeated
    near_duplicates: Repeated
    across: AcrossParts
    conflicts: tuple[Conflict, ...]
    suspects: tuple[Suspect, ...]
    agreement: float
    shortcuts: tuple[GivenAway, ...]
    without_shortcuts: ScoreWithout | None
    without_words: Rows
    one_word: Rows
    cut: CutRows
    foreign: tuple[ForeignRow, ...]
    language: tuple[str, str]
    damaged: tuple[DamagedRow, ...]
    small_classes: tuple[str, ...]
    warnings: tuple[str, ...]
