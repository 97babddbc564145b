"""From the scanner to the dossier: pages read one by one, split into papers, put right, bound, on the checklist."""

import json
import re
from io import BytesIO
from uuid import UUID

import pikepdf
import pytest
from tests.cast import Cast
from tests.factories.dossiers import received
from tests.factories.scans import back, paper, scan, separator
from tests.integration.documents.scanning.desk import add, do_the_work, scanned_batch

from motcua.directory import services as directory
from motcua.directory.queries import TerritoryLevel
from motcua.documents import queries, services
from motcua.documents.errors import (
    AlreadyFirstPage,
    ArrangementImpossible,
    FieldsUnchecked,
    NoPaperBefore,
    NothingToUndo,
    NotQuarterTurn,
    PageNotRead,
    PlaceElsewhere,
    ScanBound,
    ScanEmpty,
    ScanUnfinished,
)
from motcua.documents.models import ScanField, ScanPage, ScanPaper
from motcua.documents.queries import BatchPage, FieldView, PaperSource, ScanState, TrustLevel, page_result
from motcua.documents.rules.digitization.pages import PageResult
from motcua.documents.rules.digitization.papers.kinds import PaperKind
from motcua.documents.services.scans import page_readings
from motcua.dossiers import queries as dossiers
from motcua.dossiers import services as dossier_services
from motcua.dossiers.errors import DossierClosed, ExemptionUnknown
from motcua.kernel.authority import SYSTEM
from motcua.kernel.errors import OutOfScope, PermissionRefused
from motcua.kernel.text import fold

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(cast: Cast) -> tuple[UUID, str]:
    moved = received(cast)
    return moved.dossier_id, moved.code or ""


@pytest.fixture
def batch(cast: Cast, dossier: tuple[UUID, str]) -> UUID:
    """A separator with the code of Hoa's dossier, her birth notification, its blank back, a marriage certificate."""
    pile = [
        separator(dossier[1]),
        paper(PaperKind.BIRTH_NOTIFICATION),
        back(),
        paper(PaperKind.MARRIAGE_CERTIFICATE),
    ]
    batch_id = scanned_batch(cast, ("ho-so.pdf", scan(pile)))
    do_the_work(batch_id)
    return batch_id


def seen(cast: Cast, batch_id: UUID) -> BatchPage:
    return queries.batch_page(actor=cast.binh, batch_id=batch_id)


def check_fields(cast: Cast, batch_id: UUID) -> None:
    for one in seen(cast, batch_id).papers:
        for field in one.doubtful_fields:
            services.correct_field(actor=cast.binh, field_id=field.id, value=field.value or "có")


def bound(cast: Cast, batch_id: UUID, dossier: tuple[UUID, str]) -> list[services.Bound]:
    check_fields(cast, batch_id)
    page = seen(cast, batch_id)
    return services.bind_papers(
        actor=cast.binh,
        batch_id=batch_id,
        dossier_id=dossier[0],
        dossier_code=dossier[1],
        procedure_code="1.001193",
        owner_party_id=cast.hoa_party,
        bindings=[
            services.Binding(one.id, key, code)
            for one, (key, code) in zip(
                page.papers,
                (("birth-notification", "birth-notification"), ("marriage-certificate", "KQ.G15.000032")),
                strict=True,
            )
        ],
    )


def test_a_pile_becomes_papers_of_the_dossier_its_separator_names(
    cast: Cast, batch: UUID, dossier: tuple[UUID, str]
) -> None:
    page = seen(cast, batch)
    assert page.dossier_code == dossier[1]
    assert [one.kind for one in page.papers] == ["birth_notification", "marriage_certificate"]
    assert [[card.number for card in one.pages] for one in page.papers] == [[2, 3], [4]]
    assert page.papers[0].pages[1].state is ScanState.BLANK
    assert [(card.number, card.role, card.is_dropped) for card in page.loose] == [(1, "separator", True)]
    assert page.progress.is_over
    assert page.progress.settled == 4
    values = {field.key: field.value for field in page.papers[0].fields}
    assert values["mother_name"]


def test_bound_papers_are_archive_files_on_the_checklist(
    cast: Cast, batch: UUID, dossier: tuple[UUID, str]
) -> None:
    made = bound(cast, batch, dossier)
    for one in made:
        dossier_services.attach_paper(
            actor=cast.binh, dossier_id=dossier[0], component_key=one.component_key, paper_id=one.paper.id
        )

    first = made[0].paper
    assert (first.source, first.trust, first.dossier_code) == (
        PaperSource.COUNTER_SCAN,
        TrustLevel.COMPARED,
        dossier[1],
    )
    with queries.open_file(first.file.id) as stream, pikepdf.open(BytesIO(stream.read())) as pdf:
        assert len(pdf.pages) == 2
        assert "/Metadata" in pdf.Root
    line = next(
        line
        for line in dossiers.dossier_page(actor=cast.chau, dossier_id=dossier[0]).papers
        if line.component_key == "birth-notification"
    )
    assert (line.paper_id, line.digitization) == (first.id, 1)
    assert line.originals == 1
    codes = [one.code for one in seen(cast, batch).papers]
    assert codes[1].endswith(".KQ.G15.000032.000001")
    assert queries.papers_of(cast.hoa_party, kind_code="birth-notification")[0].id == first.id


def test_asking_again_to_bind_makes_nothing_twice(cast: Cast, batch: UUID, dossier: tuple[UUID, str]) -> None:
    first = [one.paper.id for one in bound(cast, batch, dossier)]
    assert [one.paper.id for one in bound(cast, batch, dossier)] == first


def test_doubtful_fields_must_be_looked_at_before_binding(
    cast: Cast, batch: UUID, dossier: tuple[UUID, str]
) -> None:
    ScanField.objects.filter(paper__batch=batch, key="mother_name").update(is_doubtful=True)
    page = seen(cast, batch)
    assert [field.key for field in page.papers[0].doubtful_fields] == ["mother_name"]
    with pytest.raises(FieldsUnchecked):
        services.confirm_paper(actor=cast.binh, paper_id=page.papers[0].id)
    with pytest.raises(FieldsUnchecked):
        services.bind_papers(
            actor=cast.binh,
            batch_id=batch,
            dossier_id=dossier[0],
            dossier_code=dossier[1],
            procedure_code="1.001193",
            owner_party_id=cast.hoa_party,
            bindings=[
                services.Binding(one.id, "birth-notification", "birth-notification") for one in page.papers
            ],
        )


def test_a_batch_still_being_read_is_not_bound(cast: Cast, dossier: tuple[UUID, str]) -> None:
    batch_id = scanned_batch(cast, ("giay.pdf", scan([paper()])))
    services.take_in(actor=cast.system, batch_id=batch_id)
    with pytest.raises(ScanUnfinished):
        bound_nothing(cast, batch_id, dossier)


def bound_nothing(cast: Cast, batch_id: UUID, dossier: tuple[UUID, str]) -> None:
    services.bind_papers(
        actor=cast.binh,
        batch_id=batch_id,
        dossier_id=dossier[0],
        dossier_code=dossier[1],
        procedure_code="1.001193",
        owner_party_id=cast.hoa_party,
        bindings=[],
    )


def test_wrong_splits_are_mended_and_undone(cast: Cast, batch: UUID) -> None:
    before = seen(cast, batch)
    arrangement = [[card.id for card in one.pages] for one in before.papers]

    services.merge_with_previous(actor=cast.binh, batch_id=batch, paper_id=before.papers[1].id)
    merged = seen(cast, batch)
    assert [len(one.pages) for one in merged.papers] == [3]
    services.begin_paper_at(actor=cast.binh, batch_id=batch, page_id=merged.papers[0].pages[2].id)
    assert [len(one.pages) for one in seen(cast, batch).papers] == [2, 1]
    last = seen(cast, batch).papers[1].pages[0]
    services.rotate_pages(actor=cast.binh, batch_id=batch, page_ids=[last.id], degrees=90)
    services.move_pages(
        actor=cast.binh,
        batch_id=batch,
        page_ids=[last.id],
        paper_id=seen(cast, batch).papers[0].id,
        before_page_id=seen(cast, batch).papers[0].pages[0].id,
    )
    moved = seen(cast, batch)
    assert [[card.number for card in one.pages] for one in moved.papers] == [[4, 2, 3]]
    services.drop_pages(actor=cast.binh, batch_id=batch, page_ids=[moved.papers[0].pages[2].id])

    kinds = [services.undo_step(actor=cast.binh, batch_id=batch) for _ in range(5)]
    assert kinds == ["drop", "move", "rotate", "split", "merge"]
    after = seen(cast, batch)
    assert [[card.id for card in one.pages] for one in after.papers] == arrangement
    assert not any(card.rotation for one in after.papers for card in one.pages)
    with pytest.raises(NothingToUndo):
        services.undo_step(actor=cast.binh, batch_id=batch)


def test_a_corrected_value_survives_reading_again_and_is_counted(cast: Cast, batch: UUID) -> None:
    page = seen(cast, batch)
    field = next(field for field in page.papers[0].fields if field.key == "mother_name")
    assert services.correct_field(actor=cast.binh, field_id=field.id, value="Nguyễn Thị Hoa") is True
    services.merge_with_previous(actor=cast.binh, batch_id=batch, paper_id=page.papers[1].id)
    kept = next(f for f in seen(cast, batch).papers[0].fields if f.key == "mother_name")
    assert (kept.value, kept.is_checked) == ("Nguyễn Thị Hoa", True)
    rates = queries.scan_rates(actor=cast.binh)
    assert rates.pages == 4
    assert rates.keyed_fields == 1


def test_marks_of_a_place_are_those_the_directory_knows(cast: Cast) -> None:
    batch_id = scanned_batch(cast, ("giay.pdf", scan([paper(), paper(PaperKind.MARRIAGE_CERTIFICATE)])))
    do_the_work(batch_id)

    def residence() -> FieldView:
        page = seen(cast, batch_id)
        return next(field for field in page.papers[0].fields if field.key == "mother_residence")

    read = residence()
    found = re.search("xã ([^,]+),", read.value)
    assert found is not None
    # Another way of marking the same letters: all the directory knows, so what was read cannot be right.
    known = fold(found[1]).title().replace("a", "ạ").replace("o", "ọ").replace("i", "ị")
    directory.open_territory(
        actor=SYSTEM,
        level=TerritoryLevel.COMMUNE,
        code="99994",
        full_name=f"Xã {known}",
        name=known,
        parent_id=cast.province,
    )
    services.merge_with_previous(
        actor=cast.binh, batch_id=batch_id, paper_id=seen(cast, batch_id).papers[1].id
    )
    assert residence().value == read.value.replace(found[1], known)


def test_what_is_bound_is_closed(cast: Cast, batch: UUID, dossier: tuple[UUID, str]) -> None:
    bound(cast, batch, dossier)
    page = seen(cast, batch)
    with pytest.raises(ScanBound):
        services.correct_field(actor=cast.binh, field_id=page.papers[0].fields[0].id, value="khác")
    with pytest.raises(ScanBound):
        services.merge_with_previous(actor=cast.binh, batch_id=batch, paper_id=page.papers[1].id)


def test_the_same_file_twice_is_one_file(cast: Cast) -> None:
    content = scan([paper()])
    batch_id = scanned_batch(cast, ("mot.pdf", content))
    assert add(cast.binh, batch_id, "hai.pdf", content).is_repeat
    other = scanned_batch(cast)
    assert add(cast.binh, other, "ba.pdf", content).elsewhere == batch_id


def test_strangers_see_and_touch_nothing(cast: Cast, batch: UUID) -> None:
    page = seen(cast, batch)
    for actor in (cast.giang, cast.hoa, cast.actor("nobody")):
        assert queries.batches(actor=actor) == []
        assert queries.doubtful_pages(actor=actor) == []
        for ask in (
            lambda a: queries.batch_page(actor=a, batch_id=batch),
            lambda a: queries.progress(actor=a, batch_id=batch),
            lambda a: queries.page_picture(actor=a, page_id=page.papers[0].pages[0].id),
            lambda a: queries.page_tile(
                actor=a, page_id=page.papers[0].pages[0].id, level=0, column=0, row=0
            ),
            lambda a: services.undo_step(actor=a, batch_id=batch),
            lambda a: services.confirm_paper(actor=a, paper_id=page.papers[0].id),
            lambda a: services.correct_field(actor=a, field_id=page.papers[0].fields[0].id, value="x"),
            lambda a: services.check_page(actor=a, page_id=page.papers[0].pages[0].id),
        ):
            with pytest.raises(OutOfScope):
                ask(actor)
        with pytest.raises(PermissionRefused):
            services.begin_batch(actor=actor, agency_id=cast.an_binh)


def test_pictures_and_tiles_show_the_page(cast: Cast, batch: UUID) -> None:
    card = seen(cast, batch).papers[0].pages[0]
    _, picture = queries.page_picture(actor=cast.binh, page_id=card.id)
    _, thumb = queries.page_picture(actor=cast.binh, page_id=card.id, is_thumb=True)
    assert picture[:2] == thumb[:2] == b"\xff\xd8"
    assert len(thumb) < len(picture)
    zoom = queries.page_zoom(actor=cast.binh, page_id=card.id)
    assert (zoom.width, zoom.height) == (card.width, card.height)
    assert (
        queries.page_tile(actor=cast.binh, page_id=card.id, level=zoom.levels, column=1, row=2)[:2]
        == b"\xff\xd8"
    )
    with pytest.raises(OutOfScope):
        queries.page_tile(actor=cast.binh, page_id=card.id, level=zoom.levels, column=99, row=0)


def test_a_paper_comes_only_onto_an_open_dossier_of_ones_own(
    cast: Cast, batch: UUID, dossier: tuple[UUID, str]
) -> None:
    made = bound(cast, batch, dossier)[0]

    def attach(actor: object) -> dossier_services.Attached:
        return dossier_services.attach_paper(
            actor=actor,  # type: ignore[arg-type]  # one of the cast
            dossier_id=dossier[0],
            component_key="birth-notification",
            paper_id=made.paper.id,
        )

    with pytest.raises(OutOfScope):
        attach(cast.giang)
    with pytest.raises(PermissionRefused):
        attach(cast.lan)
    assert attach(cast.chau).is_repeat is False
    assert attach(cast.binh).is_repeat is True
    dossier_services.exempt_paper(
        actor=cast.binh, dossier_id=dossier[0], component_key="marriage-certificate", ground="shown"
    )
    with pytest.raises(ExemptionUnknown):
        dossier_services.exempt_paper(
            actor=cast.binh, dossier_id=dossier[0], component_key="marriage-certificate", ground="lười"
        )
    dossier_services.withdraw_dossier(actor=cast.hoa, dossier_id=dossier[0], reason="Không cần nữa")
    with pytest.raises(DossierClosed):
        attach(cast.binh)


def test_a_page_read_anew_between_the_reading_and_the_lock_is_read_again(
    cast: Cast, batch: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The act writes what stands in the page it finds under the lock, whatever it had read before."""
    birth, marriage = (one for one in seen(cast, batch).papers)
    page = ScanPage.objects.get(paper_id=birth.id, is_dropped=False, role="paper")
    other = ScanPage.objects.get(paper_id=marriage.id)
    read: list[str] = []

    def reading(row: ScanPage) -> PageResult:
        result = page_result(row)
        if not read:
            ScanPage.objects.filter(pk=page.pk).update(result_sha256=other.result_sha256)
        read.append(row.result_sha256)
        return result

    monkeypatch.setattr(page_readings, "page_result", reading)
    services.drop_pages(actor=cast.binh, batch_id=batch, page_ids=[page.id], is_dropped=False)
    assert {page.result_sha256, other.result_sha256} <= set(read)
    assert ScanPaper.objects.get(pk=birth.id).kind == PaperKind.MARRIAGE_CERTIFICATE.value


def test_the_words_of_a_page_are_kept_with_their_places(cast: Cast, batch: UUID) -> None:
    from motcua.kernel import storage

    row = ScanPage.objects.get(batch_id=batch, number=2)
    with storage.store().open(row.result_sha256) as stream:
        assert json.load(stream)["lines"]
    with storage.store().open(row.hocr_sha256) as stream:
        assert b"ocrx_word" in stream.read()


def test_a_batch_without_papers_is_not_bound(cast: Cast, dossier: tuple[UUID, str]) -> None:
    with pytest.raises(ScanEmpty):
        bound_nothing(cast, scanned_batch(cast), dossier)


def test_impossible_arrangements_change_nothing(cast: Cast, batch: UUID) -> None:
    before = seen(cast, batch)
    first = before.papers[0]
    page_id = first.pages[0].id
    with pytest.raises(ArrangementImpossible) as said:
        services.rotate_pages(actor=cast.binh, batch_id=batch, page_ids=[page_id], degrees=45)
    assert said.type is NotQuarterTurn
    with pytest.raises(AlreadyFirstPage):
        services.begin_paper_at(actor=cast.binh, batch_id=batch, page_id=page_id)
    with pytest.raises(NoPaperBefore):
        services.merge_with_previous(actor=cast.binh, batch_id=batch, paper_id=first.id)
    with pytest.raises(PlaceElsewhere):
        services.move_pages(
            actor=cast.binh,
            batch_id=batch,
            page_ids=[page_id],
            paper_id=before.papers[1].id,
            before_page_id=first.pages[1].id,
        )
    assert seen(cast, batch) == before
    ScanPage.objects.filter(pk=page_id).update(state=ScanState.WAITING)
    with pytest.raises(PageNotRead):
        services.drop_pages(actor=cast.binh, batch_id=batch, page_ids=[page_id])
