"""One expression, several engines, the same numbers; packs whose figures are the published ones."""

import importlib.util
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.cast import Cast

from motcua.catalogue.queries import OnlineLevel
from motcua.oversight import queries, services
from motcua.oversight.errors import EngineUnavailable
from motcua.oversight.models import CountedDossier, Fact
from motcua.oversight.rules.indicators import Figure, in_force
from motcua.oversight.services.engines import DuckDbEngine, PostgresEngine, SparkEngine, figures_on
from motcua.provisioning.errors import PackUnknown
from motcua.provisioning.simulation.facts import pack_named, plans_of, simulate_facts
from motcua.provisioning.simulation.figures import pack_figures
from motcua.provisioning.simulation.load import load_simulation

YEAR = queries.parse_period("2024")


@pytest.fixture(scope="module")
def parquet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small year of Hà Tĩnh as exported facts."""
    folder = tmp_path_factory.mktemp("facts")
    pack = pack_named("hatinh")
    services.write_facts(folder, simulate_facts(pack, plans_of(pack, dossiers=1500)))
    return folder


def test_facts_lie_by_province_and_day_and_name_nobody(parquet: Path) -> None:
    files = sorted(parquet.rglob("*.parquet"))
    assert all(file.relative_to(parquet).parts[0] == "province=H27" for file in files)
    assert parquet / "province=H27" / "day=2024-03-04" / "facts.parquet" in files
    assert not list(parquet.rglob("*.part"))


@pytest.mark.django_db
def test_postgres_rollups_postgres_facts_and_duckdb_agree(parquet: Path) -> None:
    pack = pack_named("hatinh")
    load_simulation(pack, plans_of(pack, dossiers=1500))
    assert Fact.objects.exists()
    chosen = [one for one in in_force(YEAR.last) if one.side is queries.Attribution.COMPETENT]
    for span in (YEAR, queries.parse_period("2024-Q2"), queries.parse_period("2024-03-05/2024-06-17")):
        on_duckdb = figures_on(DuckDbEngine(parquet), chosen, span, ["competent"])
        on_postgres = figures_on(PostgresEngine(), chosen, span, ["competent"])
        live = queries.figures_by_agency(chosen, span)
        touched = {unit: figures for (unit,), figures in on_duckdb.items() if unit in live}
        assert on_duckdb == on_postgres
        assert touched == live
        assert any(figure.numerator for figure in live["H27.21"].values())


@pytest.mark.django_db
def test_loading_again_replaces_and_the_lists_agree_with_the_figures() -> None:
    from motcua.kernel.authority import SYSTEM

    pack = pack_named("hatinh")
    plans = plans_of(pack, dossiers=800)
    first = load_simulation(pack, plans)
    cells = Fact.objects.count()
    assert load_simulation(pack, plans) == first == CountedDossier.objects.count()
    assert Fact.objects.count() == cells
    one = queries.indicator("on_time_national", YEAR.last)
    figure = queries.figures_by_agency([one], YEAR)["H27.21"][one.key]
    ask: dict[str, Any] = {"actor": SYSTEM, "indicator": one, "period": YEAR, "agency": "H27.21"}
    assert queries.count_behind(part="numerator", **ask) == figure.numerator
    assert queries.count_behind(part="denominator", **ask) == figure.denominator


@pytest.mark.slow
@pytest.mark.machine
@pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None or shutil.which("java") is None,
    reason="Spark needs Java and the optional extra motcua[spark]",
)
def test_spark_agrees_with_duckdb(parquet: Path) -> None:
    chosen = in_force(YEAR.last)
    engine = SparkEngine(parquet, master="local[2]")
    try:
        assert figures_on(engine, chosen, YEAR, ["receiving"]) == figures_on(
            DuckDbEngine(parquet), chosen, YEAR, ["receiving"]
        )
    finally:
        engine.stop()


def test_an_engine_without_its_source_is_refused() -> None:
    with pytest.raises(EngineUnavailable):
        services.engine_named("duckdb", None)


def test_the_index_of_a_province_leaves_unknown_components_out(parquet: Path) -> None:
    version = queries.index_version_on(date(2024, 12, 31))
    ((unit, score),) = services.index_on(DuckDbEngine(parquet), YEAR, by="province", version=version)
    assert unit == "H27"
    assert 0 < score.attainable < 100
    row = services.score_row(unit, score)
    e_result = next(one for one in row["components"] if one["key"] == "5.1")
    assert e_result["points"] == round(6 * e_result["numerator"] / e_result["denominator"], 2) == 3.58


def test_quang_nam_gives_the_published_rates_from_dossiers() -> None:
    rows = pack_figures("quangnam", "on_time_local", dossiers=None)
    got = {row["name"]: (row["numerator"], row["denominator"], row["percent"]) for row in rows}
    assert got == {
        "UBND Huyện Bắc Trà My": (12903, 14283, 90.34),
        "UBND Thành phố Tam Kỳ": (29278, 32974, 88.79),
    }


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("hatinh", {"digitized": 81.09, "e_result": 59.7}),
        ("thanhhoa", {"on_time_local": 99.51, "digitized": 93.49, "e_result": 96.01}),
    ],
)
def test_provinces_give_the_published_rates(name: str, published: dict[str, float]) -> None:
    pack = pack_named(name)
    cells = simulate_facts(pack, plans_of(pack, dossiers=10000))
    chosen = [queries.indicator(key, pack.period.last) for key in published]
    figures = figures_on(DuckDbEngine(cells), chosen, pack.period, ["province"])[(pack.code,)]
    assert {key: figure.percent for key, figure in figures.items()} == published


def test_online_shares_of_thanh_hoa_are_the_published_ones() -> None:
    """At the pack's own size: with fewer dossiers no whole number gives 93,13 %."""
    plans = plans_of(pack_named("thanhhoa"))
    shares = {
        service: (
            sum(getattr(plan, f"online_{service}") for plan in plans),
            sum(plan.offered(service) for plan in plans),
        )
        for service in ("full", "partial")
    }
    assert {service: queries.Figure(*counts).percent for service, counts in shares.items()} == {
        "full": 96.84,
        "partial": 93.13,
    }


def test_published_volumes_of_nghe_an_are_planned_exactly() -> None:
    plans = plans_of(pack_named("nghean"), dossiers=1488660)
    received: dict[str, int] = {}
    for plan in plans:
        received[plan.unit.level] = received.get(plan.unit.level, 0) + plan.received
    assert received == {"province": 168720, "district": 91055, "commune": 1228885}


def test_an_unknown_pack_is_refused() -> None:
    with pytest.raises(PackUnknown):
        pack_named("atlantis")


@pytest.mark.django_db
def test_services_online_and_in_use_agree_on_all_engines(parquet: Path, cast: Cast) -> None:
    """Components 3.1 and 3.2: the catalogue tells what is offered, the facts of any engine tell what was used."""
    pack = pack_named("hatinh")
    load_simulation(pack, plans_of(pack, dossiers=1500))
    online = {"2.000815": OnlineLevel.PARTIAL, "2.000635": OnlineLevel.FULL, "9.000001": OnlineLevel.FULL}
    inputs = {"services_online": Figure(3, 4), "services_used": Figure(2, 3)}
    levels = online | {"1.000656": OnlineLevel.INFORMATION}
    for span in (YEAR, queries.parse_period("2024-Q2"), queries.parse_period("2024-03-05/2024-06-17")):
        one = queries.indicator("online_share", span.last)
        found = queries.figures_by_procedure([one], span, agencies=["H27"], side="p")
        offer = queries.Offer(span.last, levels, {code: figures[one.key] for code, figures in found.items()})
        assert offer.inputs == inputs
        for engine in (DuckDbEngine(parquet), PostgresEngine()):
            assert services.offered_on(engine, span, {"H27": offer}) == {"H27": offer.inputs}
    version = queries.index_version_on(YEAR.last)
    ((_, score),) = services.index_on(
        DuckDbEngine(parquet), YEAR, by="province", version=version, outside={"H27": inputs}
    )
    points = {one.component.key: one.points for one in score.components}
    assert (points["3.1"], points["3.2"]) == (Decimal("1.88"), Decimal("2.67"))
    nobodys = queries.Offer(YEAR.last, {"1.000656": OnlineLevel.INFORMATION}, {})
    assert services.offered_on(DuckDbEngine(parquet), YEAR, {"H27": nobodys}) == {"H27": nobodys.inputs}
    assert (
        queries.offer_of("H27", YEAR) is None
    )  # nobody in the directory: whose catalogue it is is not known
