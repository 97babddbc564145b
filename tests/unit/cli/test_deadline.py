"""`motcua deadline` as people and programs call it."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from motcua.cli import main
from motcua.kernel import term_errors

THREE_DAYS = ("--start", "2026-01-02T09:00", "--limit", "3", "--unit", "working_day")


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["deadline", *arguments], input=stdin)


def batch(
    folder: Path, *requests: object, options: tuple[str, ...] = ()
) -> tuple[int, list[dict[str, object]]]:
    """Exit code and answers; a request that is text is written as it stands."""
    file = folder / "requests.jsonl"
    lines = (request if isinstance(request, str) else json.dumps(request) for request in requests)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = run("--batch", str(file), *options)
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


def request_of(**changes: object) -> dict[str, object]:
    return {"start": "2026-03-02T09:00", "limit": 1, "unit": "working_day"} | changes


def test_one_request_as_json() -> None:
    result = run(*THREE_DAYS, "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert told["due"] == "2026-01-07T17:30"
    assert told["due_at"] == "2026-01-07T17:30:00+07:00"
    assert told["counted_minutes"] == 1440
    assert sum(line["minutes"] for line in told["explanation"] if line["kind"] == "counted") == 1440
    assert {"swap_off", "weekend", "outside_hours"} <= {line["kind"] for line in told["explanation"]}
    assert told["words"]["vi"][-1] == "Hạn trả kết quả: 17:30 thứ Tư, ngày 07/01/2026."
    assert told["words"]["en"][-1] == "Due: 17:30 on Wednesday 7 January 2026."


def test_one_request_in_words() -> None:
    vietnamese, english = run(*THREE_DAYS), run(*THREE_DAYS, "--lang", "en")
    assert "Hạn trả kết quả: 17:30 thứ Tư, ngày 07/01/2026." in vietnamese.stdout
    assert "Văn bản 12729/VPCP-KGVX" in vietnamese.stdout
    assert "Swapped day off (made up on 10 January 2026)" in english.stdout


def test_pauses_policy_and_cutoff_are_options() -> None:
    options = (
        *("--start", "2026-03-02T15:00", "--limit", "1", "--unit", "working_day", "--cutoff", "15:00"),
        *(
            "--pause",
            "2026-03-03T08:00/2026-03-03T09:00",
            "--pause",
            "2026-03-03T10:00/2026-03-03T11:00",
            "--json",
        ),
    )
    assert json.loads(run(*options).stdout)["due"] == "2026-03-04T09:30"
    assert json.loads(run(*options, "--policy", "restart").stdout)["due"] == "2026-03-04T11:00"
    opened = json.loads(run(*options, "--pause", "2026-03-03T14:00/").stdout)
    assert opened["is_paused"] is True


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        (("--start", "2026-02-30T09:00"), term_errors.MomentInvalid),
        (("--start", "yesterday"), term_errors.MomentInvalid),
        (("--start", "1889-02-03T09:00"), term_errors.MomentOutsideCalendar),
        (("--unit", "fortnight"), term_errors.UnitUnknown),
        (("--limit", "-1"), term_errors.LimitInvalid),
        (("--limit", "nan"), term_errors.LimitInvalid),
        (("--limit", "three"), term_errors.LimitInvalid),
        (("--policy", "forget"), term_errors.PolicyUnknown),
        (("--cutoff", "25:00"), term_errors.CutoffInvalid),
        (("--cutoff", "15:00+07:00"), term_errors.CutoffInvalid),
        (("--pause", "2026-01-06T09:00/2026-01-05T09:00"), term_errors.PauseInvalid),
        (("--pause", "2026-01-06T09:00"), term_errors.PauseInvalid),
        (("--pause", "/2026-01-06T09:00"), term_errors.PauseInvalid),
    ],
)
def test_bad_input_is_refused_in_both_languages(
    options: tuple[str, ...], refusal: type[term_errors.TermError]
) -> None:
    result = run(*THREE_DAYS, *options)
    assert result.exit_code == 2
    assert refusal.message.split("{")[0] in result.stderr
    assert refusal.english.split("{")[0] in result.stderr
    assert not result.stdout


def test_a_request_without_its_start_is_refused() -> None:
    result = run("--limit", "3", "--unit", "hour")
    assert result.exit_code == 2
    assert "start" in result.stderr


def test_a_batch_answers_line_by_line(tmp_path: Path) -> None:
    code, answers = batch(
        tmp_path,
        {
            "start": "2026-03-02T07:30",
            "limit": 4,
            "unit": "hour",
            "pauses": [],
            "policy": "resume",
            "cutoff": None,
        },
        request_of(limit=0.25),
        request_of(limit="0.5"),
        request_of(start="2026-03-02T15:00", cutoff="15:00"),
        request_of(unit="calendar_day", limit=5),
        request_of(unit="month", start="2025-01-31T09:00"),
        request_of(start="2026-03-02T01:30:00Z", limit=1, unit="hour"),
        request_of(start="2026-03-02T09:00:07", limit=1, unit="hour"),
    )
    assert code == 0
    assert [answer["due"] for answer in answers] == [
        *("2026-03-02T11:30", "2026-03-02T11:00", "2026-03-02T15:00", "2026-03-03T17:30"),
        *("2026-03-09T17:30", "2025-02-28T17:30", "2026-03-02T09:30", "2026-03-02T10:00:07"),
    ]
    assert all(set(answer) == {"due"} for answer in answers)


def test_pauses_of_a_batch_have_three_spellings(tmp_path: Path) -> None:
    begin, end = "2026-03-02T10:00", "2026-03-02T11:00"
    spellings = (f"{begin}/{end}", [begin, end], {"from": begin, "to": end}, {"start": begin, "end": end})
    code, answers = batch(tmp_path, *(request_of(pauses=[pause]) for pause in spellings))
    assert code == 0
    assert {answer["due"] for answer in answers} == {"2026-03-03T10:00"}
    code, answers = batch(tmp_path, *(request_of(pauses=[pause]) for pause in (f"{begin}/", [begin, None])))
    assert code == 0
    assert answers == [{"due": "2026-03-03T09:00", "is_paused": True}] * 2


def test_options_hold_for_lines_that_say_nothing_else(tmp_path: Path) -> None:
    late = request_of(start="2026-03-02T15:00")
    code, answers = batch(tmp_path, late, late | {"cutoff": None}, options=("--cutoff", "15:00"))
    assert code == 0
    assert [answer["due"] for answer in answers] == ["2026-03-03T17:30", "2026-03-03T15:00"]


def test_a_bad_line_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    bad: list[object] = [
        *("{", "[1]", '"text"', '{"start": "2026-03-02T09:00", "limit": NaN, "unit": "hour"}'),
        *('{"start": "2026-03-02T09:00", "limit": 1e999999999, "unit": "hour"}', "[" * 100_000),
        *(request_of(unit="week"), request_of(limit=-1), request_of(limit=True), request_of(limit=[1])),
        *(request_of(start="2026-02-29T09:00"), request_of(start=20260302), request_of(start=None)),
        *(
            request_of(pauses="x"),
            request_of(pauses=[["2026-03-02T10:00"]]),
            request_of(pauses=[[None, None]]),
        ),
        *(request_of(policy="never"), request_of(cutoff=15), request_of(cutoff="15h")),
        request_of(pauses=["2026-03-03T10:00/2026-03-02T10:00"]),
    ]
    code, answers = batch(tmp_path, request_of(), *bad, request_of())
    assert code == 2
    assert answers[0] == answers[-1] == {"due": "2026-03-03T09:00"}
    assert [answer["line"] for answer in answers[1:-1]] == list(range(2, len(bad) + 2))
    assert all(" / " in str(answer["error"]) for answer in answers[1:-1])


def test_bytes_that_are_not_text_are_a_bad_line(tmp_path: Path) -> None:
    file = tmp_path / "requests.jsonl"
    file.write_bytes(b"\xff\xfe\n" + b"\xef\xbb\xbf" + json.dumps(request_of()).encode() + b"\r\n\n")
    result = run("--batch", str(file))
    first, second = map(json.loads, result.stdout.splitlines())
    assert (result.exit_code, first["line"], second["due"]) == (2, 1, "2026-03-03T09:00")


def test_a_batch_may_come_from_standard_input() -> None:
    result = run("--batch", "-", stdin=json.dumps(request_of()))
    assert (result.exit_code, json.loads(result.stdout)) == (0, {"due": "2026-03-03T09:00"})


def test_a_batch_that_cannot_be_read_or_is_mixed_with_a_request() -> None:
    assert run("--batch", "/nowhere/requests.jsonl").exit_code == 2
    assert run("--batch", "-", *THREE_DAYS, stdin="").exit_code == 2


def test_ten_thousand_lines_are_quick(tmp_path: Path) -> None:
    pauses = [["2026-03-04T09:00", "2026-03-09T10:00"], ["2026-03-16T09:00", "2026-03-17T10:00"]]
    units = ("hour", "working_day", "calendar_day", "month")
    requests = (
        request_of(limit=1 + number % 90, unit=units[number % 4], pauses=pauses[: number % 3])
        for number in range(10_000)
    )
    began = time.perf_counter()
    code, answers = batch(tmp_path, *requests)
    assert code == 0
    assert len(answers) == 10_000
    assert time.perf_counter() - began < 20


def test_no_framework_is_started() -> None:
    script = (
        "import sys; from click.testing import CliRunner; from motcua.cli import main;"
        f"result = CliRunner().invoke(main, ['deadline', *{THREE_DAYS!r}]);"
        "sys.exit(result.exit_code or 10 * ('django' in sys.modules))"
    )
    package = Path(term_errors.__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", script], cwd=package, check=False, timeout=60)
    assert done.returncode == 0
