"""The command line: everything the pages do, without a browser."""

from seqcore.cli.app import main

__all__ = ["main"]
