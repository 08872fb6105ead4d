"""What the models of an experiment scored on parts of its rows, as curves, worked out once for everybody who looks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from seqcore.lab.data_curve.measured import ModelCurve, model_curves
from seqcore.ui.session import cache, results, still_there
from seqcore.ui.session.kept import remember

if TYPE_CHECKING:
    from seqcore.analysis.standings import Standing
    from seqcore.spec import RunSpec
    from seqcore.store import Experiment, Run


def curves_of(
    experiment: Experiment, ranked: Sequence[Standing], whole: Sequence[Run], parts: Sequence[Run]
) -> list[ModelCurve]:
    """A curve for each model of an experiment.

    Args:
        experiment: Which one.
        ranked: Models; those of other experiments are passed over.
        whole: Its scored runs.
        parts: The runs on parts of its rows, as far as they are done.

    Raises:
        NotFoundError: the data set is gone.
        InspectionError: the answers of a run are damaged.
    """
    known = tuple((run.id, run.state.value) for run in (*whole, *parts))
    still_there.check_runs([run_id for run_id, _ in known])
    still_there.check_dataset(experiment.dataset_id)
    names = tuple(model.label for model in ranked)
    return _curves(known, names, experiment.id, experiment.dataset_id, experiment, ranked, whole, parts)


@remember()
def _curves(
    known: tuple[tuple[str, str], ...], names: tuple[str, ...], experiment_id: str, dataset_id: str,
    _experiment: Experiment, _ranked: Sequence[Standing], _whole: Sequence[Run], _parts: Sequence[Run],
) -> list[ModelCurve]:  # fmt: skip
    data = cache.stored_data(_experiment.workspace, _experiment.dataset_id)

    def rows_of(spec: RunSpec) -> int:
        return len(cache.split(data.content_hash, spec.drawn_split, data).train)

    return model_curves(
        _ranked, _whole, _parts, results.baseline(_experiment, _whole[0]), rows_of=rows_of,
        answers_of=lambda run: results.predictions_of(run.id),
    )  # fmt: skip
