"""Door for reading the directory: actors, agencies, territory, calendars, parties, signing; and the value
types they speak in.
"""

from motcua.directory.queries.actors import (
    account,
    account_names,
    accounts_for_demo,
    actor_for,
    actor_of,
    api_tokens,
    email_of,
    has_second_factor,
    holders_of,
    needs_second_factor,
    roles_held,
    second_factor_switches,
    staff_of,
)
from motcua.directory.queries.agencies import (
    agencies,
    agency,
    competent_agency,
    find_agencies,
    successors_of,
)
from motcua.directory.queries.calendars import calendar_of
from motcua.directory.queries.memory import forget
from motcua.directory.queries.parties import (
    corrections_of,
    find_parties,
    parties,
    party,
    party_by_number,
)
from motcua.directory.queries.served import agencies_answering_for
from motcua.directory.queries.signing import delegation, delegations, delegations_to, signing_authority
from motcua.directory.queries.territories import (
    boundaries,
    find_territories,
    fold_to_map_of,
    successions,
    successor_of_territory,
    territory,
)
from motcua.directory.queries.views import (
    AccountView,
    AgencyView,
    ApiTokenView,
    DelegationView,
    OwnAuthority,
    PartyView,
    RoleHeld,
    TerritoryView,
)
from motcua.directory.rules.agencies import AgencyKind, AgencyLevel
from motcua.directory.rules.agency_codes import AgencyCode, parse_agency_code
from motcua.directory.rules.delegation import ScopeKind, SigningScope
from motcua.directory.rules.gso_codes import TerritoryLevel
from motcua.directory.rules.identity_card import IdentityCard, is_identity_card, parse_identity_card
from motcua.directory.rules.identity_numbers import (
    PersonalNumber,
    Sex,
    masked,
    parse_enterprise_number,
    parse_old_identity_number,
    parse_personal_number,
    parse_phone,
    parse_tax_code,
)
from motcua.directory.rules.log_in import session_rule
from motcua.directory.rules.parties import PartyKind
from motcua.directory.rules.roles import ALL_PERMISSIONS, ROLE_NAMES, Role, permissions_of
from motcua.directory.rules.succession import Succession, fold_backward, fold_forward

__all__ = [
    "ALL_PERMISSIONS",
    "ROLE_NAMES",
    "AccountView",
    "AgencyCode",
    "AgencyKind",
    "AgencyLevel",
    "AgencyView",
    "ApiTokenView",
    "DelegationView",
    "IdentityCard",
    "OwnAuthority",
    "PartyKind",
    "PartyView",
    "PersonalNumber",
    "Role",
    "RoleHeld",
    "ScopeKind",
    "Sex",
    "SigningScope",
    "Succession",
    "TerritoryLevel",
    "TerritoryView",
    "account",
    "account_names",
    "accounts_for_demo",
    "actor_for",
    "actor_of",
    "agencies",
    "agencies_answering_for",
    "agency",
    "api_tokens",
    "boundaries",
    "calendar_of",
    "competent_agency",
    "corrections_of",
    "delegation",
    "delegations",
    "delegations_to",
    "email_of",
    "find_agencies",
    "find_parties",
    "find_territories",
    "fold_backward",
    "fold_forward",
    "fold_to_map_of",
    "forget",
    "has_second_factor",
    "holders_of",
    "is_identity_card",
    "masked",
    "needs_second_factor",
    "parse_agency_code",
    "parse_enterprise_number",
    "parse_identity_card",
    "parse_old_identity_number",
    "parse_personal_number",
    "parse_phone",
    "parse_tax_code",
    "parties",
    "party",
    "party_by_number",
    "permissions_of",
    "roles_held",
    "second_factor_switches",
    "session_rule",
    "signing_authority",
    "staff_of",
    "successions",
    "successor_of_territory",
    "successors_of",
    "territory",
]
