"""One sentence about a file, with one reason and one next step: the worst news first, and never two at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from motcua.documents.rules.signatures.findings import (
    AdditionKind,
    AlterationKind,
    FileState,
    Indication,
    Integrity,
    PdfReading,
    SignatureReading,
    Sub,
    TrustFinding,
)
from motcua.documents.words import Standing


class Verdict(StrEnum):
    IN_FORCE = "in_force"
    ADDED = "added"
    MARKED = "marked"
    INCOMPLETE = "incomplete"
    NOT_OURS = "not_ours"
    UNKNOWN = "unknown"
    REPLACED = "replaced"
    REVOKED = "revoked"
    EXPIRED = "expired"
    UNSIGNED_IN_FORCE = "unsigned_in_force"
    UNSIGNED = "unsigned"
    CHANGED = "changed"
    COVERED = "covered"
    SIGNER_REVOKED = "signer_revoked"
    BROKEN = "broken"
    NOT_TRUSTED = "not_trusted"
    NOT_CONCLUDED = "not_concluded"
    NOT_FINISHED = "not_finished"
    PROTECTED = "protected"
    UNREADABLE = "unreadable"


class Colour(StrEnum):
    """Green: genuine and in force. Blue: genuine, something was added. Grey: we cannot say. Red: do not use."""

    GREEN = "green"
    BLUE = "blue"
    GREY = "grey"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Words:
    """Vietnamese source texts; the catalogues translate them."""

    colour: Colour
    sentence: str
    reason: str
    next_title: str
    next_step: str


_ASK_ISSUER = "Hỏi nơi cấp"
#: What a person reads about a file.
WORDS: Mapping[Verdict, Words] = MappingProxyType(
    {
        Verdict.IN_FORCE: Words(
            Colour.GREEN,
            "Giấy thật, đang có hiệu lực",
            "Từ khi ký đến nay nội dung không đổi; giấy chưa bị thay hay thu hồi.",
            "Một việc nữa: so bằng mắt",
            "So số và họ tên trên giấy bạn cầm với bảng này. Khác một chữ thì đó là giấy khác.",
        ),
        Verdict.ADDED: Words(
            Colour.BLUE,
            "Giấy thật, có phần thêm sau khi cấp",
            "Phần cơ quan cấp ký còn nguyên. Phần thêm sau không đổi nội dung của giấy.",
            "Dùng được",
            "Cơ quan cấp chịu trách nhiệm về phần mình ký. Muốn biết phần thêm để làm gì, hỏi người thêm.",
        ),
        Verdict.MARKED: Words(
            Colour.BLUE,
            "Phần đã ký còn nguyên, có người ghi thêm lên trang",
            "Nội dung đã ký không bị che hay đổi, nhưng trên trang có nét vẽ hoặc chữ không thuộc giấy này.",
            "Đừng tính phần ghi thêm",
            "Chỉ dùng nội dung lúc ký. Không chắc chỗ nào là ghi thêm thì xin lại bản gốc từ nơi cấp.",
        ),
        Verdict.INCOMPLETE: Words(
            Colour.GREY,
            "Chưa kết luận được: bản này chưa đủ chữ ký",
            "Đây là bản làm dở của một giấy đã cấp: còn thiếu chữ ký hoặc dấu mà bản cấp có.",
            "Lấy bản đã cấp",
            "Xin nơi cấp bản đã ký và đóng dấu đủ, hoặc tải lại từ hồ sơ của bạn.",
        ),
        Verdict.NOT_OURS: Words(
            Colour.GREY,
            "Chữ ký đúng và còn nguyên; hiệu lực phải hỏi nơi cấp",
            "Cổng này chỉ biết hiệu lực của giấy do các cơ quan của tỉnh cấp.",
            _ASK_ISSUER,
            "Xem tên nơi ký dưới đây và hỏi ở cổng của nơi đó xem giấy còn hiệu lực không.",
        ),
        Verdict.UNKNOWN: Words(
            Colour.GREY,
            "Chữ ký đúng và còn nguyên; chưa tra được hiệu lực",
            "Sổ giấy tờ đã cấp đang không tra được.",
            "Thử lại sau",
            "Kiểm tra lại sau ít phút. Cần ngay thì gọi nơi cấp.",
        ),
        Verdict.REPLACED: Words(
            Colour.RED,
            "Đừng dùng: giấy này đã được thay thế",
            "Nơi cấp đã thay giấy này bằng bản khác.",
            "Dùng bản mới",
            "Lấy bản thay thế ghi dưới đây từ người đưa giấy hoặc từ nơi cấp.",
        ),
        Verdict.REVOKED: Words(
            Colour.RED,
            "Đừng dùng: giấy này đã bị thu hồi",
            "Nơi cấp đã thu hồi giấy này, dù tệp có được thêm hay cắt bớt gì.",
            _ASK_ISSUER,
            "Muốn biết vì sao và cần giấy nào thay thì hỏi nơi cấp.",
        ),
        Verdict.EXPIRED: Words(
            Colour.RED,
            "Đừng dùng: giấy này đã hết thời hạn",
            "Giấy thật, nhưng ngày có giá trị cuối cùng đã qua.",
            "Xin cấp lại",
            "Xin nơi cấp gia hạn hoặc cấp giấy mới.",
        ),
        Verdict.UNSIGNED_IN_FORCE: Words(
            Colour.GREEN,
            "Giấy do hệ thống lập, đang có hiệu lực",
            "Tệp không mang chữ ký số, nhưng giống hệt bản hệ thống đã lập.",
            "Một việc nữa: so bằng mắt",
            "So số và họ tên trên giấy bạn cầm với bảng này.",
        ),
        Verdict.UNSIGNED: Words(
            Colour.GREY,
            "Chưa kết luận được: tệp không có chữ ký số",
            "Không có chữ ký thì không ai bảo đảm tệp này là thật hay giả.",
            _ASK_ISSUER,
            "Xin nơi cấp tệp gốc có chữ ký số, hoặc quét mã QR nếu trên giấy có mã.",
        ),
        Verdict.CHANGED: Words(
            Colour.RED,
            "Đừng dùng: tệp đã bị sửa sau khi ký",
            "Tệp này khác với bản đã được ký.",
            "Làm gì bây giờ?",
            "Xin lại tệp gốc từ người đưa giấy. Nghi giấy giả thì báo nơi cấp.",
        ),
        Verdict.COVERED: Words(
            Colour.RED,
            "Đừng dùng: nội dung đã ký bị che",
            "Sau khi ký, có hình hoặc ô được đặt đè lên chữ đã ký.",
            "Làm gì bây giờ?",
            "Xin lại tệp gốc từ người đưa giấy. Nghi giấy giả thì báo nơi cấp.",
        ),
        Verdict.SIGNER_REVOKED: Words(
            Colour.RED,
            "Đừng dùng: chứng thư của người ký đã bị thu hồi khi ký",
            "Lúc ký, người ký không còn được phép dùng chứng thư này.",
            _ASK_ISSUER,
            "Hỏi nơi cấp xem giấy có thật do họ ký không.",
        ),
        Verdict.BROKEN: Words(
            Colour.GREY,
            "Chưa kết luận được: chữ ký trong tệp bị hỏng",
            "Có chữ ký trong tệp nhưng không dùng để kiểm tra được.",
            "Xin lại tệp gốc",
            "Tệp có thể hỏng khi gửi. Xin tệp gốc từ người đưa giấy rồi kiểm tra lại.",
        ),
        Verdict.NOT_TRUSTED: Words(
            Colour.GREY,
            "Chưa kết luận được: chưa tin cơ quan cấp chứng thư này",
            "Nội dung còn nguyên như lúc ký, nhưng cổng này chưa có chứng thư gốc của nơi cấp chứng thư cho người ký.",
            _ASK_ISSUER,
            "Hỏi thẳng nơi cấp giấy. Cán bộ quản trị có thể thêm chứng thư gốc sau khi đối chiếu vân tay.",
        ),
        Verdict.NOT_CONCLUDED: Words(
            Colour.GREY,
            "Chưa kết luận được",
            "Nội dung còn nguyên như lúc ký, nhưng còn một điều chưa chứng minh được (xem dưới đây).",
            _ASK_ISSUER,
            "Hỏi thẳng nơi cấp giấy.",
        ),
        Verdict.NOT_FINISHED: Words(
            Colour.GREY,
            "Chưa kiểm tra xong",
            "Tệp này cần nhiều thời gian hoặc bộ nhớ hơn mức cho một lần kiểm tra. Điều đó không nói gì về thật hay giả.",
            "Nhờ cán bộ kiểm tra",
            "Gửi tệp cho Bộ phận Một Cửa, hoặc hỏi nơi cấp.",
        ),
        Verdict.PROTECTED: Words(
            Colour.GREY,
            "Chưa kết luận được: tệp có mật khẩu",
            "Tệp chỉ mở được bằng mật khẩu nên không đọc được chữ ký bên trong.",
            "Gửi bản không khóa",
            "Xin người đưa giấy tệp mở được không cần mật khẩu. Đừng gửi mật khẩu vào đây.",
        ),
        Verdict.UNREADABLE: Words(
            Colour.GREY,
            "Không đọc được tệp này",
            "Tệp không phải PDF hay ảnh, hoặc đã hỏng.",
            "Gửi lại",
            "Gửi tệp PDF gốc, hoặc ảnh chụp rõ mã QR trên giấy.",
        ),
    }
)
SENTENCES: Mapping[Verdict, str] = MappingProxyType({key: words.sentence for key, words in WORDS.items()})
_ENDED = MappingProxyType(
    {
        Standing.REPLACED: Verdict.REPLACED,
        Standing.REVOKED: Verdict.REVOKED,
        Standing.EXPIRED: Verdict.EXPIRED,
    }
)
_STATES = MappingProxyType(
    {
        FileState.NOT_PDF: Verdict.UNREADABLE,
        FileState.DAMAGED: Verdict.UNREADABLE,
        FileState.PROTECTED: Verdict.PROTECTED,
        FileState.NOT_FINISHED: Verdict.NOT_FINISHED,
    }
)
_ADDED_QUIETLY = frozenset(
    {AdditionKind.VALIDATION_DATA, AdditionKind.TIME_STAMP, AdditionKind.STRUCTURE, AdditionKind.METADATA}
)


def verdict(
    reading: PdfReading,
    standing: Standing,
    *,
    is_exact: bool = True,
    is_incomplete: bool = False,
    issued: str = "",
) -> Verdict:
    """`is_exact`: the file is byte for byte what was issued. `is_incomplete`: a revision from before the last signature of it."""
    if standing in _ENDED:
        return _ENDED[standing]
    if not reading.is_readable:
        return _STATES[reading.state]
    if reading.indication is None:
        return Verdict.UNSIGNED_IN_FORCE if standing is Standing.IN_FORCE and is_exact else Verdict.UNSIGNED
    if reading.indication is not Indication.PASSED:
        return verdict_of(next(one for one in reading.people if one.indication is reading.indication))
    if reading.is_marked:
        return Verdict.MARKED
    if standing is not Standing.IN_FORCE:
        return Verdict(standing.value)
    if is_incomplete:
        return Verdict.INCOMPLETE
    return Verdict.IN_FORCE if is_exact or not has_additions(reading, issued) else Verdict.ADDED


def has_additions(reading: PdfReading, issued: str) -> bool:
    """Something came after the last signature of the paper as `issued` (its revision) that people would want to know of."""
    own = [one for one in reading.people if one.revision == issued] or reading.people
    return any(each.kind not in _ADDED_QUIETLY for one in own for each in one.after.added)


def verdict_of(signature: SignatureReading) -> Verdict:
    """The sentence about a file of which this signature is the worst."""
    if signature.integrity in (Integrity.UNREADABLE, Integrity.DISPLACED, Integrity.PARTIAL):
        return Verdict.BROKEN
    if signature.integrity in (Integrity.BYTES_DIFFER, Integrity.KEY_DIFFERS):
        return Verdict.CHANGED
    if signature.after.changed:
        kinds = {each.kind for each in signature.after.changed}
        return Verdict.COVERED if kinds == {AlterationKind.COVERED} else Verdict.CHANGED
    if signature.trust is TrustFinding.REVOKED:
        return Verdict.SIGNER_REVOKED
    return Verdict.NOT_TRUSTED if signature.sub is Sub.NO_CERTIFICATE_CHAIN_FOUND else Verdict.NOT_CONCLUDED


#: What a code alone can tell: there are no signatures to judge.
CODE_SENTENCES = MappingProxyType(
    {
        Standing.IN_FORCE: "Mã do hệ thống in; giấy đang có hiệu lực",
        Standing.REPLACED: SENTENCES[Verdict.REPLACED],
        Standing.REVOKED: SENTENCES[Verdict.REVOKED],
        Standing.EXPIRED: SENTENCES[Verdict.EXPIRED],
        Standing.UNKNOWN: "Mã do hệ thống in; hiệu lực phải so với giấy",
        Standing.NOT_OURS: "Chưa kết luận được: mã đúng nhưng không còn lưu giấy này",
    }
)
#: A genuine code on a paper with another number: copied from somebody else's paper, or a slip in typing.
CODE_OF_ANOTHER = "Đừng dùng: số đã nhập không khớp với mã"
#: What a code alone cannot tell, said until a number was compared.
CODE_NOT_COMPARED = (
    "Mã có thể bị chép sang giấy tờ khác. Đối chiếu nội dung dưới đây với giấy đang cầm, "
    "hoặc nhập số định danh của người nộp hồ sơ in trên giấy để kiểm tra."
)
#: Why the signature is not good, or what about it is not proved. By the indication's second half.
SUB_WORDS: Mapping[Sub, str] = MappingProxyType(
    {
        Sub.FORMAT_FAILURE: "Chữ ký không đúng khuôn dạng.",
        Sub.HASH_FAILURE: "Các byte được ký không còn như lúc ký.",
        Sub.SIG_CRYPTO_FAILURE: "Giá trị chữ ký không khớp với khóa của người ký.",
        Sub.REVOKED: "Chứng thư số đã bị thu hồi khi ký.",
        Sub.REVOKED_NO_POE: "Chứng thư số nay đã bị thu hồi; không có dấu thời gian chứng minh ký trước đó.",
        Sub.NO_CERTIFICATE_CHAIN_FOUND: "Chưa tin cơ quan cấp chứng thư này.",
        Sub.NO_SIGNING_CERTIFICATE_FOUND: "Trong tệp không có chứng thư của người ký.",
        Sub.OUT_OF_BOUNDS_NO_POE: "Chứng thư số ngoài thời hạn, không có dấu thời gian chứng minh ký lúc còn hạn.",
        Sub.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: "Thuật toán ký đã quá yếu (SHA-1, MD5 hoặc khóa ngắn).",
        Sub.NOT_FINISHED: "Chưa kiểm tra xong.",
        Sub.NOT_PERMITTED: "Có phần thêm mà người chứng nhận đầu tiên không cho phép thêm. Nội dung đã ký còn nguyên.",
        Sub.CONTENT_CHANGED: "Nội dung đã ký không còn như lúc ký.",
        Sub.ADDITION_UNREADABLE: "Sau khi ký có phần thêm không theo khuôn dạng PDF, mỗi chương trình có thể hiện một khác.",
    }
)
#: What is wrong with the form of a signature: the first finding says it closer than the indication.
_FORM_WORDS: Mapping[Integrity, str] = MappingProxyType(
    {
        Integrity.ODD: "Phần đệm sau chữ ký có dữ liệu lạ.",
        Integrity.PARTIAL: "Chữ ký không phủ hết tệp: có phần không ai bảo đảm.",
        Integrity.DISPLACED: "Chữ ký được lập trên tệp khác: tệp này đã bị cắt bớt, hoặc được một chương trình lưu lại.",
        Integrity.UNREADABLE: "Không đọc được chữ ký theo khuôn dạng nào đã biết.",
    }
)


def why(signature: SignatureReading) -> str:
    """Why the signature is not good, or what about it is not proved; empty where nothing is missing."""
    if signature.sub is Sub.FORMAT_FAILURE:
        return _FORM_WORDS.get(signature.integrity, SUB_WORDS[signature.sub])
    return SUB_WORDS[signature.sub] if signature.sub else ""


ADDED_WORDS: Mapping[AdditionKind, str] = MappingProxyType(
    {
        AdditionKind.SIGNATURE: "Thêm chữ ký",
        AdditionKind.TIME_STAMP: "Thêm dấu thời gian",
        AdditionKind.VALIDATION_DATA: "Thêm dữ liệu kiểm tra chữ ký",
        AdditionKind.FIELD: "Thêm ô để điền hoặc ký",
        AdditionKind.FORM_FILLED: "Điền vào ô",
        AdditionKind.ANNOTATION: "Ghi hoặc vẽ thêm lên trang",
        AdditionKind.ATTACHMENT: "Thêm tệp đính kèm",
        AdditionKind.METADATA: "Đổi thông tin mô tả tệp (XMP)",
        AdditionKind.STRUCTURE: "Đổi cấu trúc phụ của tệp",
    }
)
CHANGED_WORDS: Mapping[AlterationKind, str] = MappingProxyType(
    {
        AlterationKind.PAGE_CONTENT: "Nội dung trang đã đổi",
        AlterationKind.PAGES: "Số trang đã đổi",
        AlterationKind.COVERED: "Che nội dung đã ký",
        AlterationKind.LAYERS: "Lớp hiện, ẩn đã đổi",
        AlterationKind.ACTIVE: "Thêm lệnh tự chạy",
        AlterationKind.LOCKED_FIELD: "Đổi ô đã khóa",
    }
)
