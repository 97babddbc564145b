"""Answers chosen from an official list: kept as the name that the list has on the day of applying."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from types import MappingProxyType
from typing import Any

from motcua.catalogue.rules.forms.layout import Place, places, value_at
from motcua.catalogue.rules.lists import OfficialList

NO_LISTS: Mapping[str, OfficialList] = MappingProxyType({})


def named_by_lists(
    ui: Mapping[str, Any], data: dict[str, Any], lists: Mapping[str, OfficialList], today: date
) -> tuple[dict[str, Any], list[Place]]:
    """The data with every answer of a field with `list` written as the list writes it, and the places of those it does
    not know. A list that is not at hand judges nothing.
    """
    unlisted: list[Place] = []
    named = data
    for place in places(ui, data, _has_list):
        official, value = lists.get(place.field["list"]), value_at(data, place.parts)
        if official is None or not isinstance(value, str) or not value:
            continue
        name = official.read(value, today)
        if name is None:
            unlisted.append(place)
        elif name != value:
            named = deepcopy(data) if named is data else named
            _put(named, place.parts, name)
    return named, unlisted


def _has_list(section: Mapping[str, object], field: Mapping[str, object]) -> bool:
    return "list" in field


def _put(data: Any, parts: tuple[str | int, ...], value: str) -> None:
    for part in parts[:-1]:
        data = data[part]
    data[parts[-1]] = value
