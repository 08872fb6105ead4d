"""The well-known sets: where they are, what they hold, whose they are, and how to bring them without a network."""

from __future__ import annotations

from dataclasses import dataclass

from seqcore.datasets.catalogue.hub import HubSet
from seqcore.datasets.catalogue.newsgroups import NEWSGROUPS, Newsgroups
from seqcore.datasets.columns import Columns
from seqcore.errors import NotFoundError

Source = HubSet | Newsgroups


@dataclass(frozen=True)
class KnownSet:
    """A public data set that many papers use.

    Attributes:
        name: As it is written on the command line.
        title: As pages call it.
        about: One sentence on its texts and classes.
        rows: Number of its texts, all parts together.
        classes: Number of its classes.
        megabytes: About so many are fetched.
        source: Where from.
        columns: Its columns that are learned from.
        licence: What may be done with it, as far as its authors say.
        citation: What to cite.
        page: Where its authors describe it.
        by_hand: The file to upload where this server has no network, as its publisher ships it.
    """

    name: str
    title: str
    about: str
    rows: int
    classes: int
    megabytes: float
    source: Source
    columns: Columns
    licence: str
    citation: str
    page: str
    by_hand: str


KNOWN = (
    KnownSet(
        "imdb",
        "IMDB reviews",
        "Long film reviews, praise or blame; half of them are the official test set.",
        50_000,
        2,
        42.0,
        HubSet("stanfordnlp/imdb", "plain_text", (("train", "train"), ("test", "test"))),
        Columns("text", "label", "split"),
        "none is stated; its authors ask to be cited",
        "Maas et al. 2011, Learning word vectors for sentiment analysis",
        "https://ai.stanford.edu/~amaas/data/sentiment/",
        "aclImdb_v1.tar.gz",
    ),
    KnownSet(
        "20newsgroups",
        "20 Newsgroups",
        "Posts to twenty newsgroups of 1993, split by date: the later ones are the official test set.",
        18_846,
        20,
        14.5,
        NEWSGROUPS,
        Columns("text", "label", "split"),
        "none is stated; the posts belong to those who wrote them",
        "Lang 1995, NewsWeeder: learning to filter netnews",
        "http://qwone.com/~jason/20Newsgroups/",
        "20news-bydate.tar.gz",
    ),
    KnownSet(
        "ag_news",
        "AG News",
        "Titles and first sentences of news: world, sports, business, science and technology.",
        127_600,
        4,
        20.0,
        HubSet("fancyzhx/ag_news", "default", (("train", "train"), ("test", "test"))),
        Columns("text", "label", "split"),
        "for research and other uses that are not commercial",
        "Zhang, Zhao & LeCun 2015, Character-level convolutional networks for text classification",
        "http://groups.di.unipi.it/~gulli/AG_corpus_of_news_articles.html",
        "train.csv and test.csv of ag_news_csv.tar.gz, or the archive as it is",
    ),
    KnownSet(
        "trec",
        "TREC questions",
        "Short questions by what they ask for: a person, a place, a number, a description, a thing, an abbreviation.",
        5_952,
        6,
        0.4,
        HubSet("CogComp/trec", "default", (("train", "train"), ("test", "test"))),
        Columns("text", "coarse_label", "split"),
        "none is stated",
        "Li & Roth 2002, Learning question classifiers",
        "https://cogcomp.seas.upenn.edu/Data/QA/QC/",
        "train_5500.label, with TREC_10.label as the test file",
    ),
    KnownSet(
        "sst2",
        "SST-2",
        "Sentences and phrases of film reviews, praise or blame; the official development set is the test set, as is "
        "usual, because the labels of the real one are secret.",
        68_221,
        2,
        3.2,
        HubSet("stanfordnlp/sst2", "default", (("train", "train"), ("validation", "test"))),
        Columns("sentence", "label", "split"),
        "none is stated",
        "Socher et al. 2013, Recursive deep models for semantic compositionality over a sentiment treebank",
        "https://nlp.stanford.edu/sentiment/",
        "SST-2.zip of GLUE, or its train.tsv with dev.tsv as the test file",
    ),
    KnownSet(
        "sms_spam",
        "SMS spam",
        "Text messages, wanted or spam. It has no official test set, so one is drawn.",
        5_574,
        2,
        0.4,
        HubSet("ucirvine/sms_spam", "plain_text", (("train", "train"),)),
        Columns("sms", "label"),
        "Creative Commons Attribution 4.0",
        "Almeida, Gómez Hidalgo & Yamakami 2011, Contributions to the study of SMS spam filtering",
        "https://archive.ics.uci.edu/dataset/228/sms+spam+collection",
        "SMSSpamCollection, or the archive that it comes in",
    ),
)


def get_known(name: str) -> KnownSet:
    """A well-known set by its name.

    Raises:
        NotFoundError: none has that name.
    """
    for each in KNOWN:
        if each.name == name:
            return each
    names = ", ".join(each.name for each in KNOWN)
    raise NotFoundError(
        "The catalogue has no set of that name",
        received=repr(name[:60]),
        remedy=f"Choose from: {names}; or a set of the Hugging Face hub, as owner/name",
    )
