"""The letters about somebody's access: to the person, and to administrators who had no part in it."""

from dataclasses import dataclass

from motcua.channels.rules.notices import Words


@dataclass(frozen=True, slots=True)
class AccessFacts:
    """What such a letter may say; `change` in words, `by` empty for the operator at the machine."""

    change: str
    name: str
    agency: str
    by: str
    confirmed_by: str
    ground: str
    at: str
    link: str


def to_person(facts: AccessFacts) -> Words:
    """To whom the access belongs: whoever does not know of it can say so at once."""
    lines = [
        f"Quyền truy cập của bạn vừa thay đổi: {facts.change.lower()}.",
        *_lines(facts),
        "Nếu bạn không biết việc này, báo ngay cho một người quản trị của đơn vị.",
        f"Xem mọi thay đổi: {facts.link}",
    ]
    return Words("Quyền truy cập của bạn vừa thay đổi", "\n\n".join(lines))


def to_administrators(facts: AccessFacts) -> Words:
    """To the others who administer."""
    lines = [
        f"{facts.change}: {facts.name or 'mọi người giữ vai trò'}.",
        *_lines(facts),
        f"Xem nhật ký: {facts.link}",
    ]
    return Words("Thay đổi về quyền truy cập", "\n\n".join(lines))


def asked(facts: AccessFacts) -> Words:
    """To the administrators who may confirm a request."""
    lines = [
        f"{facts.by} đề nghị: {facts.change.lower()} – {facts.name}.",
        *_lines(facts),
        f"Xác nhận hoặc từ chối tại {facts.link}",
    ]
    return Words("Có đề nghị về quyền truy cập chờ bạn xác nhận", "\n\n".join(lines))


def asked_about(facts: AccessFacts) -> Words:
    """To the person for whom, or about whom, something is asked."""
    lines = [
        f"{facts.by} đề nghị: {facts.change.lower()} – {facts.name}.",
        "Chưa có gì thay đổi trước khi một người quản trị khác xác nhận.",
        *_lines(facts),
        "Nếu bạn không biết việc này, báo ngay cho một người quản trị khác của đơn vị.",
    ]
    return Words("Có đề nghị về quyền truy cập của bạn", "\n\n".join(lines))


def _lines(facts: AccessFacts) -> list[str]:
    said = [
        f"Cơ quan: {facts.agency}" if facts.agency else "",
        f"Người thực hiện: {facts.by or 'người vận hành máy chủ'}",
        f"Người xác nhận: {facts.confirmed_by}" if facts.confirmed_by else "",
        f"Căn cứ: {facts.ground}" if facts.ground else "",
        f"Lúc: {facts.at}",
    ]
    return ["\n".join(line for line in said if line)]
