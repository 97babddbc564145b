"""Tables of the catalogue. Rows below a published version never change: database triggers refuse it."""

from motcua.catalogue.models.content import (
    CaseComponent,
    CaseFee,
    CaseLimit,
    ProcedureCase,
    VersionLegalBasis,
    VersionProcess,
    VersionResult,
)
from motcua.catalogue.models.everyday import EverydayWord, FindingRevision
from motcua.catalogue.models.forms import EForm
from motcua.catalogue.models.procedure import (
    Field,
    ListedProcedure,
    Origin,
    PaperKind,
    Procedure,
    ProcedureTag,
    ProcedureVersion,
    VersionState,
)

__all__ = [
    "CaseComponent",
    "CaseFee",
    "CaseLimit",
    "EForm",
    "EverydayWord",
    "Field",
    "FindingRevision",
    "ListedProcedure",
    "Origin",
    "PaperKind",
    "Procedure",
    "ProcedureCase",
    "ProcedureTag",
    "ProcedureVersion",
    "VersionLegalBasis",
    "VersionProcess",
    "VersionResult",
    "VersionState",
]
