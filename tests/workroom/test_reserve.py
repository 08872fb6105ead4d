"""What a server lets go of, the system has."""

import subprocess
import sys

import pytest

LETS_GO = """
from pathlib import Path
from seqcore.workroom.reserve import keep_no_large_pieces

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

keep_no_large_pieces()
del (first := [bytes(20_000_000)])[:]  # of which GNU's malloc concludes that such pieces come again
columns = [bytes([1]) * 4_000_000 for _ in range(20)]
small = [bytes(5_000) for _ in range(20)]  # lie behind them
held = resident()
columns.clear()
print(held - resident())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_large_pieces_of_memory_go_back_to_the_system_with_their_end() -> None:
    done = subprocess.run([sys.executable, "-c", LETS_GO], capture_output=True, text=True, check=True)
    assert int(done.stdout) >= 0.9 * 80_000_000


def test_arrow_keeps_none_either() -> None:
    asked = "from seqcore.workroom.reserve import keep_no_large_pieces as no; no(); import pyarrow as pa"
    command = [sys.executable, "-c", f"{asked}; print(pa.default_memory_pool().backend_name)"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "system"
