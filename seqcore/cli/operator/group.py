"""The commands of the operator and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from seqcore.cli.operator import runs as runs_of_all

operator = typer.Typer(
    no_args_is_help=True,
    help="See and end what all workspaces of a server do. Works on the store of SEQLAB_HOME (or SEQLAB_DATABASE_URL) "
    "directly: whoever can read and write that is the operator, and is asked for nothing else.",
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]


@operator.command()
def runs(
    done: Annotated[bool, typer.Option("--all", help="Those that are done as well.")] = False, as_json: Json = False
) -> None:
    """List the runs of all workspaces that wait or are worked on, the newest first."""
    runs_of_all.list_runs(done=done, as_json=as_json)


@operator.command()
def stop(
    run_ids: Annotated[list[str], typer.Argument(metavar="RUN...", help="Ids of runs of any workspace.")],
    as_json: Json = False,
) -> None:
    """End runs of any workspace: what they learned is kept and scored, as when their owner stops them."""
    runs_of_all.stop(run_ids, as_json=as_json)
