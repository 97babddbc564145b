"""Names that only officers read: roles of the steps, grounds of signing."""

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from motcua.directory import queries as directory
from motcua.directory.queries import DelegationView, ScopeKind
from motcua.dossiers.words import (
    Outcome,
)
from motcua.web.kit.officers.words import in_english
from motcua.web.kit.roles import ROLES as ROLES
from motcua.web.kit.roles import role_words as role_words

OUTCOMES: dict[str, Promise | str] = {
    Outcome.GRANTED: gettext_lazy("Đồng ý giải quyết"),
    Outcome.REFUSED: gettext_lazy("Từ chối giải quyết"),
}


def in_place_of(delegation: DelegationView) -> str:
    """`ký thay Chủ tịch Phạm Tiến Dũng theo 15/QĐ-UBND`."""
    whom = f"{delegation.delegator_title} {delegation.delegator_name}".strip()
    return gettext("ký thay %(whom)s theo %(decision)s") % {
        "whom": whom,
        "decision": delegation.decision_number,
    }


def scope_words(delegation: DelegationView) -> list[str]:
    """What may be signed, one line each."""
    said = {
        ScopeKind.ALL: gettext("mọi thủ tục của cơ quan"),
        ScopeKind.FIELD: gettext("lĩnh vực %(code)s"),
        ScopeKind.PROCEDURE: gettext("thủ tục %(code)s"),
    }
    return [
        said[scope.kind] % {"code": scope.code} if scope.code else said[scope.kind]
        for scope in delegation.scopes
    ]


def agency_name(agency: directory.AgencyView) -> str:
    """The name of an agency in the language of the reader."""
    return agency.name_en if in_english() and agency.name_en else agency.name
