"""A program names somebody else with a mandate, never by an id; a paper named by its id is reused."""

from io import BytesIO
from typing import Any

import pytest
from tests.cast import Cast
from tests.factories.dossiers import BIRTH_FORM
from tests.factories.signing import plain_pdf
from tests.web.api.conftest import ProgramOf
from tests.web.api.test_life import application

from motcua.documents import services as custody
from motcua.documents.queries import PaperSource, TrustLevel
from motcua.dossiers import queries

pytestmark = pytest.mark.django_db

NAM = {"full_name": "Trần Văn Nam", "personal_number": "040093000456", "birth_on": "1993-01-20"}
RELATIVE = {"kind": "relative", "ground": "Vợ chồng"}


def for_nam(cast: Cast, **changes: Any) -> dict[str, Any]:
    return application(cast, **({"applicant_id": None, "principal": NAM, "mandate": RELATIVE} | changes))


def test_somebody_else_is_named_with_a_mandate(cast: Cast, program: ProgramOf) -> None:
    answer = program("hoa").post("/dossiers", for_nam(cast))
    assert answer.status == 201, answer.body
    seen = program("hoa").get(f"/dossiers/{answer.body['dossier_id']}").body
    assert seen["applicant_name"] == "Trần Văn Nam"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"mandate": {}}, "dossiers.mandate_missing"),
        ({"principal": None}, "dossiers.mandate_missing"),
        ({"applicant_id": "an_phat"}, "kernel.permission_refused"),
        ({"principal": {**NAM, "personal_number": "12"}}, "directory.personal_number_invalid"),
        ({"mandate": {"kind": "authorised", "ground": "Giấy số 12"}}, "dossiers.papers_missing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_program_may_not_leave_out(
    cast: Cast, program: ProgramOf, changes: dict[str, Any], code: str
) -> None:
    if "applicant_id" in changes:
        changes = {"applicant_id": str(cast.an_phat_party)}
    answer = program("hoa").post("/dossiers", for_nam(cast, **changes))
    assert answer.code == code


def test_a_paper_named_by_its_id_is_reused(cast: Cast, program: ProgramOf) -> None:
    file = custody.keep_file(
        actor=cast.binh, stream=BytesIO(plain_pdf()), filename="a.pdf", owner_party_id=cast.hoa_party
    )
    paper = custody.record_paper(
        actor=cast.khanh,
        file_id=file.id,
        owner_party_id=cast.hoa_party,
        kind_code="KQ.G15.000032",
        source=PaperSource.RESULT,
        trust=TrustLevel.AUTHORITATIVE,
    )
    lines = [
        {"component_key": "birth-notification", "originals": 1},
        {"component_key": "marriage-certificate", "paper_id": str(paper.id)},
    ]
    answer = program("hoa").post("/dossiers", application(cast, papers=lines))
    page = queries.dossier_page(actor=cast.binh, dossier_id=answer.body["dossier_id"])
    assert [line.digitization for line in page.papers if line.paper_id == paper.id] == [3]


@pytest.mark.parametrize("field", ["full_name", "personal_number"])
def test_the_requester_is_who_the_account_says(cast: Cast, program: ProgramOf, field: str) -> None:
    other = {"full_name": "Kẻ Khác", "personal_number": "040093000456"}
    form = {**BIRTH_FORM, "requester": {**BIRTH_FORM["requester"], field: other[field]}}
    answer = program("hoa").post("/dossiers", application(cast, form_data=form))
    assert (answer.status, answer.code) == (422, "dossiers.form_invalid")
    assert [fault["at"] for fault in answer.body["faults"]] == [f"/requester/{field}"]
    assert (
        "Nguyễn Thị Hoa" in str(answer.body) if field == "full_name" else "040195000123" in str(answer.body)
    )


def test_what_the_account_knows_need_not_be_said(cast: Cast, program: ProgramOf) -> None:
    said = {
        key: value
        for key, value in BIRTH_FORM["requester"].items()
        if key in ("address", "phone", "relation")
    }
    answer = program("hoa").post("/dossiers", application(cast, form_data={**BIRTH_FORM, "requester": said}))
    assert answer.status == 201, answer.body
    page = queries.dossier_page(actor=cast.hoa, dossier_id=answer.body["dossier_id"])
    assert page.form_data["requester"]["full_name"] == "Nguyễn Thị Hoa"
    assert page.form_data["requester"]["personal_number"] == "040195000123"


def test_with_a_mandate_it_is_whom_the_mandate_names_or_who_acts_for_them(
    cast: Cast, program: ProgramOf
) -> None:
    asked = {**BIRTH_FORM["requester"], **{key: NAM[key] for key in ("full_name", "personal_number")}}
    form = {**BIRTH_FORM, "requester": {**asked, "relation": "father"}}
    assert program("hoa").post("/dossiers", for_nam(cast, form_data=form)).status == 201
    third = {**form, "requester": {**asked, "full_name": "Lê Văn Ba"}}
    refused = program("hoa").post("/dossiers", for_nam(cast, form_data=third))
    assert refused.status == 422
    assert [fault["at"] for fault in refused.body["faults"]] == ["/requester/full_name"]
