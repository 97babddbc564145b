"""Bringing in units, their successions and outlines from files. Streams provinces one by one; running it twice changes nothing.

Three kinds of file are told apart by their content (JSON, plain or gzip):
* units before 1 July 2025: ``[{Code, FullName, District: [{Code, FullName, Ward: […]}]}]``;
* units since: ``[{Code, FullName, Wards: […]}]``;
* old to new: ``{DICT_PROVINCE, DICT_PROVINCE_WARD_NO_DIVIDED, DICT_PROVINCE_WARD_DIVIDED}`` keyed by folded names.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TextIO
from uuid import UUID

from django.db import transaction

from motcua.directory.errors import GsoCodeInvalid, ImportFileInvalid, TerritoryUnknown
from motcua.directory.models import Territory, TerritorySuccession
from motcua.directory.models.validity import days
from motcua.directory.queries.territories import territory
from motcua.directory.rules.gso_codes import TWO_LEVELS_FROM, TerritoryLevel, level_of_gso_code
from motcua.directory.rules.succession import equal_shares
from motcua.directory.services.revision import directory_changed
from motcua.directory.services.territories import keep_boundary
from motcua.kernel.authority import Actor, authorise
from motcua.kernel.text import composed, fold, same_tone_place

_CHUNK = 1 << 20
#: Districts ended the day before; the resolutions of the National Assembly's Standing Committee of June 2025 took effect on this day.
_DECREE_PROVINCES = "Nghị quyết 202/2025/QH15"
_DECREE_COMMUNES = "Nghị quyết của Ủy ban Thường vụ Quốc hội về sắp xếp đơn vị hành chính cấp xã năm 2025"


@dataclass
class ImportReport:
    """What an import did: rows created and already there, by level; what could not be matched, word for word."""

    created: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    respelled: list[str] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Unit:
    level: TerritoryLevel
    code: str
    name: str
    full_name: str
    full_name_en: str
    parent: tuple[TerritoryLevel, str] | None


def import_units(
    *, actor: Actor, path: Path, as_of: date = TWO_LEVELS_FROM, report: ImportReport | None = None
) -> ImportReport:
    """Read one file of units or of successions; ``as_of`` is the day from which a file of the two-level time holds.

    Units that exist on that day under the same code are left alone when their names agree (tone places apart); a real change of name is
    listed in ``respelled`` and not made: that is for ``succeed_territory``. Successions need both maps imported before. A first load of
    history announces nothing. Raises ImportFileInvalid, PermissionRefused.
    """
    authorise(actor, "directory.manage")
    outcome = report or ImportReport()
    try:
        with _opened(path) as stream, transaction.atomic():
            if _first_character(stream) == "{":
                _import_successions(json.load(stream), outcome)
            else:
                _Importer(as_of, source=path.name, report=outcome).take(_elements(stream))
            directory_changed()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as trouble:
        raise ImportFileInvalid(file=path.name, reason=f"{type(trouble).__name__}: {trouble}") from trouble
    return outcome


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _first_character(stream: TextIO) -> str:
    first = stream.read(1)
    stream.seek(0)
    return first


def _elements(stream: TextIO) -> Iterator[dict[str, Any]]:
    """The elements of one top-level JSON array, decoded one at a time."""
    decoder, buffer = json.JSONDecoder(), stream.read(_CHUNK).lstrip()
    if not buffer.startswith("["):
        raise ValueError("not a JSON array")
    buffer = buffer[1:]
    while True:
        buffer = buffer.lstrip().removeprefix(",").lstrip()
        if buffer.startswith("]"):
            return
        try:
            element, end = decoder.raw_decode(buffer)
        except json.JSONDecodeError:
            more = stream.read(_CHUNK)
            if not more:
                raise
            buffer += more
            continue
        yield element
        buffer = buffer[end:]


class _Importer:
    """Keeps the ids of one map while its provinces stream past."""

    def __init__(self, as_of: date, *, source: str, report: ImportReport) -> None:
        self.as_of, self.source, self.report = as_of, source, report

    def take(self, provinces: Iterable[dict[str, Any]]) -> None:
        for province in provinces:
            is_old = "District" in province
            validity = days(None, TWO_LEVELS_FROM) if is_old else days(self.as_of)
            on = TWO_LEVELS_FROM - timedelta(days=1) if is_old else self.as_of
            self._keep(list(_units_of(province)), on, validity)

    def _keep(self, units: list[_Unit], on: date, validity: Any) -> None:
        codes = {unit.code for unit in units}
        known = {
            (row.level, row.code): row for row in Territory.objects.in_force(on).filter(code__in=codes)
        }
        ids: dict[tuple[str, str], UUID] = {key: row.pk for key, row in known.items()}
        for level in TerritoryLevel:
            fresh = []
            for unit in (unit for unit in units if unit.level is level):
                old = known.get((unit.level, unit.code))
                if old is None:
                    fresh.append(self._row(unit, ids, validity))
                    continue
                self.report.unchanged[level] += 1
                if _same(old.full_name) != _same(unit.full_name):
                    self.report.respelled.append(f"{unit.code} {old.full_name} → {unit.full_name}")
            for row in Territory.objects.bulk_create(fresh, batch_size=500):
                ids[row.level, row.code] = row.pk
            self.report.created[level] += len(fresh)

    def _row(self, unit: _Unit, ids: Mapping[tuple[str, str], UUID], validity: Any) -> Territory:
        return Territory(
            level=unit.level,
            code=unit.code,
            name=unit.name,
            full_name=unit.full_name,
            full_name_en=unit.full_name_en,
            parent_id=ids[unit.parent] if unit.parent else None,
            validity=validity,
            source=self.source,
        )


def _units_of(province: Mapping[str, Any]) -> Iterator[_Unit]:
    top = (TerritoryLevel.PROVINCE, str(province["Code"]))
    yield _unit(TerritoryLevel.PROVINCE, province, None)
    for ward in province.get("Wards") or ():
        yield _unit(TerritoryLevel.COMMUNE, ward, top)
    for district in province.get("District") or ():
        yield _unit(TerritoryLevel.DISTRICT, district, top)
        for ward in district.get("Ward") or ():
            yield _unit(TerritoryLevel.COMMUNE, ward, (TerritoryLevel.DISTRICT, str(district["Code"])))


def _unit(
    level: TerritoryLevel, row: Mapping[str, Any], parent: tuple[TerritoryLevel, str] | None
) -> _Unit:
    return _Unit(
        level=level,
        code=str(row["Code"]),
        name=composed(row["Name"]),
        full_name=composed(row["FullName"]),
        full_name_en=row.get("FullNameEn") or "",
        parent=parent,
    )


def _same(name: str) -> str:
    return same_tone_place(composed(name)).lower()


def _key(name: str) -> str:
    """How the file of successions writes names: folded, letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", fold(name))


def _import_successions(document: Mapping[str, Any], report: ImportReport) -> None:
    before, after = _map_by_key(TWO_LEVELS_FROM - timedelta(days=1)), _map_by_key(TWO_LEVELS_FROM)
    pairs: dict[str, list[tuple[str, bool]]] = {}
    for new, olds in document["DICT_PROVINCE"].items():
        for old in olds:
            pairs.setdefault(old, []).append((new, True))
    for province, wards in document["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            for old in olds:
                pairs.setdefault(old.rstrip("_"), []).append((f"{province}_{ward}", True))
    for province, wards in document["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, news in wards.items():
            parts = [(f"{province}_{new['newWardKey']}", bool(new["isDefaultNewWard"])) for new in news]
            pairs.setdefault(old.rstrip("_"), []).extend(parts)
    known = set(
        TerritorySuccession.objects.filter(effective_on=TWO_LEVELS_FROM).values_list("predecessor_id", flat=True)
    )
    rows: list[TerritorySuccession] = []
    for old, news in pairs.items():
        rows.extend(_rows_for(old, news, before, after, known, report))
    TerritorySuccession.objects.bulk_create(rows, batch_size=1000)
    report.created["succession"] += len(rows)


def _rows_for(
    old: str,
    news: list[tuple[str, bool]],
    before: Mapping[str, UUID],
    after: Mapping[str, UUID],
    known: set[UUID],
    report: ImportReport,
) -> list[TerritorySuccession]:
    missing = [key for key, found in ((old, before), *((new, after) for new, _ in news)) if key not in found]
    if missing:
        report.unmatched.append(f"{old} → {', '.join(new for new, _ in news)}: {', '.join(missing)}")
        return []
    if before[old] in known:
        report.unchanged["succession"] += len(news)
        return []
    main = next((index for index, (_, is_default) in enumerate(news) if is_default), 0)
    # The source names the parts of a divided commune but not their size: equal shares, to be corrected where the resolution says more.
    return [
        TerritorySuccession(
            predecessor_id=before[old],
            successor_id=after[new],
            share_numerator=share.numerator,
            share_denominator=share.denominator,
            is_main=index == main,
            decree=_DECREE_COMMUNES if "_" in old else _DECREE_PROVINCES,
            effective_on=TWO_LEVELS_FROM,
        )
        for index, ((new, _), share) in enumerate(zip(news, equal_shares(len(news)), strict=True))
    ]


def _map_by_key(on: date) -> dict[str, UUID]:
    """Units of a day by the path of their folded names: ``tinh…``, ``tinh…_huyen…_xa…``, ``tinh…_xa…``."""
    rows = {row.pk: row for row in Territory.objects.in_force(on).defer("search_name")}

    def path(row: Territory) -> str:
        parent = rows.get(row.parent_id) if row.parent_id else None
        return f"{path(parent)}_{_key(row.full_name)}" if parent else _key(row.full_name)

    return {path(row): row.pk for row in rows.values()}


def import_boundaries(
    *, actor: Actor, path: Path, source: str = "", as_of: date | None = None
) -> ImportReport:
    """Keep the outlines of a GeoJSON FeatureCollection whose features carry the GSO code in ``properties.code``.

    Without ``as_of`` districts are looked for on the last day they existed and other units on the first day of the two-level map.
    Coordinates are kept to five decimals (about a metre). Raises ImportFileInvalid, PermissionRefused.
    """
    authorise(actor, "directory.manage")
    report = ImportReport()
    try:
        with _opened(path) as stream:
            features = json.load(stream)["features"]
    except (OSError, ValueError, KeyError, TypeError) as trouble:
        raise ImportFileInvalid(file=path.name, reason=f"{type(trouble).__name__}: {trouble}") from trouble
    with transaction.atomic():
        for feature in features:
            _keep_feature(actor, feature, source or path.name, as_of, report)
    return report


def _keep_feature(
    actor: Actor, feature: Mapping[str, Any], source: str, as_of: date | None, report: ImportReport
) -> None:
    code = str((feature.get("properties") or {}).get("code", ""))
    geometry = feature.get("geometry") or {}
    try:
        level = level_of_gso_code(code)
        last_day_of_districts = TWO_LEVELS_FROM - timedelta(days=1)
        day = as_of or (last_day_of_districts if level is TerritoryLevel.DISTRICT else TWO_LEVELS_FROM)
        unit = territory(code, day)
    except (TerritoryUnknown, GsoCodeInvalid):
        report.unmatched.append(code)
        return
    if geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        report.unmatched.append(f"{code}: {geometry.get('type')}")
        return
    kept = {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"])}
    keep_boundary(
        actor=actor, territory_id=unit.id, geometry=kept, source=source, begins_on=unit.begins_on
    )
    report.created["boundary"] += 1


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, list):
        return [_rounded(inner) for inner in coordinates]
    return round(coordinates, 5)
