"""`operator delete-workspace` and `operator retention`: what goes for good, of one workspace or of all."""

from __future__ import annotations

from dataclasses import asdict

import typer

from seqcore.cli.operator.names import short_workspace
from seqcore.cli.output import print_json, print_progress, print_table
from seqcore.cli.training import open_store
from seqcore.errors import NotFoundError, OptionError
from seqcore.lab.erase import erase_workspace
from seqcore.lab.retention import let_go, what_is_due
from seqcore.lab.workspace_names import account_workspace, browser_workspace
from seqcore.settings import get_settings
from seqcore.store import Store


def named(cookie: str | None, account: tuple[str, str] | None, workspace: str | None) -> str:
    """The workspace that one of these names.

    Raises:
        OptionError: none of them was given, or several.
    """
    given = [each for each in (cookie, account, workspace) if each]
    if len(given) != 1:
        raise OptionError(
            "Say whose workspace it is, in one way", remedy="--cookie KEY, --account ISSUER SUBJECT or --workspace NAME"
        )
    if cookie:
        return browser_workspace(cookie)
    return account_workspace(*account) if account else str(workspace)


def delete_workspace(name: str, *, sure: bool, as_json: bool) -> None:
    """Delete everything of a workspace, after a question unless one is sure.

    Raises:
        NotFoundError: there is nothing under this name, or several workspaces begin with it.
    """
    store = open_store(get_settings())
    name = _whole_name(store, name)
    there = store.erasure.holdings(name)
    said = ", ".join(f"{number} {what}" for what, number in vars(there).items())
    if not sure:
        typer.confirm(f"Delete everything of {short_workspace(name)} for good ({said})?", abort=True, err=True)
    erase_workspace(store, name)
    if not store.database.overwrite_what_was_deleted():
        print_progress("The database could not be written anew now; the server's daily round does it.")
    if as_json:
        print_json({"workspace": name, "deleted": vars(there)})
        return
    print_progress(f"Deleted: {said}.")


def retention(*, dry_run: bool, as_json: bool) -> None:
    """Delete what nobody looked at for SEQLAB_KEEP_DAYS, or say only what would go."""
    settings = get_settings()
    store = open_store(settings)
    if not settings.keep_days:
        print_progress("Everything is kept: SEQLAB_KEEP_DAYS is 0.")
    found = what_is_due(store, settings.keep_days) if dry_run else let_go(store, settings.keep_days)
    if as_json:
        described = [asdict(look) | {"at": look.at.isoformat()} for look in found]
        print_json({"days": settings.keep_days, "dry_run": dry_run, "things": described})
        return
    rows = [(look.kind, look.id, short_workspace(look.workspace), f"{look.at:%Y-%m-%d}") for look in found]
    print_table(("would go" if dry_run else "gone", "id", "workspace", "last looked at"), rows)


def _whole_name(store: Store, name: str) -> str:
    if store.erasure.holdings(name):
        return name
    found = [each.name for each in store.oversight.workspaces() if each.name.startswith(name)]
    if len(found) != 1:
        raise NotFoundError(
            "No workspace that has anything, or more than one, is called so", received=f"{len(found)} for {name[:60]}",
            remedy="`operator workspaces --json` has whole names",
        )  # fmt: skip
    return found[0]
