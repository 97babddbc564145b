"""Door for changing the directory: one function, one use case, one transaction."""

from motcua.directory.adapters.registers.population.protocol import BirthNotice
from motcua.directory.services.access import (
    Confirmed,
    ask_delegation,
    ask_reset,
    ask_role,
    confirm_access,
    refuse_access,
)
from motcua.directory.services.accounts import (
    choose_language,
    close_account,
    issue_api_token,
    open_account,
    reopen_account,
    revoke_api_token,
    use_api_token,
)
from motcua.directory.services.agencies import (
    correct_agency,
    decide_day,
    open_agency,
    reorganise_agencies,
    set_office_hours,
    withdraw_day,
)
from motcua.directory.services.engagement import Engaged, engage_staff
from motcua.directory.services.identities import (
    Proved,
    begin_identity,
    decide_identity_conflict,
    end_provider_sessions,
    finish_identity,
    identity_provider,
    note_provider_session,
)
from motcua.directory.services.importing import import_boundaries, import_units
from motcua.directory.services.log_in import (
    begin_totp_device,
    confirm_totp_device,
    log_in_attempt,
    remove_second_factor,
    unlock_log_in,
    verify_second_factor,
)
from motcua.directory.services.merging import merge_people, undo_merge
from motcua.directory.services.parties import (
    correct_person,
    register_organisation,
    update_contact,
)
from motcua.directory.services.passwords import (
    change_password,
    choose_password,
    reset_password,
    set_password,
    shortest_password,
)
from motcua.directory.services.people import name_principal, register_person
from motcua.directory.services.population import ask_personal_number
from motcua.directory.services.signing import Mandate, delegate_signing, revoke_delegation
from motcua.directory.services.staffing import (
    assign_role,
    end_role,
    open_post,
    register_staff,
    require_second_factor,
)
from motcua.directory.services.successions_import import ImportReport
from motcua.directory.services.territories import keep_boundary, open_territory, succeed_territory
from motcua.directory.services.trace import note_signing_key

__all__ = [
    "BirthNotice",
    "Confirmed",
    "Engaged",
    "ImportReport",
    "Mandate",
    "Proved",
    "ask_delegation",
    "ask_personal_number",
    "ask_reset",
    "ask_role",
    "assign_role",
    "begin_identity",
    "begin_totp_device",
    "change_password",
    "choose_language",
    "choose_password",
    "close_account",
    "confirm_access",
    "confirm_totp_device",
    "correct_agency",
    "correct_person",
    "decide_day",
    "decide_identity_conflict",
    "delegate_signing",
    "end_provider_sessions",
    "end_role",
    "engage_staff",
    "finish_identity",
    "identity_provider",
    "import_boundaries",
    "import_units",
    "issue_api_token",
    "keep_boundary",
    "log_in_attempt",
    "merge_people",
    "name_principal",
    "note_provider_session",
    "note_signing_key",
    "open_account",
    "open_agency",
    "open_post",
    "open_territory",
    "refuse_access",
    "register_organisation",
    "register_person",
    "register_staff",
    "remove_second_factor",
    "reopen_account",
    "reorganise_agencies",
    "require_second_factor",
    "reset_password",
    "revoke_api_token",
    "revoke_delegation",
    "set_office_hours",
    "set_password",
    "shortest_password",
    "succeed_territory",
    "undo_merge",
    "unlock_log_in",
    "update_contact",
    "use_api_token",
    "verify_second_factor",
    "withdraw_day",
]
