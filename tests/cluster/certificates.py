"""Certificates of a cluster of one's own, as Dask's settings in the environment name them."""

from dataclasses import dataclass
from pathlib import Path

import trustme

ROLES = ("scheduler", "worker", "client")
_TLS = "DASK_DISTRIBUTED__COMM__TLS__"
ENCRYPTED = {"DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "True", "DASK_DISTRIBUTED__COMM__DEFAULT_SCHEME": "tls"}


@dataclass(frozen=True)
class Certificates:
    """A certificate authority in a folder, and a certificate with its key for every role.

    Attributes:
        folder: Holds `ca.pem` and, for each role, `<role>.pem` with key and certificate.
    """

    folder: Path

    @classmethod
    def issue(cls, folder: Path) -> "Certificates":
        """New ones, from an authority that nobody else knows."""
        folder.mkdir(parents=True, exist_ok=True)
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(folder / "ca.pem"))
        for role in ROLES:
            certificate = authority.issue_cert("127.0.0.1", "localhost", common_name=f"sequence-lab-{role}")
            certificate.private_key_and_cert_chain_pem.write_to_path(str(folder / f"{role}.pem"))
        return cls(folder)

    def environment(self, *roles: str) -> dict[str, str]:
        """What Dask reads, for a process that plays these roles."""
        chosen = {f"{_TLS}CA_FILE": str(self.folder / "ca.pem"), **ENCRYPTED}
        for role in roles:
            file = str(self.folder / f"{role}.pem")
            chosen |= {f"{_TLS}{role.upper()}__CERT": file, f"{_TLS}{role.upper()}__KEY": file}
        return chosen
