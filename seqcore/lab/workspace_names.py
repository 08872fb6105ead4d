"""Names of workspaces: hashes of a secret, so that whoever reads the database cannot come back as that visitor."""

from __future__ import annotations

import hashlib
import json

_CHARACTERS = 32  # of a hash, in hexadecimal: 128 bits


def browser_workspace(key: str) -> str:
    """Name of the workspace that the key in a browser's cookie opens."""
    return f"browser-{_hash_of(key)}"


def account_workspace(issuer: str, subject: str) -> str:
    """Name of an account's workspace: a subject is unique only at its issuer."""
    return f"account-{_hash_of(issuer, subject)}"


def _hash_of(*secret: str) -> str:
    return hashlib.sha256(json.dumps(["sequence-lab workspace", *secret]).encode()).hexdigest()[:_CHARACTERS]
