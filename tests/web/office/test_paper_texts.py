"""Text and layout of digitized papers, for whoever may read the paper and nobody else."""

from uuid import UUID, uuid4
from xml.etree import ElementTree

import pytest
from django.test import Client
from tests.cast import Cast
from tests.factories.dossiers import received
from tests.factories.scans import paper as printed_paper
from tests.factories.scans import scan
from tests.integration.documents.scanning.desk import do_the_work, scanned_batch
from tests.integration.documents.scanning.test_signing_copies import bound

from motcua.documents import queries as documents
from motcua.documents import services as documents_services
from motcua.documents.models import ScanField, ScanPage
from motcua.documents.rules.digitization.alto import NAMESPACE
from motcua.dossiers import queries, services
from motcua.kernel.errors import OutOfScope

pytestmark = pytest.mark.django_db


def ask(cast: Cast, name: str, address: str) -> tuple[int, bytes]:
    client = Client()
    if name != "nobody":
        cast.login(client, name)
    answer = client.get(address)
    return answer.status_code, answer.getvalue()


@pytest.fixture
def paper(cast: Cast) -> tuple[UUID, UUID]:
    """Hoa's dossier and the file of the birth notification digitized for it."""
    _, dossier_id = bound(cast)
    lines = queries.dossier_page(actor=cast.chau, dossier_id=dossier_id).papers
    (file_id,) = [one.file_id for one in lines if one.file_id]
    return dossier_id, file_id


def test_each_face_hands_out_text_and_layout(cast: Cast, paper: tuple[UUID, UUID]) -> None:
    dossier_id, file_id = paper
    for face, name in (("co-quan", "chau"), ("quay", "binh"), ("", "hoa")):
        at = f"{face and '/'}{face}/ho-so/{dossier_id}/tep/{file_id}/chu"
        status, page = ask(cast, name, f"{face and '/'}{face}/ho-so/{dossier_id}/")
        assert status == 200
        assert f"{at}/alto/" in page.decode()
        status, text = ask(cast, name, f"{at}/txt/")
        assert status == 200
        assert "CHỨNG SINH" in text.decode().upper()
        status, layout = ask(cast, name, f"{at}/alto/")
        root = ElementTree.fromstring(layout)  # noqa: S314 (made by the test)
        assert (status, root.tag, root.get("SCHEMAVERSION")) == (200, f"{{{NAMESPACE}}}alto", "4.4")
        said = [one.get("CONTENT") for one in root.iter(f"{{{NAMESPACE}}}String")]
        assert said == text.decode().split()
        status, hocr = ask(cast, name, f"{at}/hocr/")
        assert status == 200
        assert hocr.count(b'class="ocr_page"') == 1
        assert ask(cast, name, f"{at}/docx/")[0] == 404


def test_who_may_not_read_the_paper_finds_no_text(cast: Cast, paper: tuple[UUID, UUID]) -> None:
    dossier_id, file_id = paper
    for face, name, status in (
        ("/co-quan", "giang", 404),
        ("/co-quan", "hoa", 404),
        ("/co-quan", "quang", 403),
        ("/co-quan", "nobody", 302),
        ("/quay", "giang", 404),
        ("/quay", "chau", 403),
        ("", "an_phat", 404),
        ("", "chau", 403),
        ("", "nobody", 302),
    ):
        for form in ("txt", "alto", "hocr"):
            address = f"{face}/ho-so/{dossier_id}/tep/{file_id}/chu/{form}/"
            assert ask(cast, name, address)[0] == status, (face, name, form)


def test_a_file_that_was_not_digitized_has_no_text(cast: Cast, paper: tuple[UUID, UUID]) -> None:
    dossier_id, _ = paper
    page = queries.dossier_page(actor=cast.chau, dossier_id=dossier_id)
    other = next(one for one in page.forms)
    file_id = services.typeset_form(actor=cast.system, form_id=other.id)
    assert ask(cast, "chau", f"/co-quan/ho-so/{dossier_id}/tep/{file_id}/")[0] == 200
    assert ask(cast, "chau", f"/co-quan/ho-so/{dossier_id}/tep/{file_id}/chu/txt/")[0] == 404


def test_only_files_that_were_read_are_said_to_have_text(paper: tuple[UUID, UUID]) -> None:
    _, file_id = paper
    found = documents.read_files([file_id, None, UUID(int=7)])
    assert (set(found.texts), set(found.received)) == ({file_id}, {file_id})
    with pytest.raises(OutOfScope):
        documents.paper_text(UUID(int=7), documents.TextForm.ALTO)


def test_the_file_as_received_is_handed_out_beside_the_copy(cast: Cast, paper: tuple[UUID, UUID]) -> None:
    """Byte for byte, on every face on which the paper is read."""
    dossier_id, file_id = paper
    (kept,) = documents.received_files(file_id)
    with documents.open_file(kept.id) as stream:
        scanned = stream.read()
    for face, name in (("/co-quan", "chau"), ("/quay", "binh"), ("", "hoa")):
        at = f"{face}/ho-so/{dossier_id}/tep/{file_id}/chu/goc/"
        assert at in ask(cast, name, f"{face}/ho-so/{dossier_id}/")[1].decode()
        assert ask(cast, name, at) == (200, scanned)
    assert ask(cast, "an_phat", f"/ho-so/{dossier_id}/tep/{file_id}/chu/goc/")[0] == 404
    assert ask(cast, "giang", f"/co-quan/ho-so/{dossier_id}/tep/{file_id}/chu/goc/")[0] == 404


def test_a_pile_that_shows_papers_of_others_is_not_handed_out(cast: Cast) -> None:
    """The scan holds a page that was bound into nothing: whoever reads the one paper must not see the other."""
    moved = received(cast)
    batch_id = scanned_batch(cast, ("giay.pdf", scan([printed_paper(), printed_paper()])))
    do_the_work(batch_id)
    ScanField.objects.filter(paper__batch=batch_id).update(is_doubtful=False)
    mine = documents.batch_page(actor=cast.binh, batch_id=batch_id).papers[0]
    ScanPage.objects.filter(batch=batch_id).order_by("-number").first().delete()  # type: ignore[union-attr]  # two were scanned
    ScanPage.objects.filter(batch=batch_id).update(paper=mine.id)
    made = bind(cast, batch_id, moved.dossier_id, moved.code or "", mine.id)
    assert documents.read_files([made]).received == {made}
    other = ScanPage.objects.get(batch=batch_id)
    other.pk, other.index, other.number, other.paper = uuid4(), 1, 2, None
    other.save()
    found = documents.read_files([made])
    assert (set(found.texts), set(found.received)) == ({made}, set())
    with pytest.raises(OutOfScope):
        documents.received_files(made)


def bind(cast: Cast, batch_id: UUID, dossier_id: UUID, code: str, scan_paper_id: UUID) -> UUID:
    (made,) = documents_services.bind_papers(
        actor=cast.binh,
        batch_id=batch_id,
        dossier_id=dossier_id,
        dossier_code=code,
        procedure_code="1.001193",
        owner_party_id=cast.hoa_party,
        bindings=[documents_services.Binding(scan_paper_id, "birth-notification", "birth-notification")],
    )
    return made.paper.file.id
