"""A batch brought to where a test needs it, with the jobs done on the spot."""

from io import BytesIO
from uuid import UUID

from tests.cast import Cast

from motcua.documents import services
from motcua.documents.events import ScanPaperBound
from motcua.kernel.authority import SYSTEM, Actor
from motcua.kernel.events import deliver
from motcua.kernel.models import JournalEntry


def scanned_batch(
    cast: Cast, *files: tuple[str, bytes], actor: Actor | None = None, dossier_code: str = ""
) -> UUID:
    """Bình opens a batch with these files."""
    who = actor or cast.binh
    batch_id = services.begin_batch(actor=who, agency_id=cast.an_binh, dossier_code=dossier_code)
    for name, content in files:
        add(who, batch_id, name, content)
    return batch_id


def add(actor: Actor, batch_id: UUID, name: str, content: bytes) -> services.Added:
    kept = services.keep_file(actor=actor, stream=BytesIO(content), filename=name)
    return services.add_scan_file(actor=actor, batch_id=batch_id, file_id=kept.id)


def do_the_work(batch_id: UUID) -> None:
    """What the queue would do with fresh files."""
    services.take_in(actor=SYSTEM, batch_id=batch_id)
    while services.read_pages(actor=SYSTEM, batch_id=batch_id):
        pass


def do_the_binding(batch_id: UUID) -> list[services.Bound]:
    """What the queue would do once somebody asked for it, the dossier's checklist included."""
    bound = services.bind_batch(actor=SYSTEM, batch_id=batch_id)
    hear()
    return bound


def hear() -> None:
    """Let the dossiers hear which papers were bound or signed."""
    for entry in JournalEntry.objects.filter(name=ScanPaperBound.name).order_by("id"):
        deliver(entry.pk, "dossiers.attach_scan")
