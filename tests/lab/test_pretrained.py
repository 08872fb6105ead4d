"""An encoder is found in a folder, in a zip, or on the hub, its size told before it is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from seqcore.datasets.samples import load_sample
from seqcore.errors import DataError, NotFoundError
from seqcore.lab.hub_encoder import look_up_encoder
from seqcore.lab.plan import Choices
from seqcore.lab.pretrained import find_encoder
from seqcore.lab.start import start_experiment
from seqcore.settings import Settings
from seqcore.store import Limits, Store
from tests.hub import Hub, running_hub
from tests.pretrained_files import put_folder, zipped

REPO = "somebody/tiny-bert"


@pytest.fixture
def folder(tmp_path):
    return put_folder(tmp_path / "tiny")


@pytest.fixture
def hub(folder) -> Iterator[Hub]:
    with running_hub() as found:
        found.models[REPO] = {path.name: path.read_bytes() for path in folder.iterdir()} | {"README.md": b"no weights"}
        found.licences[REPO] = "mit"
        yield found


def test_a_folder_and_a_zip_of_it_and_the_hub_give_the_same(folder, tmp_path, hub):
    settings, told = Settings(home=tmp_path, hub=hub.url), []
    (tmp_path / "tiny.zip").write_bytes(zipped(folder))
    found = [find_encoder(given, settings, told.append) for given in (str(folder), str(tmp_path / "tiny.zip"), REPO)]
    assert len({each.content_hash for each in found}) == 1
    assert [each.name for each in found] == ["tiny", "tiny", REPO]
    assert len(told) == 1
    assert "MB, licence: mit" in told[0]
    assert not [path for path in hub.asked if path.endswith("README.md")]


def test_what_is_too_large_is_refused_before_it_is_fetched(hub, tmp_path):
    hub.models[REPO]["model.safetensors"] = b"\0" * (1024**2 + 1)
    with pytest.raises(DataError, match="larger than a file may be"):
        find_encoder(REPO, Settings(home=tmp_path, hub=hub.url, max_file_mb=1))
    assert not [path for path in hub.asked if "/resolve/" in path]


def test_another_file_than_was_promised_is_refused(hub, tmp_path):
    hub.promised["model.safetensors"] = "0" * 64
    with pytest.raises(DataError, match="checksum"):
        find_encoder(REPO, Settings(home=tmp_path, hub=hub.url))


def test_an_encoder_without_safetensors_is_refused_by_its_listing(hub, tmp_path):
    hub.models[REPO]["pytorch_model.bin"] = hub.models[REPO].pop("model.safetensors")
    with pytest.raises(DataError, match="never opened"):
        look_up_encoder(REPO, Settings(home=tmp_path, hub=hub.url))


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        ("nobody/nothing", NotFoundError, "no encoder of that name"),
        ("not a name!", DataError, "no name"),
        ("./nowhere", DataError, "no such folder or zip"),
        ("nowhere.zip", DataError, "no such folder or zip"),
    ],
)
def test_what_is_not_there_is_said(hub, tmp_path, given, error, said):
    with pytest.raises(error, match=said):
        find_encoder(given, Settings(home=tmp_path, hub=hub.url))


def test_offline_says_so(tmp_path):
    with pytest.raises(DataError, match="cannot be reached"):
        find_encoder(REPO, Settings(home=tmp_path, hub="http://127.0.0.1:9"))


def test_an_encoder_is_kept_once_and_found_again_by_other_data_of_the_workspace(folder, tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'lab.db'}", str(tmp_path / "artifacts"))
    encoder = find_encoder(str(folder), Settings(home=tmp_path))
    chosen = Choices(architectures=("pretrained",)).with_pretrained(encoder.content_hash, encoder.config)
    first, second = load_sample("reviews"), load_sample("support")

    def begin(data, workspace="mine", given=None):
        specs = chosen.specs(data.content_hash, max_epochs=100)
        return start_experiment(store, workspace, data, specs, submit=lambda _: None, pretrained=given)

    begin(first, given=encoder)
    again = begin(second)
    assert store.datasets.pretrained(again.dataset_id, encoder.content_hash).content_hash == encoder.content_hash
    assert [each.name for each in store.datasets.encoders("mine")] == ["tiny"]
    assert store.datasets.encoders("others") == []
    with pytest.raises(DataError, match="not kept here"):
        begin(replace(second, texts=second.texts[::-1]), workspace="others")


def test_it_takes_its_part_of_the_workspaces_storage_once(folder, tmp_path):
    limits = Limits.of(Settings(home=tmp_path))
    store = Store(f"sqlite:///{tmp_path / 'lab.db'}", str(tmp_path / "artifacts"), limits=limits)
    encoder = find_encoder(str(folder), Settings(home=tmp_path))
    dataset = store.datasets.add("mine", load_sample("reviews"))
    before = store.datasets.find(dataset.id).bytes
    for _ in range(2):
        store.datasets.keep_pretrained(dataset, encoder)
    assert store.datasets.find(dataset.id).bytes == before + len(encoder.to_bytes())
