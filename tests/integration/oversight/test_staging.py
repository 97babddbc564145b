"""Facts made beside those in use: equal however they were written, and the tables are the same tables afterwards."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from tests.unit.oversight.test_simulation import pack

from motcua.kernel.replacing import anew, open_anew
from motcua.oversight import services
from motcua.oversight.models import CountedDossier, Fact, Rollup
from motcua.oversight.rules.facts import cells_of
from motcua.oversight.rules.measures import KEYS
from motcua.oversight.rules.standing import standing_of
from motcua.oversight.services.counting import Account, counted_row
from motcua.oversight.services.staging import adopt_staging, open_staging, staged
from motcua.provisioning.simulation.facts import pack_named, plans_of, simulated_dossiers, the_calendar
from motcua.provisioning.simulation.load import load_simulation

TABLES = ("oversight_fact", "oversight_rollup", "oversight_counteddossier")


def stored() -> list[list[tuple[Any, ...]]]:
    facts = Fact.objects.values_list("day", "competent", "receiving", "procedure", "channel", *KEYS)
    rollups = Rollup.objects.values_list("side", "procedure", "grain", "bucket", "agency", *KEYS)
    counted = CountedDossier.objects.values_list("dossier_id", "seq", "flags", "cells")
    return [sorted(rows, key=str) for rows in (facts, rollups, counted)]


def shape() -> list[tuple[Any, ...]]:
    """Indexes, constraints and grants of the tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = ANY(%(tables)s) UNION ALL "
            "SELECT conrelid::regclass || conname || pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid = ANY(%(tables)s::regclass[]) UNION ALL "
            "SELECT table_name || grantee || privilege_type FROM information_schema.role_table_grants "
            "WHERE table_name = ANY(%(tables)s) ORDER BY 1",
            {"tables": list(TABLES)},
        )
        return list(cursor.fetchall())


@pytest.mark.django_db
def test_new_tables_have_the_names_indexes_and_grants_of_the_old() -> None:
    with connection.cursor() as cursor:
        cursor.execute("GRANT SELECT ON oversight_fact TO pg_monitor, PUBLIC")
    before = shape()
    assert sum("pg_monitorSELECT" in row[0] or "PUBLICSELECT" in row[0] for row in before) == 2
    assert sum("INDEX" in row[0] for row in before) >= 12
    open_anew(TABLES[:1])  # what a killed load leaves behind
    load_simulation(pack(), plans_of(pack(), dossiers=100))
    assert shape() == before
    assert Fact.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [anew(TABLES[0])])
        assert cursor.fetchone() == (None,)


@pytest.mark.django_db
def test_cells_written_in_parts_are_summed() -> None:
    plans = plans_of(pack(), dossiers=200)
    load_simulation(pack(), plans)
    whole = stored()
    open_staging()
    for plan in plans:
        for number, (dossier_id, made) in enumerate(simulated_dossiers(pack(), plan, 1)):
            with staged() as stage:  # each dossier by itself
                standing = standing_of(made.sightings, made.traits, the_calendar())
                cells = cells_of(standing)
                account = Account(dossier_id, "", len(made.sightings), made.sightings, made.traits)
                stage.add(counted_row(account, standing, cells), cells)
            assert stage.number == 1, number
    adopt_staging(pack().code, is_split=True)
    assert stored() == whole


@pytest.mark.django_db
def test_a_province_is_put_among_others_without_touching_them() -> None:
    hatinh = pack_named("hatinh")
    load_simulation(hatinh, plans_of(hatinh, dossiers=150))
    first = stored()
    load_simulation(pack(), plans_of(pack(), dossiers=100))
    load_simulation(pack(), plans_of(pack(), dossiers=80))
    assert set(Fact.objects.values_list("province", flat=True)) == {"H27", "H98"}
    Fact.objects.filter(province="H98").delete()
    CountedDossier.objects.filter(province="H98").delete()
    Rollup.objects.filter(agency__startswith="H98").delete()
    assert stored() == first


@pytest.mark.django_db(transaction=True)
def test_two_processes_make_the_same_facts_as_one() -> None:
    plans = plans_of(pack(), dossiers=200)
    load_simulation(pack(), plans)
    before = stored()
    assert before[0]
    load_simulation(pack(), plans, workers=2)
    assert stored() == before


@pytest.mark.django_db
def test_facts_without_dossiers_are_compared_with_how_they_were_counted() -> None:
    number = load_simulation(pack(), plans_of(pack(), dossiers=100))
    quiet = services.compare_facts()
    assert (quiet.differing, quiet.dossiers, services.facts_only()) == (0, 0, number)
    assert quiet.cells >= Fact.objects.count() > 0  # counts of some cells cancel out
    cell = Fact.objects.filter(resolved__gt=0)[:1].get()
    Fact.objects.filter(pk=cell.pk).update(minutes_spent=F("minutes_spent") + 7)
    (stored, expected) = services.compare_facts().sample[0]["measures"]["minutes_spent"]
    assert stored == expected + 7
    CountedDossier.objects.all().delete()
    assert services.compare_facts().differing > quiet.cells
