"""The words that stand on the pages, each with what it means and an example from here: the one list of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A word.

    Attributes:
        name: As the list calls it.
        means: In one sentence.
        more: Why it matters, with an example from these pages; Markdown.
        also: Other words for it, or other forms of it, by which it is found in a text.
        related: Keys of terms that help to understand it.
    """

    name: str
    means: str
    more: str
    also: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Its place in an address: "over-fitting"."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")


_TERMS = (
    Term(
        "Token", "What a model reads one at a time: usually a word, or a mark, a piece of a word or a character.",
        "“Not a good film” is four tokens. The Data page shows any text of yours cut into them, under “What the model "
        "will see”; the tokenizer of the Train page decides how it is cut.",
        ("tokens", "tokenizer"), ("vocabulary", "padding", "embedding"),
    ),
    Term(
        "Vocabulary", "The list of tokens that a model knows, each with its number.",
        "It is made from the training texts alone: a word that only a test text has is unknown, as it will be in use.",
        (), ("token", "unknown-word"),
    ),
    Term(
        "Unknown word", "A token that is not in the vocabulary; all of them share one number, and one vector.",
        "The pages call it OOV, out of vocabulary. Words that occur once are made unknown in larger data sets, so that "
        "a model learns what to do with one.",
        ("OOV", "out-of-vocabulary", "unknown words"), ("vocabulary",),
    ),
    Term(
        "Padding", "Zeros behind the shorter texts of a batch, so that all of them are equally long.",
        "No model here sees it. In the teaching notebook attention falls on it as on any word, so that the answer to a "
        "text depends on how long the longest one is.",
        ("padded",), ("batch", "token"),
    ),
    Term(
        "Embedding", "The vector of numbers that stands for a token, learned with everything else.",
        "With an embedding size of 32 every word of the vocabulary has 32 numbers. Words that do the same for the "
        "answer come to lie near each other. It is usually most of a model's parameters.",
        ("embeddings", "embedding size"), ("token", "parameter"),
    ),
    Term(
        "Parameter", "A number of a model that training changes.",
        "The Train page counts them on every card. More of them can learn more, and can over-fit more.",
        ("parameters", "weights of a model"), ("gradient", "over-fitting"),
    ),
    Term(
        "Layer", "One stage of a model; stacked ones read what the one below them has made.",
        "One is usually enough for a few thousand texts.", ("layers",), ("parameter",),
    ),
    Term(
        "Units", "How many numbers a model's state, or a layer, has.",
        "An LSTM of 32 units remembers 32 numbers of what it has read, whatever the text is. A model with more units "
        "has more parameters.",
        ("unit",), ("hidden-state", "parameter"),
    ),
    Term(
        "Hidden state", "The numbers in which a recurrent model keeps what it has read so far.",
        "It is rewritten at every token by the same weights. The last one is what the answer is made from, unless "
        "attention looks back at all of them.",
        ("hidden states", "hidden layer"), ("gate", "units"),
    ),
    Term(
        "Gate", "A number from 0 to 1 for each unit that decides how much gets through.",
        "An LSTM has three, for what is written into its memory, kept there and shown; a GRU has two. At 1 an old "
        "number stays as it is, so that an early word can last to the end of a text.",
        ("gates", "gated"), ("hidden-state",),
    ),
    Term(
        "Attention", "Weights over the tokens of a text, summing to 1, by which a model adds up what it read of each.",
        "Look inside shades your words by them. They show where the model looked, which is a hint at why it answered "
        "so, not a proof.",
        ("attends",), ("head", "softmax"),
    ),
    Term(
        "Head", "One of several attentions that work side by side in a transformer.",
        "Each has weights of its own and may look for something else; Look inside shows them one by one. The last "
        "layer of any model, which makes the answer, is called its head too.",
        ("heads", "attention heads"), ("attention",),
    ),
    Term(
        "Softmax", "Turns any numbers into positive ones that sum to 1.",
        "It makes the probabilities of the classes, and the weights of attention. With two classes one sigmoid does.",
        ("sigmoid",), ("attention", "loss"),
    ),
    Term(
        "Epoch", "One pass of the training over all training texts.",
        "Thirty at most here unless you say otherwise; training stops earlier when the validation loss has not fallen "
        "for a while. Each epoch is a point on the learning curves.",
        ("epochs",), ("batch", "early-stopping", "best-epoch"),
    ),
    Term(
        "Batch", "The texts from which one step of the training is computed together.",
        "With a batch size of 32, a thousand texts are 32 steps an epoch. Texts of similar length share a batch here, "
        "so that little of it is padding: it costs several times less, and trains much as shuffled ones do.",
        ("batches", "batch size"), ("epoch", "padding", "gradient"),
    ),
    Term(
        "Gradient", "For each parameter, how much the loss would change if that parameter did.",
        "Each step moves all parameters a little against it. In a plain RNN the gradient of an early word shrinks at "
        "every token that follows, so that what stands there is hardly learned: it vanishes.",
        ("gradients",), ("learning-rate", "loss", "gate"),
    ),
    Term(
        "Learning rate", "How far one step of the training goes.",
        "Too large, and the loss jumps or explodes; too small, and it takes for ever.",
        (), ("gradient", "optimizer"),
    ),
    Term(
        "Optimizer", "The rule that turns gradients into steps.",
        "Adam gives each parameter a step size of its own and is a good first choice.",
        (), ("gradient", "learning-rate"),
    ),
    Term(
        "Loss", "What the model is trained to lower: how surprised it is by the true class.",
        "Cross-entropy, in nats. Being confident and wrong costs most, so it can rise while the accuracy stays.",
        ("validation loss",), ("gradient", "over-fitting"),
    ),
    Term(
        "Seed", "The number from which a training draws its first weights and the order of the texts.",
        "The same seed gives the same model again. Two trainings that differ in nothing else differ by a point or so: "
        "one training each says nothing about two architectures, so the form begins with three.",
        ("seeds",), ("interval", "verdict"),
    ),
    Term(
        "Dropout", "Setting a share of the numbers to zero at random, in training only.",
        "A model that cannot rely on any single number learns by heart less easily. Try 0.2 to 0.5 where the curves "
        "show over-fitting.",
        (), ("over-fitting",),
    ),
    Term(
        "Over-fitting", "Learning the training texts by heart, at the cost of all others.",
        "On the learning curves the training loss falls on while the validation loss rises. More texts, dropout, fewer "
        "units or fewer epochs help; the best epoch is kept in any case.",
        ("overfitting", "overfits", "over-fit", "over-fits", "overfit"), ("dropout", "validation-texts", "best-epoch"),
    ),
    Term(
        "Training texts", "The texts that a model learns from.",
        "Vocabulary and weights are made from them alone.", ("training split",), ("validation-texts", "test-texts"),
    ),
    Term(
        "Validation texts", "Texts set aside to watch a training by.",
        "They decide when it stops and which epoch is kept, so they are no fair judge of the result.",
        ("validation",), ("test-texts", "early-stopping"),
    ),
    Term(
        "Test texts", "Texts that no training has seen, by which models are compared at the end.",
        "Choose nothing by them: what was chosen among many looks better on them than it is.",
        ("test split", "test text"), ("accuracy", "validation-texts"),
    ),
    Term(
        "Early stopping", "Ending a training when the validation loss has not fallen for some epochs.",
        "It saves time, and what would follow is over-fitting.", (), ("epoch", "best-epoch"),
    ),
    Term(
        "Best epoch", "The epoch whose weights were most often right on the validation texts; they are kept.",
        "Of several alike, the one with the lowest loss. It is ringed on the learning curves.",
        (), ("epoch", "validation-texts"),
    ),
    Term(
        "Class", "One of the answers that a model chooses from: a label.",
        "Ham and spam are two classes. A class with few texts is hard to learn; macro F1 shows whether it was.",
        ("classes",), ("accuracy", "macro-f1"),
    ),
    Term(
        "Accuracy", "Share of the test texts that got their true class.",
        "Always answering the commonest class is the bar: 87 % is nothing where 87 % are ham.",
        ("accuracies",), ("interval", "macro-f1"),
    ),
    Term(
        "Macro F1", "F1, the balance of precision and recall, of each class, then their mean.",
        "Rare classes count fully, so it tells more than accuracy where one class is common.",
        (), ("accuracy", "class"),
    ),
    Term(
        "Interval", "The range in which the true score lies in 95 of 100 experiments.",
        "It counts which texts were tested (Wilson) and, from three seeds on, which seeds were drawn. More of either "
        "narrow it.",
        ("95 % interval", "intervals"), ("seed", "verdict"),
    ),
    Term(
        "Verdict", "What may be said about two models: better, equal for practical purposes, or not enough evidence.",
        "Better: the difference is more than texts and seeds explain (p below 0.05, corrected for all pairs of models "
        "by Holm's method). Equal: the whole interval of the difference lies within a point, or what you say. Else "
        "the page says how many more seeds or texts would tell.",
        ("not enough evidence", "equal for practical purposes"), ("interval", "seed"),
    ),
    Term(
        "McNemar's test", "Looks only at the texts on which two trained models differ.",
        "A p below 0.05 means that chance alone would rarely divide them so unevenly. It knows nothing of other seeds.",
        (), ("verdict",),
    ),
    Term(
        "ROC and AUC", "True against false positives at every threshold, and the area below that curve.",
        "0.5 is guessing, 1 is perfect.", ("ROC", "AUC"), ("accuracy",),
    ),
    Term(
        "Planted task", "Data that we generate, of which it is known which words or moments decide the label.",
        "Whether a model learns it, and whether a heatmap shows what decides, can then be told. On the Data page under "
        "Planted: a word that says it a distance before the end, or a spike whose place in a series is all that tells.",
        ("planted tasks",), ("memory-race", "attention"),
    ),
    Term(
        "Memory race", "The same models trained on one planted task at growing distances, from several seeds.",
        "It says from which distance on the plain RNN loses to another model by more than chance explains, or that it "
        "does not. It has a page of its own.",
        ("memory races",), ("planted-task", "seed"),
    ),
)  # fmt: skip
GLOSSARY: dict[str, Term] = {term.key: term for term in sorted(_TERMS, key=lambda term: term.name.casefold())}
_BY_WORD = {word.casefold(): term for term in _TERMS for word in (term.name, *term.also)}
_WORDS = re.compile(
    r"(?<![\w-])(?:" + "|".join(map(re.escape, sorted(_BY_WORD, key=len, reverse=True))) + r")(?![\w-])", re.IGNORECASE
)


@dataclass(frozen=True)
class Found:
    """A term in a text.

    Attributes:
        start: Where its word begins.
        end: Where it ends.
        term: What it is.
    """

    start: int
    end: int
    term: Term


def terms_in(text: str) -> list[Found]:
    """Every word of a text that is in the glossary, in order; of several that fit, the longest."""
    return [Found(each.start(), each.end(), _BY_WORD[each[0].casefold()]) for each in _WORDS.finditer(text)]


def find_term(word: str) -> Term | None:
    """The term of that key, or that goes by that word."""
    return GLOSSARY.get(word.casefold()) or _BY_WORD.get(word.casefold())


def search_terms(words: str) -> Sequence[Term]:
    """The terms in which every one of these words stands; those that are called so first."""
    wanted = words.casefold().split()
    found = [
        term for term in GLOSSARY.values()
        if all(word in " ".join((term.name, *term.also, term.means, term.more)).casefold() for word in wanted)
    ]  # fmt: skip
    return sorted(found, key=lambda term: not any(word in term.name.casefold() for word in wanted))
