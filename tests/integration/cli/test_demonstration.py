"""What the demo shows before anybody has done anything: lists with work in them, a map with something to compare."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.cast import Cast

from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.words import (
    State,
)
from motcua.kernel import clock
from motcua.oversight import queries, services
from motcua.provisioning.demo.steps import Journey
from motcua.provisioning.demo.work import load_some_work

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_demo_begins_with_work_that_bears_looking_into(cast: Cast) -> None:
    journey = Journey("http://localhost", say=lambda line: None)
    told = load_some_work(journey)
    assert load_some_work(journey) == ["already there"]
    services.absorb_all()

    chain = dossiers.verify_chain()
    assert chain.faults == ()
    assert services.compare_facts().differing == 0

    queries.forget_places()
    today = clock.today()
    period = queries.parse_period(f"{today - timedelta(days=90)}/{today}")
    on_time = queries.indicator("on_time_local", today)
    resolved = {
        unit: held[on_time.key] for unit, held in queries.figures_by_agency([on_time], period).items()
    }
    shares = {
        unit: figure.numerator / figure.denominator
        for unit, figure in resolved.items()
        if figure.denominator and figure.denominator >= 20
    }
    assert set(shares) >= {"H99.12", "H99.13", "H99.14", "H99.15"}
    assert len(set(shares.values())) == len(shares), "nothing to compare"
    assert sum(int(line.split()[0]) for line in told) == chain.dossiers

    minh = Client(headers={"accept-language": "vi"})
    cast.login(minh, "minh")
    ended = Dossier.objects.filter(receiving__code="H99.15", state=State.RETURNED).first()
    assert ended is not None
    result = ended.results.get()
    shown = minh.get(f"/co-quan/ho-so/{ended.pk}/").content.decode()
    assert f"số {result.symbol}" in shown
    numbers = list(
        Result.objects.filter(dossier__receiving__code="H99.15")
        .exclude(number=None)
        .order_by("signed_at")
        .values_list("number", flat=True)
    )
    assert numbers == list(range(1, len(numbers) + 1)), "the book follows the order of signing"
    for row in Dossier.objects.filter(receiving__code="H99.14").order_by("state").distinct("state"):
        assert minh.get(f"/co-quan/ho-so/{row.pk}/").status_code == 200, row.state
