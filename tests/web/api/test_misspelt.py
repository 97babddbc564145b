"""What a program misspells, sends twice or cannot mean is refused, not passed over."""

import pytest
from tests.cast import Cast
from tests.web.api.conftest import Program, ProgramOf
from tests.web.api.test_life import application, submitted


@pytest.mark.parametrize(
    "query",
    [
        "urgncy=overdue",
        "state=issued",
        "procedure_code=1.001193",
        "recieved_from=2026-01-01",
        "box=work&Box=mine",
    ],
)
def test_a_misspelt_filter_is_refused_by_name(cast: Cast, program: ProgramOf, query: str) -> None:
    answer = program("binh").get(f"/dossiers?{query}")
    assert (answer.status, answer.code) == (422, "api.invalid")
    assert answer.body["faults"][0]["at"].split("/")[1] in query


@pytest.mark.parametrize(
    "path", ["/dossiers/mine?afer=x", "/procedures?query=x", "/procedures/1.001193?lang=en", "/track/H99?x=1"]
)
def test_every_operation_refuses_what_it_does_not_know(cast: Cast, program: ProgramOf, path: str) -> None:
    assert program("hoa").get(path).status == 422


def test_without_a_key_nobody_learns_which_filters_there_are(cast: Cast) -> None:
    assert Program("").get("/dossiers?urgncy=overdue").status == 401


def test_a_misspelt_guard_is_refused(cast: Cast, program: ProgramOf) -> None:
    dossier_id = submitted(cast, program)
    answer = program("binh").post(f"/dossiers/{dossier_id}/moves", {"move": "receive", "sean": 0})
    assert (answer.status, answer.code) == (422, "api.invalid")
    assert program("hoa").post("/dossiers", application(cast, retrun_way="post")).status == 422


def test_the_same_key_with_another_content_is_a_conflict(cast: Cast, program: ProgramOf) -> None:
    given = application(cast)
    assert program("hoa").post("/dossiers", given).status == 201
    child = {**given["form_data"]["child"], "full_name": "Trần Gia Hân"}
    other = given | {"form_data": {**given["form_data"], "child": child}}
    answer = program("hoa").post("/dossiers", other)
    assert (answer.status, answer.code) == (409, "dossiers.request_key_reused")


@pytest.mark.parametrize("phone", ["abc", "12", "+999 1", "0912 345 678 x"])
def test_what_is_no_phone_is_refused(cast: Cast, program: ProgramOf, phone: str) -> None:
    answer = program("hoa").post("/dossiers", application(cast, contact={"phone": phone}))
    assert (answer.status, answer.code) == (422, "dossiers.contact_invalid")


@pytest.mark.parametrize("copies", ["9" * 5000, 10**400, 1e300, "hai", 2.5])
def test_a_number_nobody_can_keep_is_refused_and_breaks_nothing(
    cast: Cast, program: ProgramOf, copies: object
) -> None:
    form = {**application(cast)["form_data"], "copies": copies}
    assert program("hoa").post("/dossiers", application(cast, form_data=form)).status == 422
