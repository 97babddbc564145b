"""Setting page after page does not make the worker grow: measured in a process of its own."""

import subprocess
import sys

import pytest

_PAGES = """
import gc
from motcua.documents.adapters.typesetting.weasy import to_pdf

def megabytes():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4096 / 1e6

page = "<p>Ủy ban nhân dân xã An Bình đã tiếp nhận hồ sơ của bà Nguyễn Thị Hoa.</p>" * 10
def pages(count):
    for number in range(count):
        to_pdf(f"<html lang=vi><body style='font-family: Tinos'><h1>Số {number}</h1>{page}</body></html>")
    gc.collect()
    return megabytes()

warm = pages(15)
print((pages(40) - warm) / 40)
"""


@pytest.mark.slow
@pytest.mark.machine
def test_a_page_leaves_nothing_behind() -> None:
    """It was 0.26 MB a page, a font configuration each."""
    done = subprocess.run(
        [sys.executable, "-c", _PAGES], capture_output=True, text=True, check=True, timeout=300
    )
    assert float(done.stdout) < 0.05
