"""What a deployment may change, read from the environment (`SEQLAB_...`)."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from seqcore.machine import cores_of_machine, memory_of_machine

_SECRETS = Path("/run/secrets")  # where Docker, Podman and Kubernetes put what is not for the environment
_MOST_WORKERS, _WHATEVER_THE_MEMORY = 64, 4
_MEMORY_FOR_ONE = 2_500_000_000  # bytes of the whole, of which a training process gets its 1.5 GB


def _usual_workers(memory_mb: int) -> int:
    """One for each core, as far as the memory in all goes; 0: that of the machine."""
    cores = min(cores_of_machine(), _MOST_WORKERS)
    if cores <= _WHATEVER_THE_MEMORY:
        return cores
    memory = memory_mb * 1024 * 1024 or memory_of_machine()
    return min(cores, max(_WHATEVER_THE_MEMORY, memory // _MEMORY_FOR_ONE))


class Settings(BaseSettings):
    """Every deployment setting; each is the environment variable `SEQLAB_<NAME>`, or a container's secret
    `seqlab_<name>`."""

    model_config = SettingsConfigDict(
        env_prefix="SEQLAB_", frozen=True, secrets_dir=_SECRETS if _SECRETS.is_dir() else None
    )

    home: Path = Field(
        default_factory=lambda: Path.home() / ".sequence-lab",
        description="Folder for the database and the saved models.",
    )
    database_url: str = Field("", description="SQLAlchemy URL; empty: SQLite in the home folder.")
    artifacts_url: str = Field(
        "", description="Folder or fsspec URL for data sets and models; empty: in the home folder."
    )
    scheduler: str = Field("", description="Address of an existing Dask scheduler; empty: a local one is started.")
    gpu: Literal["any", "only"] = Field(
        "any",
        description="Where a cluster's trainings go: to `any` free worker, which uses its GPU if it has one, "
        "or `only` to workers that offer `gpu`.",
    )
    memory_mb: int = Field(
        0,
        ge=0,
        description="Memory in megabytes that the server, its caches, the processes that read and work through data "
        "and the workers share; 0: nine tenths of the machine, or of what its container may take.",
    )
    workers: int = Field(
        default_factory=lambda given: _usual_workers(given.get("memory_mb", 0)),
        ge=1,
        le=_MOST_WORKERS,
        description="Runs that train side by side (default: one for each core; more than 4 only where there are 2.5 GB "
        "of memory for each).",
    )
    default_seeds: int = Field(
        3,
        ge=1,
        le=10,
        description="Seeds of each model that the form starts with where the data are small enough to be quick.",
    )
    worker_memory_mb: int = Field(
        0,
        ge=0,
        description="Memory limit of one worker in megabytes, beyond which it is ended; 0: its share of what "
        "`SEQLAB_MEMORY_MB` says.",
    )
    auth: Literal["auto", "personal", "browser", "oidc"] = Field(
        "auto",
        description="Who has a workspace of their own: `browser`, each browser; `oidc`, each account; `personal`, "
        "nobody, all share one. `auto`: `personal` for whoever sits at this machine, `browser` for everybody else.",
    )
    workspace: str = Field("personal", description="The personal workspace, which the command line works with too.")
    max_file_mb: int = Field(100, ge=1, description="Largest upload, in megabytes, after decompression too.")
    max_pasted_characters: int = Field(
        2_000_000, ge=1000, le=4_000_000, description="Maximum number of characters in the paste box."
    )
    max_rows: int = Field(200_000, ge=2, description="Maximum number of rows of a data set.")
    max_text_characters: int = Field(
        50_000, ge=100, description="Characters kept of each text; the rest is cut, and the page says so."
    )
    max_sound_seconds: float = Field(
        60.0,
        gt=0,
        le=3600,
        description="Seconds that one sound may have; longer ones are left out, and the page says so.",
    )
    max_sound_minutes: float = Field(
        60.0, gt=0, le=600, description="Minutes that the sounds of a data set may have together."
    )
    sound_rate: int = Field(
        16_000, ge=4_000, le=48_000, description="Samples a second that are kept of a sound at most."
    )
    max_classes: int = Field(200, ge=2, description="Maximum number of classes of a data set.")
    max_epochs: int = Field(500, ge=1, description="Maximum number of epochs of a run.")
    max_training_minutes: float = Field(
        240.0,
        ge=0,
        description="Minutes that one run may train, all its turns together; then it is scored as it is. 0: no limit.",
    )
    turn_seconds: float = Field(
        20.0,
        ge=0,
        description="Shortest turn of a run on its worker, in seconds: after that it gives the worker to whoever waits "
        "and has had less, and goes on later. 0: it keeps its worker to the end.",
    )
    max_runs_in_flight: int = Field(
        100, ge=1, description="Maximum number of runs of one workspace that wait or train at a time."
    )
    max_runs_per_address: int = Field(
        400,
        ge=0,
        description="Maximum number of runs of all browsers at one internet address that wait or train at a time. "
        "0: no limit.",
    )
    shared_addresses: str = Field(
        "",
        description="Internet addresses or networks behind which many people sit, such as a school, separated by "
        "commas: there each browser is served by itself, and no limit holds for all of them together.",
    )
    trusted_proxies: str = Field(
        "",
        description="Addresses or networks of proxies, besides this machine, whose `X-Forwarded-For` is believed, "
        "separated by commas.",
    )
    max_storage_mb: int = Field(
        20_480, ge=1, description="Storage for the data sets and models of one workspace, in megabytes."
    )
    max_total_storage_mb: int = Field(
        0,
        ge=0,
        description="Storage for the data sets and models of all workspaces together, in megabytes, beyond which "
        "nothing new is kept; 0: as much as the disk has.",
    )
    keep_days: int = Field(
        0,
        ge=0,
        le=36_500,
        description="Days after which data sets, experiments and sweeps that nobody looked at are deleted, with their "
        "models and links; 0: never.",
    )
    epochs_kept_mb: int = Field(
        16,
        ge=0,
        description="Weights after single epochs kept of each run, in megabytes, to look inside it as it was then; "
        "0: none.",
    )
    catalogue_mb: int = Field(
        2_000,
        ge=0,
        description="Public data sets kept after they were fetched, in megabytes; those that were not used for longest "
        "go first. 0: pages fetch none.",
    )
    hub: str = Field("https://huggingface.co", description="Address of the Hugging Face hub, or of a mirror of it.")
    max_sessions: int = Field(
        default_factory=lambda: 50 * (os.cpu_count() or 1),
        ge=0,
        description="Pages open at a time (default: 50 for each core); who comes then waits in a line. 0: any number.",
    )
    inspection_timeout: float = Field(60.0, gt=0, description="Seconds a question to a model may take.")

    @property
    def database(self) -> str:
        """SQLAlchemy URL in force."""
        return self.database_url or f"sqlite:///{self.home / 'sequence-lab.db'}"

    @property
    def artifacts(self) -> str:
        """Folder or fsspec URL in force."""
        return self.artifacts_url or str(self.home / "artifacts")


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
