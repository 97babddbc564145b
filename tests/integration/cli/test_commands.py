"""The `motcua` command as an operator types it."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.factories.signing import plain_pdf

from motcua.cli import main
from motcua.cli.running.programs import facts, prepare, web, worker
from motcua.provisioning.demo.steps import Journey, Step, take

pytestmark = [pytest.mark.xdist_group("cluster")]


@pytest.fixture
def data_dir() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="motcua-commands-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def motcua(data_dir: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"MOTCUA_DATA_DIR": str(data_dir), **more}
    return subprocess.run(
        [sys.executable, "-m", "motcua", *words], env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.machine
def test_the_embedded_database_in_the_operators_hands(data_dir: Path) -> None:
    assert motcua(data_dir, "database", "status").stdout == "never started\n"
    started = motcua(data_dir, "database", "start")
    assert "postgres://motcua@127.0.0.1:" in started.stdout, started.stderr
    try:
        running = motcua(data_dir, "database", "status")
        assert running.returncode == 0
        assert "running" in running.stdout
        address = motcua(data_dir, "database", "url").stdout.strip()
        assert address.startswith("postgres://motcua:")
        assert address.partition("://motcua:")[2].partition("@")[0] not in running.stdout + started.stdout
    finally:
        stopped = motcua(data_dir, "database", "stop")
    assert "stopped" in stopped.stdout
    again = motcua(data_dir, "database", "status")
    assert (again.returncode, again.stdout) == (3, "stopped\n")


@pytest.mark.machine
def test_a_command_run_with_the_database_gives_its_own_exit_code(data_dir: Path) -> None:
    code = "import os, psycopg; psycopg.connect(os.environ['DATABASE_URL']).execute('select 1'); raise SystemExit(5)"
    done = motcua(data_dir, "database", "run", "--scratch", "--", sys.executable, "-c", code)
    assert done.returncode == 5, done.stderr
    assert not (data_dir / "postgres").exists(), "the installation's own cluster is not touched"


def test_a_database_of_ones_own_is_not_ours_to_start(data_dir: Path) -> None:
    refused = motcua(data_dir, "database", "start", DATABASE_URL="postgres://me:hidden@db.example/motcua")
    assert refused.returncode == 1
    assert "DATABASE_URL" in refused.stderr
    told = motcua(data_dir, "database", "status", DATABASE_URL="postgres://me:hidden@db.example/motcua")
    assert "hidden" not in told.stdout
    assert not (data_dir / "postgres").exists()


def test_missing_postgresql_says_what_to_do(data_dir: Path) -> None:
    refused = motcua(data_dir, "database", "start", MOTCUA_POSTGRES_BIN=str(data_dir))
    assert refused.returncode == 1
    assert "script/setup" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_every_command_can_say_what_it_does() -> None:
    runner = CliRunner()
    listed = runner.invoke(main, ["--help"])
    assert listed.exit_code == 0
    for name in ("server", "database", "demo", "worker", "manage"):
        assert f"  {name} " in listed.output
    assert runner.invoke(main, ["no-such-command"]).exit_code == 2


def test_a_step_that_fails_ends_the_walk_and_is_named() -> None:
    said: list[str] = []
    taken: list[str] = []

    def go(name: str) -> Step:
        def act(journey: Journey) -> list[str]:
            taken.append(name)
            if name == "second":
                raise ValueError("the seal is missing")
            return [journey.link("/ho-so/1")]

        return Step(f"the {name} step", act)

    went_well = take([go("first"), go("second"), go("third")], Journey("http://localhost:8000/", said.append))
    assert not went_well
    assert taken == ["first", "second"]
    told = "\n".join(said)
    assert "http://localhost:8000/ho-so/1" in told
    assert "2/3 ✗ the second step" in told
    assert "the seal is missing" in told
    assert "1 not taken" in told
    assert take([go("first")], Journey("http://localhost:8000", said.append))


def test_no_command_runs_a_file_of_the_folder_somebody_stands_in(data_dir: Path, tmp_path: Path) -> None:
    """A file there named like a module of the library is neither run nor in the way: of the judge, of the workers of pages."""
    for name in ("timeit", "struct", "zipfile", "logging"):
        (tmp_path / f"{name}.py").write_text(f"open('run by {name}', 'w')\n")
    (tmp_path / "letter.pdf").write_bytes(plain_pdf())
    command = str(Path(sys.executable).with_name("motcua"))
    environment = {**os.environ, "MOTCUA_DATA_DIR": str(data_dir)}
    for words, code in ((["verify", "letter.pdf"], 3), (["digitize", "-q", "-o", "out", "letter.pdf"], 0)):
        done = subprocess.run(
            [command, *words], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, done.stderr
        assert list(tmp_path.glob("run by *")) == []
    assert (tmp_path / "out" / "letter.pdf").exists()


def test_programs_of_an_installation_start_without_the_folder_on_their_path() -> None:
    started = [
        prepare(),
        web(host="127.0.0.1", port=1, workers=1, threads=1),
        facts(),
        worker(1, concurrency=1),
    ]
    assert all(program.argv[1] == "-P" for program in started)
