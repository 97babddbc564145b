"""What became of each unit on 1 July 2025, read from a file that names units by their folded names.

Names collide when folded (Tam Dân, Tam Đàn): the file then writes them with accents. Names are also spelled
differently from the list of units (Quy, Qui; nông trường, NT): those are matched to the nearest unit of the
same district that nobody else claims, and reported.
"""

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from motcua.directory.models import Territory, TerritorySuccession
from motcua.directory.rules.gso_codes import TWO_LEVELS_FROM
from motcua.directory.rules.succession import equal_shares
from motcua.kernel.text import fold, same_tone_place

_DECREE_PROVINCES = "Nghị quyết 202/2025/QH15"
_DECREE_COMMUNES = "Nghị quyết của Ủy ban Thường vụ Quốc hội về sắp xếp đơn vị hành chính cấp xã năm 2025"
#: How alike two spellings of one name must be; below it the pair is left unmatched.
_ALIKE = 0.78

#: Old unit → its new units and whether each is the main one.
_Pairs = dict[str, list[tuple[str, bool]]]


@dataclass
class ImportReport:
    """What an import did: rows created and already there, by level; what could not be matched, word for word."""

    created: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    renamed: list[str] = field(default_factory=list)
    respelled: list[str] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)


def import_successions(document: Mapping[str, object], report: ImportReport) -> None:
    """Create the successions of a document with DICT_PROVINCE, DICT_PROVINCE_WARD_NO_DIVIDED and
    DICT_PROVINCE_WARD_DIVIDED.
    """
    pairs = _pairs(document)
    before = _Names(TWO_LEVELS_FROM - timedelta(days=1), pairs, report)
    after = _Names(TWO_LEVELS_FROM, (new for news in pairs.values() for new, _ in news), report)
    existing = TerritorySuccession.objects.filter(effective_on=TWO_LEVELS_FROM)
    known = set(existing.values_list("predecessor_id", flat=True))
    rows: list[TerritorySuccession] = []
    for old, news in pairs.items():
        predecessor = before.find(old)
        successors = {new: after.find(new) for new, _ in news}
        missing = [name for name, found in {old: predecessor, **successors}.items() if found is None]
        if missing or predecessor is None:
            report.unmatched.append(f"{old} → {', '.join(successors)}: {', '.join(missing)}")
        elif predecessor in known:
            report.unchanged["succession"] += len(news)
        else:
            parts = [(unit, is_main) for new, is_main in news if (unit := successors[new]) is not None]
            rows.extend(_rows(predecessor, parts, _DECREE_COMMUNES if "_" in old else _DECREE_PROVINCES))
    TerritorySuccession.objects.bulk_create(rows, batch_size=1000)
    report.created["succession"] += len(rows)


def _pairs(document: Mapping[str, Any]) -> _Pairs:
    pairs: _Pairs = defaultdict(list)
    for new, olds in document["DICT_PROVINCE"].items():
        for old in olds:
            pairs[old].append((new, True))
    for province, wards in document["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            for old in olds:
                pairs[old.rstrip("_")].append((f"{province}_{ward}", True))
    for province, wards in document["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, news in wards.items():
            pairs[old.rstrip("_")].extend(
                (f"{province}_{new['newWardKey']}", bool(new["isDefaultNewWard"])) for new in news
            )
    return {old: list(dict(news).items()) for old, news in pairs.items()}


def _rows(predecessor: UUID, news: list[tuple[UUID, bool]], decree: str) -> Iterable[TerritorySuccession]:
    main = next((index for index, (_, is_main) in enumerate(news) if is_main), 0)
    # The source names the parts of a divided commune but not their size: equal shares, until the resolution's
    # own are entered.
    for index, ((successor, _), share) in enumerate(zip(news, equal_shares(len(news)), strict=True)):
        yield TerritorySuccession(
            predecessor_id=predecessor,
            successor_id=successor,
            share_numerator=share.numerator,
            share_denominator=share.denominator,
            is_main=index == main,
            decree=decree,
            effective_on=TWO_LEVELS_FROM,
        )


class _Names:
    """Units of a day by the path of their names: ``tinh…``, ``tinh…_huyen…_xa…``, ``tinh…_xa…``."""

    def __init__(self, on: date, asked: Iterable[str], report: ImportReport) -> None:
        self._report = report
        self._units: dict[str, UUID] = {}
        shared: set[str] = set()
        for folded, accented, unit in _paths(on):
            if folded in self._units:
                shared.add(folded)
            self._units[folded] = self._units[accented] = unit
        for folded in shared:
            del self._units[folded]
        claimed = {self._units[path] for path in asked if path in self._units}
        self._unclaimed: dict[str, dict[str, UUID]] = defaultdict(dict)
        for path, unit in self._units.items():
            parent, _, name = path.rpartition("_")
            if unit not in claimed:
                self._unclaimed[parent][_plain(name)] = unit

    def find(self, path: str) -> UUID | None:
        """The unit of a path, or the one unclaimed neighbour whose name is nearly the same, or None."""
        parent, _, name = path.rpartition("_")
        unit = self._units.get(path) or self._units.get(f"{parent}_{same_tone_place(name)}")
        if unit is not None:
            return unit
        near = self._unclaimed[parent]
        for close in difflib.get_close_matches(_plain(name), near, n=1, cutoff=_ALIKE):
            self._report.respelled.append(f"{path} = {close}")
            unit = self._units[path] = near.pop(close)
        return unit


def _paths(on: date) -> Iterable[tuple[str, str, UUID]]:
    """Per unit: its folded path, and the path whose last name keeps its accents."""
    rows = {row.pk: row for row in Territory.objects.in_force(on).defer("search_name")}
    # A province renamed since has taken its parts with it: they are found under its name of the day.
    renamed = TerritorySuccession.objects.filter(predecessor__in=rows, effective_on__gt=on)
    earlier = dict(renamed.values_list("successor_id", "predecessor_id"))

    def folded(row: Territory | None) -> str:
        if row is None:
            return ""
        parent_id = row.parent_id
        if parent_id is not None and parent_id not in rows:
            parent_id = earlier.get(parent_id)
        above = folded(rows.get(parent_id)) if parent_id else ""
        return "_".join(filter(None, (above, _letters(fold(row.full_name)))))

    for row in rows.values():
        path = folded(row)
        accented = _letters(same_tone_place(row.full_name).lower())
        yield path, "_".join(filter(None, (path.rpartition("_")[0], accented))), row.pk


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name)


def _plain(name: str) -> str:
    """A name for comparing spellings: folded, usual abbreviations written out."""
    return re.sub(r"^thitrannt", "thitrannongtruong", _letters(fold(name)))
