"""The document a dossier ends in: made of its own content, read back from the PDF as anybody would read it."""

import os
import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pikepdf
import pypdfium2
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from tests.cast import Cast
from tests.factories.dossiers import BIRTH_FORM, at_leader, in_work
from tests.factories.signing import SigningWorld

from motcua.catalogue import queries as catalogue
from motcua.catalogue.adapters.results import result_templates
from motcua.documents import queries as custody
from motcua.documents.adapters.signing.sheet import read_sheet
from motcua.documents.rules.signing import place
from motcua.documents.words import SignatureKind
from motcua.dossiers import errors, queries, services
from motcua.dossiers.models import Dossier, Result, ResultDraft
from motcua.dossiers.services.results import result_pdf
from motcua.dossiers.words import Outcome
from motcua.kernel.errors import PermissionRefused
from motcua.provisioning.results import filled_in

pytestmark = pytest.mark.django_db


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def sealed_pdf(cast: Cast, world: SigningWorld, dossier_id: UUID) -> bytes:
    services.approve(actor=cast.dung, dossier_id=dossier_id)
    services.sign_result(actor=cast.dung, dossier_id=dossier_id, pin=world.hsm.pins["dung"])
    services.number_and_seal(actor=cast.khanh, dossier_id=dossier_id, pin=world.hsm.pins["seal-H99.11"])
    services.issue_result(actor=cast.khanh, dossier_id=dossier_id)
    sealed = Result.objects.get(dossier_id=dossier_id).sealed_file_id
    assert sealed is not None
    with custody.open_file(sealed) as stream:
        return stream.read()


def keys_of(value: Any) -> Iterator[str]:
    """Names and codes of a form that no person should read: those that are not also plain words."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys_of(inner)


def signature_boxes(pdf: bytes) -> list[tuple[float, ...]]:
    """Where signatures stand; each is inside its page."""
    boxes: list[tuple[float, ...]] = []
    with pikepdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            width, height = (float(side) for side in list(page.mediabox)[2:])
            for widget in page.get("/Annots", []):
                if widget.get("/FT") != "/Sig":
                    continue
                left, bottom, right, top = (float(side) for side in list(widget["/Rect"]))
                assert 0 <= left < right <= width, (left, right, width)
                assert 0 <= bottom < top <= height, (bottom, top, height)
                boxes.append((left, bottom, right, top))
    return boxes


def look_at(pdf: bytes, name: str) -> None:
    """To look at them: a folder for pictures of what was made."""
    if folder := os.environ.get("MOTCUA_LOOK"):
        shown = pypdfium2.PdfDocument(pdf)
        shown.init_forms()
        for number, page in enumerate(shown):
            page.render(scale=1.2).to_pil().save(Path(folder) / f"{name}-{number}.png")


def assert_is_a_legal_document(pdf: bytes, name: str, *, phone: str = "0912345678") -> str:
    """What holds for every issued document; gives its text."""
    text = text_of(pdf)
    for key in {key for key in keys_of(BIRTH_FORM) if "_" in key} | {
        "mother_only",
        "postal",
        "True",
        "False",
    }:
        assert key not in text, key
    assert not re.search(r"\b(true|false|male|female|mother|both|None)\b", text)
    assert phone not in text
    assert len(signature_boxes(pdf)) == 2  # the person's and the agency's
    look_at(pdf, name)
    return text


def test_a_birth_certificate_is_the_legal_document(cast: Cast, signing: SigningWorld) -> None:
    pdf = sealed_pdf(cast, signing, at_leader(cast))
    text = " ".join(assert_is_a_legal_document(pdf, "birth").split())
    for said in (
        "GIẤY KHAI SINH",
        "TRẦN GIA BẢO",
        "02/11/2026",
        "Ngày hai tháng mười một năm hai nghìn không trăm hai mươi sáu",
        "Giới tính: Nam",
        "Số định danh cá nhân: Chưa được cấp",
        "Ủy ban nhân dân xã An Bình",
        "Phạm Tiến Dũng",
    ):
        assert said in text, said
    assert "cam đoan" not in text
    assert "bản sao" not in text.lower()
    assert "chưa đối chiếu" not in text


def test_two_dossiers_give_two_contents(cast: Cast, signing: SigningWorld) -> None:
    other = {**BIRTH_FORM, "child": {**BIRTH_FORM["child"], "full_name": "Trần Bảo Châu", "sex": "female"}}
    first = text_of(sealed_pdf(cast, signing, at_leader(cast)))
    second = text_of(sealed_pdf(cast, signing, at_leader(cast, form_data=other)))
    assert "TRẦN BẢO CHÂU" in second
    assert "TRẦN BẢO CHÂU" not in first
    assert "Giới tính: Nữ" in " ".join(second.split())


def test_the_content_is_frozen_when_it_is_proposed(cast: Cast) -> None:
    """The application may be corrected later; the document proposed does not follow by itself."""
    dossier_id = at_leader(cast)
    result = Result.objects.get()
    assert result.template.startswith("birth-certificate@")
    assert result.content["child"]["full_name"] == "Trần Gia Bảo"
    assert "promise" not in result.content
    assert "phone" not in str(result.content)
    assert queries.dossier_page(actor=cast.dung, dossier_id=dossier_id).results[0].template == result.template


def test_an_incomplete_content_does_not_reach_the_leader(cast: Cast) -> None:
    dossier_id = in_work(cast)
    draft = queries.result_draft_of(actor=cast.chau, dossier_id=dossier_id)
    assert draft.is_complete
    content = {**draft.content, "child": {**draft.content["child"], "birth_place": ""}}
    with pytest.raises(errors.ResultIncomplete, match="Nơi sinh"):
        services.submit_to_leader(actor=cast.chau, dossier_id=dossier_id, content=content)
    with pytest.raises(errors.ResultIncomplete):
        services.submit_to_leader(actor=cast.chau, dossier_id=dossier_id, content={"sai": "khóa lạ"})
    assert not Result.objects.exists()


def test_a_prepared_content_is_kept_and_proposed(cast: Cast) -> None:
    dossier_id = in_work(cast)
    content = queries.result_draft_of(actor=cast.chau, dossier_id=dossier_id).content
    changed = {**content, "child": {**content["child"], "birth_place": "Bệnh viện Minh Sơn"}}
    saved = services.save_result_draft(
        actor=cast.chau, dossier_id=dossier_id, outcome=Outcome.GRANTED, content=changed, seen_draft=0
    )
    assert (saved.revision, saved.saved_by_name) == (1, cast.chau.name)
    with pytest.raises(errors.DraftConflict):
        services.save_result_draft(
            actor=cast.chau, dossier_id=dossier_id, outcome=Outcome.GRANTED, content=content, seen_draft=0
        )
    with pytest.raises(PermissionRefused):
        services.save_result_draft(
            actor=cast.binh, dossier_id=dossier_id, outcome=Outcome.GRANTED, content=content
        )
    assert "Bệnh viện Minh Sơn" in text_of(services.preview_result(actor=cast.chau, dossier_id=dossier_id))
    services.submit_to_leader(actor=cast.chau, dossier_id=dossier_id)
    assert Result.objects.get().content["child"]["birth_place"] == "Bệnh viện Minh Sơn"
    assert not ResultDraft.objects.exists()
    services.send_back(actor=cast.dung, dossier_id=dossier_id, reason="Xem lại nơi sinh")
    again = queries.result_draft_of(actor=cast.chau, dossier_id=dossier_id)
    assert again.content["child"]["birth_place"] == "Bệnh viện Minh Sơn"


def test_what_is_typed_for_one_outcome_survives_the_other(cast: Cast) -> None:
    dossier_id = in_work(cast)
    content = dict(queries.result_draft_of(actor=cast.chau, dossier_id=dossier_id).content)
    content["child"] = {**content["child"], "hometown": "Xã Yên Hòa"}
    services.save_result_draft(
        actor=cast.chau,
        dossier_id=dossier_id,
        outcome=Outcome.REFUSED,
        content=content,
        note="Trẻ đã được khai sinh",
        ground="Luật Hộ tịch 2014, Điều 16",
    )
    refusal = queries.result_draft_of(actor=cast.chau, dossier_id=dossier_id)
    assert refusal.template.key == "refusal-decision"
    assert refusal.content["refusal_reason"] == "Trẻ đã được khai sinh"
    granted = queries.result_draft_of(actor=cast.chau, dossier_id=dossier_id, outcome=Outcome.GRANTED)
    assert granted.content["child"]["hometown"] == "Xã Yên Hòa"


def test_a_refusal_names_its_legal_ground(cast: Cast, signing: SigningWorld) -> None:
    dossier_id = at_leader(cast)
    services.refuse_on_merits(
        actor=cast.dung,
        dossier_id=dossier_id,
        reason="Trẻ đã được khai sinh nơi khác",
        ground="Luật Hộ tịch 2014, Điều 16",
    )
    services.sign_result(actor=cast.dung, dossier_id=dossier_id, pin=signing.hsm.pins["dung"])
    result = Result.objects.get()
    assert result.symbol == "1/TB-UBND"
    with custody.open_file(result.signed_file_id) as stream:  # type: ignore[arg-type]  # signed just now
        text = " ".join(text_of(stream.read()).split())
    assert "Luật Hộ tịch 2014, Điều 16" in text
    assert "Trẻ đã được khai sinh nơi khác" in text


@pytest.mark.parametrize("template", result_templates(), ids=lambda one: one.key)
def test_every_template_prints_its_whole_content_and_nothing_else(
    cast: Cast, template: catalogue.ResultTemplate
) -> None:
    """Each required field stands on the paper; the mark of the officer's page does not; the signature has its place."""
    dossier_id = in_work(cast)
    content = filled_in(template, {}, date(2026, 11, 30))
    result = Result(title=template.title, outcome="granted", template=template.name, content=content)
    pdf = result_pdf(Dossier.objects.get(pk=dossier_id), result, None, "", signer="Phạm Tiến Dũng")
    text = " ".join(text_of(pdf).split())
    shown = catalogue.presented(template, content)
    for section, field in template.fields():
        if field.is_required and not section.rows and not field.type.startswith("partial-date"):
            value: Any = shown
            for part in field.path.split("."):
                value = value[part]
            assert str(value).lower() in text.lower(), field.path
    assert not re.search(r"\b(true|false|male|female|None|single)\b", text)
    assert "chưa đối chiếu" not in text
    assert "0912345678" not in text
    sheet = read_sheet(PdfFileReader(BytesIO(pdf)))
    assert sheet.mark is not None
    assert "Phạm Tiến Dũng" in pypdfium2.PdfDocument(pdf)[sheet.mark.page].get_textpage().get_text_range()
    assert sheet.pages <= 2
    for box in (place(SignatureKind.PERSONAL, sheet), place(SignatureKind.AGENCY, sheet)):
        assert 0 <= box.left < box.right <= sheet.width
        assert 0 <= box.bottom < box.top <= sheet.height
    if folder := os.environ.get("MOTCUA_LOOK"):
        for number, page in enumerate(pypdfium2.PdfDocument(pdf)):
            page.render(scale=0.9).to_pil().save(Path(folder) / f"t-{template.key}-{number}.png")
