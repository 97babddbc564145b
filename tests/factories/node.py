"""Node as Playwright brings it along: the same wherever `script/setup --tests` ran, with a Node of its own or without."""

import re
import subprocess
from pathlib import Path

from playwright._impl._driver import compute_driver_executable


def passed(*tests: Path) -> int:
    """Run files of tests by Node's own runner; how many tests passed. Fails with what Node said where one did not."""
    node = str(compute_driver_executable()[0])
    done = subprocess.run(
        [node, "--test", "--test-reporter=tap", *map(str, tests)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (count,) = re.findall(r"^# pass (\d+)$", done.stdout, re.MULTILINE)
    return int(count)
