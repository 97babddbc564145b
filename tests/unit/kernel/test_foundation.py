"""Text, money, clock, authority, masking, refusals: the kernel's plain parts."""

import logging
import sys
import unicodedata
from datetime import UTC, datetime
from types import MappingProxyType
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel import clock
from motcua.kernel.authority import (
    ANONYMOUS,
    EVERYWHERE,
    SYSTEM,
    Actor,
    ActorKind,
    authorise,
    authorise_in_one,
    in_scope,
)
from motcua.kernel.errors import DomainError, MovedOn, OutOfScope, PermissionRefused
from motcua.kernel.ids import new_id
from motcua.kernel.masking import MaskingFormatter, masked
from motcua.kernel.money import show
from motcua.kernel.text import composed, fold, same_tone_place

VIETNAMESE = st.text(
    "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵĐÀẾ "
)


@given(VIETNAMESE)
def test_folding_forgives_composition_and_case(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text.upper()))
    assert fold(fold(text)) == fold(text)


def test_folding_examples() -> None:
    assert fold("  NGUYỄN  Đức Hoà ") == "nguyen duc hoa" == fold("nguyễn đức hòa")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Hoà", "Hòa"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("Quý", "Quý"),
        ("hoàn", "hoàn"),
        ("loé", "lóe"),
        ("quỳ", "quỳ"),
    ],
)
def test_old_and_new_tone_place_compare_equal(old: str, new: str) -> None:
    assert same_tone_place(old) == composed(new) == same_tone_place(new)


def test_money() -> None:
    assert show(0) == "0 đ"
    assert show(1234567) == "1.234.567 đ"


def test_the_clock_freezes_and_goes_on() -> None:
    at = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
    with clock.frozen(at):
        assert clock.now() == at
        assert clock.today().isoformat() == "2026-11-24"  # half past midnight in Việt Nam
        assert clock.local(at).hour == 0
    assert clock.now() > at or clock.now() < at
    with pytest.raises(ValueError, match="time zone"), clock.frozen(datetime(2026, 1, 1)):
        pass


def officer(**grants: set[UUID]) -> Actor:
    held = {name.replace("__", "."): frozenset(agencies) for name, agencies in grants.items()}
    return Actor(kind=ActorKind.OFFICER, account_id=new_id(), grants=MappingProxyType(held))


def test_permission_holds_where_granted_and_nowhere_else() -> None:
    here, there = new_id(), new_id()
    binh = officer(dossier__receive={here})
    authorise(binh, "dossier.receive", here)
    assert authorise_in_one(binh, "dossier.receive", (there, here)) == here
    for agency in (there,):
        with pytest.raises(PermissionRefused):
            authorise(binh, "dossier.receive", agency)
    with pytest.raises(PermissionRefused):
        authorise(binh, "dossier.sign", here)
    with pytest.raises(PermissionRefused):
        authorise(ANONYMOUS, "dossier.receive", here)
    authorise(officer(dossier__read={EVERYWHERE}), "dossier.read", there)
    authorise(SYSTEM, "anything.at_all", there)


def test_no_agency_and_an_unknown_agency_open_nothing() -> None:
    """A right somewhere is no right in an agency that is missing; whoever holds it everywhere has it."""
    binh, admin = officer(dossier__receive={new_id()}), officer(dossier__receive={EVERYWHERE})
    authorise(binh, "dossier.receive")
    nowhere: tuple[UUID, ...] = ()
    with pytest.raises(PermissionRefused):
        authorise(binh, "dossier.receive", None)
    for agencies in (nowhere, (None,)):
        with pytest.raises(PermissionRefused):
            authorise_in_one(binh, "dossier.receive", agencies)
    authorise(admin, "dossier.receive", None)
    assert authorise_in_one(admin, "dossier.receive", (None,)) is None
    with pytest.raises(PermissionRefused):
        authorise_in_one(admin, "dossier.receive", nowhere)


def test_out_of_scope_is_not_found() -> None:
    assert in_scope(3) == 3
    with pytest.raises(OutOfScope):
        in_scope(None)


def test_a_refusal_speaks_even_without_its_parameters() -> None:
    class Broken(DomainError):
        code = "kernel.test"
        message = "Thiếu {thing}."

    assert Broken(thing="giấy").sentence() == "Thiếu giấy."
    assert Broken().sentence("Missing {thing}.") == "Missing {thing}."
    assert str(MovedOn(revision=3)).startswith("kernel.moved_on")


def test_identifiers_grow_with_time() -> None:
    ids = [new_id() for _ in range(1000)]
    assert sorted(ids) == ids
    assert len(set(ids)) == 1000


def test_logs_show_no_personal_data() -> None:
    line = "owner 038188001234 phone 0912345678 mail hoa.nguyen@example.vn code H99.11-261123-0007"
    shown = masked(line)
    assert "038188001234" not in shown
    assert "0912345678" not in shown
    assert "hoa.nguyen" not in shown
    assert "H99.11-261123-0007" in shown
    record = logging.LogRecord("x", logging.INFO, "", 0, "id %s", ("038188001234",), None)
    assert MaskingFormatter("%(message)s").format(record) == "id •••234"


def test_neither_does_the_trace_of_an_error() -> None:
    try:
        raise ValueError("no such person: 038188001234")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "failed", (), sys.exc_info())
    line = MaskingFormatter().format(record)
    assert "ValueError: no such person: •••234" in line
    assert "038188001234" not in line
