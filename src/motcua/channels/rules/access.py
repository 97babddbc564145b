"""The letters about somebody's access, each in its reader's language: to the person, and to administrators who had no part in
it.
"""

from dataclasses import dataclass

from motcua.channels.rules.notices import Words


@dataclass(frozen=True, slots=True)
class AccessFacts:
    """What such a letter may say; `change` in words of `language`, `by` empty for the operator at the machine."""

    change: str
    name: str
    agency: str
    by: str
    confirmed_by: str
    ground: str
    at: str
    link: str
    language: str = "vi"

    @property
    def in_english(self) -> bool:
        """Whether the reader chose English."""
        return self.language == "en"


def to_person(facts: AccessFacts) -> Words:
    """To whom the access belongs: whoever does not know of it can say so at once."""
    change = facts.change.lower()
    if facts.in_english:
        subject, first, unknown, more = (
            "Your access has just changed",
            f"Your access has just changed: {change}.",
            "If you do not know of this, tell an administrator of your agency at once.",
            "See every change",
        )
    else:
        subject, first, unknown, more = (
            "Quyền truy cập của bạn vừa thay đổi",
            f"Quyền truy cập của bạn vừa thay đổi: {change}.",
            "Nếu bạn không biết việc này, báo ngay cho một người quản trị của đơn vị.",
            "Xem mọi thay đổi",
        )
    return _letter(subject, first, *_lines(facts), unknown, f"{more}: {facts.link}")


def to_administrators(facts: AccessFacts) -> Words:
    """To the others who administer."""
    if facts.in_english:
        subject, everybody, more = "A change of access", "everybody who holds the role", "See the journal"
    else:
        subject, everybody, more = "Thay đổi về quyền truy cập", "mọi người giữ vai trò", "Xem nhật ký"
    first = f"{facts.change}: {facts.name or everybody}."
    return _letter(subject, first, *_lines(facts), f"{more}: {facts.link}")


def asked(facts: AccessFacts) -> Words:
    """To the administrators who may confirm a request."""
    if facts.in_english:
        subject, more = "A request about access waits for your confirmation", "Confirm or refuse at"
    else:
        subject, more = "Có đề nghị về quyền truy cập chờ bạn xác nhận", "Xác nhận hoặc từ chối tại"
    return _letter(subject, _request(facts), *_lines(facts), f"{more} {facts.link}")


def asked_about(facts: AccessFacts) -> Words:
    """To the person for whom, or about whom, something is asked."""
    if facts.in_english:
        subject, nothing, unknown = (
            "A request about your access",
            "Nothing changes before another administrator confirms it.",
            "If you do not know of this, tell another administrator of your agency at once.",
        )
    else:
        subject, nothing, unknown = (
            "Có đề nghị về quyền truy cập của bạn",
            "Chưa có gì thay đổi trước khi một người quản trị khác xác nhận.",
            "Nếu bạn không biết việc này, báo ngay cho một người quản trị khác của đơn vị.",
        )
    return _letter(subject, _request(facts), nothing, *_lines(facts), unknown)


def _request(facts: AccessFacts) -> str:
    asks = "asks" if facts.in_english else "đề nghị"
    return f"{facts.by} {asks}: {facts.change.lower()} – {facts.name}."


def _lines(facts: AccessFacts) -> list[str]:
    agency, by, operator, confirmed, ground, at = (
        ("Agency", "Done by", "the operator of the server", "Confirmed by", "Ground", "At")
        if facts.in_english
        else ("Cơ quan", "Người thực hiện", "người vận hành máy chủ", "Người xác nhận", "Căn cứ", "Lúc")
    )
    said = [
        f"{agency}: {facts.agency}" if facts.agency else "",
        f"{by}: {facts.by or operator}",
        f"{confirmed}: {facts.confirmed_by}" if facts.confirmed_by else "",
        f"{ground}: {facts.ground}" if facts.ground else "",
        f"{at}: {facts.at}",
    ]
    return ["\n".join(line for line in said if line)]


def _letter(subject: str, *paragraphs: str) -> Words:
    return Words(subject, "\n\n".join(paragraphs))
