"""A citizen chooses by which ways to be told."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.cast import Cast

from motcua.channels import queries

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
