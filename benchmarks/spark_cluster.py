"""A Spark standalone cluster on the loopback: one master, two workers of one core, ended with the block."""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

_HOST = "127.0.0.1"
_PATIENCE = 90.0


@contextmanager
def spark_cluster(workers: int = 2) -> Iterator[str]:
    """The address of the master (spark://…) once every worker has registered."""
    import pyspark

    home = Path(pyspark.__file__).parent
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="motcua-spark-")))
        environment = os.environ | {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": _HOST}

        def start(name: str, *arguments: str) -> Path:
            log = folder / f"{name}.log"
            process = subprocess.Popen(
                [home / "bin" / "spark-class", *arguments],
                env=environment | {"SPARK_WORKER_DIR": str(folder / name)},
                stdout=log.open("w"),
                stderr=subprocess.STDOUT,
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)
            return log

        master = start(
            "master",
            "org.apache.spark.deploy.master.Master",
            *("--host", _HOST, "--port", "0"),
            "--webui-port",
            "0",
        )
        (url,) = _awaited(master, r"Starting Spark master at (spark://\S+)")
        _awaited(master, r"New state: (ALIVE)")
        for number in range(workers):
            worker = "org.apache.spark.deploy.worker.Worker"
            start(
                f"worker{number}",
                worker,
                *("--host", _HOST, "--cores", "1", "--memory", "1g", "--webui-port", "0", url),
            )
        _awaited(master, r"Registering worker", times=workers)
        yield url


def _awaited(log: Path, pattern: str, times: int = 1) -> list[str]:
    """What a program was waited for to say."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        found = re.findall(pattern, log.read_text())
        if len(found) >= times:
            return found[:times]
        time.sleep(0.2)
    raise TimeoutError(f"{pattern} was not said in {log.name}:\n{log.read_text()[-2000:]}")
