"""Converters of other makers, started by a worker: bounded, and ended with everything they started."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from math import ceil

from motcua.documents.adapters.decoding import confinement
from motcua.documents.adapters.decoding.limits import Limits


def run_program(argv: Sequence[str], limits: Limits) -> None:
    """Run to its end. Raises `subprocess.SubprocessError` or `OSError` where it fails, stays too long or takes too much.

    The bounds are set by `confinement` between fork and program, in a small Python of its own: a worker has threads, and
    Python may not run there. `limits.memory` is the whole address space here; the network is shut, as for every decoder.
    """
    bounds = [
        sys.executable,
        "-I",  # neither environment nor site packages: it starts in hundredths of a second
        "-S",
        confinement.__file__,
        str(limits.memory),
        str(ceil(limits.seconds)),
        str(limits.written),
        str(limits.open_files),
    ]
    process = subprocess.Popen(  # noqa: S603 - fixed programs, file names as single arguments
        [*bounds, *argv],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        code = process.wait(limits.seconds)
    finally:
        # Not waited for yet where the time ran out; where it ended by itself, others of its group may still run.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if code:
        raise subprocess.CalledProcessError(code, list(argv))
