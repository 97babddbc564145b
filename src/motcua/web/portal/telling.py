"""By which ways notices really reach somebody, said before they send and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from motcua.channels import queries as channels
from motcua.directory import queries as directory


@dataclass(frozen=True, slots=True)
class Ways:
    """`said` is a sentence; `warning` is not empty where nothing would reach the person outside this portal."""

    said: str
    warning: str


def ways_of(party_id: UUID, contact: Mapping[str, Any]) -> Ways:
    """How this person will be told about a dossier with this contact."""
    party = directory.party(party_id)
    reaching = channels.ways_reaching(
        party_id=party_id, name=party.full_name, email=party.email, phone=party.phone, contact=contact
    )
    titles = [f"{one.title} ({one.address})" if one.address else one.title for one in reaching]
    said = gettext("Bạn được báo qua: %(ways)s.") % {"ways": ", ".join(titles)}
    if any(one.leaves for one in reaching):
        return Ways(said, "")
    warning = gettext(
        "Không có cách nào báo cho bạn ngoài trang này: thiếu thư điện tử hoặc bạn đã tắt. Thêm thư điện tử, "
        "hoặc nhớ tự vào xem."
    )
    return Ways(said, warning)
