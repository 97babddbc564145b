"""The demo province and the cast: made once, found again, and each member may do what the role says."""

import pytest
from tests.cast import EVERYBODY, Cast, create_cast

from motcua.directory import queries
from motcua.directory.models import Account, Agency, Assignment, Delegation, Party, Territory
from motcua.kernel.authority import EVERYWHERE

pytestmark = pytest.mark.django_db


def test_loading_twice_changes_nothing(cast: Cast) -> None:
    tables = (Account, Agency, Assignment, Delegation, Party, Territory)
    before = [list(table._default_manager.order_by("pk").values()) for table in tables]
    again = create_cast()
    assert [list(table._default_manager.order_by("pk").values()) for table in tables] == before
    assert again.directory == cast.directory


def test_the_province_has_an_old_and_a_new_map(cast: Cast) -> None:
    del cast
    units = Territory.objects.filter(code__startswith="99")
    assert units.filter(level="commune", validity__endswith=None).count() == 5
    assert units.filter(level="commune", validity__startswith=None).count() == 12
    assert units.filter(level="district").count() == 3


def test_everybody_has_an_actor(cast: Cast) -> None:
    for name in EVERYBODY:
        actor = cast.actor(name)
        assert (actor.account_id is None) == (name == "nobody")


def test_roles_open_what_they_should_and_only_there(cast: Cast) -> None:
    assert cast.binh.may("dossier.receive", cast.an_binh)
    assert not cast.binh.may("dossier.receive", cast.yen_hoa)
    assert not cast.binh.may("dossier.sign", cast.an_binh)
    assert cast.dung.may("dossier.sign", cast.an_binh)
    assert cast.giang.agency_ids == {cast.yen_hoa}
    assert not any(cast.giang.may(permission, cast.an_binh) for permission in queries.ALL_PERMISSIONS)
    assert EVERYWHERE in cast.minh.agencies_with("oversight.read")
    assert cast.nga.may("catalogue.manage")
    assert not cast.nga.may("directory.manage")
    assert cast.hoa.party_ids == {cast.hoa_party}
    assert not cast.hoa.grants


def test_the_deputy_signs_by_delegation(cast: Cast) -> None:
    assert cast.em.may("dossier.sign", cast.an_binh)
    assert not cast.em.may("dossier.sign", cast.yen_hoa)
    assert not cast.em.may("delegation.manage", cast.an_binh)
