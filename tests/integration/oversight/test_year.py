"""A simulated year of real rows: what the services would have written, counted as it would be counted."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests.cast import Cast
from tests.integration.oversight.replay import picture, replay
from tests.unit.oversight.test_simulation import pack

from motcua.documents import services as documents
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import verify_chain
from motcua.kernel.authority import SYSTEM
from motcua.oversight import queries, services
from motcua.oversight.models import CountedDossier, Fact
from motcua.oversight.rules.measures import KEYS, cell_is_balanced
from motcua.provisioning.errors import ProvinceOccupied
from motcua.provisioning.simulation.facts import plans_of
from motcua.provisioning.simulation.load import load_simulation
from motcua.provisioning.simulation.province import open_province
from motcua.provisioning.simulation.year import Unit, load_year

pytestmark = pytest.mark.django_db


@contextmanager
def undone() -> Iterator[None]:
    """Take everything back at the end. The block is the test's, as the suite's own: the code under test opened none."""
    block = transaction.atomic()
    setattr(block, "_from_testcase", True)  # noqa: B010 - what Django marks its test cases' blocks with
    with block:
        yield
        transaction.set_rollback(True)


def facts() -> list[tuple[Any, ...]]:
    rows = Fact.objects.values_list("day", "competent", "receiving", "procedure", "channel", *KEYS)
    return sorted((row for row in rows if any(row[5:])), key=str)


def test_facts_without_dossiers_and_facts_of_dossiers_are_the_same(cast: Cast) -> None:
    plans = plans_of(pack(), dossiers=400)
    load_simulation(pack(), plans)
    before = facts()
    seen: list[int] = []
    number = load_year(pack(), plans, progress=seen.append)
    assert seen[-1] == number == Dossier.objects.count() == CountedDossier.objects.count()
    assert facts() == before
    assert all(cell_is_balanced(dict(zip(KEYS, row[5:], strict=True))) for row in before)
    assert services.compare_facts().differing == 0
    for day in (pack().period.first + timedelta(days=number) for number in range(91)):
        rows = queries.report_rows(queries.Period(day, day), "H98")
        assert all(row.is_balanced for row in rows.values()), day
    assert verify_chain().faults == ()
    with pytest.raises(ProvinceOccupied):
        load_year(pack(), plans)


def test_every_figure_opens_to_its_dossiers_page_by_page_and_each_to_its_page(cast: Cast) -> None:
    load_year(pack(), plans_of(pack(), dossiers=400))
    queries.forget_places()
    period = pack().period
    for key in (
        "on_time_local",
        "late_local",
        "received",
        "digitized",
        "overdue_open",
        "troubled",
        "on_time_national",
    ):
        one = queries.indicator(key, period.last)
        for unit in ("H98.02", "H98"):
            ask: dict[str, Any] = {"actor": SYSTEM, "indicator": one, "period": period, "agency": unit}
            for part in ("numerator", "denominator") if one.denominator else ("numerator",):
                whole = [row.dossier_id for row in queries.dossiers_behind(part=part, limit=10_000, **ask)]
                assert len(whole) == len(set(whole)) == queries.count_behind(part=part, **ask), (key, unit)
                paged: list[UUID] = []
                while page := queries.dossiers_behind(
                    part=part, limit=41, after=paged[-1] if paged else None, **ask
                ):
                    paged += [row.dossier_id for row in page]
                assert paged == whole, (key, unit, part)
    client = Client(headers={"accept-language": "vi"})
    cast.login(client, "minh")
    listed = client.get(reverse("office:explain_figure"), {"don-vi": "H98.02", "ky": period.key})
    assert listed.status_code == 200
    link = re.search(r'href="(/[^"]+)">[^<]*H98[^<]*</a>', listed.content.decode())
    assert link is not None
    shown = client.get(link[1])
    assert shown.status_code == 200
    assert "Trả kết quả" in shown.content.decode()


#: `MOTCUA_REPLAY=500 pytest tests/integration/oversight/test_year.py` replays more than the suite has time for.
SAMPLE = int(os.environ.get("MOTCUA_REPLAY", "9"))


def test_the_services_would_have_written_the_same(cast: Cast) -> None:
    plans = plans_of(pack(), dossiers=max(400, 2 * SAMPLE))
    province = open_province(pack(), [plan.unit for plan in plans])
    units = [Unit(pack(), province, plan, 1) for plan in plans]
    lives = [(life, unit.last) for unit in units for life in unit.lives()]
    step = max(len(lives) // SAMPLE, 1)
    chosen = lives[::step]
    with undone():
        load_year(pack(), plans)
        found = {(row.submitted_at, row.applicant_id): row for row in Dossier.objects.all()}
        rows = [found[life.moves[0].at, life.applicant_id] for life, _ in chosen]
        written = [(row.code, row.ledger_number, picture(row.id)) for row in rows]
    for unit in units:
        unit.settle_people()
    pdf = documents.typeset(template_name="provisioning/specimen.html", context={"province": "X"})
    for (life, made), (code, line, expected) in zip(chosen, written, strict=True):
        assert made is not None
        again = replay(life, code or "", line, pays_online=made.traits.is_fee_paid_online, pdf=pdf)
        assert picture(again) == expected
    moves = {move.key for life, _ in chosen for move in life.moves}
    assert moves >= {"submit", "register", "receive", "assign", "sign", "issue", "hand_over"}
    assert SAMPLE < 100 or moves >= {"ask_supplement", "supply"}
