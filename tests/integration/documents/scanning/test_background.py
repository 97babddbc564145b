"""What is asked for at the desk and done behind it: binding, reading a turned page again, waking what lies."""

from datetime import timedelta
from uuid import UUID

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.cast import Cast
from tests.factories.dossiers import received
from tests.factories.drawings import drawing
from tests.factories.scans import paper, scan
from tests.integration.documents.scanning.desk import do_the_binding, do_the_work, scanned_batch

from motcua.documents import queries, services
from motcua.documents.errors import ScanBeingBound
from motcua.documents.models import ScanBatch, ScanField, ScanPage
from motcua.documents.queries import BatchPage
from motcua.documents.rules.digitization.papers.kinds import PaperKind
from motcua.dossiers import queries as dossiers
from motcua.kernel import clock
from motcua.kernel.errors import refusal_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(cast: Cast) -> UUID:
    """Two papers, nothing doubtful."""
    pile = [paper(PaperKind.BIRTH_NOTIFICATION), paper(PaperKind.MARRIAGE_CERTIFICATE)]
    batch_id = scanned_batch(cast, ("ho-so.pdf", scan(pile)))
    do_the_work(batch_id)
    ScanField.objects.filter(paper__batch=batch_id).update(is_doubtful=False)
    return batch_id


def seen(cast: Cast, batch_id: UUID) -> BatchPage:
    return queries.batch_page(actor=cast.binh, batch_id=batch_id)


def ask(cast: Cast, batch_id: UUID, dossier_id: UUID, code: str, owner: UUID | None = None) -> None:
    keys = ("birth-notification", "marriage-certificate")
    services.ask_binding(
        actor=cast.binh,
        batch_id=batch_id,
        dossier_id=dossier_id,
        dossier_code=code,
        procedure_code="1.001193",
        owner_party_id=owner or cast.hoa_party,
        bindings=[
            services.Binding(one.id, key, key)
            for one, key in zip(seen(cast, batch_id).papers, keys, strict=True)
        ],
    )


def jobs(name: str) -> int:
    return ProcrastinateJob.objects.filter(task_name=name).count()


def test_binding_is_asked_for_and_done_behind_the_desk(cast: Cast, batch: UUID) -> None:
    moved = received(cast)
    ask(cast, batch, moved.dossier_id, moved.code or "")
    ask(cast, batch, moved.dossier_id, moved.code or "")
    assert jobs("documents.bind_batch") == 1
    progress = queries.progress(actor=cast.binh, batch_id=batch)
    assert (progress.is_binding, progress.to_bind, progress.bound, progress.is_over) == (True, 2, 0, False)

    page = seen(cast, batch)
    first = page.papers[0]
    with pytest.raises(ScanBeingBound):
        services.merge_with_previous(actor=cast.binh, batch_id=batch, paper_id=page.papers[1].id)
    with pytest.raises(ScanBeingBound):
        services.correct_field(actor=cast.binh, field_id=first.fields[0].id, value="khác")
    with pytest.raises(ScanBeingBound):
        services.name_paper(actor=cast.binh, paper_id=first.id, component="x")

    made = do_the_binding(batch)
    assert [one.component_key for one in made] == ["birth-notification", "marriage-certificate"]
    assert queries.progress(actor=cast.binh, batch_id=batch).is_over
    assert do_the_binding(batch) == []
    lines = dossiers.dossier_page(actor=cast.chau, dossier_id=moved.dossier_id).papers
    assert {one.paper.id for one in made} <= {line.paper_id for line in lines}
    assert ScanBatch.objects.get(pk=batch).bound_by_id == cast.account("binh")


def test_a_binding_that_lost_its_job_is_taken_up_and_goes_on_where_it_was(cast: Cast, batch: UUID) -> None:
    moved = received(cast)
    with clock.frozen(clock.now() - timedelta(minutes=5)):
        ask(cast, batch, moved.dossier_id, moved.code or "")
    before = jobs("documents.bind_batch")
    services.wake_batches(actor=cast.system)
    assert jobs("documents.bind_batch") == before + 1

    first = do_the_binding(batch)
    # As if the worker had been killed after the first paper.
    row = ScanBatch.objects.get(pk=batch).papers.order_by("order").last()
    assert row is not None
    type(row).objects.filter(pk=row.pk).update(bound_at=None, paper=None, file=None)
    ScanBatch.objects.filter(pk=batch).update(bound_at=None)
    assert queries.progress(actor=cast.binh, batch_id=batch).bound == 1
    again = do_the_binding(batch)
    assert again[0].paper.id == first[0].paper.id
    assert again[1].paper.id != first[1].paper.id


def test_a_refused_binding_says_why_and_opens_the_batch_again(cast: Cast, batch: UUID) -> None:
    moved = received(cast)
    ask(cast, batch, moved.dossier_id, moved.code or "")
    ScanPage.objects.filter(batch=batch).update(is_dropped=True)
    assert do_the_binding(batch) == []
    page = seen(cast, batch)
    assert page.progress.trouble is not None
    refusal = refusal_of(page.progress.trouble.code, page.progress.trouble.params)
    assert refusal is not None
    assert refusal.code == "documents.scan_empty"
    assert not page.progress.is_binding
    services.merge_with_previous(actor=cast.binh, batch_id=batch, paper_id=page.papers[1].id)


def test_a_turned_page_is_read_again_that_way_up(cast: Cast, batch: UUID) -> None:
    before = ScanPage.objects.get(batch=batch, number=1)
    services.rotate_pages(actor=cast.binh, batch_id=batch, page_ids=[before.id], degrees=180)
    assert jobs("documents.read_again") == 1
    waiting = queries.progress(actor=cast.binh, batch_id=batch)
    assert (waiting.turning, waiting.is_over, waiting.is_read) == (1, False, True)

    assert services.read_again(actor=cast.system, batch_id=batch) == 1
    over = ScanPage.objects.get(pk=before.id)
    assert (over.rotation, over.turned) == (0, 180)
    assert over.confidence < before.confidence - 20
    assert over.preview_sha256 != before.preview_sha256
    assert services.read_again(actor=cast.system, batch_id=batch) == 0

    services.undo_step(actor=cast.binh, batch_id=batch)
    assert ScanPage.objects.get(pk=before.id).rotation == 180
    services.read_again(actor=cast.system, batch_id=batch)
    back = ScanPage.objects.get(pk=before.id)
    assert (back.rotation, back.turned) == (0, 0)
    assert (back.result_sha256, back.preview_sha256) == (before.result_sha256, before.preview_sha256)


def test_the_deep_view_of_a_drawing_is_ready_when_it_is_read(cast: Cast) -> None:
    sheet = drawing(6600, 6300, dpi=300, labels=["Thửa 117"])
    batch_id = scanned_batch(cast, ("ban-ve.pdf", sheet))
    do_the_work(batch_id)
    page = ScanPage.objects.get(batch=batch_id)
    assert page.tiles_sha256
    zoom = queries.page_zoom(actor=cast.binh, page_id=page.id)
    for level in range(zoom.levels + 1):
        tile = queries.page_tile(actor=cast.binh, page_id=page.id, level=level, column=0, row=0)
        assert tile[:2] == b"\xff\xd8"
