"""In whose offices an act is done, what people may send, and numbers given at the door."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from motcua.dossiers.errors import ContactInvalid, DataTooLarge, MandateMissing, ReturnAddressMissing
from motcua.dossiers.rules import given, mandate
from motcua.dossiers.rules.again import may_apply_again
from motcua.dossiers.rules.door_number import door_number, door_series, parse_door_number
from motcua.dossiers.rules.sides import agencies_of
from motcua.dossiers.words import MandateKind, MandateScope, Outcome, Side, State
from motcua.kernel.authority import EVERYWHERE
from motcua.kernel.errors import DomainError

R, C, B, O = (UUID(int=n) for n in range(1, 5))  # noqa: E741 - receiving, competent, back, other


@dataclass(frozen=True)
class _Seats:
    receiving_id: UUID = R
    competent_id: UUID = C
    returning_id: UUID = B
    consulted_agencies: Collection[UUID] = (O,)


def test_each_side_has_its_agencies() -> None:
    assert {side: agencies_of(side, _Seats()) for side in Side} == {
        Side.APPLICANT: (),
        Side.RECEIVING: (R,),
        Side.COMPETENT: (C,),
        Side.EITHER: (C, R),
        Side.RETURN: (B,),
        Side.CONSULTED: (O,),
        Side.ADMINISTRATION: (EVERYWHERE,),
    }


def test_one_applies_again_from_what_came_to_nothing() -> None:
    nothing = {State.WITHDRAWN, State.STOPPED, State.REFUSED_AT_DOOR}
    assert {state for state in State if may_apply_again(state, Outcome.GRANTED)} == nothing
    refused = {state for state in State if may_apply_again(state, Outcome.REFUSED)}
    assert refused > nothing
    assert State.PROCESSING not in refused


def _deep(levels: int) -> dict[str, object]:
    whole: dict[str, object] = {}
    for _ in range(levels):
        whole = {"a": whole}
    return whole


@pytest.mark.parametrize(
    "data", [None, {}, {"a": [1, "x", None]}, _deep(11), {"a": "x" * (given.LARGEST_BYTES - 10)}]
)
def test_what_a_form_may_hold(data: dict[str, object] | None) -> None:
    given.check_data(None, data)


@pytest.mark.parametrize(
    "data",
    [
        _deep(12),
        {"a": "x" * given.LARGEST_BYTES},
        {"a": "\x00"},
        {"a": [float("inf")]},
        {"a": {"b": float("nan")}},
    ],
)
def test_what_no_form_may_hold(data: dict[str, object]) -> None:
    with pytest.raises(DataTooLarge):
        given.check_data({}, data)


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (lambda: given.checked_contact({"phone": 7}), ContactInvalid),
        (lambda: given.checked_contact({"note": "x" * 301}), ContactInvalid),
        (lambda: given.checked_contact({"email": "nobody"}), ContactInvalid),
        (lambda: given.with_return_address("postal", {}, lambda: ""), ReturnAddressMissing),
        (lambda: mandate.check_mandate({}), MandateMissing),
        (lambda: mandate.check_mandate({"kind": "relative", "ground": " "}), MandateMissing),
        (lambda: mandate.check_mandate({"note": "mẹ"}), MandateMissing),
    ],
)
def test_what_is_refused(act: Callable[[], object], refusal: type[DomainError]) -> None:
    with pytest.raises(refusal):
        act()


def test_a_contact_is_read_once_and_keeps_what_is_empty() -> None:
    read = given.checked_contact({"email": " hoa@example.vn ", "phone": "", "note": None})
    assert read == {"email": "hoa@example.vn", "phone": "", "note": None}


def test_the_post_brings_the_result_to_the_nearest_address_that_is_known() -> None:
    def at(contact: dict[str, object], way: str = "postal") -> object:
        return given.with_return_address(way, contact, lambda: "nhà").get("return_address")

    assert at({"return_address": "một", "address": "hai"}) == "một"
    assert at({"address": "hai"}) == "hai"
    assert at({}) == "nhà"
    assert at({"return_address": "một"}, "counter") is None
    assert (given.read_return_way("post"), given.read_return_way("counter")) == ("postal", "counter")


def test_a_claim_is_bounded_and_none_where_nothing_is_claimed() -> None:
    assert given.declaration_of(0, 0, False, "  ") is None
    assert given.declaration_of(1000, 2, True, " hộ nghèo ") == {
        "originals": 99, "copies": 2, "is_presented": True, "exemption": "hộ nghèo",
    }  # fmt: skip
    assert given.declaration_of(0, 1, False, "x" * 501) == {"copies": 1, "exemption": "x" * 500}


def test_a_mandate_says_its_kind_its_scope_and_its_ground() -> None:
    stated = {
        "kind": "authorised",
        "scope": next(iter(MandateScope)).value,
        "ground": " giấy ủy quyền ",
        "note": "khác",
    }
    assert mandate.mandate_ground(stated) == "giấy ủy quyền"
    assert mandate.mandate_ground({"note": "mẹ "}) == "mẹ"
    assert mandate.mandate_kind(stated) is MandateKind.AUTHORISED
    assert mandate.mandate_kind({"kind": "?"}) is None
    assert mandate.mandate_scope(stated) is next(iter(MandateScope))
    assert mandate.mandate_scope({}) is None
    assert mandate.needs_authorisation(stated)
    assert not mandate.needs_authorisation({"kind": "relative"})
    mandate.check_mandate(stated)


def test_a_slip_of_the_door_is_never_taken_for_a_dossier() -> None:
    number = door_number("H99.11", date(2026, 11, 30), 1)
    assert number == "P-H99.11-261130-0001"
    assert door_series("H99.11") == "P-H99.11"
    for typed in (number, "p H99.11–261130–1", " P-h99.11-261130-0001 "):
        assert parse_door_number(typed) == number, typed
    for typed in ("H99.11-261130-0001", "P-x", "", "P"):
        assert parse_door_number(typed) is None, typed
