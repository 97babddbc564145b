"""Units, successions and outlines of the whole country from the real files; and what a bad file meets."""

import json
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from django.db.models import F, Sum
from tests.cast import Cast

from motcua.directory import queries, services
from motcua.directory.errors import ImportFileInvalid
from motcua.directory.models import Boundary, Territory, TerritorySuccession
from motcua.kernel.authority import SYSTEM
from motcua.kernel.errors import PermissionRefused

pytestmark = pytest.mark.django_db

OLD_MAP, NEW_MAP = date(2025, 6, 30), date(2025, 7, 1)


def _count(level: str, on: date) -> int:
    return Territory.objects.in_force(on).filter(level=level).exclude(code__startswith="99").count()


@pytest.mark.slow
def test_the_country_before_and_after(shared_data: Path) -> None:
    units = shared_data / "units"
    names = ("units_before_2025-07-01", "units_from_2025-07-01", "old_to_new_2025")
    for name in names:
        services.import_units(actor=SYSTEM, path=units / f"{name}.json.gz")
    assert [_count(level, OLD_MAP) for level in ("province", "district", "commune")] == [63, 696, 10_035]
    assert [_count(level, NEW_MAP) for level in ("province", "district", "commune")] == [34, 0, 3_321]

    _successions_are_complete()
    again = services.ImportReport()
    for name in names:
        services.import_units(actor=SYSTEM, path=units / f"{name}.json.gz", report=again)
    assert sum(again.created.values()) == 0
    _later_spelling_changes_nothing(units)
    _facts_of_the_old_map_fold_to_the_new_one()


def _successions_are_complete() -> None:
    communes = Territory.objects.in_force(OLD_MAP).filter(level="commune")
    # One commune is written too differently in the source to be matched; it is reported, not guessed.
    assert [row.full_name for row in communes.filter(successions=None)] == ["Xã Sáng Nhè"]
    assert not Territory.objects.in_force(NEW_MAP).filter(origins=None).exclude(code="99").exists()
    lost = Territory.objects.in_force(OLD_MAP).filter(level="province", successions=None)
    assert not lost.exclude(code="99").exists()
    shares = (
        TerritorySuccession.objects.values("predecessor")
        .annotate(total=Sum(1.0 * F("share_numerator") / F("share_denominator")))
        .values_list("total", flat=True)
    )
    assert all(abs(total - 1) < 1e-9 for total in shares)


def _later_spelling_changes_nothing(units: Path) -> None:
    path = units / "units_2026-07-25.json.gz"
    later = services.import_units(actor=SYSTEM, path=path, as_of=date(2026, 7, 25))
    assert sum(later.created.values()) == 0
    assert later.unchanged["commune"] == 3_321
    assert later.respelled == ["00745 Xã Phó Bảng → Xã Phố Bảng"]
    # Ten communes made wards, and their province a city.
    assert len(later.renamed) == 11
    dong_nai = queries.territory("75", date(2026, 7, 25))
    assert len(queries.find_territories(parent_id=dong_nai.id, on=date(2026, 7, 25))) == 95
    assert "25270 Xã Lộc Ninh → Phường Lộc Ninh" in later.renamed
    assert _count("commune", date(2026, 7, 25)) == 3_321
    raised = queries.territory("25270", date(2026, 7, 25))
    assert (
        queries.successor_of_territory(queries.territory("25270", NEW_MAP).id, date(2026, 8, 1)) == raised.id
    )
    again = services.import_units(actor=SYSTEM, path=path, as_of=date(2026, 7, 25))
    assert (again.renamed, sum(again.created.values())) == ([], 0)
    after_all = services.import_units(actor=SYSTEM, path=units / "old_to_new_2025.json.gz")
    assert (after_all.created["succession"], len(after_all.unmatched)) == (0, 1)


def _facts_of_the_old_map_fold_to_the_new_one() -> None:
    old = [
        row.pk
        for row in Territory.objects.in_force(OLD_MAP).filter(level="commune", successions__isnull=False)
    ]
    amounts = {unit: Fraction(1) for unit in old}
    folded = queries.fold_to_map_of(amounts, counted_on=OLD_MAP, map_of=NEW_MAP)
    assert sum(folded.values()) == sum(amounts.values())
    assert set(folded) <= {row.pk for row in Territory.objects.in_force(NEW_MAP)}


@pytest.mark.slow
def test_outlines_find_their_units(shared_data: Path) -> None:
    services.import_units(actor=SYSTEM, path=shared_data / "units" / "units_from_2025-07-01.json.gz")
    path = shared_data / "boundaries" / "provinces34_2025.geojson"
    report = services.import_boundaries(actor=SYSTEM, path=path, source="test")
    assert (report.created["boundary"], report.unmatched) == (34, [])
    services.import_boundaries(actor=SYSTEM, path=path, source="test")
    assert Boundary.objects.filter(source="test").count() == 34
    thanh_hoa = queries.territory("38", NEW_MAP)
    assert queries.boundaries([thanh_hoa.id], NEW_MAP)[thanh_hoa.id]["type"] in {"Polygon", "MultiPolygon"}


def test_a_file_that_is_something_else_changes_nothing(tmp_path: Path) -> None:
    before = Territory.objects.count()
    for content in (
        "",
        "[{",
        '[{"Code": "98", "FullName": "Tỉnh Dở"}',
        '{"DICT_PROVINCE": 3}',
        "không phải JSON",
    ):
        path = tmp_path / "units.json"
        path.write_text(content, encoding="utf-8")
        with pytest.raises(ImportFileInvalid):
            services.import_units(actor=SYSTEM, path=path)
    assert Territory.objects.count() == before


def test_an_older_map_does_not_come_after_a_newer_one(tmp_path: Path) -> None:
    path = tmp_path / "units.json"
    path.write_text(
        json.dumps([{"Code": "98", "Name": "Dở", "FullName": "Tỉnh Dở", "Wards": []}]), encoding="utf-8"
    )
    services.import_units(actor=SYSTEM, path=path, as_of=date(2026, 7, 25))
    with pytest.raises(ImportFileInvalid, match="thứ tự"):
        services.import_units(actor=SYSTEM, path=path)
    assert Territory.objects.filter(code="98").count() == 1


def test_what_does_not_match_is_reported_word_for_word(tmp_path: Path) -> None:
    path = tmp_path / "old_to_new.json"
    names = {"DICT_PROVINCE": {"tinhmoi": ["tinhcu"]}}
    empty: dict[str, dict[str, str]] = {"DICT_PROVINCE_WARD_NO_DIVIDED": {}, "DICT_PROVINCE_WARD_DIVIDED": {}}
    path.write_text(json.dumps(names | empty), encoding="utf-8")
    report = services.import_units(actor=SYSTEM, path=path)
    assert len(report.unmatched) == 1
    assert "tinhcu" in report.unmatched[0]


def test_a_changed_name_makes_another_unit(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "units.json"
    unit = {"Code": "99004", "Name": "An Khác", "FullName": "Xã An Khác"}
    province = {"Code": "99", "Name": "Minh Sơn", "FullName": "Tỉnh Minh Sơn", "Wards": [unit]}
    path.write_text(json.dumps([province]), encoding="utf-8")
    same_day = services.import_units(actor=SYSTEM, path=path)
    assert same_day.respelled == ["99004 Xã An Bình → Xã An Khác"]
    later = services.import_units(actor=SYSTEM, path=path, as_of=date(2026, 7, 25))
    assert later.renamed == ["99004 Xã An Bình → Xã An Khác"]
    assert queries.territory(cast.commune).full_name == "Xã An Bình"
    new = queries.territory("99004", date(2026, 7, 25))
    assert new.full_name == "Xã An Khác"
    assert queries.competent_agency("commune", new.id, on=date(2026, 8, 1)).id == cast.an_binh


def test_only_those_who_manage_the_directory_import(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(PermissionRefused):
        services.import_units(actor=cast.binh, path=tmp_path / "units.json")
    with pytest.raises(PermissionRefused):
        services.import_boundaries(actor=cast.binh, path=tmp_path / "outlines.json")


def test_boundaries_refuse_a_broken_file_and_list_unknown_codes(cast: Cast, tmp_path: Path) -> None:
    del cast
    path = tmp_path / "outlines.geojson"
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(ImportFileInvalid):
        services.import_boundaries(actor=SYSTEM, path=path)
    point = {"type": "Point", "coordinates": [105, 20]}
    square = {"type": "Polygon", "coordinates": [[[105, 20], [106, 20], [106, 21], [105, 20]]]}
    features = [
        {"properties": {"code": "98"}, "geometry": square},
        {"properties": {"code": "x"}, "geometry": square},
        {"properties": {"code": "99004"}, "geometry": point},
        {"properties": {"code": "99004"}, "geometry": square},
    ]
    path.write_text(json.dumps({"features": features}), encoding="utf-8")
    report = services.import_boundaries(actor=SYSTEM, path=path)
    assert report.unmatched == ["98", "x", "99004: Point"]
    commune = queries.territory("99004")
    assert queries.boundaries([commune.id])[commune.id] == square
    assert (
        queries.boundaries([commune.id], commune.begins_on - timedelta(days=1) if commune.begins_on else None)
        == {}
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[{"Name": "Hà Nội"}]', "thiếu trường"),
        ("[1, 2]", "không phải là đơn vị"),
        ('{"a": 1}', "thiếu trường"),
        ("xin chào", "không phải danh sách JSON"),
        ('[{"Code": ', "không phải JSON"),
    ],
)
def test_a_file_of_units_is_refused_in_words(cast: Cast, tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "units.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ImportFileInvalid) as refusal:
        services.import_units(actor=SYSTEM, path=path)
    assert "Error" not in refusal.value.sentence()
    assert said in refusal.value.sentence()
