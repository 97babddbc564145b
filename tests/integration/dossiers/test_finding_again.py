"""Dossiers are found again: by every notation of their code, by numbers of their people, by right and by former names."""

from dataclasses import replace

import pytest
from tests.cast import Cast
from tests.factories.dossiers import birth_application, in_work

from motcua.catalogue.queries import Channel
from motcua.directory import queries as directory
from motcua.directory import services as registry
from motcua.directory.events import PartyCorrected
from motcua.dossiers import queries, services
from motcua.dossiers.errors import ContactInvalid, RequestKeyReused
from motcua.dossiers.models import IssuedForm, Passage
from motcua.dossiers.queries import Box, Filters
from motcua.kernel.authority import SYSTEM
from motcua.kernel.errors import PermissionRefused
from motcua.kernel.events import listeners_of
from motcua.kernel.records import verify_records

pytestmark = pytest.mark.django_db


def found(cast: Cast, text: str) -> set[object]:
    page = queries.inbox(actor=cast.binh, box=Box.RECEPTION, filters=Filters(text=text))
    return {row.id for row in page.rows}


def registered(cast: Cast, **changes: object) -> services.Moved:
    application = replace(birth_application(cast), channel=Channel.COUNTER, **changes)  # type: ignore[arg-type]  # fields of any kind
    return services.register_dossier(actor=cast.binh, application=application)


def test_a_code_is_found_in_every_notation(cast: Cast) -> None:
    moved = registered(cast)
    unit, day, number = (moved.code or "").split("-")
    for typed in (
        f"{unit}–{day}–{number}",
        f"{unit} {day} {number}",
        f"{unit.lower()}-{day}-{int(number)}",
        f"{day}-{number}",
        f"{day} {int(number)}",
    ):
        assert found(cast, typed) == {moved.dossier_id}, typed
    assert queries.track(f"{unit} {day} {int(number)}").code == moved.code


def test_officers_find_by_old_number_and_phone(cast: Cast) -> None:
    party_id = registry.register_person(
        actor=cast.binh,
        full_name="Ðặng Thị Mây",
        personal_number="040180000777",
        old_number="186 123 456",
        phone="024 3822 1234",
    )
    moved = registered(cast, applicant_id=party_id, contact={"phone": "+82 10 1234 5678"})
    for typed in (
        "186123456",
        "186 123 456",
        "024 38221234",
        "0243.822.1234",
        "+82 10 1234 5678",
        "đặng thị mây",
    ):
        assert found(cast, typed) == {moved.dossier_id}, typed
    assert found(cast, "0987 654 321") == set()


def test_a_corrected_person_is_found_by_both_names_and_shown_right(cast: Cast) -> None:
    party_id = registry.register_person(
        actor=cast.binh, full_name="Lò Thị Sai", personal_number="040180000778"
    )
    moved = registered(cast, applicant_id=party_id)
    registry.correct_person(
        actor=cast.binh, party_id=party_id, full_name="Lò Thị Đúng", reason="Đối chiếu giấy khai sinh"
    )
    assert services.follow_correction(actor=SYSTEM, party_id=party_id) == 1
    assert services.follow_correction(actor=SYSTEM, party_id=party_id) == 0
    for typed in ("lo thi dung", "Lò Thị Sai", "040180000778"):
        assert found(cast, typed) == {moved.dossier_id}, typed
    page = queries.inbox(actor=cast.binh, box=Box.RECEPTION, filters=Filters(text="lo thi dung"))
    assert page.rows[0].applicant_name == directory.party(party_id).full_name == "Lò Thị Đúng"
    told = Passage.objects.filter(dossier_id=moved.dossier_id).latest("seq")
    assert (told.move, told.detail) == ("follow_correction", {"before": "Lò Thị Sai", "after": "Lò Thị Đúng"})
    assert not verify_records().faults
    assert not queries.verify_chain(dossier_id=moved.dossier_id).faults
    with pytest.raises(PermissionRefused):
        services.follow_correction(actor=cast.binh, party_id=party_id)


def test_the_correction_of_a_person_is_heard(cast: Cast) -> None:
    assert "dossiers.follow_correction" in listeners_of(PartyCorrected.name)


def test_the_receipt_says_how_the_person_said_they_are_reached(cast: Cast) -> None:
    party_id = registry.register_person(
        actor=cast.binh, full_name="Lò Thị Xa", personal_number="040180000779"
    )
    contact = {"phone": "0912 345 678", "email": "xa@example.vn", "address": "Thôn Đông, xã An Bình"}
    moved = registered(cast, applicant_id=party_id, contact=contact)
    content = IssuedForm.objects.get(dossier_id=moved.dossier_id).content
    assert (content["phone"], content["email"], content["address"]) == (
        "0912345678",
        "xa@example.vn",
        "Thôn Đông, xã An Bình",
    )


@pytest.mark.parametrize(
    "contact", [{"phone": "abc"}, {"phone": "12"}, {"email": "x@a.vn, y@b.vn"}, {"address": "a\u200bb"}]
)
def test_a_contact_nobody_can_use_is_refused(cast: Cast, contact: dict[str, str]) -> None:
    with pytest.raises(ContactInvalid):
        registered(cast, contact=contact)


def test_the_same_key_with_another_content_is_a_conflict(cast: Cast) -> None:
    application = birth_application(cast)
    first = services.submit_dossier(actor=cast.hoa, application=application)
    again = services.submit_dossier(actor=cast.hoa, application=application)
    assert (again.is_repeat, again.dossier_id) == (True, first.dossier_id)
    child = {**application.form_data["child"], "full_name": "Trần Gia Hân"}
    for other in (
        replace(application, form_data={**application.form_data, "child": child}),
        replace(application, return_way="post"),
        replace(application, procedure_code="1.000656"),
    ):
        with pytest.raises(RequestKeyReused):
            services.submit_dossier(actor=cast.hoa, application=other)


def test_a_dossier_asked_about_twice_is_one_dossier(cast: Cast) -> None:
    ids = {in_work(cast, request_key=f"asked-twice-{number}") for number in range(3)}
    for dossier_id in ids:
        for question in ("Thửa đất có trong quy hoạch không?", "Và thửa bên cạnh?", "Và đường vào?"):
            services.ask_opinion(
                actor=cast.chau, dossier_id=dossier_id, agency_id=cast.agriculture, question=question
            )
    rows, after = [], None
    while True:
        page = queries.inbox(actor=cast.phuc, box=Box.CONSULTED, after=after, limit=2)
        rows += [row.id for row in page.rows]
        after = page.after
        if after is None:
            break
    assert len(rows) == len(set(rows)) == 3
    assert set(rows) == ids
    assert sum(queries.box_counts(actor=cast.phuc, box=Box.CONSULTED).values()) == 3
    assert len(list(queries.export_rows(actor=cast.phuc, box=Box.CONSULTED))) == 3
