"""Every file of tests for the browser's scripts runs with the tests, by Node's own runner."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.factories.node import passed
from tests.fitness.texts import PROJECT

FILES = sorted((PROJECT / "tests" / "js").glob("*.test.mjs"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_tests_of_a_script_pass(file: Path) -> None:
    assert passed(file) > 0


def test_a_failing_test_fails(tmp_path: Path) -> None:
    broken = tmp_path / "broken.test.mjs"
    broken.write_text("import test from 'node:test'\ntest('x', () => { throw new Error('no') })\n")
    with pytest.raises(AssertionError, match="no"):
        passed(broken)


def test_the_linter_finds_what_is_wrong(tmp_path: Path) -> None:
    """The rules of the repository, tried on a script that breaks some."""
    (tmp_path / "bad.js").write_text("var one = 1\nif (one == '1') { undefinedThing() }\n")
    lint = [
        str(Path(sys.executable).with_name("oxlint")),
        "-c",
        str(PROJECT / ".oxlintrc.json"),
        str(tmp_path),
    ]
    done = subprocess.run(lint, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    for rule in ("no-var", "eqeqeq", "no-undef"):
        assert rule in done.stdout
