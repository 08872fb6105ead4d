"""The commands of the operator and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from seqcore.cli.operator import erasing
from seqcore.cli.operator import runs as runs_of_all
from seqcore.cli.operator import workspaces as workspaces_of_all

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


@operator.command()
def workspaces(as_json: Json = False) -> None:
    """List the workspaces with what they have, the disk that they take, the queue and the engines."""
    workspaces_of_all.list_workspaces(as_json=as_json)


@operator.command()
def delete_workspace(
    cookie: Annotated[str | None, typer.Option(metavar="KEY", help="Key in the cookie of a browser.")] = None,
    account: Annotated[
        tuple[str, str] | None, typer.Option(metavar="ISSUER SUBJECT", help="Of the account, as its provider says.")
    ] = None,
    workspace: Annotated[
        str | None, typer.Option(metavar="NAME", help="As `operator workspaces` has it; its beginning is enough.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """Delete everything of a workspace for good: data sets, runs, models, sweeps, links; what trains is stopped."""
    erasing.delete_workspace(erasing.named(cookie, account, workspace), sure=yes, as_json=as_json)


@operator.command()
def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False, as_json: Json = False
) -> None:
    """Delete now what nobody looked at for SEQLAB_KEEP_DAYS, as a server does once a day."""
    erasing.retention(dry_run=dry_run, as_json=as_json)
