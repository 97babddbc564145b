"""What the packs know of their provinces, offered to boards and reports."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from motcua.oversight.queries import Place
from motcua.provisioning.simulation.facts import pack_named, pack_names
from motcua.provisioning.simulation.packs import Pack
from motcua.provisioning.simulation.procedures import BY_CODE


class PackGazetteer:
    """Units, districts and centres of every simulated province, and the names of its procedures."""

    def province_name(self, province: str) -> str:
        pack = _pack_of(province)
        return pack.name if pack is not None else ""

    def places(self, province: str) -> Sequence[Place]:
        pack = _pack_of(province)
        return _places(pack) if pack is not None else ()

    def procedure_title(self, code: str) -> str:
        return BY_CODE[code].title if code in BY_CODE else ""


def _places(pack: Pack) -> list[Place]:
    district = {unit.gso: unit.code for unit in pack.units if unit.level == "district"}
    return [
        Place(unit.code, unit.name, unit.level, unit.gso, district.get(unit.district, ""), unit.place)
        for unit in pack.units
    ]


@lru_cache(maxsize=16)
def _pack_of(province: str) -> Pack | None:
    packs = (pack_named(name) for name in pack_names())
    return next((pack for pack in packs if pack.code == province), None)
