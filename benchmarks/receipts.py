"""Receipts of a busy day: taken, signed, summarised and reported, against the simulated tax authority.

usage: receipts.py [--receipts 10000] [--batch 200]

Runs on a database of its own (`motcua` settings of the test suite) through pytest's database fixtures, with the agency's key in
a file (as fast as a server's HSM is asked to be) and the simulator in a process of its own. Tables are Markdown for
docs/benchmarks.md. Times are of one process on a machine that does nothing else.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--receipts", type=int, default=10_000)
    parser.add_argument("--batch", type=int, default=200)
    options = parser.parse_args()
    environment = os.environ | {
        "MOTCUA_BENCH_RECEIPTS": str(options.receipts),
        "MOTCUA_BENCH_BATCH": str(options.batch),
    }
    argv = [
        str(PROJECT / "script" / "test"),
        "benchmarks/_receipts_day.py",
        "-q",
        "-s",
        "-n",
        "0",
    ]
    return subprocess.call(argv, cwd=PROJECT, env=environment)


if __name__ == "__main__":
    sys.exit(main())
