"""One big sentence about a file: the worst news first."""

from enum import StrEnum
from types import MappingProxyType

from motcua.documents.words import Standing


class Verdict(StrEnum):
    IN_FORCE = "in_force"
    NOT_OURS = "not_ours"
    UNKNOWN = "unknown"
    REPLACED = "replaced"
    REVOKED = "revoked"
    EXPIRED = "expired"
    UNSIGNED_IN_FORCE = "unsigned_in_force"
    UNSIGNED = "unsigned"
    INVALID = "invalid"
    UNREADABLE = "unreadable"


#: Vietnamese source texts; the catalogues translate them.
SENTENCES = MappingProxyType(
    {
        Verdict.IN_FORCE: "Chữ ký hợp lệ. Giấy tờ đang có hiệu lực.",
        Verdict.NOT_OURS: "Chữ ký hợp lệ. Giấy tờ này không do hệ thống cấp.",
        Verdict.UNKNOWN: "Chữ ký hợp lệ. Chưa tra cứu được hiệu lực của giấy tờ.",
        Verdict.REPLACED: "Giấy tờ này đã được thay thế bằng bản khác. Không sử dụng bản này.",
        Verdict.REVOKED: "Giấy tờ này đã bị thu hồi. Không sử dụng.",
        Verdict.EXPIRED: "Giấy tờ này đã hết thời hạn hiệu lực.",
        Verdict.UNSIGNED_IN_FORCE: "Giấy tờ do hệ thống lập, đang có hiệu lực. Tệp không mang chữ ký số.",
        Verdict.UNSIGNED: "Tệp không có chữ ký số và không do hệ thống cấp.",
        Verdict.INVALID: "Chữ ký KHÔNG hợp lệ. Không sử dụng giấy tờ này.",
        Verdict.UNREADABLE: "Không đọc được tệp này: không phải tệp PDF hoặc tệp đã hỏng.",
    }
)
_ENDED = MappingProxyType(
    {
        Standing.REPLACED: Verdict.REPLACED,
        Standing.REVOKED: Verdict.REVOKED,
        Standing.EXPIRED: Verdict.EXPIRED,
    }
)


def verdict(*, is_readable: bool, is_signed: bool, are_signatures_valid: bool, standing: Standing) -> Verdict:
    """`is_signed` also when signatures were found broken."""
    if not is_readable:
        return Verdict.UNREADABLE
    if is_signed and not are_signatures_valid:
        return Verdict.INVALID
    if standing in _ENDED:
        return _ENDED[standing]
    if not is_signed:
        return Verdict.UNSIGNED_IN_FORCE if standing is Standing.IN_FORCE else Verdict.UNSIGNED
    return Verdict(standing.value)


#: What a code alone can tell: there are no signatures to judge.
CODE_SENTENCES = MappingProxyType(
    {
        Standing.IN_FORCE: "Mã do hệ thống in. Giấy tờ đang có hiệu lực.",
        Standing.REPLACED: SENTENCES[Verdict.REPLACED],
        Standing.REVOKED: SENTENCES[Verdict.REVOKED],
        Standing.EXPIRED: SENTENCES[Verdict.EXPIRED],
        Standing.UNKNOWN: "Mã do hệ thống in. Đối chiếu nội dung giấy tờ với thông tin dưới đây.",
        Standing.NOT_OURS: "Mã đúng nhưng hệ thống không còn lưu giấy tờ này. Liên hệ cơ quan cấp.",
    }
)
#: A genuine code on a paper with another number: copied from somebody else's paper, or a slip in typing.
CODE_OF_ANOTHER = "Số đã nhập KHÔNG khớp với mã. Mã này có thể được chép từ giấy tờ của người khác. Không sử dụng giấy tờ này."
#: What a code alone cannot tell, said until a number was compared.
CODE_NOT_COMPARED = (
    "Mã có thể bị chép sang giấy tờ khác. Đối chiếu nội dung dưới đây với giấy đang cầm, "
    "hoặc nhập số định danh của người nộp hồ sơ in trên giấy để kiểm tra."
)
#: Why a signature does not hold, by the code of the fault.
FAULT_WORDS = MappingProxyType(
    {
        "altered": "Nội dung đã bị thay đổi sau khi ký.",
        "untrusted": "Chứng thư số không do tổ chức được tin cậy cấp.",
        "revoked": "Chứng thư số đã bị thu hồi khi ký.",
        "expired": "Chứng thư số ngoài thời hạn hiệu lực và không có dấu thời gian.",
        "time_stamp": "Dấu thời gian không hợp lệ.",
        "unreadable": "Không đọc được chữ ký.",
    }
)
