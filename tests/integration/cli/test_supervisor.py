"""Programs are started, watched, restarted and stopped; tried with small real programs."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from motcua.cli.running.programs import web
from motcua.cli.running.supervisor import Program, ProgramFailed, Supervisor

pytestmark = [pytest.mark.machine, pytest.mark.xdist_group("cluster")]


class Heard:
    """What the programs said."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str]] = []

    def show(self, program: str, line: str) -> None:
        self.lines.append((program, line))


def python(name: str, code: str) -> Program:
    return Program(name, [sys.executable, "-c", textwrap.dedent(code)], stops_within=3.0)


def until(question: object, within: float = 10.0) -> bool:
    assert callable(question)
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if question():
            return True
        time.sleep(0.02)
    return False


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture(autouse=True)
def _signals_put_back() -> object:
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def test_a_program_that_dies_is_started_again_with_growing_pauses(tmp_path: Path) -> None:
    heard = Heard()
    with Supervisor(heard.show) as supervisor:
        child = supervisor.start(python("flaky", "print('hello', flush=True); raise SystemExit(7)"))
        began = time.monotonic()
        while time.monotonic() - began < 2.6:
            supervisor._round()
        del child
    starts = [line for name, line in heard.lines if line == "hello"]
    pauses = [line for name, line in heard.lines if "ended unexpectedly" in line]
    assert 2 <= len(starts) <= 3, "at once, after 0.5 s, after 1 s more"
    assert "exit code 7" in pauses[0]
    assert "0.5 s" in pauses[0]
    assert "1.0 s" in pauses[1]


def test_start_waits_until_the_program_is_ready(tmp_path: Path) -> None:
    sign = tmp_path / "ready"
    program = Program(
        "slow",
        [
            sys.executable,
            "-c",
            f"import time; time.sleep(0.5); open({str(sign)!r}, 'w').close(); time.sleep(60)",
        ],
        is_ready=sign.exists,
    )
    with Supervisor(Heard().show) as supervisor:
        child = supervisor.start(program)
        assert sign.exists()
        assert child.exit_code is None
    assert not is_alive(child.pid)


def test_a_program_that_never_becomes_ready_fails_with_its_last_words() -> None:
    program = Program(
        "broken", [sys.executable, "-c", "print('no port left'); raise SystemExit(2)"], is_ready=lambda: False
    )
    with (
        Supervisor(Heard().show) as supervisor,
        pytest.raises(ProgramFailed, match=r"exit code 2[\s\S]*no port left"),
    ):
        supervisor.start(program)


def test_a_program_that_runs_but_answers_nothing_is_started_again() -> None:
    heard, hears = Heard(), [True]
    program = Program(
        "deaf",
        [sys.executable, "-c", "print('hello', flush=True); import time; time.sleep(60)"],
        is_alive=lambda: hears[0],
        hung_after=1.0,
    )
    with Supervisor(heard.show) as supervisor:
        first = supervisor.start(program).pid
        deadline = time.monotonic() + 2.0
        while time.monotonic() < deadline:
            supervisor._round()
        assert is_alive(first), "who answers is left alone"
        hears[0] = False
        deadline = time.monotonic() + 20.0
        while time.monotonic() < deadline and [line for _, line in heard.lines].count("hello") < 2:
            supervisor._round()
    assert [line for _, line in heard.lines].count("hello") == 2
    assert not is_alive(first)
    assert any("has not answered for 1 s" in line for _, line in heard.lines)


def test_a_port_that_somebody_holds_is_told_before_anything_starts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        program = web(host="127.0.0.1", port=port, workers=1, threads=1)
        with (
            Supervisor(Heard().show) as supervisor,
            pytest.raises(ProgramFailed, match=f"web cannot listen on 127.0.0.1:{port}"),
        ):
            supervisor.start(program)
    assert program.may_start is not None
    assert program.may_start() == ""


def test_a_job_gives_its_exit_code_and_a_bad_one_stops_the_start() -> None:
    with Supervisor(Heard().show) as supervisor:
        assert supervisor.finish(python("good", "print('done')")) == 0
        assert supervisor.finish(python("bad", "raise SystemExit(3)")) == 3
        with pytest.raises(ProgramFailed, match="exit code 3"):
            supervisor.succeed(python("bad", "raise SystemExit(3)"))


def test_programs_stop_in_reverse_order_and_the_deaf_are_made_to() -> None:
    heard = Heard()
    polite = (
        "import signal, sys, time\nsignal.signal(15, lambda *_: (print('bye', flush=True), sys.exit()))\n"
    )
    deaf = "import signal, time\nsignal.signal(15, signal.SIG_IGN)\nprint('deaf', flush=True)\ntime.sleep(60)"
    with Supervisor(heard.show) as supervisor:
        for name in ("first", "second"):
            supervisor.start(python(name, polite + "print('up', flush=True)\ntime.sleep(60)"))
        last = supervisor.start(Program("deaf", [sys.executable, "-c", deaf], stops_within=0.5))
        assert until(lambda: len([line for line in heard.lines if line[1] in {"up", "deaf"}]) == 3)
    assert [name for name, line in heard.lines if line == "bye"] == ["second", "first"]
    assert not is_alive(last.pid)


def test_what_a_program_started_ends_with_it() -> None:
    heard = Heard()
    parent = (
        "import subprocess, time\nprint(subprocess.Popen(['sleep', '60']).pid, flush=True)\ntime.sleep(60)"
    )
    with Supervisor(heard.show) as supervisor:
        supervisor.start(python("parent", parent))
        assert until(lambda: heard.lines)
        grandchild = int(heard.lines[0][1])
        assert is_alive(grandchild)
    assert until(lambda: not is_alive(grandchild))


def test_what_a_dead_program_left_ends_before_the_next_one_starts() -> None:
    heard = Heard()
    parent = (
        "import subprocess, time\nprint(subprocess.Popen(['sleep', '60']).pid, flush=True)\ntime.sleep(60)"
    )
    with Supervisor(heard.show) as supervisor:
        child = supervisor.start(python("parent", parent))
        assert until(lambda: heard.lines)
        orphan = int(heard.lines[0][1])
        os.kill(child.pid, signal.SIGKILL)
        assert until(lambda: child.exit_code is not None)
        assert is_alive(orphan)
        supervisor._round()
        assert until(lambda: not is_alive(orphan))


def test_a_signal_ends_the_watch() -> None:
    with Supervisor(Heard().show) as supervisor:
        os.kill(os.getpid(), signal.SIGTERM)
        supervisor.watch()
        assert supervisor.is_asked_to_stop


def test_a_supervisor_killed_outright_leaves_no_program_behind() -> None:
    code = """
        import sys
        from motcua.cli.running.supervisor import Program, Supervisor
        with Supervisor(lambda name, line: print(line, flush=True)) as supervisor:
            child = supervisor.start(Program("sleeper", ["sleep", "60"]))
            print(child.pid, flush=True)
            supervisor.watch()
    """
    supervisor = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True
    )
    assert supervisor.stdout is not None
    pid = int(supervisor.stdout.readline())
    assert is_alive(pid)
    supervisor.kill()
    supervisor.communicate()
    assert until(lambda: not is_alive(pid))
