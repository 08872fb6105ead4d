"""`operator`: what whoever runs a server sees and ends, across all workspaces; each command another file here."""

from seqcore.cli.operator.group import operator

__all__ = ["operator"]
