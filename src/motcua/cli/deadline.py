"""`motcua deadline`: when a term is due, and why. Starts no framework unless an agency is named.

One request is written with options; many, as JSON lines with the same names:

    {"start": "2026-01-02T09:00", "limit": 3, "unit": "working_day", "policy": "resume", "cutoff": "15:00",
     "pauses": ["2026-01-06T09:00/2026-01-07T10:00"]}

`pauses`, `policy` and `cutoff` may be left out (the options then hold for the line); other keys are left
alone, so that lines may carry a name of their own. A pause is `"FROM/TO"`, `["FROM", "TO"]` or `{"from": …,
"to": …}`, TO empty or null while it is open. Times without an offset are local to the calendar; answers are
always written in its local time.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import IO, Any, NoReturn

import click

from motcua.kernel.calendar import Limit, LimitUnit, WorkingCalendar
from motcua.kernel.deadline import Line, Pause, Policy, Reckoning, due_at, line_words, plain_words
from motcua.kernel.public_holidays import national_calendar
from motcua.kernel.term_errors import (
    CutoffInvalid,
    LimitInvalid,
    MomentInvalid,
    PauseInvalid,
    PolicyUnknown,
    TermError,
    TermIncomplete,
)

REFUSED = 2
"""Exit code of a request that makes no sense, alone or somewhere in a batch."""


@click.command(short_help="When a term is due, and why.")
@click.option("--start", metavar="MOMENT", help="When the term starts, such as 2026-01-02T09:00 (local).")
@click.option("--limit", metavar="AMOUNT", help="How much of the unit; fractions allowed.")
@click.option("--unit", metavar="UNIT", help=f"One of {', '.join(LimitUnit)}.")
@click.option("--agency", metavar="CODE", help="Use this agency's calendar instead of the national one.")
@click.option(
    "--pause", "pauses", metavar="FROM/TO", multiple=True, help="Repeatable; FROM/ while still open."
)
@click.option("--policy", metavar="POLICY", default="resume", show_default=True, help="resume or restart.")
@click.option(
    "--cutoff", metavar="HH:MM", help="A start from this time of day on counts for the next office day."
)
@click.option("--batch", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE", help="JSON lines.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of sentences.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
def command(
    start: str | None,
    limit: str | None,
    unit: str | None,
    agency: str | None,
    pauses: tuple[str, ...],
    policy: str,
    cutoff: str | None,
    batch: Path | None,
    as_json: bool,
    lang: str,
) -> None:
    """Print when a term is due on the working calendar, with every interval, day off and pause behind it.

    With --batch, read requests as JSON lines and print {"due": …} for each, in order; a line that makes no
    sense gives {"error": …, "line": n} and exit code 2 at the end, the others go on.
    """
    options = {"pauses": list(pauses), "policy": policy, "cutoff": cutoff}
    try:
        calendar = _calendar(agency)
        if batch is not None:
            if start or limit or unit:
                raise click.UsageError("--batch takes start, limit and unit from the file.")
            with click.open_file(str(batch), "rb") as lines:
                sys.exit(_answer_all(lines, options, calendar))
        request = {"start": start, "limit": limit, "unit": unit}
        reckoning = _reckon(
            {key: value for key, value in request.items() if value is not None}, options, calendar
        )
    except TermError as refusal:
        _refuse(refusal)
    except OSError as fault:
        raise click.UsageError(f"{batch}: {fault.strerror}") from fault
    if as_json:
        click.echo(json.dumps(_told(reckoning), ensure_ascii=False, indent=2))
        return
    for sentence in plain_words(reckoning, lang):
        click.echo(sentence)
    click.echo()
    for line in reckoning.explanation:
        click.echo("  " + line_words(line, lang))


def _refuse(refusal: TermError) -> NoReturn:
    click.echo(refusal.both(), err=True)
    sys.exit(REFUSED)


def _calendar(agency: str | None) -> WorkingCalendar:
    if agency is None:
        return national_calendar()
    from motcua.cli import django_ready

    django_ready()
    from motcua.directory import queries
    from motcua.kernel.errors import DomainError

    try:
        return queries.calendar_of(queries.agency(agency).id)
    except DomainError as refusal:
        raise click.BadParameter(refusal.sentence(), param_hint="--agency") from refusal


# -- many --


def _answer_all(lines: IO[Any], options: Mapping[str, Any], calendar: WorkingCalendar) -> int:
    """Answer each line on standard output; the exit code."""
    code = 0
    answers: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            reckoning = _reckon(_request(line), options, calendar, explain=False)
            answer: dict[str, object] = {"due": _written(reckoning.due_at)}
            if reckoning.is_paused:
                answer["is_paused"] = True
        except TermError as refusal:
            code, answer = REFUSED, {"error": refusal.both(), "line": number}
        answers.append(json.dumps(answer, ensure_ascii=False))
        if len(answers) == 1000:
            click.echo("\n".join(answers))
            answers.clear()
    if answers:
        click.echo("\n".join(answers))
    return code


def _request(line: bytes) -> Mapping[str, Any]:
    try:
        request = json.loads(line.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_not_a_number)
    except (ValueError, ArithmeticError, RecursionError):
        raise TermIncomplete(given="JSON") from None
    if not isinstance(request, dict):
        raise TermIncomplete(given="JSON object")
    return request


def _not_a_number(constant: str) -> NoReturn:
    raise LimitInvalid(given=constant)


# -- one --


def _reckon(
    request: Mapping[str, Any], options: Mapping[str, Any], calendar: WorkingCalendar, *, explain: bool = True
) -> Reckoning:
    for key in ("start", "limit", "unit"):
        if request.get(key) is None:
            raise TermIncomplete(given=key)
    given = {**options, **{key: request[key] for key in options if key in request}}
    return due_at(
        _moment(request["start"]),
        Limit(_amount(request["limit"]), request["unit"]),
        calendar,
        tuple(_pauses(given["pauses"])),
        _policy(given["policy"]),
        _cutoff(given["cutoff"]),
        explain,
    )


def _moment(given: object) -> datetime:
    if not isinstance(given, str):
        raise MomentInvalid(given=given)
    try:
        return datetime.fromisoformat(given.strip())
    except ValueError:
        raise MomentInvalid(given=given) from None


def _amount(given: object) -> Decimal:
    if isinstance(given, bool) or not isinstance(given, int | str | Decimal):
        raise LimitInvalid(given=given)
    try:
        return Decimal(given)
    except (ValueError, ArithmeticError):
        raise LimitInvalid(given=given) from None


def _policy(given: object) -> Policy:
    try:
        return Policy.RESUME if given is None else Policy(str(given))
    except ValueError:
        raise PolicyUnknown(given=given) from None


@cache
def _clock_time(given: str) -> time:
    try:
        clock = time.fromisoformat(given.strip())
    except ValueError:
        raise CutoffInvalid(given=given) from None
    if clock.tzinfo is not None:
        raise CutoffInvalid(given=given)
    return clock


def _cutoff(given: object) -> time | None:
    if given is None:
        return None
    if not isinstance(given, str):
        raise CutoffInvalid(given=given)
    return _clock_time(given)


def _pauses(given: object) -> Iterator[Pause]:
    if given is None:
        return
    if not isinstance(given, list):
        raise PauseInvalid(given=given)
    for pause in given:
        begin, end, ground = _ends(pause)
        if not begin:
            raise PauseInvalid(given=pause)
        yield Pause(_moment(begin), _moment(end) if end else None, ground)


def _ends(pause: object) -> tuple[object, object, str]:
    """From, to and ground of a pause in any of its three spellings."""
    match pause:
        case str() if pause.count("/") == 1:
            begin, end = pause.split("/")
            return begin.strip(), end.strip(), ""
        case [begin, end]:
            return begin, end, ""
        case {"from": begin, **rest} | {"start": begin, **rest} | {"began_at": begin, **rest}:
            until = next((rest[key] for key in ("to", "end", "ended_at") if key in rest), None)
            return begin, until, str(rest.get("ground") or "")
    raise PauseInvalid(given=pause)


# -- telling --


def _written(at: datetime) -> str:
    """Local time as people type it: seconds only where there are any."""
    local = at.replace(tzinfo=None)
    return local.isoformat(timespec="auto" if local.second or local.microsecond else "minutes")


def _told(reckoning: Reckoning) -> dict[str, object]:
    return {
        "due": _written(reckoning.due_at),
        "due_at": reckoning.due_at.isoformat(),
        "start": _written(reckoning.start_at),
        "counted_from": _written(reckoning.counted_from),
        "limit": str(reckoning.limit.amount),
        "unit": reckoning.limit.unit.value,
        "is_paused": reckoning.is_paused,
        "counted_minutes": sum(line.minutes for line in reckoning.explanation if line.is_counted),
        "explanation": [_told_line(line) for line in reckoning.explanation],
        "words": {lang: plain_words(reckoning, lang) for lang in ("vi", "en")},
    }


def _told_line(line: Line) -> dict[str, object]:
    return {
        "kind": line.kind.value,
        "from": _written(line.from_at),
        "to": None if line.to_at is None else _written(line.to_at),
        "minutes": line.minutes,
        "days": line.days,
        "name": line.name,
        "name_en": line.name_en,
        "source": line.source,
    }
