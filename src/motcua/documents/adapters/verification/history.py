"""What happened to a file after each of its signatures, revision by revision."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from motcua.documents.adapters.verification.comparing import Locked, Step, compare
from motcua.documents.adapters.verification.envelope import Frame
from motcua.documents.adapters.verification.fields import (
    Damaged,
    Protected,
    SignatureField,
    signature_fields,
)
from motcua.documents.adapters.verification.looking import Renderer, look, shown
from motcua.documents.adapters.verification.snapshot import Snapshot
from motcua.documents.rules.signatures.findings import (
    Addition,
    AdditionKind,
    After,
    Alteration,
    AlterationKind,
)

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_TAIL_WINDOW = 2048
_MOST_PICTURES = 2
_ALWAYS = frozenset(
    {
        AdditionKind.VALIDATION_DATA,
        AdditionKind.TIME_STAMP,
        AdditionKind.METADATA,
        AdditionKind.STRUCTURE,
        AdditionKind.FIELD,
    }
)
_WITH_FORMS = _ALWAYS | {AdditionKind.SIGNATURE, AdditionKind.FORM_FILLED}
#: What a certification permits later, by its number (ISO 32000-2, table 257).
_PERMITTED = {1: _ALWAYS, 2: _WITH_FORMS, 3: _WITH_FORMS | {AdditionKind.ANNOTATION, AdditionKind.ATTACHMENT}}


@dataclass(slots=True)
class _Told:
    added: list[Addition] = field(default_factory=list)
    changed: list[Alteration] = field(default_factory=list)
    is_readable: bool = True


class History:
    """Compares each signed revision with the next one, and the last with the file at hand."""

    def __init__(self, data: bytes, signed: list[tuple[Frame, SignatureField]]) -> None:
        self._data, self._signed = data, signed
        self._own: dict[int, bool] = {}
        self._snapshots: dict[int, Snapshot | None] = {}
        self._steps: dict[int, _Told] = {}
        self.pictures: list[tuple[int, bytes, bytes]] = []
        ends = list(dict.fromkeys(frame.end for frame, _ in signed))
        self._ends = [*ends, len(data)] if ends and data[ends[-1] :].strip() else ends
        for start, end in pairwise(self._ends):
            self._steps[start] = self._step(start, end)

    def contains(self, frame: Frame) -> bool:
        """Whether the revision, cut out and read alone, holds this very signature: else the range ends somewhere else."""
        if frame.end not in self._own:
            self._own[frame.end] = self._holds(frame)
        return self._own[frame.end]

    def close(self) -> None:
        for snapshot in self._snapshots.values():
            if snapshot is not None:
                snapshot.close()

    def _snapshot(self, end: int) -> Snapshot | None:
        """The file as it was up to there; None when it cannot be read by the rules. Repaired only if nothing follows."""
        if end not in self._snapshots:
            is_whole = not self._data[end:].strip() and len(self._ends) < 2
            try:
                self._snapshots[end] = Snapshot(self._data[:end], recover=is_whole)
            except (Damaged, Protected):
                self._snapshots[end] = None
        return self._snapshots[end]

    def _holds(self, frame: Frame) -> bool:
        snapshot = self._snapshot(frame.end)
        if snapshot is None:
            return False
        ranges = [each.byte_range for each in signature_fields(snapshot.document)]
        return [0, frame.first[1], frame.second[0], frame.end - frame.second[0]] in ranges

    def after(self, frame: Frame) -> After:
        """Everything from this signature's revision to the file at hand."""
        told = [self._steps[end] for end in self._ends if end >= frame.end and end in self._steps]
        added = tuple(dict.fromkeys(each for one in told for each in one.added))
        changed = tuple(dict.fromkeys(each for one in told for each in one.changed))
        return After(added, changed, all(one.is_readable for one in told), self._permits(frame, added))

    def _permits(self, frame: Frame, added: tuple[Addition, ...]) -> bool:
        limits = [one.permission for other, one in self._signed if other.end <= frame.end and one.permission]
        allowed = _PERMITTED[min(limits)] if limits else None
        return allowed is None or all(each.kind in allowed for each in added)

    def _step(self, start: int, end: int) -> _Told:
        told = _Told()
        is_ours = any(frame.end == end for frame, _ in self._signed)
        if not is_ours and not self._is_update(start, end):
            told.is_readable = False
        old, new = self._snapshot(start), self._snapshot(end)
        if old is None or new is None:
            told.is_readable = False
            return told
        if new.flaws > old.flaws:
            told.is_readable = False
        step = compare(old, new, self._locked_by(start))
        told.added, told.changed = step.added, step.changed
        if step.to_render:
            self._look(step, start, end, told)
        return told

    def _is_update(self, start: int, end: int) -> bool:
        """The bytes after `start` are an update by the rules: the last cross-reference stands among them, nothing follows."""
        match = _START.search(self._data[max(start, end - _TAIL_WINDOW) : end])
        return match is not None and start <= int(match[1]) < end and b"/XRefStm" not in self._data[start:end]

    def _locked_by(self, end: int) -> Locked:
        for frame, each in self._signed:
            if frame.end <= end and each.locked is not None:
                return Locked(each.locked, each.is_lock_inverted)
        return Locked()

    def _look(self, step: Step, start: int, end: int, told: _Told) -> None:
        old, new = Renderer(self._data[:start]), Renderer(self._data[:end])
        covered, drawn = [], set()
        wrong = {
            page - 1
            for each in step.changed
            for page in each.pages
            if each.kind is AlterationKind.PAGE_CONTENT
        }
        try:
            for number in sorted(step.to_render):
                found = look(old, new, number, step.own.get(number, []), step.signed_pictures.get(number, []))
                if found.is_drawn:
                    drawn.add(number)
                if number in wrong and len(self.pictures) < _MOST_PICTURES:
                    self.pictures.append((number + 1, shown(old, number), shown(new, number)))
                elif found.is_covered:
                    covered.append(number + 1)
                    if len(self.pictures) < _MOST_PICTURES:
                        self.pictures.append((number + 1, found.before, found.after))
        finally:
            old.close()
            new.close()
        if covered:
            told.changed.append(Alteration(AlterationKind.COVERED, tuple(covered)))
        for number, kinds in sorted(step.drawn_on.items()):
            for kind in sorted(kinds):
                told.added.append(Addition(AdditionKind.ANNOTATION, kind, (number + 1,), number in drawn))
