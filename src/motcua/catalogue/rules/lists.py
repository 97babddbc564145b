"""Official lists that forms choose from: names with their codes and the days in which they hold, and other spellings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from motcua.kernel.text import fold


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One name of a list. What is kept and printed is the name; `also` are spellings that are read as it."""

    code: str
    name: str
    name_en: str = ""
    since: date | None = None
    until: date | None = None
    also: tuple[str, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Whether it may be chosen on that day; `until` is the last one."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class OfficialList:
    """A list under its key, with every name it ever had."""

    key: str
    entries: tuple[ListEntry, ...]
    _spelt: Mapping[str, tuple[ListEntry, ...]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, key: str, entries: tuple[ListEntry, ...]) -> OfficialList:
        """With its spellings looked up at once."""
        spelt: dict[str, tuple[ListEntry, ...]] = {}
        for entry in entries:
            for text in {_plain(spelling) for spelling in (entry.name, entry.code, *entry.also) if spelling}:
                spelt[text] = (*spelt.get(text, ()), entry)
        return cls(key, entries, spelt)

    def on(self, day: date) -> tuple[ListEntry, ...]:
        """What may be chosen on that day, in the order of the list."""
        return tuple(entry for entry in self.entries if entry.holds_on(day))

    def read(self, text: str, day: date) -> str | None:
        """The name that a text stands for (as it is written, with a code, in another spelling, whatever its capitals);
        where that leaves none, without accents, if only one is meant. None where the list has nothing like it.
        """
        found = [entry for entry in self._spelt.get(_plain(text), ()) if entry.holds_on(day)]
        if not found:
            folded = fold(text)
            found = [entry for entry in self.on(day) if fold(entry.name) == folded]
        return found[0].name if len(found) == 1 else None


def entries_of(text: str) -> tuple[ListEntry, ...]:
    """The entries of a table: code, name, English name, first and last day, other spellings parted by `|`; tabs between."""
    return tuple(_entry(line) for line in text.splitlines() if line and not line.startswith("#"))


def _entry(line: str) -> ListEntry:
    code, name, name_en, since, until, also = [*line.split("\t"), "", "", "", ""][:6]
    return ListEntry(
        code,
        name,
        name_en,
        date.fromisoformat(since) if since else None,
        date.fromisoformat(until) if until else None,
        tuple(part for part in also.split("|") if part),
    )


def _plain(text: str) -> str:
    """Capitals, dashes and kinds of apostrophe make no other name."""
    return " ".join(text.replace("’", "'").replace("-", " ").casefold().split())
