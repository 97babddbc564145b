"""One family of refusals. A refusal has a machine code, a sentence for people and parameters; faces translate it.

Anything that is not a `DomainError` is a bug.
"""

from collections.abc import Mapping
from enum import Enum
from typing import ClassVar


class Kind(Enum):
    """What a refusal means to the caller; the value is the HTTP status that says it best."""

    INVALID = 422
    FORBIDDEN = 403
    NOT_FOUND = 404
    CONFLICT = 409
    TOO_MANY = 429
    BUSY = 503


class DomainError(Exception):
    """A refusal by a rule.

    `code` is stable and names the package (`dossier.fee_unpaid`); `message` is the Vietnamese source text (the msgid of
    the catalogues) with `{name}` places; `advice` says what to do next, `ground` names the article of law, if any.
    """

    code: ClassVar[str] = "kernel.refused"
    kind: ClassVar[Kind] = Kind.INVALID
    message: ClassVar[str] = "Yêu cầu không thực hiện được."
    advice: ClassVar[str] = ""
    ground: ClassVar[str] = ""

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(f"{self.code}: {self.message.format_map(_Forgiving(params))}")

    def sentence(self, message: str | None = None) -> str:
        """The text for people, from `message` (a translation) or the Vietnamese source."""
        return (message or self.message).format_map(_Forgiving(self.params))


class OutOfScope(DomainError):
    """The thing does not exist for this actor; existence is not disclosed."""

    code = "kernel.out_of_scope"
    kind = Kind.NOT_FOUND
    message = "Không tìm thấy nội dung này."
    advice = "Kiểm tra lại đường dẫn hoặc mã đã nhập."


class PermissionRefused(DomainError):
    """The actor can see the thing but may not do this to it."""

    code = "kernel.permission_refused"
    kind = Kind.FORBIDDEN
    message = "Tài khoản của bạn không có quyền thực hiện việc này."
    advice = "Liên hệ người quản trị đơn vị nếu bạn cần quyền này."


class TooManyTries(DomainError):
    """With `seconds` to wait, and `wait`, the same in words (`kernel.throttling.in_words`)."""

    code = "kernel.too_many_tries"
    kind = Kind.TOO_MANY
    message = "Đã thử sai nhiều lần. Vui lòng thử lại sau {wait}."
    advice = "Nếu quên mật khẩu hoặc mất thiết bị, liên hệ người quản trị đơn vị."


class MovedOn(DomainError):
    """Somebody else changed the thing since the caller read it; nothing was lost or overwritten."""

    code = "kernel.moved_on"
    kind = Kind.CONFLICT
    message = "Nội dung đã được người khác cập nhật trước bạn."
    advice = "Tải lại trang để xem trạng thái mới nhất rồi thực hiện lại."


def refusal_of(code: str, params: Mapping[str, object]) -> DomainError | None:
    """The refusal that was kept as code and parameters; None where no refusal has (or no longer has) this code."""
    waiting = [DomainError]
    while waiting:
        kind = waiting.pop()
        if kind.code == code:
            return kind(**params)
        waiting += kind.__subclasses__()
    return None


class _Forgiving(dict[str, object]):
    """A refusal must never fail for want of a parameter."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"
