"""The page of one person: corrections with their trail, contact, and two records put together and apart by hand."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import Cast
from tests.factories.dossiers import in_work

from motcua.directory import queries as directory
from motcua.directory import services as registry

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, *ids: UUID, **post: str) -> str:
    at = reverse(f"counter:{name}", args=ids)
    answer = client.post(at, post, follow=True) if post else client.get(at)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def person(cast: Cast, name: str, **details: str) -> UUID:
    return registry.register_person(actor=cast.binh, full_name=name, **details)  # type: ignore[arg-type]  # numbers and contacts


def test_a_person_is_corrected_and_still_found_by_the_former_name(cast: Cast, client: Client) -> None:
    party_id = person(cast, "Lò Thị Sai", personal_number="040180000951")
    cast.login(client, "binh")
    body = page(client, "person", party_id)
    assert reverse("counter:correct_person", args=[party_id]) in body
    typed = {"full_name": "Lò Thị Phải", "personal_number": "040180000951", "sex": "female"}
    at = reverse("counter:correct_person", args=[party_id])
    refused = client.post(at, typed)
    assert refused.status_code == 422
    assert "Lò Thị Phải" in refused.content.decode()  # nothing typed is lost
    body = page(client, "correct_person", party_id, **typed, reason="Thẻ căn cước")
    assert "Tên đã ghi trước đây:</" not in body
    assert "Lò Thị Sai → Lò Thị Phải · Thẻ căn cước" in body
    found = client.post(reverse("counter:people"), {"q": "lo thi sai"}, follow=True).content.decode()
    assert reverse("counter:person", args=[party_id]) in found
    assert "Lò Thị Phải" in found


def test_a_number_of_somebody_else_shows_whose_it_is(cast: Cast, client: Client) -> None:
    holder = person(cast, "Lò Thị Hạnh", personal_number="040180000952")
    other = person(cast, "Lò Thị Hanh", phone="0912 345 678")
    cast.login(client, "binh")
    answer = client.post(
        reverse("counter:correct_person", args=[other]),
        {"full_name": "Lò Thị Hanh", "personal_number": "040180000952", "reason": "Thẻ"},
    )
    assert answer.status_code == 422
    assert reverse("counter:person", args=[holder]) in answer.content.decode()


def test_the_contact_is_changed(cast: Cast, client: Client) -> None:
    party_id = person(cast, "Lò Thị Hạnh", phone="0912 345 678")
    cast.login(client, "binh")
    wrong = client.post(reverse("counter:person_contact", args=[party_id]), {"phone": "12"})
    assert wrong.status_code == 422
    assert 'value="12"' in wrong.content.decode()
    body = page(client, "person_contact", party_id, phone="0987 654 321", address="Thôn Đông")
    assert "0987654321" in body
    assert "0912345678 → 0987654321" in body
    assert directory.party(party_id).address == "Thôn Đông"


def test_two_records_are_compared_merged_and_parted(cast: Cast, client: Client) -> None:
    standing = person(cast, "Lò Thị Hạnh", personal_number="040180000953", phone="0912 345 678")
    former = person(cast, "Lò Thị Hạnh", phone="0987 654 321", address="Thôn Đông")
    cast.login(client, "hanh")
    body = page(client, "person", standing)
    assert reverse("counter:merge_people", args=[standing, former]) in body
    body = page(client, "merge_people", standing, former)
    assert "0912345678" in body
    assert "0987654321" in body
    at = reverse("counter:merge_people", args=[standing, former])
    assert client.post(at, {"phone": "former"}).status_code == 422  # no ground
    body = page(
        client, "merge_people", standing, former, phone="former", address="former", reason="Thẻ căn cước"
    )
    assert "Đã gộp hai bản ghi" in body
    assert directory.party(former).phone == "0987654321"
    # The former record's address leads on to the one that stands.
    moved = client.get(reverse("counter:person", args=[former]))
    assert moved["Location"] == reverse("counter:person", args=[standing])
    (merged,) = directory.merges_of([standing])
    body = page(client, "part_people", merged.id, reason="Gộp nhầm")
    assert "hai bản ghi lại đứng riêng" in body
    assert (directory.party(standing).phone, directory.party(former).id) == ("0912345678", former)
    again = client.post(reverse("counter:part_people", args=[merged.id]), {"reason": "x"})
    assert again.status_code == 409


def test_two_people_are_said_to_be_two(cast: Cast, client: Client) -> None:
    standing = person(cast, "Lò Thị Hạnh", personal_number="040180000954")
    other = person(cast, "Lò Thị Hạnh", personal_number="040180000955")
    cast.login(client, "hanh")
    body = page(client, "merge_people", standing, other)
    assert "không thể là một người" in body
    assert (
        client.post(reverse("counter:merge_people", args=[standing, other]), {"reason": "x"}).status_code
        == 422
    )


def test_people_of_other_desks_are_not_merged(cast: Cast, client: Client) -> None:
    in_work(cast)  # of Hoa, in An Bình
    twin = person(cast, directory.party(cast.hoa_party).full_name)
    cast.login(client, "binh")
    assert client.get(reverse("counter:merge_people", args=[cast.hoa_party, twin])).status_code == 403
    registry.assign_role(
        actor=cast.system,
        staff_id=directory.account(cast.account("giang")).staff_id,  # type: ignore[union-attr,arg-type]  # an officer
        agency_id=cast.yen_hoa,
        role=directory.Role.HEAD_ONE_STOP,
    )
    cast.login(client, "giang")
    assert client.get(reverse("counter:merge_people", args=[cast.hoa_party, twin])).status_code == 404
    cast.login(client, "quang")
    assert client.get(reverse("counter:merge_people", args=[cast.hoa_party, twin])).status_code == 200


def test_what_is_recorded_of_a_person_is_for_those_who_work_on_their_matters(
    cast: Cast, client: Client
) -> None:
    in_work(cast)  # of Hoa, in An Bình
    hoa, number = cast.hoa_party, directory.party(cast.hoa_party).personal_number
    assert number
    cast.login(client, "giang")
    for name in ("person", "correct_person", "person_contact"):
        at = reverse(f"counter:{name}", args=[hoa])
        assert client.get(at).status_code == 404
        assert client.post(at, {"reason": "x"}).status_code in {404, 405}
    found = client.post(reverse("counter:people"), {"q": number}, follow=True).content.decode()
    assert "Hồ sơ ở cơ quan khác" in found
    assert number not in found.replace(f'value="{number}"', "")  # only what was typed
    cast.login(client, "binh")
    assert number in page(client, "person", hoa)


def test_an_organisation_has_a_page_and_is_not_merged(cast: Cast, client: Client) -> None:
    cast.login(client, "hanh")
    assert "Bản ghi trùng" not in page(client, "person", cast.an_phat_party)
    at = reverse("counter:merge_people", args=[cast.an_phat_party, cast.hoa_party])
    assert client.get(at).status_code == 404
