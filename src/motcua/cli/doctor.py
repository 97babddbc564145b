"""`motcua doctor`: what of this installation works, and what people are told meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import click

from motcua.cli import django_ready

if TYPE_CHECKING:
    from motcua.documents.queries import ScannerState


@dataclass(frozen=True, slots=True)
class Finding:
    """`state` is ok, warning (people are served with less) or fault (somebody has to act)."""

    what: str
    state: str
    words: str


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def command(as_json: bool) -> None:
    """Look at the parts this installation stands on. Ends with 1 where something has to be mended."""
    django_ready()
    findings = list(_findings())
    for one in findings:
        click.echo(json.dumps(asdict(one)) if as_json else f"{one.state:<8} {one.what}: {one.words}")
    if any(one.state == "fault" for one in findings):
        raise SystemExit(1)


def _findings() -> Iterator[Finding]:
    from django.db import DatabaseError

    from motcua.documents import queries as documents

    yield _of_files()
    yield _of_mail()
    state = documents.scanner_state(documents.malware_scanner())
    yield Finding("malware scanner", *_of_scanner(state))
    try:
        waiting = documents.count_unchecked()
    except DatabaseError as error:
        yield Finding("database", "fault", str(error).strip().splitlines()[0])
        return
    yield Finding("database", "ok", "answers")
    yield Finding("files not checked for malware", "warning" if waiting else "ok", str(waiting))


def _of_files() -> Finding:
    from motcua.kernel import storage

    try:
        stored = storage.store().put(BytesIO(b"motcua doctor\n"))
        with storage.store().open(stored.sha256) as stream:
            stream.read()
    except Exception as error:  # whatever an object store's client raises
        return Finding("content store", "fault", f"{type(error).__name__}: {error}")
    return Finding("content store", "ok", "takes and gives")


def _of_mail() -> Finding:
    from django.conf import settings
    from django.core.mail import get_connection

    if not settings.EMAIL_HOST:
        return Finding("mail server", "warning", "none is set (MOTCUA_SMTP_HOST); nobody is told by e-mail")
    place = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with get_connection(timeout=5):
            return Finding("mail server", "ok", f"answers at {place}")
    except OSError as error:
        return Finding("mail server", "fault", f"{place}: {error}; letters wait and are tried again")


def _of_scanner(state: ScannerState) -> tuple[str, str]:
    """State and words. Without a scanner nothing is broken, but everybody should know; a scanner that is set must answer."""
    meanwhile = {
        "refuse": "files are refused meanwhile",
        "hold": "files are taken meanwhile and opened to nobody",
        "mark": "files are taken meanwhile and marked as not checked",
    }[state.policy]
    if state.trouble is None:
        return "ok", f"{state.by or 'answers'} at {state.address}"
    why = {
        "no_scanner": "none is set (MOTCUA_CLAMD)",
        "silent": f"no answer from {state.address}",
        "stale": f"signatures of {state.address} are old or of unknown age ({state.by}, {state.signed_at or 'no date'})",
    }[state.trouble]
    is_wanted = state.trouble != "no_scanner" or state.policy != "mark"
    return "fault" if is_wanted else "warning", f"{why}; {meanwhile}"
