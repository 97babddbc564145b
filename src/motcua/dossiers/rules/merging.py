"""Two people (or two tabs of one person) change the same draft: what merges by itself, and what somebody must choose.

A draft is compared answer by answer. What only one of the two changed since they parted is taken from whoever changed it;
what both changed differently is a clash, and nothing is written until somebody has chosen. Entries of a list that repeats
belong together and are one answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

#: Where an answer stands: `("form_data", "child", "full_name")`.
Path: TypeAlias = tuple[str, ...]
Leaves: TypeAlias = Mapping[Path, object]

#: Changes a draft remembers; a page older than all of them is asked about every difference.
REMEMBERED = 400


class _Absent:
    """No answer at all, which is not the same as an empty one."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: object = _Absent()


@dataclass(frozen=True, slots=True)
class Clash:
    """An answer that was changed here and elsewhere: what either said (`ABSENT` for no answer), and since when it is saved."""

    path: Path
    mine: Any
    saved: Any
    revision: int
    saved_at: str


@dataclass(frozen=True, slots=True)
class Merged:
    """`leaves` is what the draft becomes when nothing clashes; `taken` are the answers that came from elsewhere."""

    leaves: dict[Path, Any]
    taken: tuple[Path, ...]
    clashes: tuple[Clash, ...]


def leaves_of(data: object, above: Path = ()) -> dict[Path, object]:
    """Every answer with its place; lists are one answer."""
    if not isinstance(data, Mapping):
        return {above: data}
    found: dict[Path, Any] = {}
    for name, value in data.items():
        found |= leaves_of(value, (*above, str(name)))
    return found


def tree_of(leaves: Leaves) -> dict[str, object]:
    """The answers in their places again."""
    root: dict[str, Any] = {}
    for path in sorted(leaves, key=len):
        at = root
        for name in path[:-1]:
            below = at.get(name)
            if not isinstance(below, dict):
                below = at[name] = {}
            at = below
        at[path[-1]] = leaves[path]
    return root


def base_of(
    saved: Leaves, history: Sequence[Mapping[str, Any]], seen: int, forgotten: int, page: str = ""
) -> Leaves | None:
    """The answers as the page knows them: at revision `seen`, or as it saved them itself since (a save whose answer got
    lost is no contradiction). None where the draft no longer knows.
    """
    if seen < forgotten:
        return None
    base, own = dict(saved), set[Path]()
    for entry in reversed(history):
        if entry["r"] <= seen:
            break
        path = tuple(entry["p"])
        if page and entry.get("by") == page:
            own.add(path)
        if path in own:
            continue
        if "was" in entry:
            base[path] = entry["was"]
        else:
            base.pop(path, None)
    return base


def merge(
    base: Leaves | None,
    mine: Leaves,
    saved: Leaves,
    history: Sequence[Mapping[str, Any]] = (),
    choices: Mapping[Path, bool] | None = None,
    shown: int = 0,
) -> Merged:
    """Put both together. `choices` (path → whether mine counts) settle clashes whose saved answer is not younger than
    revision `shown`, the one that was shown beside it.
    """
    last = {tuple(entry["p"]): entry for entry in history}
    leaves: dict[Path, Any] = {}
    taken, clashes = [], []
    for path in {**saved, **mine}:
        ours, theirs = mine.get(path, ABSENT), saved.get(path, ABSENT)
        value = _settled(path, base, ours, theirs)
        if value is None:
            entry = last.get(path, {})
            clash = Clash(path, ours, theirs, int(entry.get("r", 0)), str(entry.get("at", "")))
            if choices is None or path not in choices or clash.revision > shown:
                clashes.append(clash)
                continue
            value = (ours if choices[path] else theirs,)
        elif value[0] is theirs and ours != theirs:
            taken.append(path)
        if value[0] is not ABSENT:
            leaves[path] = value[0]
    return Merged(leaves, tuple(taken), tuple(clashes))


def changes_of(
    before: Leaves, after: Leaves, revision: int, at: str, page: str = ""
) -> list[dict[str, object]]:
    """What a save changed, to be remembered: place, revision, time, the page it came from and what was there before
    (nothing for no answer).
    """
    entries = []
    for path in {**before, **after}:
        was, value = before.get(path, ABSENT), after.get(path, ABSENT)
        if was is value or (was == value and type(was) is type(value)):
            continue
        entry: dict[str, Any] = {"r": revision, "at": at, "p": list(path)} | ({"by": page} if page else {})
        entries.append(entry if was is ABSENT else entry | {"was": was})
    return entries


def _settled(path: Path, base: Leaves | None, ours: object, theirs: object) -> tuple[object] | None:
    """The answer that counts, in a tuple; None where somebody must choose."""
    if ours is theirs or (ours == theirs and type(ours) is type(theirs)):
        return (theirs,)
    if base is None:
        # What the page was made from is not known: an empty place is no contradiction.
        if ours is ABSENT:
            return (theirs,)
        return (ours,) if theirs is ABSENT else None
    was = base.get(path, ABSENT)
    if ours is was or ours == was:
        return (theirs,)
    return (ours,) if theirs is was or theirs == was else None
