"""What the catalogue announces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedurePublished(Event):
    """A version was published; it is in force from `effective_from`."""

    name: ClassVar[str] = "catalogue.ProcedurePublished"
    version_id: UUID
    procedure_id: UUID
    code: str
    number: int
    effective_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionWithdrawn(Event):
    name: ClassVar[str] = "catalogue.VersionWithdrawn"
    version_id: UUID
    procedure_id: UUID
    code: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueImported(Event):
    """An import wrote: one event for the file, not one per procedure."""

    name: ClassVar[str] = "catalogue.CatalogueImported"
    source: str
    created: int
    replaced: int
    drafted: int
    unchanged: int
