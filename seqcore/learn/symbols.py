"""What every symbol of the equations means, and how large it is in a model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from seqcore.architectures import Architecture, Sizes, stages_of
from seqcore.spec import Options


@dataclass(frozen=True)
class Symbol:
    """One thing, under each of the names that equations have for it.

    Attributes:
        names: In LaTeX, as they stand in the equations.
        meaning: What it is; Markdown.
        shape: Names of its sides, from `sizes_of_sides`; () is a single number, None no number at all.
    """

    names: tuple[str, ...]
    meaning: str
    shape: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Row:
    """A line of the table below the equations.

    Attributes:
        names: Those that stand in the equations, in LaTeX.
        meaning: What they are; Markdown.
        shape: "32 × 16 (units × embedding size)"; "one number"; empty for what is no number.
    """

    names: tuple[str, ...]
    meaning: str
    shape: str


_S, _E, _U = "steps", "embedding size", "units"
_CELL = (
    Symbol(("x_t",), "vector of token $t$", (_E,)),
    Symbol(("t",), "number of the token, from 1 to $T$, the last"),
    Symbol(("T",), "number of the last token"),
    Symbol(("b",), "bias: a number that is added, learned", (_U,)),
    Symbol(("W",), "weights of the token's vector, learned", (_U, _E)),
    Symbol(("U",), "weights of the state before, learned", (_U, _U)),
    Symbol(("h_t", "h_{t-1}"), "hidden state after token $t$, and the one before; $h_0 = 0$", (_U,)),
)
_OPERATIONS = (
    Symbol((r"\tanh",), "squashes every number to between −1 and 1"),
    Symbol((r"\sigma",), r"the sigmoid $1 / (1 + e^{-a})$: squashes every number to between 0 and 1"),
    Symbol((r"\mathrm{relu}",), "keeps positive numbers, makes negative ones 0"),
    Symbol((r"\mathrm{gelu}",), "a smooth relu: keeps positive numbers, makes negative ones nearly 0"),
    Symbol((r"\mathrm{softmax}",), "makes weights of any numbers: positive, each row summing to 1"),
    Symbol((r"\mathrm{norm}",), "brings a vector to mean 0 and spread 1, then scales and shifts it as learned"),
    Symbol((r"\odot",), "number by number, the first times the first and so on"),
    Symbol((r"\exp",), "the exponential function: positive, and larger numbers count for far more"),
    Symbol((r"\ln",), "natural logarithm"),
    Symbol((r"\sum",), "the sum over all of them"),
    Symbol((r"\max",), "the largest over all of them"),
    Symbol((r"\min",), "the smallest over all of them"),
    Symbol((r"\top",), "rows and columns exchanged"),
    Symbol((r"\leftarrow",), "becomes: the old $x$ stands on the right, the new one on the left"),
    Symbol((r"\lVert", r"\rVert"), "length of a vector: the root of its summed squares"),
    Symbol((r"[\,;\,]",), "one vector behind the other"),
    Symbol((r"\mathrm{LSTM}",), "one step of an LSTM, with weights of its own for each direction"),
    Symbol((r"\mathrm{BiGRU}",), "a GRU from each end, one behind the other, with weights of their own"),
    Symbol((r"\mathrm{GRU}",), "one step of a GRU, with weights of its own for each direction"),
)
_SHARED = (
    *_CELL,
    Symbol(("x",), "vectors of all tokens, one a row", (_S, _E)),
    Symbol(("h",), "what is handed to the head", ("features",)),
    Symbol(("s",), "what is handed to the head", ("features",)),
    Symbol(("k",), "number of a token, like $t$"),
    *_OPERATIONS,
)
_LSTM = (
    Symbol(("i", "f", "o"), "input, forget and output gate: how much is written, kept and shown, 0 to 1", (_U,)),
    Symbol(("c_t", "c_{t-1}"), "memory cell after token $t$, and the one before; $c_0 = 0$", (_U,)),
    Symbol(("W_{ifo}", "W_c"), "weights of the token's vector, for each gate and for what may be written", (_U, _E)),
    Symbol(("U_{ifo}", "U_c"), "weights of the state before, for each of them", (_U, _U)),
    Symbol(("b_{ifo}", "b_c"), "biases, for each of them", (_U,)),
)
_GRU = (
    Symbol(("z", "r"), "update and reset gate: how much of the state stays, and how much of it is looked at", (_U,)),
    Symbol((r"\tilde{h}_t",), "candidate: what the state would become", (_U,)),
    Symbol(("W_{zr}", "W_h"), "weights of the token's vector, for each gate and for the candidate", (_U, _E)),
    Symbol(("U_{zr}", "U_h"), "weights of the state before, for each of them", (_U, _U)),
    Symbol(("b_{zr}",), "biases of the gates; Keras keeps each as two that are added", (_U,)),
    Symbol(("b_h", "d_h"), "biases of the candidate, beside the token's share and beside the state's", (_U,)),
)
_BOTH_WAYS = (
    Symbol((r"\overrightarrow{h}_t", r"\overrightarrow{h}_{t-1}", r"\overrightarrow{h}_T"),
           "state of the cell that reads forwards", (_U,)),
    Symbol((r"\overleftarrow{h}_t", r"\overleftarrow{h}_{t+1}", r"\overleftarrow{h}_1"),
           "state of the cell that reads backwards", (_U,)),
)  # fmt: skip
_ATTENTION = (
    Symbol(("h_t",), "recurrent state after token $t$, of both directions where there are two", ("features",)),
    Symbol(("e_t", "e_k"), "score of a token", ()),
    Symbol((r"\alpha_t",), "attention weight of token $t$; all of them sum to 1", ()),
    Symbol(("W_a",), "weights of the score, learned", (_U, "features")),
    Symbol(("b_a",), "bias of the score, learned", (_U,)),
    Symbol(("v",), "what makes one number of the score's vector, learned", (_U,)),
)  # fmt: skip
_TRANSFORMER = (
    Symbol(("x",), "vectors of all tokens with their positions, one a row; each block changes them", (_S, _E)),
    Symbol(("x_t",), "row $t$ of $x$", (_E,)),
    Symbol((r"\hat{x}",), "$x$, each row normalised", (_S, _E)),
    Symbol(("Q", "K", "V"), "queries (what a token looks for), keys (what it is found by), values (what it gives), in "
           "each head", (_S, "head size")),
    Symbol(("W_Q", "W_K", "W_V"), "make them from $\\hat{x}$, learned, in each head (and a bias)", (_E, "head size")),
    Symbol(("A",), "attention weights: row $i$ says how much token $i$ looks at each token", (_S, _S)),
    Symbol(("d",), "head size: the scores are divided by its root, or the softmax would see one token only", ()),
    Symbol(("W_O",), "joins the heads, learned (and a bias)", (_E, _E)),
    Symbol(("W_1",), "first layer of the feed-forward part, learned (and a bias)", (_E, _U)),
    Symbol(("W_2",), "second layer of it, learned (and a bias)", (_U, _E)),
)  # fmt: skip
_W = "width"
_PRETRAINED = (
    Symbol(("x",), "vectors of all tokens with their positions, one a row; each block changes them", (_S, _W)),
    Symbol(("x_t",), "row $t$ of $x$", (_W,)),
    Symbol(("Q", "K", "V"), "queries (what a token looks for), keys (what it is found by), values (what it gives), in "
           "each head", (_S, "head size")),
    Symbol(("W_Q", "W_K", "W_V"), "make them from $x$, learned before, in each head (and a bias)", (_W, "head size")),
    Symbol(("A",), "attention weights: row $i$ says how much token $i$ looks at each token", (_S, _S)),
    Symbol(("d",), "head size: the scores are divided by its root, or the softmax would see one token only", ()),
    Symbol(("W_O",), "joins the heads, learned before (and a bias)", (_W, _W)),
    Symbol(("W_1",), "first layer of the feed-forward part, learned before (and a bias)", (_W, "feed forward")),
    Symbol(("W_2",), "second layer of it, learned before (and a bias)", ("feed forward", _W)),
)  # fmt: skip
_CONVOLUTION = (
    Symbol(("c_t",), "answers of the filters at token $t$", ("filters",)),
    Symbol(("x_t", r"x_{t+w-1}"), "vectors of the tokens that a filter sees, from $t$ on", (_E,)),
    Symbol(("w",), "width of a filter: how many tokens it sees", ()),
    Symbol(("W",), "weights of the filters of one width, learned: each row is a filter", (_U, "w", _E)),
    Symbol(("b",), "bias of each filter, learned", (_U,)),
)
_TEMPORAL_CONVOLUTION = (
    Symbol(("x_t", "x_{t-(w-1)d}", "x_T"), "vector of token $t$, those that a filter sees before it, and the last "
           "one; each block changes them"),
    Symbol(("u_t", "u_{t-(w-1)d}"), "answers of a block's first filters at token $t$, and before it", (_U,)),
    Symbol(("v_t",), "answers of its second filters", (_U,)),
    Symbol(("w",), "width of a filter: how many tokens it sees", ()),
    Symbol(("d",), "how far apart these lie: one in the first block, then twice as far from block to block"),
    Symbol(("W_1",), "weights of a block's first filters, learned; above the first block they read units",
           (_U, "filter width", _E)),
    Symbol(("W_2",), "weights of its second filters, learned", (_U, "filter width", _U)),
    Symbol(("b_1", "b_2"), "biases of the filters, learned", (_U,)),
)  # fmt: skip
_MIN_GRU = (
    Symbol(("z_t",), "update gate: how much of the candidate takes the place of the state, 0 to 1", (_U,)),
    Symbol((r"\tilde{h}_t",), "candidate: what the state would become", (_U,)),
    Symbol(("W_z", "W_h"), "weights of the token's vector, for the gate and for the candidate", (_U, _E)),
    Symbol(("b_z", "b_h"), "biases of the gate and of the candidate", (_U,)),
)
_FASTTEXT = (
    Symbol(("x_t",), "vector of word $t$, learned", (_E,)),
    Symbol(("v_g",), "vector of the bucket of n-gram $g$, learned; the n-grams of a bucket share it", (_E,)),
    Symbol(("N",), "number of words and n-grams in the text"),
)
_HIERARCHICAL = (
    Symbol(("x_{it}",), "vector of word $t$ in sentence $i$", (_E,)),
    Symbol(("h_{it}",), "state at word $t$ of sentence $i$, of both directions", ("2 × units",)),
    Symbol(("e_{it}", "e_{ik}"), "score of a word in its sentence", ()),
    Symbol((r"\alpha_{it}",), "weight of word $t$ in sentence $i$; those of a sentence sum to 1", ()),
    Symbol(("W_a", "W_s"), "weights of the score of words, and of that of sentences, learned", (_U, "2 × units")),
    Symbol(("b_a", "b_s"), "biases of the two scores, learned", (_U,)),
    Symbol(("v", "u"), "what makes one number of a score's vector, of words and of sentences, learned", (_U,)),
    Symbol(("s_i",), "vector of sentence $i$: its states, each by its weight", ("2 × units",)),
    Symbol(("h_i",), "state at sentence $i$, of both directions", ("2 × units",)),
    Symbol(("e_i", "e_k"), "score of a sentence", ()),
    Symbol((r"\beta_i",), "weight of sentence $i$; all of them sum to 1", ()),
    Symbol(("d",), "what is handed to the head", ("features",)),
    Symbol(("i",), "number of a sentence"),
    Symbol(("t", "k"), "number of a word in its sentence, or of another word or sentence"),
)  # fmt: skip
_BAG_OF_WORDS = (
    Symbol(("w",), "a term: a word, or a pair of neighbouring words"),
    Symbol(("x", "x_w"), "what the text is for the model, and one term's share of it", ("terms",)),
    Symbol(("n", "n_w"), "how often each term stands in the text, and one of them", ("terms",)),
    Symbol((r"\mathrm{idf}", r"\mathrm{idf}_w"), "how rare each term is in the training texts, and one of them: rare "
           "ones count more", ("terms",)),
    Symbol(("W",), "a weight for each term, learned", ("outputs", "terms")),
    Symbol(("b",), "bias, learned", ("outputs",)),
    Symbol(("p",), "probability of each class; with more than two classes a softmax stands for the $\\sigma$",
           ("outputs",)),
)  # fmt: skip
_SCALE = Symbol(("a",), "a factor, chosen on the validation examples: how sure it may be; it changes no answer", ())
_MINI_ROCKET = (
    Symbol(("x_{t+kd}",), "numbers of a moment, those of some channels added up; zeros stand around the series"),
    Symbol(("w_k",), "weight of a pattern at its place $k$, from −4 to 4: three are 2, six are −1"),
    Symbol(("d",), "how far apart the places of a pattern lie"),
    Symbol(("k",), "place within a pattern"),
    Symbol(("c_t",), "how well the pattern fits at moment $t$", ()),
    Symbol(("q",), "a threshold: a quantile of what the pattern says of one training example", ()),
    Symbol(("f",), "the share of moments at which it is passed, for every pattern and threshold", ("features",)),
    Symbol(("W",), "a weight for each share, solved for", ("outputs", "features")),
    Symbol(("b",), "bias, solved for", ("outputs",)),
    Symbol(("t",), "number of the moment"),
    Symbol(("T",), "how many moments there are"),
    Symbol(("p",), "probability of each class; with more than two classes a softmax stands for the $\\sigma$",
           ("outputs",)),
    _SCALE,
)  # fmt: skip
_NEAREST_NEIGHBOUR = (
    Symbol(("x",), "all numbers of the series", ("steps", "channels")),
    Symbol(("x_n",), "those of a kept training series", ("steps", "channels")),
    Symbol(("d", "d_k"), "distance of the nearest kept series of each class, and of class $k$", ("classes",)),
    Symbol(("k",), "number of the class"),
    Symbol(("p",), "probability of each class", ("outputs",)),
    _SCALE,
)
_OWN: dict[str, tuple[Symbol, ...]] = {
    "lstm": _LSTM,
    "gru": _GRU,
    "bilstm": _BOTH_WAYS,
    "bigru": _BOTH_WAYS,
    "lstm_attention": _ATTENTION,
    "bilstm_attention": _ATTENTION,
    "transformer": _TRANSFORMER,
    "pretrained": _PRETRAINED,
    "cnn": _CONVOLUTION,
    "bag_of_words": _BAG_OF_WORDS,
    "tcn": _TEMPORAL_CONVOLUTION,
    "fasttext": _FASTTEXT,
    "min_gru": _MIN_GRU,
    "mini_rocket": _MINI_ROCKET,
    "nearest_neighbour": _NEAREST_NEIGHBOUR,
    "hierarchical_attention": _HIERARCHICAL,
}
_LAYOUT = {r"\frac", r"\sqrt", r"\left", r"\right", r"\quad", r"\ldots"}
_INDEXED = {r"\sum", r"\max", r"\min"}  # what stands below them is an index, no part of a name
_INDICES = {"t", "k", "w", "T"}
_ATOM = re.compile(
    r"(?P<base>\\(?:overrightarrow|overleftarrow|tilde|hat|mathrm)\{[^{}]*\}|\\[A-Za-z]+|[A-Za-z])"
    r"(?:_(?P<below>\{[^{}]*\}|[A-Za-z0-9]))?"
)


def symbols_in(equation: str) -> tuple[str, ...]:
    r"""Every name in an equation, and the letters that number it, in LaTeX, each once, in order.

    Example:
        >>> symbols_in(r"h_t = \tanh(W x_t)")
        ('h_t', 't', '\\tanh', 'W', 'x_t')
    """
    found = dict.fromkeys(_names(equation))
    return tuple([*found, r"[\,;\,]"] if ";" in equation.replace(r"\;", "") else found)


def _names(equation: str) -> Iterator[str]:
    for atom in _ATOM.finditer(equation):
        base, below = atom["base"], (atom["below"] or "").strip("{}")
        if base in _LAYOUT:
            continue
        bare = not below or base in _INDEXED
        yield base if bare else f"{base}_{{{below}}}" if len(below) > 1 else f"{base}_{below}"
        yield from (letter for letter in re.findall("[A-Za-z]", below) if letter in _INDICES)


def rows_of(architecture: Architecture, sizes: Sizes, options: Options) -> list[Row]:
    """The table of an architecture's equations: first what has numbers, in the order of the equations.

    A name that nobody has defined has an empty meaning.
    """
    sides = sizes_of_sides(architecture, sizes, options)
    names = dict.fromkeys(name for line in architecture.equations for name in symbols_in(line))
    known = {
        name: symbol for each in (_SHARED, _OWN.get(architecture.name, ())) for symbol in each for name in symbol.names
    }
    found: dict[Symbol, list[str]] = {}
    for name in names:
        found.setdefault(known.get(name, Symbol((name,), "")), []).append(name)
    ordered = sorted(found.items(), key=lambda each: (each[0] in _OPERATIONS, each[0].shape is None))
    return [Row(tuple(names), symbol.meaning, _told(symbol, sides)) for symbol, names in ordered]


def sizes_of_sides(architecture: Architecture, sizes: Sizes, options: Options) -> dict[str, int]:
    """How long each side is that a symbol's shape may name."""
    stages = stages_of(architecture, sizes, options)
    sides = {axis.name: axis.size for stage in stages for axis in stage.shape or ()}
    for name, value in options.model_dump().items():
        if isinstance(value, int) and not isinstance(value, bool):
            sides.setdefault(name.replace("_", " "), value)
    before_head = next((stage.shape for stage in reversed(stages[:-2]) if stage.shape), ())
    if before_head:
        sides["features"] = before_head[-1].size
    wide = sides.get("embedding size", sides.get(_W))
    if "heads" in sides and wide is not None:
        sides["head size"] = wide // sides["heads"]
    return sides


def _told(symbol: Symbol, sides: dict[str, int]) -> str:
    if symbol.shape is None:
        return ""
    if not symbol.shape:
        return "one number"
    said = " × ".join(symbol.shape)
    return f"{' × '.join(f'{sides[name]:,}' if name in sides else name for name in symbol.shape)} ({said})"
