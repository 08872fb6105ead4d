"""The one owner of session state and of what the URL remembers.

A page keeps nothing under a widget's key that must outlive the page: leaving deletes it. It keeps it in a field
of `memory()` instead. What a link must find again (the experiment, the data set) stands in the URL: one's own by its
id, what others have shared by the token of their link.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import streamlit as st

from seqcore.errors import SeqlabError
from seqcore.ui.components.address import keep_in_address
from seqcore.ui.people.visitor import visitor
from seqcore.ui.people.workspaces import Mode, Visitor
from seqcore.ui.session.uploads import Uploads

if TYPE_CHECKING:
    from seqcore.datasets.catalogue import Listing
    from seqcore.datasets.formats.read_as import HowRead
    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.inspections.contracts import ClassProbabilities
    from seqcore.kinds.text.vectors import WordVectors
    from seqcore.lab.hub_encoder import EncoderListing
    from seqcore.lab.plan import Choices
    from seqcore.lab.share import Viewer
    from seqcore.store import MetricRow

_EXPERIMENT = "experiment"
_DATASET = "dataset"
_IN_URL = (_EXPERIMENT, _DATASET)
_MEMORY = "seqlab.memory"


@dataclass
class CurvesSoFar:
    """What the curves of an experiment were drawn from, so that only new rows are read.

    Attributes:
        newest: Number of the last row that was read.
        rows: Metric rows of each run by its id, oldest first.
    """

    newest: int = 0
    rows: dict[str, list[MetricRow]] = field(default_factory=dict)


@dataclass(frozen=True)
class AskedFile:
    """What models are asked about a file of texts.

    Attributes:
        file_id: Which file.
        how: How it was read.
        text: Which column of it.
        runs: Ids of the runs that answer.
    """

    file_id: str
    how: HowRead
    text: str
    runs: tuple[str, ...]


@dataclass(frozen=True)
class PredictedFile:
    """A file of texts with every model's answers.

    Attributes:
        asked: What was asked.
        found: The answers by the model's name.
    """

    asked: AskedFile
    found: dict[str, ClassProbabilities]


@dataclass(frozen=True)
class GivenVectors:
    """Word vectors, of the words of some data.

    Attributes:
        content_hash: Of these data.
        vectors: As a file had them.
    """

    content_hash: str
    vectors: WordVectors


@dataclass
class Memory:
    """What a session remembers beyond the page that it was said on; gone with the session.

    Attributes:
        ids: Of the experiment and of the data set in use, by their names in the URL: as they stand there.
        shown: The ids that links of others show, by their name in the URL and their token.
        offered: Tokens of links to one's own things that can be copied, by what they show and for how many days.
        given: Those of them that were copied, and open what they show from then on.
        link_days: How long a link lasts, as it was chosen last; 0: until it is taken back.
        sample: Name of the built-in sample that was chosen.
        draft: Labelled data that were read on the Data page and are not stored yet.
        source: Where the data come from: "sample", "known", "paste", "upload", "planted" or
            "stored"; None until it was said.
        pasted: Lines that were pasted.
        merges_pasted: Whether labels of pasted lines that look alike are one.
        uploads: Files that were uploaded, and what was chosen of them.
        planted: The planted task that was chosen last, by its name.
        planting: Settings of planted tasks, as they were chosen last.
        known_set: The public data set that was chosen, by its name; "" for one of the hub.
        removed: What is left out of the posts of 20 Newsgroups.
        hub_name: The data set of the hub that was asked for.
        hub_listing: What the hub said of it.
        hub_reading: What was chosen of it.
        awaited: "paste" or "upload" when that was opened and nothing has come yet, "problem" when it could not be
            used: what was in use before still is.
        vectors: Word vectors that were given for the data in use.
        encoder_file: The uploaded pretrained encoder that was read last, by the id of its file.
        encoder_listing: What the hub said of the encoder that was asked for.
        choices: Models and settings; None until they were looked at.
        seeds_chosen: Whether the number of seeds was chosen, by a person or a link; else it follows the data.
        setting_up: Whether the Train page sets up another training though there is an experiment to show.
        just_started: The experiment whose curves are to be brought into view.
        seen: By experiment, the steps after the training that were looked at.
        look_row: Row of the data set that the next look inside is at.
        look_tab: The tab at which it opens.
        predicted: What the models said of the last file.
        predict_wanted: What was asked of the models and waits for the engine.
        predict_reading: What was chosen of the file that is to be answered.
        curves: By experiment, what the live curves have read.
        watcher: A name for this session among those who watch a training.
        plan_read: Whether what a link chooses was taken; later the session knows better than its address.
        plan_notes: What of a link, or of a training of before, the form could not follow.
        compared: By experiment, the others that it is compared with.
        written_back: The ids that were written into the address of the page that is drawn.
        page: The page that is drawn, by its name.
        unread: What its address may say and nobody has asked for since one came to it.
        stepped: What was chosen last on that page of what Back undoes, by its name in the address.
        compare_tab: The tab of Compare that was open last.
        judged_by: What Compare judges by: a measure, and the points that do not matter.
        look_text: The text of one's own that was looked at last.
        look_given: By kind of data, the series or the sound of one's own that was looked at last.
        predict_text: The text that was asked about last.
        sweep: The sweep that is looked at; "" while a new one is set up, None until the page was opened.
        sweep_form: What was chosen of a new sweep, by the keys of its controls.
        race_form: What was chosen of a memory race, by the keys of its controls.
        spoken_of: Models and data sets that the page that is drawn speaks of: what each is, and its id.
    """

    ids: dict[str, str | None] = field(default_factory=dict)
    shown: dict[tuple[str, str], str] = field(default_factory=dict)
    offered: dict[tuple[str, str, int], str] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)
    link_days: int = 30
    sample: str = "reviews"
    draft: LabelledData | None = None
    source: str | None = None
    pasted: str = ""
    merges_pasted: bool = False
    uploads: Uploads = field(default_factory=Uploads)
    planted: str | None = None
    planting: dict[str, Any] = field(default_factory=dict)
    known_set: str | None = None
    removed: tuple[str, ...] = ()
    hub_name: str = ""
    hub_listing: Listing | None = None
    hub_reading: Uploads = field(default_factory=Uploads)
    awaited: str | None = None
    vectors: GivenVectors | None = None
    encoder_file: str = ""
    encoder_listing: EncoderListing | None = None
    choices: Choices | None = None
    seeds_chosen: bool = False
    setting_up: bool = False
    just_started: str | None = None
    seen: dict[str, frozenset[str]] = field(default_factory=dict)
    look_row: int | None = None
    look_tab: str | None = None
    predicted: PredictedFile | None = None
    predict_wanted: AskedFile | None = None
    predict_reading: Uploads = field(default_factory=Uploads)
    curves: dict[str, CurvesSoFar] = field(default_factory=dict)
    watcher: str = field(default_factory=lambda: secrets.token_hex(8))
    plan_read: bool = False
    plan_notes: tuple[str, ...] = ()
    compared: dict[str, tuple[str, ...]] = field(default_factory=dict)
    written_back: set[str] = field(default_factory=set)
    page: str = ""
    unread: set[str] = field(default_factory=set)
    stepped: dict[str, str] = field(default_factory=dict)
    compare_tab: str = ""
    judged_by: tuple[str, float] = ("accuracy", 1.0)
    look_text: str | None = None
    look_given: dict[str, Uploads] = field(default_factory=dict)
    predict_text: str = ""
    sweep: str | None = None
    sweep_form: dict[str, Any] = field(default_factory=dict)
    race_form: dict[str, Any] = field(default_factory=dict)
    spoken_of: set[tuple[str, str]] = field(default_factory=set)


def memory() -> Memory:
    """What this session remembers; change its fields to remember something else."""
    if _MEMORY not in st.session_state:
        st.session_state[_MEMORY] = Memory()
    known: Memory = st.session_state[_MEMORY]
    return known


def forget_everything() -> None:
    """Remember nothing any more, and let the URL name nothing."""
    st.session_state[_MEMORY] = Memory()
    st.query_params.clear()


def workspace() -> str:
    """Whose data sets and runs this session works with.

    Raises:
        SeqlabError: an account is needed and nobody is logged in.
    """
    return belongs_to().workspace


def belongs_to() -> Visitor:
    """Whom this session belongs to.

    Raises:
        SeqlabError: an account is needed and nobody is logged in.
    """
    from seqcore.ui.session.shared import fresh_starts, known_places

    found = visitor()
    if found is None:
        raise SeqlabError("You are not logged in", remedy="Reload the page and log in")
    if found.mode is Mode.BROWSER and fresh_starts().has_left(found.workspace):
        raise SeqlabError("Everything that this browser had here was deleted", remedy="Reload the page to begin anew")
    known_places().note(found.workspace, found.place)
    return found


def viewer() -> Viewer:
    """Who looks in this session: whose workspace is theirs, and which links they hold.

    Raises:
        SeqlabError: an account is needed and nobody is logged in.
    """
    from seqcore.lab.share import Viewer

    return Viewer(workspace(), tuple({token for _, token in memory().shown}))


def hold_link(token: str, shows: dict[str, str]) -> None:
    """Know what a link of others shows, by its names in the URL; from then on ids stand for it everywhere but there."""
    let_go_of_link(token)
    memory().shown |= {(name, token): shown for name, shown in shows.items()}


def let_go_of_link(token: str) -> None:
    """Forget a link that has ended."""
    known = memory().shown
    for name in _IN_URL:
        known.pop((name, token), None)


def in_link(name: str, value: str) -> str:
    """What a link says in place of an id: the token that shows it where it is somebody else's."""
    return next((token for (kind, token), shown in memory().shown.items() if (kind, shown) == (name, value)), value)


def restore(page: str) -> None:
    """Bring URL and session together; called by the shell before every page.

    A link wins over what the session had. `st.navigation` drops query parameters when the page
    changes, so what the session knows is written back; not in Streamlit's own way, which is a step in the
    browser's history: Back would need two presses.

    Args:
        page: The page that was asked for.
    """
    memory().written_back, memory().spoken_of = set(), set()
    for name in _IN_URL:
        given = st.query_params.get(name)
        known = memory().ids.get(name)
        if given and given != known:
            memory().ids[name] = given
            if name == _DATASET:
                memory().draft = None
                _come_from_store()
        elif known and not given:
            memory().written_back.add(name)
            keep_in_address(name, known, key=f"{name}-{page}")
        elif given is not None and not given:
            del st.query_params[name]


def current_experiment_id() -> str | None:
    """The experiment that all pages speak of, or None."""
    return _current_id(_EXPERIMENT)


def set_current_experiment(experiment_id: str | None) -> None:
    """Make an experiment the one that all pages speak of."""
    _set_current_id(_EXPERIMENT, experiment_id)


def current_dataset_id() -> str | None:
    """The stored data set in use, or None for a draft or the built-in sample."""
    return _current_id(_DATASET)


def set_current_dataset(dataset_id: str | None) -> None:
    """Make a stored data set the one in use; a draft gives way to it."""
    if memory().draft is None and dataset_id and dataset_id != current_dataset_id():
        _come_from_store()  # else it is the draft that was stored, and stays what was pasted or uploaded
    memory().draft = None
    _set_current_id(_DATASET, dataset_id)


def forget_dataset() -> None:
    """Use no stored data set any more; a draft, if there is one, stays in use."""
    _set_current_id(_DATASET, None)
    if memory().source == "stored":
        memory().source = None


def draft() -> LabelledData | None:
    """Labelled data that were read on the Data page and are not stored yet."""
    return memory().draft


def set_draft(data: LabelledData | None) -> None:
    """Use labelled data that are not stored yet; None goes back to the built-in sample."""
    _set_current_id(_DATASET, None)
    memory().draft = data


def _come_from_store() -> None:
    """The Data page shows what is stored, or it would read what was pasted or uploaded before in its place."""
    memory().source, memory().awaited = "stored", None


def link_parameters() -> dict[str, str]:
    """The ids, or tokens, that a link to another page must carry."""
    known = {name: _said(name) for name in _IN_URL}
    return {name: value for name, value in known.items() if value}


def _said(name: str) -> str | None:
    """What the URL says: an id or a token."""
    value = st.query_params.get(name) or memory().ids.get(name)
    return str(value) if value else None


def _current_id(name: str) -> str | None:
    value = _said(name)
    return memory().shown.get((name, value), value) if value else None


def _set_current_id(name: str, thing_id: str | None) -> None:
    value = in_link(name, thing_id) if thing_id else None
    memory().ids[name] = value
    if value:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]
    elif name in memory().written_back:  # before the page found that there is no such thing any more
        memory().written_back.discard(name)
        keep_in_address(name, None, key=f"no-{name}")
