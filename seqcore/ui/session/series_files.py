"""Uploaded files of series, looked into and read once for as long as somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seqcore.ui.session import work
from seqcore.ui.session.kept import remember

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seqcore.datasets.labelled_series import LabelledSeries
    from seqcore.datasets.series.chosen import SeriesColumns
    from seqcore.datasets.series.outline import Outline
    from seqcore.datasets.series.unlabelled import SeriesToAnswer
    from seqcore.settings import Settings
    from seqcore.ui.session.uploads import KeptFile


@remember(of_session=True)
def outline(file_id: str, header: bool | None, _file: KeptFile, _limits: Settings) -> Outline | None:
    """What a file is; None where it cannot hold series, or is damaged: who reads it as something else says so."""
    from seqcore.datasets.series.apart import look_into
    from seqcore.datasets.series.chosen import SeriesColumns
    from seqcore.errors import DataError

    try:
        return look_into(_file.data, _file.name, limits=_limits, do=work.do, chosen=SeriesColumns(header=header))
    except DataError:
        return None


@remember(spinner="Reading the series …", of_session=True)
def labelled(
    file_ids: tuple[str, ...], chosen: SeriesColumns, _files: Sequence[KeptFile], _limits: Settings
) -> LabelledSeries:
    """The labelled series of a file; of a second one those to test on.

    Raises:
        DataError: they cannot be used.
    """
    from seqcore.datasets.series.apart import read_labelled

    return read_labelled([(file.name, file.data) for file in _files], limits=_limits, do=work.do, chosen=chosen)


@remember(spinner="Reading the series …", of_session=True)
def to_answer(
    file_id: str, chosen: SeriesColumns, classes: tuple[str, ...], _file: KeptFile, _limits: Settings
) -> SeriesToAnswer:
    """The series of a file, with or without labels.

    Raises:
        DataError: they cannot be used.
    """
    from seqcore.datasets.series.apart import read_to_answer

    return read_to_answer(_file.data, _file.name, limits=_limits, do=work.do, chosen=chosen, classes=classes)
