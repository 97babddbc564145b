"""The columns of the periodic report and the identity they must keep (domain 6.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One agency, one period. `carry_in + received + taken_over = everything that became of them`."""

    carry_in: int
    received: int
    received_counter: int
    received_online: int
    received_postal: int
    taken_over: int
    given_over: int
    resolved: int
    early: int
    on_time: int
    late: int
    withdrawn: int
    stopped: int
    in_process: int
    in_process_overdue: int
    paused: int

    @property
    def in_process_within(self) -> int:
        return self.in_process - self.in_process_overdue

    @property
    def is_balanced(self) -> bool:
        """The identity of the report and its two partial sums."""
        came = self.carry_in + self.received + self.taken_over
        went = self.resolved + self.withdrawn + self.stopped + self.given_over
        return (
            came == went + self.in_process + self.paused
            and self.resolved == self.early + self.on_time + self.late
            and self.received == self.received_counter + self.received_online + self.received_postal
            and 0 <= self.in_process_overdue <= self.in_process
            and self.paused >= 0
        )


def rows_together(rows: Iterable[ReportRow]) -> ReportRow:
    """Several agencies as one; the identity of each is that of the sum."""
    held = list(rows)
    return ReportRow(**{one.name: sum(getattr(row, one.name) for row in held) for one in fields(ReportRow)})


_FLOWS = (
    "received",
    "received_counter",
    "received_online",
    "received_postal",
    "taken_over",
    "given_over",
    "resolved",
    "early",
    "on_time",
    "late",
    "withdrawn",
    "stopped",
)


def report_row(before: Mapping[str, int], within: Mapping[str, int]) -> ReportRow:
    """The report of a period from the sums of all days before it and of the days in it."""
    closing = {key: before.get(key, 0) + within.get(key, 0) for key in ("open", "paused", "overdue")}
    return ReportRow(
        carry_in=before.get("open", 0),
        in_process=closing["open"] - closing["paused"],
        in_process_overdue=closing["overdue"],
        paused=closing["paused"],
        **{key: within.get(key, 0) for key in _FLOWS},
    )
