"""`disagreements`: who is right where another is wrong, and the texts behind it."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.apart import total_variation
from seqcore.analysis.disagreements import Pair, pairs_of, texts_disagreed_on, texts_of_cell, texts_of_pair
from seqcore.analysis.standings import Standing
from seqcore.analysis.tested import Tested
from seqcore.cli.output import print_json, print_table
from seqcore.cli.slicing import tell_elsewhere, tested_of
from seqcore.datasets import LabelledData
from seqcore.errors import OptionError
from seqcore.kinds import get_kind


@dataclass(frozen=True)
class Wanted:
    """Which texts are asked for; without anything, those that the models do not all give the same class.

    Attributes:
        right: Label of a model that gets them right.
        wrong: Label of one that gets them wrong.
        model: Label of the model whose cell is meant.
        true: True class of the cell.
        given: Answer of the cell.
        between: Label of one of two models: the texts about which they are furthest apart come first.
        other: Label of the other of those.
        limit: Most texts that are told.
    """

    right: str | None = None
    wrong: str | None = None
    model: str | None = None
    true: str | None = None
    given: str | None = None
    between: str | None = None
    other: str | None = None
    limit: int = 100


def disagreements(experiment_id: str, wanted: Wanted, *, as_json: bool) -> None:
    """Print who is right where another is wrong, and the texts behind it with every model's probabilities.

    Raises:
        NotFoundError: no such experiment, or none of its models has a score.
        OptionError: no such model or class, or half of a question.
    """
    found, data, _ = tested_of(experiment_id)
    chosen = _chosen(found, wanted)
    apart = _distance(found, wanted) if wanted.between else None
    pairs = pairs_of(found.predicted, found.labels)
    if as_json:
        told = chosen[: wanted.limit].tolist()
        print_json(
            {
                "experiment": experiment_id,
                "classes": list(found.classes),
                "models": [_about(model) for model in found.models],
                "pairs": [_pair_json(found, pair) for pair in pairs],
                "found": len(chosen),
                "texts": [_text_json(found, data, place, apart) for place in told],
                "elsewhere": [each.label for each in found.elsewhere],
            }
        )
        return
    _print_pairs(found, pairs)
    _print_texts(found, data, chosen, wanted.limit, apart)
    tell_elsewhere(found)


def _print_pairs(found: Tested, pairs: tuple[Pair, ...]) -> None:
    labels = found.names
    rows = [
        (labels[each.first], labels[each.second], each.both_right, each.only_first, each.only_second, each.both_wrong)
        for each in pairs
    ]
    print_table(("first", "second", "both right", "only first", "only second", "both wrong"), rows)


def _print_texts(
    found: Tested, data: LabelledData, chosen: NDArray[np.int64], limit: int, apart: NDArray[np.float64] | None
) -> None:
    labels = found.names
    rows = []
    for place in chosen[:limit].tolist():
        row, true = int(found.rows[place]), found.classes[found.labels[place]]
        said = [
            f"{found.classes[code][:20]} {found.shares(number)[place].max():.2f}"
            for number, code in enumerate(found.predicted[:, place])
        ]
        distance = [] if apart is None else [f"{apart[place]:.4f}"]
        rows.append((row + 1, *distance, true[:20], *said, data.summary(row)[:60]))
    distance = [] if apart is None else ["apart"]
    print_table(("row", *distance, "true", *labels, get_kind(data.kind).example), rows)
    if len(chosen) > limit:
        sys.stderr.write(f"The first {limit:,} of {len(chosen):,} are shown; --limit takes more\n")


def _pair_json(found: Tested, pair: Pair) -> dict[str, Any]:
    names = {"first": found.models[pair.first].label, "second": found.models[pair.second].label}
    return asdict(pair) | names


def _chosen(found: Tested, wanted: Wanted) -> NDArray[np.int64]:
    of_cell, of_pair = (wanted.model, wanted.true, wanted.given), (wanted.right, wanted.wrong)
    if wanted.between or wanted.other:
        return _furthest_apart(found, wanted)
    if any(of_cell) and not any(of_pair):
        if None in of_cell:
            raise OptionError(
                "A cell is a model, a true class and an answer", remedy="Give --model, --true and --given"
            )
        number = _model(found, str(wanted.model))
        true, given = _class(found, str(wanted.true)), _class(found, str(wanted.given))
        return texts_of_cell(found.predicted[number], found.labels, true, given)
    if any(of_pair) and not any(of_cell):
        if None in of_pair:
            raise OptionError("Two models are compared", remedy="Give --right and --wrong")
        return texts_of_pair(found.right, _model(found, str(wanted.right)), _model(found, str(wanted.wrong)))
    if any(of_pair):
        raise OptionError("Both a cell and two models were asked for", remedy="Ask for one of them")
    return texts_disagreed_on(found.predicted)


def _furthest_apart(found: Tested, wanted: Wanted) -> NDArray[np.int64]:
    """All texts that two models do not say the very same of, those first about which they are furthest apart."""
    if any((wanted.model, wanted.true, wanted.given, wanted.right, wanted.wrong)):
        raise OptionError("Texts between two models and others were asked for", remedy="Ask for one of them")
    if not (wanted.between and wanted.other):
        raise OptionError("Two models are compared", remedy="Give --between and --and")
    distance = _distance(found, wanted)
    order = np.argsort(-distance, kind="stable")
    chosen: NDArray[np.int64] = order[distance[order] > 0]
    return chosen


def _distance(found: Tested, wanted: Wanted) -> NDArray[np.float64]:
    one, other = (found.shares(_model(found, str(name))) for name in (wanted.between, wanted.other))
    return total_variation(np.asarray(one, np.float64), np.asarray(other, np.float64))


def _model(found: Tested, name: str) -> int:
    """By label, or by architecture where only one model is of it."""
    labels = found.names
    if name in labels:
        return labels.index(name)
    same = [number for number, each in enumerate(found.models) if each.architecture == name]
    if len(same) != 1:
        raise OptionError(
            "There is no such model", received=repr(name[:60]), remedy=f"Choose from: {', '.join(labels)}"
        )
    return same[0]


def _class(found: Tested, name: str) -> int:
    if name not in found.classes:
        shown = ", ".join(found.classes[:20])
        raise OptionError("There is no such class", received=repr(name[:60]), remedy=f"Choose from: {shown}")
    return found.classes.index(name)


def _about(model: Standing) -> dict[str, Any]:
    runs = [result.run_id for result in model.results]
    return {"label": model.label, "architecture": model.architecture, "seed": model.results[0].seed, "runs": runs}


def _text_json(found: Tested, data: LabelledData, place: int, apart: NDArray[np.float64] | None) -> dict[str, Any]:
    row, answers = int(found.rows[place]), {}
    for number, name in enumerate(found.names):
        shares = dict(zip(found.classes, found.shares(number)[place].tolist(), strict=True))
        answers[name] = {"label": found.classes[found.predicted[number, place]], "probabilities": shares}
    distance = {} if apart is None else {"apart": float(apart[place])}
    return {
        "row": row + 1,
        **distance,
        "text": data.summary(row),
        "label": found.classes[found.labels[place]],
        "answers": answers,
    }
