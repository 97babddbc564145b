"""The account of an import: what was read, what was not, by kind, with the text.

What is counted, and how:

* `channels_with_unit.total` – every place in the channel table where a channel name is followed by a number and one
  of the four units (hour, calendar day, working day, month), whether or not the row could be read;
  `parsed` – those that became a limit. Entries whose number stands without a unit are not in this figure: they are
  listed one by one as `limit_without_unit` (or `limit_and_fee_glued` where number and fee cannot be told apart).
* `component_lines.total` – every row of the component tables (the portal prints one count, "N bản chính", per row)
  plus, where a text has no table or no count, every non-empty line of that text; `parsed` – rows with a name and
  counts. Remarks that the source files as rows with 0 originals and 0 copies are rows.
* `fees` – entries that state an amount; parsed when it is a whole number of đồng (foreign currency is not).
* `legal_bases`, `results` – rows of those tables; each stretch of text that gave no row counts as one unparsed row.
* `unparsed` – everything doubtful with its text, verbatim. Kinds ending in `_suspicious` were read but contradict
  themselves (an amount of 100 đồng beside a note of 100.000).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from motcua.catalogue.rules.national.record import NationalProcedure


@dataclass(slots=True)
class Tally:
    total: int = 0
    parsed: int = 0

    def add(self, total: int, parsed: int) -> None:
        self.total += total
        self.parsed += parsed

    def plain(self) -> dict[str, int]:
        return {"total": self.total, "parsed": self.parsed}


@dataclass(slots=True)
class ImportReport:
    procedures: int = 0
    listed: int = 0
    refused: list[dict[str, str]] = field(default_factory=list)
    channel_entries: int = 0
    channels_with_unit: Tally = field(default_factory=Tally)
    component_lines: Tally = field(default_factory=Tally)
    fees: Tally = field(default_factory=Tally)
    legal_bases: Tally = field(default_factory=Tally)
    results: Tally = field(default_factory=Tally)
    kinds: Counter[str] = field(default_factory=Counter)
    unparsed: list[dict[str, str]] = field(default_factory=list)

    def add(self, procedure: NationalProcedure) -> None:
        """Counts one procedure in."""
        self.procedures += 1
        channels, components = procedure.channels, procedure.components
        self.channel_entries += len(channels.entries)
        self.channels_with_unit.add(channels.with_unit, channels.with_unit_parsed)
        self.component_lines.add(components.total, components.parsed)
        self.fees.add(channels.fees_stated, channels.fees_parsed)
        self.legal_bases.add(procedure.legal.total, len(procedure.legal.bases))
        self.results.add(procedure.results.total, len(procedure.results.results))
        for doubt in procedure.doubts:
            self.kinds[doubt.kind] += 1
            self.unparsed.append({"procedure": procedure.code, "kind": doubt.kind, "text": doubt.text})

    def refuse(self, line: int, reason: str, text: str) -> None:
        """Records a line of the file that is no procedure at all; nothing of it is lost."""
        self.kinds["line"] += 1
        self.refused.append({"line": str(line), "reason": reason})
        self.unparsed.append({"procedure": "", "kind": "line", "text": text})

    def plain(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {
            "procedures": self.procedures,
            "listed": self.listed,
            "channel_entries": self.channel_entries,
            "channels_with_unit": self.channels_with_unit.plain(),
            "component_lines": self.component_lines.plain(),
            "fees": self.fees.plain(),
            "legal_bases": self.legal_bases.plain(),
            "results": self.results.plain(),
            "refused_lines": self.refused,
            "unparsed_by_kind": dict(sorted(self.kinds.items())),
            "unparsed": self.unparsed,
        }
