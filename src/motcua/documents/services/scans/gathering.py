"""Pages that come without a browser: from a network scanner, from a folder a machine writes into."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from motcua.documents.adapters.escl.client import EsclScanner
from motcua.documents.adapters.escl.protocol import Scanner, ScanSettings
from motcua.documents.models import ScanFile
from motcua.documents.queries import scanners
from motcua.documents.services.files import keep_file
from motcua.documents.services.scans.scope import keep_problem, locked_batch
from motcua.documents.services.scans.taking import add_scan_file, begin_batch, keep_attachments
from motcua.documents.words import BatchSource
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM, Actor, in_scope, machine_only
from motcua.kernel.errors import DomainError, Kind

SCAN_SHEETS = "documents.scan_sheets"
#: Folders below a watched one: in hand, taken, seen before, refused (with the reason beside the file).
IN_HAND, TAKEN, SEEN, REFUSED = ".dang-lay", "da-nhan", "trung", "bi-tu-choi"
_UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart")


@transaction.atomic
def ask_scanner(*, actor: Actor, batch_id: UUID, name: str, dpi: int = 300) -> None:
    """Let a scanner of this installation (setting `MOTCUA_SCANNERS`, by name) feed its sheets into the batch, in the
    background. Refuses: `OutOfScope` (batch or scanner), `ScanBound`.
    """
    batch = locked_batch(actor, batch_id)
    url = in_scope(scanners().get(name))
    keep_problem(batch.id, None)
    app.configure_task(SCAN_SHEETS).defer(batch_id=str(batch.id), url=url, name=name, dpi=dpi)


def scan_sheets(
    *, actor: Actor, batch_id: UUID, name: str, url: str = "", dpi: int = 300, scanner: Scanner | None = None
) -> int:
    """Take every sheet the scanner gives, each kept the moment it arrives; how many came.

    A refusal of the machine is written on the batch, with the sheets before it kept.
    """
    machine_only(actor)
    machine = scanner or EsclScanner(url, name)
    taken = 0
    try:
        with closing(machine.scan(ScanSettings(dpi=dpi))) as sheets:  # type: ignore[type-var]  # a generator can be closed
            for sheet in sheets:
                taken += 1
                ending = "pdf" if sheet.media_type == "application/pdf" else "jpg"
                file_name = f"{name}-{clock.local(clock.now()):%H%M%S}-{taken:03d}.{ending}"
                kept = keep_file(actor=actor, stream=BytesIO(sheet.content), filename=file_name)
                add_scan_file(actor=actor, batch_id=batch_id, file_id=kept.id)
    except DomainError as refusal:
        keep_problem(batch_id, refusal)
    return taken


@dataclass(frozen=True, slots=True)
class PickedUp:
    """What became of a file of a watched folder: `batch_id` if taken, `problem` if refused, neither if seen before."""

    name: str
    batch_id: UUID | None = None
    problem: str = ""


def pick_up(
    *, agency_id: UUID, folder: Path, counter: str, settled_seconds: float = 5.0, actor: Actor = SYSTEM
) -> list[PickedUp]:
    """Take the files that lie finished in a folder, one batch each. Ends when none is left; call it again after a pause.

    A file is taken by renaming it within the folder, so two watchers never take the same one; a file touched within
    `settled_seconds`, hidden or named as unfinished is left alone. What a killed watcher had in hand is taken up again.
    """
    machine_only(actor)
    for name in (IN_HAND, TAKEN, SEEN, REFUSED):
        (folder / name).mkdir(exist_ok=True)
    return [_take(path, agency_id, folder, counter, actor) for path in _in_hand(folder, settled_seconds)]


def _in_hand(folder: Path, settled_seconds: float) -> Iterator[Path]:
    yield from sorted(path for path in (folder / IN_HAND).iterdir() if path.is_file())
    now = clock.now().timestamp()
    for path in sorted(folder.iterdir()):
        if not path.is_file() or path.name.startswith((".", "~")) or path.suffix.lower() in _UNFINISHED:
            continue
        try:
            if now - path.stat().st_mtime < settled_seconds:
                continue
            yield path.rename(folder / IN_HAND / path.name)
        except FileNotFoundError:
            continue  # another watcher was quicker


def _take(path: Path, agency_id: UUID, folder: Path, counter: str, actor: Actor) -> PickedUp:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if ScanFile.objects.filter(sha256=digest, batch__agency_id=agency_id).exists():
        _put_away(path, folder / SEEN)
        return PickedUp(path.name)
    try:
        batch_id = _as_batch(path, agency_id, counter, actor)
    except DomainError as refusal:
        if refusal.kind is Kind.BUSY:
            # It passes by itself; the file stays in hand and is taken up again.
            return PickedUp(path.name, problem=refusal.sentence())
        where = _put_away(path, folder / REFUSED)
        where.with_name(f"{where.name}.txt").write_text(
            f"{refusal.sentence()} {refusal.advice}\n", encoding="utf-8"
        )
        return PickedUp(path.name, problem=refusal.sentence())
    _put_away(path, folder / TAKEN)
    return PickedUp(path.name, batch_id)


def _as_batch(path: Path, agency_id: UUID, counter: str, actor: Actor) -> UUID:
    """The files are kept first, outside any transaction; the batch and its files are one act."""
    is_letter = path.suffix.lower() == ".eml"
    source = BatchSource.MAIL if is_letter else BatchSource.FOLDER
    with path.open("rb") as stream:
        if is_letter:
            kept = keep_attachments(actor, stream, path.name)
        else:
            kept = [keep_file(actor=actor, stream=stream, filename=path.name).id]
    with transaction.atomic():
        batch_id = begin_batch(
            actor=actor, agency_id=agency_id, source=source, title=path.name, counter=counter
        )
        for file_id in kept:
            add_scan_file(actor=actor, batch_id=batch_id, file_id=file_id)
    return batch_id


def _put_away(path: Path, folder: Path) -> Path:
    """Move without ever overwriting what lies there."""
    target, number = folder / path.name, 1
    while target.exists():
        number += 1
        target = folder / f"{path.stem}-{number}{path.suffix}"
    shutil.move(path, target)
    return target
