"""Roles as officers call them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from motcua.directory.queries import Role

ROLES: dict[Role, Promise | str] = {
    Role.RECEPTION: gettext_lazy("Tiếp nhận"),
    Role.HEAD_ONE_STOP: gettext_lazy("Trưởng bộ phận Một cửa"),
    Role.ASSIGNER: gettext_lazy("Phân công"),
    Role.CASE_OFFICER: gettext_lazy("Thụ lý"),
    Role.COORDINATING_OFFICER: gettext_lazy("Phối hợp"),
    Role.LEADER: gettext_lazy("Lãnh đạo"),
    Role.SEAL_CLERK: gettext_lazy("Văn thư"),
    Role.CASHIER: gettext_lazy("Thủ quỹ"),
    Role.RETURN_OFFICER: gettext_lazy("Trả kết quả"),
    Role.SUPERVISOR: gettext_lazy("Giám sát"),
    Role.CATALOGUE_MANAGER: gettext_lazy("Quản lý danh mục"),
    Role.ADMINISTRATOR: gettext_lazy("Quản trị"),
    Role.AUDITOR: gettext_lazy("Kiểm tra"),
    Role.POSTAL_AGENT: gettext_lazy("Bưu điện"),
}


def role_words(role: str) -> str:
    """The name of a role as the process graph writes it."""
    return str(ROLES[Role(role)]) if role in set(Role) else role
