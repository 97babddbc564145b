"""A citizen says how they are reached and chooses by which ways to be told."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.cast import Cast

from motcua.channels import queries
from motcua.directory import queries as directory

pytestmark = pytest.mark.django_db
PAGE = "/cach-nhan-thong-bao/"


def test_hoa_turns_letters_off_and_on(people: Cast, log_in: Callable[[str], Client]) -> None:
    hoa = log_in("hoa")
    (party_id,) = people.hoa.party_ids
    assert "checked" in hoa.get(PAGE).content.decode()
    assert hoa.post(PAGE, {}).status_code == 302
    assert queries.ways_wanted(party_id) == {"inbox"}
    assert "checked" not in hoa.get(PAGE).content.decode()
    assert hoa.post(PAGE, {f"way-{party_id}": "email"}).status_code == 302
    assert queries.ways_wanted(party_id) == {"inbox", "email"}
    # Somebody else's party in the form changes nothing of theirs.
    (other,) = people.an_phat.party_ids
    assert hoa.post(PAGE, {f"way-{other}": "", f"way-{party_id}": "email"}).status_code == 302
    assert queries.ways_wanted(other) == {"inbox", "email"}


def test_hoa_says_how_she_is_reached(people: Cast, log_in: Callable[[str], Client]) -> None:
    hoa, party_id = log_in("hoa"), people.hoa_party
    body = hoa.get(PAGE).content.decode()
    assert directory.party(party_id).phone in body
    typed = {
        f"phone-{party_id}": "0987 654 321",
        f"email-{party_id}": "hoa@@example",
        f"address-{party_id}": "Thôn Tây",
        f"way-{party_id}": "email",
    }
    before = directory.party(party_id)
    refused = hoa.post(PAGE, typed)
    text = refused.content.decode()
    assert refused.status_code == 422
    assert 'value="hoa@@example"' in text
    assert 'value="0987 654 321"' in text
    assert directory.party(party_id) == before
    assert hoa.post(PAGE, typed | {f"email-{party_id}": "hoa.moi@example.com"}).status_code == 302
    now = directory.party(party_id)
    assert (now.phone, now.email, now.address) == ("0987654321", "hoa.moi@example.com", "Thôn Tây")
    assert {one.detail for one in directory.corrections_of(actor=people.hoa, party_id=party_id)} == {
        "phone",
        "email",
        "address",
    }
    # Somebody else's contact in the form changes nothing of theirs.
    other = people.an_phat_party
    there = directory.party(other)
    hoa.post(PAGE, {f"phone-{other}": "0911111111", f"way-{party_id}": "email"})
    assert directory.party(other) == there
