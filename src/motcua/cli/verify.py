"""`motcua verify`: are the signatures of a PDF good, and is the paper still in force?

Exit code: 0 signatures good and the paper not ended; 1 do not use it (changed, covered, broken, signer revoked, paper replaced,
revoked or expired); 2 not readable (no PDF, damaged, needs a password); 3 cannot be concluded (unsigned, issuer not trusted here,
out of date without proof of time, written on, not finished).
"""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from motcua.documents.queries import PaperView, SignatureReading, Verification

VALID, NOT_VALID, UNREADABLE, NOT_CONCLUDED = 0, 1, 2, 3
_RED = ("replaced", "revoked", "expired", "changed", "covered", "broken", "signer_revoked")
_CLOSED = ("unreadable", "protected")


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

    Exit code 0: signatures good and the paper not ended; 1: do not use it; 2: not readable; 3: cannot be concluded.
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
    if found.verdict.value in _CLOSED:
        return UNREADABLE
    if found.is_valid:
        return VALID
    return NOT_VALID if found.verdict.value in _RED else NOT_CONCLUDED


def _as_json(file: Path, found: "Verification") -> dict[str, object]:
    return {
        "file": file.name,
        "sha256": found.sha256,
        "readable": found.is_readable,
        "valid": found.is_valid,
        "signatures_valid": found.are_signatures_valid,
        "verdict": found.verdict.value,
        "sentence": _words(found)[0],
        "reason": _words(found)[1],
        "indication": found.reading.indication.value if found.reading.indication else None,
        "state": found.reading.state.value,
        "standing": found.standing.value,
        "exact": found.is_exact,
        "incomplete": found.is_incomplete,
        "signatures": [_signature(reading) for reading in found.signatures],
        "paper": _paper(found.paper),
        "named": _paper(found.named),
        "replaced_by": _paper(found.replacement),
    }


def _signature(reading: "SignatureReading") -> dict[str, object]:
    return {
        "signer": reading.signer,
        "organisation": reading.organisation,
        "issuer": reading.issuer,
        "serial": reading.serial,
        "valid": reading.is_valid,
        "indication": reading.indication.value,
        "sub_indication": reading.sub.value,
        "integrity": reading.integrity.value,
        "trust": reading.trust.value,
        "time_stamp": reading.stamp.value,
        "revocation": reading.revocation.value,
        "added": [
            {"kind": one.kind.value, "by": one.by, "pages": list(one.pages), "visible": one.is_visible}
            for one in reading.after.added
        ],
        "changed": [
            {"kind": one.kind.value, "pages": list(one.pages), "objects": list(one.objects)}
            for one in reading.after.changed
        ],
        "revision": reading.revision,
        "signed_at": _moment(reading.signed_at),
        "time_stamped": reading.is_time_stamped,
        "time_stamp_authority": reading.time_stamp_authority,
        "document_time_stamp": reading.is_document_time_stamp,
        "covers_whole_file": reading.covers_whole_file,
        "reason": reading.reason,
        "field": reading.field,
    }


def _paper(paper: "PaperView | None") -> dict[str, object] | None:
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


def _words(found: "Verification") -> tuple[str, str, str]:
    from django.utils.translation import gettext

    from motcua.documents.queries import WORDS

    words = WORDS[found.verdict]
    return gettext(words.sentence), gettext(words.reason), gettext(words.next_step)


def _as_text(found: "Verification") -> str:
    from django.utils.translation import gettext

    lines = [*_words(found), ""]
    for reading in found.signatures:
        lines += _signature_lines(reading)
    if found.paper is not None and found.paper.end_reason:
        lines.append(f"{gettext('Lý do')}: {found.paper.end_reason}")
    if found.replacement is not None:
        lines.append(
            f"{gettext('Bản thay thế')}: {found.replacement.title} {found.replacement.number}".rstrip()
        )
    lines.append(f"SHA-256 {found.sha256}")
    return "\n".join(lines)


_MARKS = {"TOTAL-PASSED": "✓", "INDETERMINATE": "?", "TOTAL-FAILED": "✗"}


def _signature_lines(reading: "SignatureReading") -> list[str]:
    from django.utils.translation import gettext

    from motcua.documents.queries import ADDED_WORDS, CHANGED_WORDS, RevocationFinding, why

    name = reading.signer or reading.field
    lines = [f"{_MARKS[reading.indication]} {name}  {_moment(reading.signed_at) or ''}".rstrip()]
    told = [gettext(why(reading))] if reading.sub else []
    told += [_with_pages(CHANGED_WORDS[one.kind], one.pages) for one in reading.after.changed]
    told += [_with_pages(ADDED_WORDS[one.kind], one.pages, one.by) for one in reading.after.added]
    if reading.is_valid and reading.revocation is RevocationFinding.NOT_KNOWN:
        told.append(gettext("Chưa hỏi được chứng thư có bị thu hồi không; coi như không."))
    return lines + [f"    {line}" for line in told]


def _with_pages(words: str, pages: tuple[int, ...], by: str = "") -> str:
    from django.utils.translation import gettext

    said = gettext(words) + (f" ({by})" if by else "")
    return f"{said}, {gettext('trang')} {', '.join(map(str, pages))}" if pages else said
