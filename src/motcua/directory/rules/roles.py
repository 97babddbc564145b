"""Roles of the one-stop mechanism and what each may do.

Sources: Decree 118/2025/NĐ-CP (reception, case work, return of results), Decree 30/2020/NĐ-CP (number and
seal by the clerk, signing), domain practice for cashier, supervisor, catalogue manager, administrator and
auditor.
"""

from collections.abc import Mapping
from typing import Final

from motcua.directory.words import Role

ROLE_PERMISSIONS: Final[Mapping[Role, frozenset[str]]] = {
    Role.RECEPTION: frozenset(
        {
            "dossier.read",
            "dossier.receive",
            "dossier.refuse_at_door",
            "dossier.ask_supplement",
            "dossier.require_payment",
            "dossier.hand_over",
            "dossier.stop",
        }
    ),
    Role.HEAD_ONE_STOP: frozenset(
        {
            "dossier.read",
            "dossier.read_all",
            "dossier.receive",
            "dossier.refuse_at_door",
            "dossier.ask_supplement",
            "dossier.assign",
            "dossier.propose_extension",
            "dossier.stop",
            "dossier.hand_over",
            "dossier.require_payment",
            "payment.refund",
            "person.merge",
            "oversight.read",
        }
    ),
    Role.ASSIGNER: frozenset(
        {
            "dossier.read",
            "dossier.read_all",
            "dossier.assign",
            "dossier.send_back",
            "dossier.propose_extension",
        }
    ),
    Role.CASE_OFFICER: frozenset(
        {
            "dossier.read",
            "dossier.appraise",
            "dossier.consult",
            "dossier.answer_consultation",
            "dossier.ask_supplement",
            "dossier.require_payment",
            "dossier.submit",
            "dossier.propose_extension",
            "dossier.correct",
        }
    ),
    Role.COORDINATING_OFFICER: frozenset({"dossier.read", "dossier.answer_consultation"}),
    Role.LEADER: frozenset(
        {
            "dossier.read",
            "dossier.read_all",
            "dossier.assign",
            "dossier.approve",
            "dossier.refuse",
            "dossier.send_back",
            "dossier.sign",
            "dossier.extend",
            "dossier.stop",
            "dossier.correct",
            "delegation.manage",
            "oversight.read",
            "oversight.direct",
        }
    ),
    Role.SEAL_CLERK: frozenset(
        {
            "dossier.read",
            "dossier.read_all",
            "dossier.number_and_seal",
            "dossier.issue",
            "paper.handle_reports",
        }
    ),
    Role.CASHIER: frozenset({"dossier.read", "payment.collect", "payment.refund"}),
    Role.RETURN_OFFICER: frozenset({"dossier.read", "dossier.hand_over"}),
    Role.SUPERVISOR: frozenset({"dossier.read", "dossier.read_all", "oversight.read", "oversight.direct"}),
    Role.CATALOGUE_MANAGER: frozenset({"catalogue.manage"}),
    Role.ADMINISTRATOR: frozenset(
        {
            "directory.manage",
            "delegation.manage",
            "api.token",
            "outbox.manage",
            "person.merge",
            "paper.handle_reports",
        }
    ),
    Role.AUDITOR: frozenset({"dossier.read", "dossier.read_all", "audit.read", "oversight.read"}),
    Role.POSTAL_AGENT: frozenset({"dossier.read", "dossier.receive", "dossier.hand_over"}),
}


#: Roles whose holder looks at the whole province through one appointment (Decree 118/2025: the Province
#: Office supervises).
PROVINCE_WIDE: Final = frozenset({Role.SUPERVISOR, Role.CATALOGUE_MANAGER, Role.ADMINISTRATOR, Role.AUDITOR})

#: The switch each role starts with; kept as data afterwards and changed by an administrator.
SECOND_FACTOR_BY_DEFAULT: Final = frozenset({Role.LEADER, Role.SEAL_CLERK, Role.ADMINISTRATOR})

#: What a delegation of signing opens in the agency; which procedures it covers is asked at each signature.
DELEGATE_PERMISSIONS: Final = frozenset(
    {
        "dossier.read",
        "dossier.approve",
        "dossier.refuse",
        "dossier.send_back",
        "dossier.sign",
        "dossier.extend",
    }
)

#: Who signs, seals, audits or administers: such a role, and a new password or device for its holder, takes two administrators.
GRAVE_PERMISSIONS: Final = frozenset(
    {"dossier.sign", "dossier.number_and_seal", "audit.read", "directory.manage", "delegation.manage"}
)

ALL_PERMISSIONS: Final = frozenset().union(*ROLE_PERMISSIONS.values())


def is_grave(role: Role) -> bool:
    """Whether giving this role takes two people."""
    return bool(ROLE_PERMISSIONS[role] & GRAVE_PERMISSIONS)


def permissions_of(role: Role) -> frozenset[str]:
    """What holding this role allows, inside the agency of the appointment."""
    return ROLE_PERMISSIONS[role]
