"""The official lists that come with the system."""

from functools import cache
from importlib.resources import files

from motcua.catalogue.rules.lists import OfficialList, entries_of


@cache
def official_lists() -> dict[str, OfficialList]:
    """Every list of the pack, by key."""
    folder = files("motcua.catalogue") / "packs" / "lists"
    return {
        file.name.removesuffix(".tsv"): OfficialList.of(
            file.name.removesuffix(".tsv"), entries_of(file.read_text(encoding="utf-8"))
        )
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".tsv")
    }
