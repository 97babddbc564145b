"""What the API refuses, and how it says so."""

import hashlib
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from tests.cast import Cast
from tests.factories.signing import plain_pdf
from tests.web.api.conftest import API, Answer, Key, Program, ProgramOf
from tests.web.api.test_life import application, in_work, submitted

from motcua.directory import services as directory
from motcua.kernel.authority import SYSTEM


def test_without_a_key_or_with_a_wrong_one(cast: Cast, program: ProgramOf, key_of: Key) -> None:
    for answer, code in (
        (Program("").get("/dossiers"), "api.key_missing"),
        (Program("motcua_wrong").get("/dossiers"), "directory.api_token_invalid"),
        (Program(key_of("binh").swapcase()).get("/dossiers"), "directory.api_token_invalid"),
    ):
        assert (answer.status, answer.code) == (401, code)
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    browser = Client()
    cast.login(browser, "binh")
    assert browser.get(f"{API}/dossiers").status_code == 401


def test_a_revoked_key_and_a_closed_account(cast: Cast) -> None:
    from datetime import timedelta

    token, secret = directory.issue_api_token(
        actor=cast.quang, account_id=cast.account("binh"), name="x", life=timedelta(days=1)
    )
    program = Program(secret)
    assert program.get("/dossiers").status == 200
    directory.revoke_api_token(actor=cast.quang, token_id=token.id)
    assert program.get("/dossiers").status == 401
    _, secret = directory.issue_api_token(
        actor=cast.quang, account_id=cast.account("binh"), name="x", life=timedelta(days=1)
    )
    directory.close_account(actor=SYSTEM, account_id=cast.account("binh"), reason="Nghỉ việc")
    assert Program(secret).get("/dossiers").status == 401


def test_a_narrowed_key_reads_and_does_nothing_else(cast: Cast, program: ProgramOf) -> None:
    key = submitted(cast, program)
    reader = program("binh", "dossier.read")
    assert reader.get(f"/dossiers/{key}").body["moves"] == []
    assert reader.move(key, "receive").status == 403
    assert program("binh", "payment.collect").get(f"/dossiers/{key}").status == 404


def test_another_agency_sees_nothing(cast: Cast, program: ProgramOf) -> None:
    key = in_work(cast, program)
    giang, an_phat = program("giang"), program("an_phat")
    for stranger in (giang, an_phat):
        assert stranger.get(f"/dossiers/{key}").status == 404
        assert stranger.get(f"/dossiers/{key}/reckoning").status == 404
        assert stranger.move(key, "withdraw", reason="x").status == 404
        assert stranger.get(f"/dossiers/of-party/{cast.hoa_party}").body["rows"] == []
    for box in ("work", "mine", "reception", "return", "consulted", "all"):
        assert giang.get("/dossiers", box=box).body["rows"] == []
    assert giang.get("/dossiers/mine").body["rows"] == []
    assert program("hoa").get("/dossiers", box="all").body["rows"] == []
    assert program("hoa").get("/dossiers", box="reception").body["rows"] == []


def test_a_stale_decision_is_a_conflict(cast: Cast, program: ProgramOf) -> None:
    key = submitted(cast, program)
    seen = program("binh").get(f"/dossiers/{key}").body["revision"]
    papers = application(cast)["papers"]
    assert program("binh").move(key, "receive", seen=seen, papers=papers).status == 200
    late = program("binh").move(key, "refuse_at_door", seen=seen, reason="x")
    assert (late.status, late.code) == (409, "kernel.moved_on")
    impossible = program("binh").move(key, "receive")
    assert (impossible.status, impossible.code) == (409, "dossiers.move_impossible")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"move": "nhảy"}, "api.move_unknown"),
        ({"move": "assign"}, "api.field_missing"),
        ({"move": "consult", "reason": "?"}, "api.field_missing"),
        ({"move": "consult", "reason": "?", "agency": "không có"}, "directory.agency_code_invalid"),
        ({"move": "consult", "reason": "?", "agency": "H99.11"}, "dossiers.consultation_of_oneself"),
        ({"move": "consult", "reason": "?", "agency": "H99.03", "working_days": "NaN"}, "api.invalid"),
        ({"move": "consult", "reason": "?", "agency": "H99.03", "working_days": -1}, "api.invalid"),
        ({"move": "extend", "reason": "?"}, "api.field_missing"),
        ({"move": "extend", "reason": "?", "new_due_at": "2026-02-30T00:00:00Z"}, "api.invalid"),
        ({"move": "stop"}, "dossiers.reason_missing"),
        ({"move": "stop", "reason": "x" * 4001}, "api.invalid"),
        ({"move": "stop", "reason": "  "}, "dossiers.reason_missing"),
        ({"move": "stop", "reason": "x", "seen": "abc"}, "api.invalid"),
        ({"move": "submit_to_leader", "draft_file_id": str(UUID(int=404))}, "kernel.out_of_scope"),
        ({"move": "submit_to_leader", "outcome": "maybe"}, "api.invalid"),
        ({}, "api.invalid"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_acts_that_say_too_little_or_nonsense(
    cast: Cast, program: ProgramOf, given: dict[str, Any], code: str
) -> None:
    key = in_work(cast, program)
    who = program("dung") if given.get("move") == "stop" else program("chau")
    if given.get("move") == "assign":
        who = program("hanh")
    before = who.get(f"/dossiers/{key}").body["revision"]
    assert who.post(f"/dossiers/{key}/moves", given).code == code
    assert who.get(f"/dossiers/{key}").body["revision"] == before


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe",
        b'{"a": NaN}',
        b'{"a": "\\ud800"}',
        b'{"a": "\\u0000"}',
        b'{"a":' * 200_000,
        b"[" * 100_000 + b"]" * 100_000,
    ],
    ids=["half", "bytes", "nan", "surrogate", "nul", "deep", "lists"],
)
def test_bodies_that_are_no_json(program: ProgramOf, cast: Cast, body: bytes) -> None:
    answer = program("hoa").post("/dossiers", body)
    assert (answer.status, answer.code) == (400, "api.unreadable")


def test_a_body_larger_than_any_form_is_not_read(program: ProgramOf, cast: Cast) -> None:
    answer = program("hoa").post("/dossiers", b'{"a": [' + b"1," * 4_000_000 + b"1]}")
    assert answer.status == 413


@pytest.mark.parametrize("body", [b"", b"[]", b"1", b"null", b'"x"', b"{}"])
def test_json_of_another_shape(program: ProgramOf, cast: Cast, body: bytes) -> None:
    assert program("hoa").post("/dossiers", body).code in ("api.invalid", "api.unreadable")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"procedure_code": "9.999999"}, "catalogue.procedure_unknown"),
        ({"receiving": "H00.00"}, "directory.agency_unknown"),
        ({"receiving": str(UUID(int=404))}, "directory.agency_unknown"),
        ({"applicant_id": str(UUID(int=404))}, "kernel.permission_refused"),
        ({"case_key": "không có"}, "dossiers.channel_closed"),
        ({"form_digest": "0" * 64}, "dossiers.form_outdated"),
        ({"form_data": {"requester": 1}}, "dossiers.form_invalid"),
        ({"papers": []}, "dossiers.papers_missing"),
        ({"contact": {"email": "a@b.vn\r\nBcc: x@y.vn"}}, "dossiers.contact_invalid"),
        ({"request_key": "x" * 101}, "api.invalid"),
        ({"sets": 0}, "api.invalid"),
        ({"channel": "pigeon"}, "api.invalid"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_applications_that_cannot_be_taken(
    cast: Cast, program: ProgramOf, changes: dict[str, Any], code: str
) -> None:
    answer = program("hoa").post("/dossiers", application(cast, **changes))
    assert answer.code == code
    assert program("hoa").get("/dossiers/mine").body["rows"] == []


@pytest.mark.parametrize(
    "query",
    [
        {"after": "x"},
        {"after": "~"},
        {"box": "all", "after": "2026-01-01T00:00:00Z~x"},
        {"limit": 0},
        {"limit": 101},
        {"box": "nowhere"},
        {"received_from": "2026-02-30"},
        {"urgency": "soonish"},
    ],
    ids=str,
)
def test_lists_asked_for_wrongly(cast: Cast, program: ProgramOf, query: dict[str, Any]) -> None:
    answer = program("binh").get("/dossiers", **query)
    assert answer.status == 422
    assert answer.code in ("api.invalid", "dossiers.cursor_unreadable")


@pytest.mark.parametrize(
    "query",
    [{"received_to": "9999-12-31"}, {"received_from": "0001-01-01"}, {"q": "' OR 1=1 --"}, {"q": "%" * 200}],
    ids=str,
)
def test_lists_asked_for_oddly_are_just_empty(cast: Cast, program: ProgramOf, query: dict[str, Any]) -> None:
    assert program("giang").get("/dossiers", box="all", **query).body == {"rows": [], "after": None}


@pytest.mark.parametrize("path", ["/procedures?q=%00", "/procedures/%00", "/track/%00", "/dossiers?q=a%00b"])
def test_characters_no_keyboard_types(cast: Cast, program: ProgramOf, path: str) -> None:
    answer = program("binh").call("GET", path)
    assert answer.status == 400


def test_pages_by_cursor_meet_every_dossier_once(cast: Cast, program: ProgramOf) -> None:
    made = {submitted(cast, program) for _ in range(5)}
    binh, met, after = program("binh"), [], None
    while True:
        query = {"box": "reception", "limit": 2} | ({"after": after} if after else {})
        page = binh.get("/dossiers", **query).body
        met += [row["id"] for row in page["rows"]]
        after = page["after"]
        if after is None:
            break
    assert len(met) == 5
    assert set(met) == made


def _patch(program: Program, upload: str, offset: object, content: bytes) -> Answer:
    return program.call("PATCH", f"/uploads/{upload}", content, offset=offset)


def test_an_upload_goes_on_where_it_broke_off(cast: Cast, program: ProgramOf) -> None:
    hoa, pdf = program("hoa"), plain_pdf()
    begun = hoa.post(
        "/uploads",
        {"filename": "giấy.pdf", "size": len(pdf), "sha256": hashlib.sha256(pdf).hexdigest()},
    )
    assert begun.status == 201
    key = begun.body["id"]
    assert _patch(hoa, key, 0, pdf[:1000]).body["offset"] == 1000
    assert _patch(hoa, key, 0, pdf[:1000]).body["offset"] == 1000
    wrong = _patch(hoa, key, 5000, pdf[5000:])
    assert (wrong.status, wrong.code) == (409, "documents.upload_offset_wrong")
    assert _patch(hoa, key, -1, b"x").status in (409, 422)
    assert _patch(hoa, key, 10**30, b"x").status in (409, 422)
    early = hoa.post(f"/uploads/{key}/finish")
    assert (early.status, early.code) == (409, "documents.upload_incomplete")
    for stranger in ("an_phat", "binh", "quang"):
        assert _patch(program(stranger), key, 1000, pdf[1000:]).status == 404
        assert program(stranger).post(f"/uploads/{key}/finish").status == 404
    assert _patch(hoa, key, 1000, pdf[1000:]).body["offset"] == len(pdf)
    kept = hoa.post(f"/uploads/{key}/finish")
    assert kept.body["media_type"] == "application/pdf"
    assert hoa.post(f"/uploads/{key}/finish").body["id"] == kept.body["id"]
    assert hoa.get(f"/files/{kept.body['id']}").body == pdf
    assert program("giang").get(f"/files/{kept.body['id']}").status == 404
    given = application(cast)
    given["papers"][0] = {"component_key": "birth-notification", "file_id": kept.body["id"]}
    assert (
        program("an_phat").post("/dossiers", given | {"applicant_id": str(cast.an_phat_party)}).status == 404
    )
    assert hoa.post("/dossiers", given).status == 201


@pytest.mark.parametrize(
    "given",
    [
        {"filename": "a.pdf", "size": 0},
        {"filename": "a.pdf", "size": -5},
        {"filename": "a.pdf", "size": 10**18},
        {"filename": "x" * 201, "size": 5},
        {"filename": "a.pdf", "size": 5, "sha256": "0" * 65},
    ],
    ids=str,
)
def test_uploads_that_cannot_begin(cast: Cast, program: ProgramOf, given: dict[str, Any]) -> None:
    assert program("hoa").post("/uploads", given).status == 422


def test_a_name_of_a_file_writes_no_header(cast: Cast, program: ProgramOf) -> None:
    hoa, pdf = program("hoa"), plain_pdf()
    name = '../../etc/"x"\r\nSet-Cookie: a=b\u202e.pdf'
    key = hoa.post("/uploads", {"filename": name, "size": len(pdf)}).body["id"]
    _patch(hoa, key, 0, pdf)
    kept = hoa.post(f"/uploads/{key}/finish").body
    assert not set("/\\\r\n\u202e") & set(kept["filename"])
    sent = hoa.get(f"/files/{kept['id']}")
    assert "Set-Cookie" not in sent.headers
    assert "\n" not in sent.headers["Content-Disposition"]
    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert sent.headers["X-Content-Type-Options"] == "nosniff"


def test_looking_up_codes_by_the_hundred_is_stopped(cast: Cast, settings: Any) -> None:
    settings.MOTCUA_LOOKUPS_PER_MINUTE = 5
    nobody = Program("")
    met = [nobody.get(f"/track/H99.11-261122-{number:04}").status for number in range(8)]
    assert met == [404] * 5 + [429] * 3
    stopped = nobody.get("/track/H99.11-261122-0001")
    assert stopped.code == "kit.too_many"
    assert 0 < int(stopped.headers["Retry-After"]) <= 60
    assert nobody.client.get("/tra-cuu/?ma=H99.11-261122-0001").status_code == 429
    assert nobody.client.get("/kiem-tra/?ma=MC").status_code == 429
    assert nobody.client.get("/tra-cuu/").status_code == 200
