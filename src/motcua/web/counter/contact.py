"""How the person at the desk is reached, where what the clerk has just been told differs from what is recorded.

Nothing typed is dropped and nothing recorded is overwritten unasked: the clerk says whether the new contact is the person's
from now on or only that of this dossier.
"""

from collections.abc import Mapping

from django.utils.translation import gettext

from motcua.directory.queries import PartyView
from motcua.dossiers.errors import ContactInvalid
from motcua.dossiers.queries import checked_contact
from motcua.web.kit.components import Option

CONTACT = ("phone", "email", "address")
UPDATE, ONLY_HERE = "update", "dossier"


def recorded(party: PartyView) -> dict[str, str]:
    """As it stands in the register."""
    return {name: getattr(party, name) for name in CONTACT}


def differing(party: PartyView, typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed and is not what is recorded, however it was written; what cannot be read differs too."""
    return {
        name: text
        for name in CONTACT
        if (text := typed.get(name, "").strip()) and _read(name, text) != getattr(party, name)
    }


def given(party: PartyView | None, typed: Mapping[str, str]) -> dict[str, str]:
    """The contact of the dossier: what is recorded, with what was told at the desk over it."""
    return {**recorded(party), **typed} if party else {}


def faults(typed: Mapping[str, str], use: str) -> dict[str, str]:
    """What of the new contact cannot be read, and that nobody has said yet what it is for; by field."""
    found = {}
    for name, text in typed.items():
        try:
            checked_contact({name: text})
        except ContactInvalid:
            found[f"contact.{name}"] = _FAULTS[name]()
    if typed and use not in (UPDATE, ONLY_HERE):
        found["contact_use"] = gettext(
            "Liên hệ vừa ghi khác thông tin đã có. Chọn cập nhật cho người này hay chỉ dùng cho hồ sơ này."
        )
    return found


def uses() -> list[Option]:
    """What a new contact may be for."""
    return [
        Option(
            UPDATE,
            gettext("Cập nhật vào thông tin người này"),
            gettext("Dùng từ nay cho mọi hồ sơ của người này."),
        ),
        Option(
            ONLY_HERE, gettext("Chỉ dùng cho hồ sơ này"), gettext("Thông tin đã có của người này giữ nguyên.")
        ),
    ]


def _read(name: str, text: str) -> str:
    try:
        return str(checked_contact({name: text})[name])
    except ContactInvalid:
        return text


_FAULTS = {
    "phone": lambda: gettext("Số điện thoại chưa đúng. Ví dụ 0912 345 678, 024 3822 1234, +82 10 1234 5678."),
    "email": lambda: gettext("Nhập một địa chỉ thư điện tử, ví dụ ten@congty.vn; hoặc để trống."),
    "address": lambda: gettext("Địa chỉ có ký tự không nhìn thấy; hãy xóa đi và gõ lại."),
}
