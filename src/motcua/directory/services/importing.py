"""Bringing in units, their successions and outlines from files. Streams provinces one by one; running it
twice changes nothing.

Three kinds of file are told apart by their content (JSON, plain or gzip):
* units before 1 July 2025: ``[{Code, FullName, District: [{Code, FullName, Ward: […]}]}]``;
* units since: ``[{Code, FullName, Wards: […]}]``;
* old to new: ``{DICT_PROVINCE, DICT_PROVINCE_WARD_NO_DIVIDED, DICT_PROVINCE_WARD_DIVIDED}`` keyed by folded
  names.
"""

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TextIO
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.directory.errors import GsoCodeInvalid, ImportFileInvalid, TerritoryUnknown
from motcua.directory.models import Territory, TerritorySuccession
from motcua.directory.models.validity import days
from motcua.directory.queries.territories import territory
from motcua.directory.rules.gso_codes import TWO_LEVELS_FROM, level_of_gso_code
from motcua.directory.services.revision import directory_changed
from motcua.directory.services.successions_import import ImportReport, import_successions
from motcua.directory.services.territories import keep_boundary
from motcua.directory.words import TerritoryLevel
from motcua.kernel.authority import Actor, authorise
from motcua.kernel.text import composed, fold, same_tone_place

_CHUNK = 1 << 20


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
    """Read one file of units or of successions; ``as_of`` is the day from which a two-level file holds.

    Units that exist on that day under the same code are left alone when their names agree, tone places apart.
    One whose name reads otherwise (a commune made a ward) is succeeded from that day (``renamed``); one that
    differs in accents only is listed (``respelled``) and left as it is. Successions need both maps imported
    before. A first load of history announces nothing. Raises ImportFileInvalid, PermissionRefused.
    """
    authorise(actor, "directory.manage")
    outcome = report or ImportReport()
    try:
        with _opened(path) as stream, transaction.atomic():
            if _first_character(stream) == "{":
                import_successions(json.load(stream), outcome)
            else:
                _Importer(as_of, source=path.name, report=outcome).take(_elements(stream))
            directory_changed()
    except IntegrityError as trouble:
        reason = "đã có dữ liệu của ngày muộn hơn; nhập theo thứ tự thời gian"
        raise ImportFileInvalid(file=path.name, reason=reason) from trouble
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as trouble:
        raise ImportFileInvalid(file=path.name, reason=_said(trouble)) from trouble
    return outcome


def _said(trouble: Exception) -> str:
    """What is wrong with the file, in words: the name of an exception says nothing to who has to mend it."""
    if isinstance(trouble, KeyError):
        return f"một đơn vị thiếu trường “{trouble.args[0]}”; tệp phải là danh sách đơn vị có mã và tên, hoặc bảng cũ sang mới"
    if isinstance(trouble, json.JSONDecodeError):
        return f"không phải JSON từ dòng {trouble.lineno}, cột {trouble.colno}"
    if isinstance(trouble, UnicodeDecodeError):
        return "không phải văn bản UTF-8"
    if isinstance(trouble, TypeError | AttributeError):
        return "các phần tử không phải là đơn vị hành chính: phải là đối tượng JSON có mã và tên"
    return str(trouble) or "không đọc được"


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _first_character(stream: TextIO) -> str:
    first = stream.read(1)
    stream.seek(0)
    return first


def _elements(stream: TextIO) -> Iterator[dict[str, object]]:
    """The elements of one top-level JSON array, decoded one at a time."""
    decoder, buffer = json.JSONDecoder(), stream.read(_CHUNK).lstrip()
    if not buffer.startswith("["):
        raise ValueError("không phải danh sách JSON các đơn vị")
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
        known = {(row.level, row.code): row for row in Territory.objects.in_force(on).filter(code__in=codes)}
        ids: dict[tuple[str, str], UUID] = {key: row.pk for key, row in known.items()}
        for level in TerritoryLevel:
            fresh = []
            for unit in (unit for unit in units if unit.level is level):
                old = known.get((unit.level, unit.code))
                if old is None:
                    fresh.append(self._row(unit, ids, validity))
                    continue
                self.report.unchanged[level] += 1
                if fold(old.full_name) != fold(unit.full_name) and old.validity.lower != validity.lower:
                    ids[unit.level, unit.code] = self._succeed(old, self._row(unit, ids, validity))
                elif _same(old.full_name) != _same(unit.full_name):
                    self.report.respelled.append(f"{unit.code} {old.full_name} → {unit.full_name}")
            for row in Territory.objects.bulk_create(fresh, batch_size=500):
                ids[row.level, row.code] = row.pk
            self.report.created[level] += len(fresh)

    def _succeed(self, old: Territory, new: Territory) -> UUID:
        """A unit of the same code under another name (a commune made a ward) is another unit."""
        old.validity = days(old.validity.lower, self.as_of)
        old.save(update_fields=["validity"])
        new.save(force_insert=True)
        TerritorySuccession.objects.create(
            predecessor=old, successor=new, decree=self.source, effective_on=self.as_of
        )
        # Parts that live on belong to the successor; the succession still leads from the old unit to it.
        Territory.objects.in_force(self.as_of).filter(parent=old).update(parent=new)
        self.report.renamed.append(f"{old.code} {old.full_name} → {new.full_name}")
        return new.pk

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


def _unit(level: TerritoryLevel, row: Mapping[str, Any], parent: tuple[TerritoryLevel, str] | None) -> _Unit:
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


def import_boundaries(
    *, actor: Actor, path: Path, source: str = "", as_of: date | None = None
) -> ImportReport:
    """Keep the outlines of a GeoJSON FeatureCollection whose features carry the GSO code in
    ``properties.code``.

    Without ``as_of`` districts are looked for on the last day they existed and other units on the first day
    of the two-level map. Coordinates are kept to five decimals (about a metre). Raises ImportFileInvalid,
    PermissionRefused.
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
    keep_boundary(actor=actor, territory_id=unit.id, geometry=kept, source=source, begins_on=unit.begins_on)
    report.created["boundary"] += 1


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, list):
        return [_rounded(inner) for inner in coordinates]
    return round(coordinates, 5)
