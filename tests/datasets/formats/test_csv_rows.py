import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqcore.datasets.formats import csv_rows as module
from seqcore.datasets.formats.csv_rows import csv_rows


@given(st.text(alphabet='ab,"\r\n', max_size=60), st.integers(1, 7))
def test_rows_are_those_of_the_whole_text_however_small_its_pieces_are(text: str, piece: int) -> None:
    expected = list(csv.reader(io.StringIO(text, newline="")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_PIECE", piece)
        assert list(csv_rows(text, ",")) == expected
