"""`motcua verify`: are the signatures of a PDF good, and is the paper still in force?

Exit code: 0 good and not ended, 1 not good (altered, untrusted, unsigned, replaced, revoked, expired), 2 not readable.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from motcua.documents.queries import PaperView, SignatureReading, Verification

VALID, NOT_VALID, UNREADABLE = 0, 1, 2


@click.command(short_help="Whether a signed PDF is good.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of sentences.")
@click.option(
    "--trust",
    "trusted",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="Certificates to trust besides the installation's: a file or a folder, PEM or DER. Repeatable.",
)
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
def command(file: Path, as_json: bool, trusted: tuple[Path, ...], lang: str) -> None:
    """Judge the signatures of FILE and say whether the paper is in force, replaced, revoked or not issued by us.

    Exit code 0: signatures good and the paper not ended; 1: not valid; 2: not readable as PDF.
    """
    from motcua.cli import django_ready

    django_ready()
    from django.utils.translation import override

    from motcua.documents import queries

    found = queries.verify_pdf(file.read_bytes(), trusted_files=trusted)
    with override(lang):
        click.echo(
            json.dumps(_as_json(file, found), ensure_ascii=False, indent=2) if as_json else _as_text(found)
        )
    raise SystemExit(exit_code(found))


def exit_code(found: "Verification") -> int:
    if not found.is_readable:
        return UNREADABLE
    return VALID if found.is_valid else NOT_VALID


def _as_json(file: Path, found: "Verification") -> dict[str, Any]:
    return {
        "file": file.name,
        "sha256": found.sha256,
        "readable": found.is_readable,
        "valid": found.is_valid,
        "signatures_valid": found.are_signatures_valid,
        "verdict": found.verdict.value,
        "sentence": _sentence(found),
        "standing": found.standing.value,
        "faults": [fault.value for fault in found.faults],
        "signatures": [_signature(reading) for reading in found.signatures],
        "paper": _paper(found.paper),
        "replaced_by": _paper(found.replacement),
    }


def _signature(reading: "SignatureReading") -> dict[str, Any]:
    return {
        "signer": reading.signer,
        "organisation": reading.organisation,
        "issuer": reading.issuer,
        "serial": reading.serial,
        "valid": reading.is_valid,
        "faults": [fault.value for fault in reading.faults],
        "signed_at": _moment(reading.signed_at),
        "time_stamped": reading.is_time_stamped,
        "time_stamp_authority": reading.time_stamp_authority,
        "document_time_stamp": reading.is_document_time_stamp,
        "covers_whole_file": reading.covers_whole_file,
        "reason": reading.reason,
        "field": reading.field,
    }


def _paper(paper: "PaperView | None") -> dict[str, Any] | None:
    if paper is None:
        return None
    return {
        "title": paper.title,
        "number": paper.number,
        "symbol": paper.symbol,
        "issuer": paper.issuer,
        "issued_on": paper.issued_on.isoformat() if paper.issued_on else None,
        "valid_until": paper.valid_until.isoformat() if paper.valid_until else None,
        "dossier_code": paper.dossier_code,
        "sha256": paper.file.sha256,
        "standing": paper.standing.value,
        "ended_at": _moment(paper.ended_at),
        "reason": paper.end_reason,
    }


def _moment(at: datetime | None) -> str | None:
    from motcua.kernel.clock import local

    return local(at).isoformat(timespec="seconds") if at else None


def _sentence(found: "Verification") -> str:
    from django.utils.translation import gettext

    from motcua.documents.queries import SENTENCES

    return gettext(SENTENCES[found.verdict])


def _as_text(found: "Verification") -> str:
    from django.utils.translation import gettext

    from motcua.documents.queries import FAULT_WORDS

    lines = [_sentence(found), ""]
    for reading in found.signatures:
        mark = "✓" if reading.is_valid else "✗"
        lines.append(f"{mark} {reading.signer or reading.field}  {_moment(reading.signed_at) or ''}".rstrip())
        lines += [f"    {gettext(FAULT_WORDS[fault.value])}" for fault in reading.faults]
    if found.paper is not None and found.paper.end_reason:
        lines.append(f"{gettext('Lý do')}: {found.paper.end_reason}")
    if found.replacement is not None:
        lines.append(
            f"{gettext('Bản thay thế')}: {found.replacement.title} {found.replacement.number}".rstrip()
        )
    lines.append(f"SHA-256 {found.sha256}")
    return "\n".join(lines)
