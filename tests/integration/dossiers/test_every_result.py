"""Every result of the demo pack from the dossier to the signed document, read back from the PDF as anybody would read it."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.template.loader import render_to_string
from tests.cast import Cast
from tests.factories.signing import SigningWorld
from tests.integration.dossiers.test_result_documents import look_at, sealed_pdf, signature_boxes, text_of

from motcua.catalogue import queries as catalogue
from motcua.catalogue.adapters.results import result_templates
from motcua.catalogue.queries import Channel
from motcua.documents import queries as custody
from motcua.dossiers import errors, queries, services
from motcua.dossiers.models import Result
from motcua.dossiers.services import Application, PaperGiven
from motcua.kernel import clock
from motcua.provisioning.results import filled_in

pytestmark = pytest.mark.django_db

PHONE = "0912345678"
HOME = "Thôn Đông, xã An Bình, tỉnh Minh Sơn"
REQUESTER = {
    "full_name": "Nguyễn Thị Hoa",
    "personal_number": "040195000123",
    "address": HOME,
}


@dataclass(frozen=True)
class Case:
    """A procedure asked for, what the officer completes, and what the document must and must not say.

    `other` are the answers (or the officer's words) of a second dossier, `differs` what stands on the first one only.
    """

    code: str
    template: str
    said: tuple[str, ...]
    differs: tuple[str, str]
    case_key: str | None = None
    form: Mapping[str, Any] = field(default_factory=dict)
    officer: Mapping[str, Any] = field(default_factory=dict)
    other: Mapping[str, Any] = field(default_factory=dict)
    other_officer: Mapping[str, Any] = field(default_factory=dict)
    #: A field without which nothing may reach the leader.
    needed: str = ""


def spouse(name: str, number: str, born: str, **more: Any) -> dict[str, Any]:
    return {
        "full_name": name,
        "personal_number": number,
        "birth_on": born,
        "ethnicity": "Kinh",
        "nationality": "Việt Nam",
        "address": HOME,
        "status": "never",
        **more,
    }


EXTRACT = {
    "requester": {**REQUESTER, "relation": "self"},
    "event": "birth",
    "owner": {
        "full_name": "Nguyễn Thị Hoa",
        "personal_number": "040195000123",
        "birth_on": "1995-03-12",
        "registered_at": "Ủy ban nhân dân xã An Bình",
        "registered_on": "1995-03-20",
        "number": "45/1995",
    },
    "copies": 2,
    "promise": True,
}

CASES = {
    "marriage": Case(
        "1.000894",
        "marriage-certificate",
        ("GIẤY CHỨNG NHẬN KẾT HÔN", "Nguyễn Thị Hoa", "Trần Văn Nam", "12/03/1995", "040195000123"),
        ("Trần Văn Nam", "Lê Văn Sơn"),
        form={
            "wife": spouse("Nguyễn Thị Hoa", "040195000123", "1995-03-12"),
            "husband": spouse("Trần Văn Nam", "040093001234", "1993-01-20"),
            "copies": 0,
            "promise": True,
        },
        other={"husband": spouse("Lê Văn Sơn", "040090004321", "1990")},
        needed="husband.full_name",
    ),
    "birth-extract": Case(
        "2.000635",
        "birth-extract",
        ("TRÍCH LỤC KHAI SINH", "Nguyễn Thị Hoa", "45/1995", "20/03/1995", "Nữ"),
        ("45/1995", "46/1995"),
        form=EXTRACT,
        officer={"owner": {"sex": "female", "birth_place": "Trạm y tế xã An Bình", "hometown": HOME}},
        other={"owner": {**EXTRACT["owner"], "number": "46/1995"}},  # type: ignore[dict-item]  # a form of answers
        needed="owner.birth_place",
    ),
    "marriage-extract": Case(
        "2.000635",
        "marriage-extract",
        ("TRÍCH LỤC KẾT HÔN", "Trần Văn Nam", "45/1995"),
        ("Trần Văn Nam", "Lê Văn Sơn"),
        form={**EXTRACT, "event": "marriage"},
        officer={
            "wife": {"full_name": "Nguyễn Thị Hoa", "birth_on": "1995-03-12"},
            "husband": {"full_name": "Trần Văn Nam", "birth_on": "1993"},
        },
        other_officer={"husband": {"full_name": "Lê Văn Sơn", "birth_on": "1990"}},
        needed="wife.full_name",
    ),
    "death-extract-copy": Case(
        "2.000635",
        "death-extract-copy",
        ("TRÍCH LỤC KHAI TỬ", "Bệnh già", "45/1995"),
        ("Bệnh già", "Tai nạn giao thông"),
        form={**EXTRACT, "event": "death"},
        officer={
            "owner": {"sex": "female"},
            "death": {"on": "2026-11-20", "place": "Thôn Đông, xã An Bình", "cause": "Bệnh già"},
        },
        other_officer={"death": {"cause": "Tai nạn giao thông"}},
        needed="death.cause",
    ),
    "other-extract": Case(
        "2.000635",
        "civil-status-extract",
        ("TRÍCH LỤC", "giám hộ", "Ông Trần Văn Nam là người giám hộ"),
        ("Ông Trần Văn Nam", "Bà Lê Thị Lan"),
        form={**EXTRACT, "event": "guardianship"},
        officer={"owner": {"sex": "female"}, "content": "Ông Trần Văn Nam là người giám hộ."},
        other_officer={"content": "Bà Lê Thị Lan là người giám hộ."},
        needed="content",
    ),
    "certified-copy": Case(
        "2.000815",
        "certified-copy",
        ("Bằng tốt nghiệp đại học", "Trường Đại học Minh Sơn", "đúng với bản chính"),
        ("Bằng tốt nghiệp đại học", "Sổ hộ khẩu"),
        form={
            "requester": REQUESTER,
            "documents": [
                {
                    "title": "Bằng tốt nghiệp đại học",
                    "issuer": "Trường Đại học Minh Sơn",
                    "pages": 2,
                    "copies": 3,
                },
                {"title": "Căn cước", "pages": 1, "copies": 1},
            ],
            "delivery": "paper",
        },
        officer={"book": "01/2026-SCT/BS"},
        other={
            "documents": [{"title": "Sổ hộ khẩu", "issuer": "Công an xã An Bình", "pages": 8, "copies": 1}]
        },
        needed="book",
    ),
    "household-business": Case(
        "1.001612",
        "household-business",
        ("HỘ KINH DOANH", "Tạp hóa Hoa Nam", "50.000.000", "Bán lẻ lương thực", "Nữ"),
        ("Tạp hóa Hoa Nam", "Quán ăn Hoa Nam"),
        case_key="person",
        form={
            "owner": {**REQUESTER, "birth_on": "1995-03-12", "sex": "female"},
            "business": {
                "name": "Tạp hóa Hoa Nam",
                "address": "Số 5 chợ An Bình, xã An Bình, tỉnh Minh Sơn",
                "started_on": "2026-12-15",
                "capital": 50_000_000,
            },
            "lines": [
                {"code": "47211", "name": "Bán lẻ lương thực", "is_main": True},
                {"name": "Bán lẻ nước giải khát"},
            ],
            "members_together": False,
            "tax": {"workers": 2, "method": "other"},
            "promise": True,
        },
        officer={"owner": {"nationality": "Việt Nam"}},
        other={
            "business": {
                "name": "Quán ăn Hoa Nam",
                "address": "Số 7 chợ An Bình",
                "started_on": "2026-12-20",
                "capital": 90_000_000,
            }
        },
        needed="owner.nationality",
    ),
    "land-use-change": Case(
        "1.013949",
        "land-use-change",
        ("QUYẾT ĐỊNH", "85,125", "tờ bản đồ số 12", "Lâu dài"),
        ("85,125", "60,5"),
        case_key="ordinary",
        form={
            "requester": REQUESTER,
            "plot": {
                "address": HOME,
                "map_sheet": "12",
                "plot_number": "345",
                "area_m2": 200.5,
                "current_use": "perennial",
                "certificate_number": "CS 123456",
            },
            "change": {"new_use": "residential", "area_m2": 85.125, "reason": "Xây nhà ở cho gia đình"},
            "promise": True,
        },
        officer={
            "proposal": "Trưởng phòng Kinh tế",
            "change": {"term": "Lâu dài", "payment": "Nộp tiền sử dụng đất theo thông báo của cơ quan thuế"},
        },
        other={"change": {"new_use": "residential", "area_m2": 60.5, "reason": "Xây nhà ở cho gia đình"}},
        needed="change.payment",
    ),
    "construction-permit": Case(
        "1.013225",
        "construction-permit",
        ("GIẤY PHÉP XÂY DỰNG", "Nhà ở riêng lẻ", "125,5", "GCN CS 123456"),
        ("Nhà ở riêng lẻ", "Nhà xưởng"),
        form={
            "requester": REQUESTER,
            "work": {
                "place": HOME,
                "commune": "An Bình",
                "plot": "345, tờ bản đồ 12",
                "land_area": 300,
                "name": "Nhà ở riêng lẻ",
                "kind": "house",
                "grade": "IV",
                "floor_area": 125.5,
                "total_area": 251,
                "height": 7.2,
                "floors": 2,
                "designer": "Công ty Thiết kế Minh Sơn",
                "months": 8,
                "stage": "whole",
            },
            "promise": True,
        },
        officer={
            "land_paper": "GCN CS 123456",
            "start_within": 12,
        },
        other_officer={"work": {"name": "Nhà xưởng"}},
        needed="land_paper",
    ),
    "social-allowance": Case(
        "1.010380",
        "social-allowance",
        ("QUYẾT ĐỊNH", "khuyết tật", "750.000", "01/12/2026", "Trần Thị Mận", "040190007777"),
        ("750.000", "1.000.000"),
        form={
            "requester": REQUESTER,
            "for_self": "other",
            "person": {
                "full_name": "Trần Thị Mận",
                "birth_on": "1990-02-03",
                "sex": "female",
                "ethnicity": "Kinh",
                "nationality": "Việt Nam",
                "personal_number": "040190007777",
                "address": HOME,
                "relation": "Con",
            },
            "request": {"kind": "new"},
            "group": "disabled",
            "household": "none",
            "from_on": "2026-12-01",
            "paid": {"by": "cash"},
            "promise": True,
        },
        officer={
            "proposal": "Trưởng phòng Văn hóa - Xã hội",
            "factor": 1.5,
            "amount": 750_000,
        },
        other_officer={"amount": 1_000_000, "factor": 2},
        needed="group",
    ),
    "marital-status": Case(
        "1.004873",
        "marital-status",
        ("GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", "Nguyễn Thị Hoa", "12/03/1995", "Nữ", "mua bán nhà"),
        ("mua bán nhà", "vay vốn"),
        form={
            "requester": REQUESTER,
            "for_self": "self",
            "person": {
                "full_name": "Nguyễn Thị Hoa",
                "birth_on": "1995-03-12",
                "personal_number": "040195000123",
                "address": HOME,
                "ethnicity": "Kinh",
                "nationality": "Việt Nam",
            },
            "status": "single",
            "use": "other",
            "purpose": "Làm thủ tục mua bán nhà",
            "promise": True,
        },
        officer={
            "status": "single",
        },
        other_officer={"purpose": "Làm thủ tục vay vốn"},
        needed="status",
    ),
    "death-extract": Case(
        "1.000656",
        "death-extract",
        ("TRÍCH LỤC KHAI TỬ", "Trần Văn Cụ", "1940", "Bệnh già", "Nguyễn Thị Hoa"),
        ("Trần Văn Cụ", "Lê Thị Bà"),
        form={
            "requester": {**REQUESTER, "relation": "Con"},
            "deceased": {
                "full_name": "Trần Văn Cụ",
                "birth_on": "1940",
                "sex": "male",
                "ethnicity": "Kinh",
                "nationality": "Việt Nam",
                "personal_number": "040040000456",
                "address": HOME,
            },
            "death": {
                "on": "2026-11-20",
                "place": HOME,
                "cause": "Bệnh già",
                "notice_kind": "notice",
                "notice": "12/GBT ngày 21/11/2026",
            },
            "copies": 0,
            "promise": True,
        },
        officer={
            "owner": {"nationality": "Việt Nam"},
        },
        other_officer={"owner": {"full_name": "Lê Thị Bà", "sex": "female"}},
        needed="owner.full_name",
    ),
    "residence-notice": Case(
        "1.004222",
        "residence-notice",
        ("Đăng ký thường trú", "Nguyễn Thị Hoa", "Đã đăng ký thường trú"),
        ("Thôn Tây", "Thôn Nam"),
        form={
            "requester": {**REQUESTER, "birth_on": "1995-03-12", "sex": "female"},
            "place": {"commune": "An Bình", "address": "Thôn Tây"},
            "dwelling": {"kind": "own"},
            "basis": "own_home",
            "head": {"is_self": True},
            "promise": True,
        },
        officer={"decision": "Đã đăng ký thường trú", "place": "Thôn Tây, xã An Bình"},
        other_officer={"place": "Thôn Nam, xã An Bình"},
        needed="decision",
    ),
    "generic": Case(
        "1.001570",
        "decision-letter",
        ("Nguyễn Thị Hoa", "Chấp thuận tạm ngừng kinh doanh 6 tháng"),
        ("6 tháng", "9 tháng"),
        form={
            "requester": REQUESTER,
            "business": {
                "name": "Tạp hóa Hoa",
                "number": "040195000123",
                "commune": "An Bình",
                "address": HOME,
            },
            "kind": "suspend",
            "from_on": "2026-12-05",
            "until_on": "2027-06-05",
            "promise": True,
        },
        officer={"decision": "Chấp thuận tạm ngừng kinh doanh 6 tháng"},
        other_officer={"decision": "Chấp thuận tạm ngừng kinh doanh 9 tháng"},
        needed="decision",
    ),
}


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    made = deepcopy(dict(base))
    for key, value in over.items():
        both = isinstance(value, Mapping) and isinstance(made.get(key), Mapping)
        made[key] = merged(made[key], value) if both else deepcopy(value)
    return made


def in_work(cast: Cast, case: Case, **answers: Any) -> UUID:
    """Received at the desk and assigned to Châu."""
    version = catalogue.version_in_force(case.code, clock.today())
    papers = [
        PaperGiven(one.key, originals=one.originals, copies=one.copies, is_presented=one.is_shown_only)
        if one.originals or one.copies or one.is_shown_only
        else PaperGiven(one.key, copies=1)
        for one in version.case(case.case_key).components
        if one.is_required
    ]
    moved = services.register_dossier(
        actor=cast.binh,
        application=Application(
            procedure_code=case.code,
            receiving_id=cast.an_binh,
            applicant_id=cast.hoa_party,
            request_key=str(uuid4()),
            case_key=case.case_key,
            channel=Channel.COUNTER,
            contact={"phone": PHONE},
            form_data={**case.form, **answers},
            papers=papers,
        ),
    )
    services.assign(actor=cast.hanh, dossier_id=moved.dossier_id, assignee_id=cast.account("chau"))
    return moved.dossier_id


def completed(cast: Cast, dossier_id: UUID, officer: Mapping[str, Any]) -> dict[str, Any]:
    """The first content from its sources, with what the officer adds."""
    draft = queries.result_draft_of(actor=cast.chau, dossier_id=dossier_id)
    return merged(draft.content, officer)


def keys_of(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield key
            yield from keys_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)


def codes_of(version: catalogue.VersionSnapshot) -> set[str]:
    """Codes of the form's lists: no person should read them."""
    found: set[str] = set()

    def walk(part: Any) -> None:
        if isinstance(part, Mapping):
            found.update(str(one) for one in part.get("enum", ()) if isinstance(one, str))
            for inner in part.values():
                walk(inner)
        elif isinstance(part, list):
            for inner in part:
                walk(inner)

    walk(version.form.schema if version.form else {})
    return {code for code in found if code.isascii()}


def assert_legal(pdf: bytes, case: Case, name: str) -> str:
    """What holds for every issued document; gives its text."""
    look_at(pdf, name)
    text = " ".join(text_of(pdf).split())
    version = catalogue.version_in_force(case.code, clock.today())
    words = set(re.findall(r"[\w-]+", text))
    assert not words & (
        codes_of(version) | {"true", "false", "True", "False", "None", "male", "female", "single"}
    )
    keys = {key for key in keys_of({**case.form, **case.officer}) if "_" in key}
    assert not [key for key in keys if key in text]
    assert PHONE not in text
    assert "cam đoan" not in text.lower()
    assert "chưa đối chiếu" not in text
    assert len(signature_boxes(pdf)) == 2  # the person's and the agency's, both inside the page
    return text


@pytest.mark.parametrize("name", CASES)
def test_from_dossier_to_signed_document(cast: Cast, signing: SigningWorld, name: str) -> None:
    case = CASES[name]
    texts: list[str] = []
    for officer, answers in ((case.officer, {}), (merged(case.officer, case.other_officer), case.other)):
        dossier_id = in_work(cast, case, **answers)
        content = completed(cast, dossier_id, officer)
        if not texts:
            refused_without(cast, dossier_id, content, case.needed)
        services.submit_to_leader(actor=cast.chau, dossier_id=dossier_id, content=content)
        result = Result.objects.get(dossier_id=dossier_id)
        assert result.template.split("@")[0] == case.template
        pdf = sealed_pdf(cast, signing, dossier_id)
        assert custody.verify_pdf(pdf).verdict is custody.Verdict.IN_FORCE
        texts.append(assert_legal(pdf, case, f"{name}-{len(texts)}"))
    first, second = texts
    for said in case.said:
        assert said.lower() in first.lower(), (said, first)
    mine, others = (one.lower() for one in case.differs)
    assert mine in first.lower()
    assert mine not in second.lower()
    assert others in second.lower()
    assert others not in first.lower()


def refused_without(cast: Cast, dossier_id: UUID, content: Mapping[str, Any], path: str) -> None:
    """Nothing incomplete reaches the leader."""
    lacking = deepcopy(dict(content))
    *before, last = path.split(".")
    place: Any = lacking
    for part in before:
        place = place[part]
    place[last] = ""
    with pytest.raises(errors.ResultIncomplete):
        services.submit_to_leader(actor=cast.chau, dossier_id=dossier_id, content=lacking)
    assert not Result.objects.filter(dossier_id=dossier_id).exists()


def test_a_refusal_from_dossier_to_signed_document(cast: Cast, signing: SigningWorld) -> None:
    case = CASES["marriage"]
    texts: list[str] = []
    for reason in ("Chưa đủ tuổi kết hôn", "Đang có vợ, có chồng"):
        dossier_id = in_work(cast, case)
        services.submit_to_leader(actor=cast.chau, dossier_id=dossier_id)
        with pytest.raises(errors.ResultIncomplete):
            services.refuse_on_merits(actor=cast.dung, dossier_id=dossier_id, reason=" ")
        services.refuse_on_merits(
            actor=cast.dung, dossier_id=dossier_id, reason=reason, ground="Luật Hôn nhân và gia đình, Điều 8"
        )
        services.sign_result(actor=cast.dung, dossier_id=dossier_id, pin=signing.hsm.pins["dung"])
        services.number_and_seal(actor=cast.khanh, dossier_id=dossier_id, pin=signing.hsm.pins["seal-H99.11"])
        services.issue_result(actor=cast.khanh, dossier_id=dossier_id)
        sealed = Result.objects.get(dossier_id=dossier_id).sealed_file_id
        assert sealed is not None
        with custody.open_file(sealed) as stream:
            texts.append(assert_legal(stream.read(), case, f"refusal-{len(texts)}"))
    assert "Chưa đủ tuổi kết hôn" in texts[0]
    assert "Chưa đủ tuổi kết hôn" not in texts[1]
    for text in texts:
        assert "Luật Hôn nhân và gia đình, Điều 8" in text
        assert "Nguyễn Thị Hoa" in text


def test_a_document_about_somebody_else_takes_nothing_of_the_applicant(cast: Cast) -> None:
    """Asked for a brother: his name, his number, and a sex that an officer has to say."""
    case = CASES["marital-status"]
    brother = {
        "full_name": "Nguyễn Văn Dương",
        "birth_on": "1990",
        "personal_number": "040090001111",
        "address": "Thôn Tây, xã An Bình, tỉnh Minh Sơn",
        "ethnicity": "Kinh",
        "nationality": "Việt Nam",
    }
    asker = {**REQUESTER, "relation": "Anh, chị, em ruột"}
    dossier_id = in_work(cast, case, requester=asker, for_self="other", person=brother)
    draft = queries.result_draft_of(actor=cast.chau, dossier_id=dossier_id)
    person = draft.content["person"]
    assert (person["full_name"], person["birth_on"]) == ("Nguyễn Văn Dương", "1990")
    assert (person["identity"], person["address"]) == ("040090001111", brother["address"])
    assert "sex" not in person
    assert "/person/sex" in {fault.path for fault in draft.faults}
    assert "Nguyễn Thị Hoa" not in str(draft.content)


#: The birth certificate keeps the lines of both parents: what is not known of one is left blank by law.
OPEN_LINES = {"birth-certificate"}


@pytest.mark.parametrize(
    "template", [one for one in result_templates() if one.key not in OPEN_LINES], ids=lambda one: one.key
)
def test_what_is_not_said_leaves_no_label_behind(template: catalogue.ResultTemplate) -> None:
    """With only what is required, no line of the paper ends at its colon."""
    content = filled_in(template, {}, date(2026, 11, 30))
    shown = catalogue.presented(template, content)
    context = {"c": shown, "agency": {"name": "x"}, "symbol_whole": "1/2026"}
    html = render_to_string(f"dossiers/results/{template.layout}.html", context)
    empty = re.findall(r"([^<>]*)<span class=\"value[^\"]*\">\s*</span>", html)
    assert not empty, empty
