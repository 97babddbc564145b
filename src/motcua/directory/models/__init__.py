"""Tables of the directory."""

from motcua.directory.models.access import AccessRecord, AccessRequest
from motcua.directory.models.account import Account, ApiToken
from motcua.directory.models.agency import (
    Agency,
    AgencySuccession,
    DayOverride,
    DirectoryRevision,
    OfficeHours,
)
from motcua.directory.models.identity import IdentityConflict, LinkedIdentity, ProviderSession
from motcua.directory.models.party import OrganisationDetail, Party, PartyCorrection, PartyMerge, PersonDetail
from motcua.directory.models.staff import Assignment, DelegatedScope, Delegation, Post, RolePolicy, Staff
from motcua.directory.models.territory import Boundary, Territory, TerritorySuccession

__all__ = [
    "AccessRecord",
    "AccessRequest",
    "Account",
    "Agency",
    "AgencySuccession",
    "ApiToken",
    "Assignment",
    "Boundary",
    "DayOverride",
    "DelegatedScope",
    "Delegation",
    "DirectoryRevision",
    "IdentityConflict",
    "LinkedIdentity",
    "OfficeHours",
    "OrganisationDetail",
    "Party",
    "PartyCorrection",
    "PartyMerge",
    "PersonDetail",
    "Post",
    "ProviderSession",
    "RolePolicy",
    "Staff",
    "Territory",
    "TerritorySuccession",
]
