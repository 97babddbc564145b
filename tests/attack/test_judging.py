"""The twin of the campaign: what it looks for is seen when it is there."""

import pytest
from django.http import HttpResponse
from tests.attack.campaign import Campaign, Sort, Try, undone
from tests.attack.hostile import MARKS
from tests.attack.scene import SECRETS, set_up
from tests.cast import Cast

from motcua.dossiers.models import Draft

pytestmark = pytest.mark.django_db
_ASK = Try("giang", "POST", "/co-quan/", Sort.FOREIGN)


def test_what_must_not_happen_is_counted(cast: Cast) -> None:
    scene = set_up(cast)
    campaign = Campaign(cast, scene)
    judge, tally = campaign.judge, campaign.tally
    judge(_ASK, HttpResponse(status=404), campaign.state())
    assert [*tally.broken, *tally.seen, *tally.lost, *tally.run] == []
    judge(_ASK, HttpResponse(status=500), campaign.state())
    judge(_ASK, HttpResponse(status=503), campaign.state())
    assert len(tally.broken) == 2
    judge(_ASK, HttpResponse(status=503, headers={"Retry-After": "5"}), campaign.state())
    assert len(tally.broken) == 2
    judge(_ASK, HttpResponse(SECRETS[0]), campaign.state())
    assert len(tally.seen) == 1
    judge(_ASK, HttpResponse(f"<p>{MARKS[0]}</p>", content_type="text/html"), campaign.state())
    assert len(tally.run) == 1
    with undone():
        before = campaign.state()
        Draft.objects.filter(pk=scene.places["draft_id"]).update(contact={"email": "atk@example.vn"})
        judge(_ASK, HttpResponse(), before)
    assert len(tally.lost) == 1
    assert campaign.state() == before
