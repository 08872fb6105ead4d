"""What is wrong with labelled data, what it does to a score, and whether a result on them can be trusted."""

from seqcore.analysis.xray.findings import Finding, findings_of
from seqcore.analysis.xray.result import XRay
from seqcore.analysis.xray.trust import Trust, trust_in

__all__ = ["Finding", "Trust", "XRay", "findings_of", "trust_in"]
