"""What is recorded of people is put right by whoever works on their matters; the service itself looks, whatever the face."""

import pytest
from tests.cast import Cast
from tests.factories.dossiers import in_work

from motcua.directory import queries as directory
from motcua.directory import services as registry
from motcua.dossiers import queries, services
from motcua.kernel.errors import OutOfScope, PermissionRefused
from motcua.kernel.ids import new_id

pytestmark = pytest.mark.django_db


def test_only_whoever_works_on_their_matters_writes_of_people(cast: Cast) -> None:
    in_work(cast)  # of Hoa, in An Bình
    before = directory.party(cast.hoa_party)
    with pytest.raises(OutOfScope):
        services.correct_person(actor=cast.giang, party_id=before.id, reason="Thẻ", full_name="Người Khác")
    with pytest.raises(OutOfScope):
        services.update_contact(actor=cast.giang, party_id=before.id, phone="", email="", address="Nơi khác")
    for stranger in (cast.chau, cast.hoa):
        with pytest.raises(PermissionRefused):
            services.correct_person(actor=stranger, party_id=before.id, reason="Thẻ", full_name="Khác")
    assert directory.party(before.id) == before
    with pytest.raises(OutOfScope):
        services.correct_person(actor=cast.binh, party_id=new_id(), reason="Thẻ", full_name="Khác")
    services.correct_person(actor=cast.binh, party_id=before.id, reason="Thẻ", full_name="Trần Thị Hoà")
    assert directory.party(before.id).full_name == "Trần Thị Hoà"


def test_many_people_are_asked_in_four_statements(cast: Cast, django_assert_max_num_queries: object) -> None:
    in_work(cast)
    of_nobody = [
        registry.register_person(actor=cast.system, full_name=f"Lò Thị {name}")
        for name in ("Hai", "Ba", "Tư")
    ]
    merged = registry.register_person(actor=cast.system, full_name=directory.party(cast.hoa_party).full_name)
    registry.merge_people(
        actor=cast.system, party_id=cast.hoa_party, former_id=merged, taken=(), reason="Một người"
    )
    everybody = [cast.hoa_party, merged, *of_nobody]
    for actor, within in ((cast.binh, set(everybody)), (cast.giang, set(of_nobody)), (cast.hoa, set())):
        with django_assert_max_num_queries(4):  # type: ignore[operator]  # the fixture is a function without a type
            found = queries.people_within_reach(
                actor=actor, party_ids=everybody, permissions=queries.AT_PEOPLE
            )
        assert found == within
        for one in everybody:
            asked = queries.is_within_reach(actor=actor, party_id=one, permissions=queries.AT_PEOPLE)
            assert asked is (one in within)
