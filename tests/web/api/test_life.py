"""A dossier's whole life over HTTP, by every move of the table."""

from copy import deepcopy
from typing import Any
from uuid import uuid4

from tests.cast import Cast
from tests.factories.dossiers import BIRTH, BIRTH_FORM
from tests.factories.signing import SigningWorld
from tests.web.api.conftest import ProgramOf

_PAPERS = [
    {"component_key": "birth-notification", "originals": 1},
    {"component_key": "marriage-certificate", "is_presented": True},
]


def application(cast: Cast, **changes: Any) -> dict[str, Any]:
    return {
        "procedure_code": BIRTH,
        "receiving": "H99.11",
        "applicant_id": str(cast.hoa_party),
        "request_key": str(uuid4()),
        "form_data": BIRTH_FORM,
        # Each has its own: what one test writes into them is not in the next one's application.
        "papers": deepcopy(_PAPERS),
    } | changes


def submitted(cast: Cast, program: ProgramOf) -> str:
    answer = program("hoa").post("/dossiers", application(cast))
    assert answer.status == 201, answer.body
    return str(answer.body["dossier_id"])


def in_work(cast: Cast, program: ProgramOf) -> str:
    key = submitted(cast, program)
    assert program("binh").move(key, "receive", papers=_PAPERS).status == 200
    assert program("hanh").move(key, "assign", assignee_id=cast.account("chau")).status == 200
    return key


def test_from_the_citizen_to_the_corrected_result(
    cast: Cast, program: ProgramOf, signing: SigningWorld
) -> None:
    hoa, binh, chau, dung, khanh = map(program, ("hoa", "binh", "chau", "dung", "khanh"))
    pins = signing.hsm.pins
    key = submitted(cast, program)

    def step(who: Any, move: str, state: str, **given: Any) -> dict[str, Any]:
        seen = hoa.get(f"/dossiers/{key}").body["revision"]
        answer = who.move(key, move, seen=seen, **given)
        assert answer.status == 200, (move, answer.body)
        assert answer.body["state"] == state, move
        assert answer.body["revision"] == seen + 1
        return dict(answer.body)

    step(binh, "ask_supplement", "incomplete", reason="Thiếu giấy chứng sinh", items=["Giấy chứng sinh"])
    step(hoa, "supply", "submitted", papers=_PAPERS[:1])
    received = step(binh, "receive", "received", papers=_PAPERS)
    assert received["code"].startswith("H99.11-")
    assert hoa.get(f"/track/{received['code']}").body["is_ended"] is False
    step(program("hanh"), "assign", "processing", assignee_id=cast.account("chau"))
    step(chau, "forward", "processing", reason="Đã đối chiếu")
    step(chau, "require_payment", "payment", reason="Nộp lệ phí")
    step(program("lan"), "settle", "processing", proof="Biên lai 12")
    step(chau, "consult", "processing", agency="H99.03", reason="Đất ai?", working_days="0.5")
    (asked,) = program("phuc").get("/dossiers", box="consulted").body["rows"]
    assert asked["id"] == key
    from motcua.dossiers import queries

    (question,) = queries.open_consultations_of(actor=cast.phuc)
    step(
        program("phuc"),
        "answer_consultation",
        "processing",
        consultation_id=question.id,
        reason="Đồng ý",
        is_agreed=True,
    )
    step(chau, "submit_to_leader", "at_leader")
    # What is proposed is nobody's result yet.
    assert hoa.get(f"/dossiers/{key}").body["results"] == []
    assert dung.get(f"/dossiers/{key}").body["results"][0]["outcome"] == "granted"
    step(dung, "send_back", "processing", reason="Bổ sung ý kiến")
    step(chau, "submit_to_leader", "at_leader")
    step(dung, "approve", "decided")
    assert hoa.get(f"/dossiers/{key}").body["outcome"] == ""
    assert dung.move(key, "sign", pin="sai").status in (403, 409, 422)
    step(dung, "sign", "signed", pin=pins["dung"])
    step(khanh, "number_and_seal", "sealed", pin=pins["seal-H99.11"])
    step(khanh, "issue", "issued")
    page = hoa.get(f"/dossiers/{key}").body
    assert (page["outcome"], page["national_status"]) == ("granted", 9)
    step(binh, "hand_over", "returned", received_by="Nguyễn Thị Hoa", proof="Ký nhận")
    step(chau, "reopen", "correcting", reason="Sai tên cha")
    step(dung, "sign_correction", "correction_signed", pin=pins["dung"])
    step(khanh, "seal_correction", "issued", pin=pins["seal-H99.11"])
    page = hoa.get(f"/dossiers/{key}").body
    assert [bool(result["replaces_id"]) for result in page["results"]] == [False, True]
    assert len(page["timeline"]) == page["revision"]
    file_id = page["results"][-1]["sealed_file_id"]
    own = hoa.get(f"/files/{file_id}")
    assert own.status == 200
    assert own.body[:5] == b"%PDF-"
    assert program("an_phat").get(f"/files/{file_id}").status == 404


def test_the_endings_without_a_result(cast: Cast, program: ProgramOf) -> None:
    refused = submitted(cast, program)
    assert program("binh").move(refused, "refuse_at_door", reason="Không thuộc thẩm quyền").body["state"] == (
        "refused_at_door"
    )
    withdrawn = in_work(cast, program)
    assert program("hoa").move(withdrawn, "withdraw", reason="Nộp nhầm").body["state"] == "withdrawn"
    stopped = in_work(cast, program)
    assert program("dung").move(stopped, "stop", reason="Theo đề nghị").body["state"] == "stopped"
    denied = in_work(cast, program)
    program("chau").move(denied, "submit_to_leader", outcome="refused", reason="Không đủ điều kiện")
    assert program("dung").move(denied, "refuse", reason="Không đủ điều kiện").body["state"] == "decided"


def test_an_apology_names_a_later_moment(cast: Cast, program: ProgramOf) -> None:
    key = in_work(cast, program)
    naive = program("chau").move(key, "extend", reason="Bận", new_due_at="2026-12-30T16:30:00")
    assert (naive.status, naive.code) == (422, "api.moment_naive")
    early = program("chau").move(key, "extend", reason="Bận", new_due_at="2020-01-01T00:00:00+07:00")
    assert early.status == 409
    for far in ("9999-12-31T23:59:59+07:00", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"):
        assert program("chau").move(key, "extend", reason="Bận", new_due_at=far).status in (409, 422)


def test_a_repeated_request_is_one_dossier(cast: Cast, program: ProgramOf) -> None:
    given = application(cast)
    first, again = (program("hoa").post("/dossiers", given) for _ in range(2))
    assert (first.status, again.status) == (201, 200)
    assert again.body["is_repeat"] is True
    assert first.body["dossier_id"] == again.body["dossier_id"]
    assert len(program("hoa").get("/dossiers/mine").body["rows"]) == 1


def test_the_desk_registers_at_once(cast: Cast, program: ProgramOf) -> None:
    answer = program("binh").post("/dossiers", application(cast, channel="counter"))
    assert (answer.status, answer.body["state"]) == (201, "received")
    assert answer.body["code"]
    assert program("giang").post("/dossiers", application(cast, channel="counter")).status == 403
    # A person cannot take their own dossier in.
    assert program("hoa").post("/dossiers", application(cast, channel="counter")).code == (
        "dossiers.channel_closed"
    )
