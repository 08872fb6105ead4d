"""Public data sets that are fetched when somebody asks for them: well-known ones, and any of the Hugging Face hub."""

from seqcore.datasets.catalogue.fetching import fetch, fetch_job, kept_sets, look_job, look_up
from seqcore.datasets.catalogue.hub import HubSet, Listing, as_parts, size_of
from seqcore.datasets.catalogue.kept_sets import KeptSet, KeptSets
from seqcore.datasets.catalogue.known import KNOWN, KnownSet, get_known
from seqcore.datasets.catalogue.newsgroups import REMOVABLE, Newsgroups

__all__ = [
    "KNOWN",
    "REMOVABLE",
    "HubSet",
    "KeptSet",
    "KeptSets",
    "KnownSet",
    "Listing",
    "Newsgroups",
    "as_parts",
    "fetch",
    "fetch_job",
    "get_known",
    "kept_sets",
    "look_job",
    "look_up",
    "size_of",
]
