"""Text and layout of digitized papers, for whoever may read the paper and nobody else."""

from uuid import UUID
from xml.etree import ElementTree

import pytest
from django.test import Client
from tests.cast import Cast
from tests.integration.documents.scanning.test_signing_copies import bound

from motcua.documents import queries as documents
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
    assert documents.read_files([file_id, None, UUID(int=7)]) == {file_id}
    with pytest.raises(OutOfScope):
        documents.paper_text(UUID(int=7), documents.TextForm.ALTO)
