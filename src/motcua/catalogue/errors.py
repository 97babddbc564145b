"""Refusals of the catalogue."""

from __future__ import annotations

from motcua.kernel.errors import DomainError, Kind


class ProcedureUnknown(DomainError):
    """No published version of that procedure is in force on that day."""

    code = "catalogue.procedure_unknown"
    kind = Kind.NOT_FOUND
    message = "Không tìm thấy thủ tục {code} đang có hiệu lực."
    advice = "Kiểm tra lại mã thủ tục hoặc tìm theo tên."


class VersionUnknown(DomainError):
    code = "catalogue.version_unknown"
    kind = Kind.NOT_FOUND
    message = "Không tìm thấy phiên bản thủ tục này."


class VersionFrozen(DomainError):
    """Published versions never change: dossiers are pinned to them. A change is a new version."""

    code = "catalogue.version_frozen"
    kind = Kind.CONFLICT
    message = "Phiên bản đã công bố không sửa được; hãy lập phiên bản mới."


class ContentUnreadable(DomainError):
    """A text that was brought as a version is none, or is one of another procedure; `found` says where."""

    code = "catalogue.content_unreadable"
    message = "Tệp không phải nội dung phiên bản của thủ tục này: {found}"
    advice = "Tải phiên bản đang có về, sửa trên tệp ấy rồi gửi lại."


class ProcessUnsound(DomainError):
    """`faults` lists every fault of the process, so that one reading mends them all."""

    code = "catalogue.process_unsound"
    message = "Quy trình chưa hợp lệ: {faults}"
    advice = "Sửa các lỗi đã nêu rồi công bố lại."


class FeeUnsound(DomainError):
    """A fee of the version cannot be reckoned; `found` lists every fault, so that one reading mends them all."""

    code = "catalogue.fee_unsound"
    message = "Phí, lệ phí chưa tính được: {faults}"
    advice = "Sửa các lỗi đã nêu rồi công bố lại."


class LevelUnsound(DomainError):
    """The version claims an online level that it does not reach, or states no reason for offering a part only."""

    code = "catalogue.level_unsound"
    message = "Mức độ trực tuyến chưa đúng: {faults}"
    advice = "Gắn tờ khai điện tử riêng, hoặc hạ mức xuống một phần và nêu lý do."


class VersionIncomplete(DomainError):
    code = "catalogue.version_incomplete"
    message = "Phiên bản chưa đủ nội dung để công bố: {missing}"


class VersionsOverlap(DomainError):
    """Two published versions of a procedure may not be in force on the same day."""

    code = "catalogue.versions_overlap"
    kind = Kind.CONFLICT
    message = "Ngày hiệu lực {effective_from} trùng với một phiên bản đã công bố có hiệu lực sau đó."


class FormInvalid(DomainError):
    """The form's own schema or screen description is wrong (not what a person typed into it)."""

    code = "catalogue.form_invalid"
    message = "Biểu mẫu điện tử không hợp lệ: {reason}"


class FormMissing(DomainError):
    """The procedure has no e-form, so there is none to print either."""

    code = "catalogue.form_missing"
    kind = Kind.NOT_FOUND
    message = "Thủ tục {code} chưa có tờ khai điện tử."
    advice = "Dùng mẫu đơn nêu ở phần giấy tờ của thủ tục, hoặc hỏi nơi tiếp nhận."


class FormOutdated(DomainError):
    """The draft was filled in an earlier form of the procedure."""

    code = "catalogue.form_outdated"
    kind = Kind.CONFLICT
    message = "Biểu mẫu đã được thay bằng phiên bản mới sau khi bạn mở; hãy kiểm tra lại nội dung rồi gửi."


class SourceUnreadable(DomainError):
    code = "catalogue.source_unreadable"
    message = "Không đọc được tệp {path} (dòng {line}): {reason}"


class ContentInvalid(DomainError):
    """A description of a procedure (pack or draft) does not have the required shape."""

    code = "catalogue.content_invalid"
    message = "Nội dung thủ tục {code} không hợp lệ: {reason}"


class EverydayWordUnclear(DomainError):
    """The phrase has no word to compare or is a whole sentence, or no official words were given."""

    code = "catalogue.everyday_word_unclear"
    message = "Ghi một cụm từ người dân hay dùng (tối đa 12 từ) và ít nhất một cụm từ chính thức."
    advice = "Ví dụ: “sổ đỏ” nghĩa là “giấy chứng nhận quyền sử dụng đất”."


class EverydayWordTaken(DomainError):
    code = "catalogue.everyday_word_taken"
    kind = Kind.CONFLICT
    message = "Bảng đã có cụm từ “{phrase}”."
    advice = "Bỏ dòng đang có trước, rồi ghi lại với nghĩa mới."


class EverydayWordUnknown(DomainError):
    code = "catalogue.everyday_word_unknown"
    kind = Kind.NOT_FOUND
    message = "Không tìm thấy dòng này trong bảng từ thường dùng."


class ResultTemplateUnknown(DomainError):
    code = "catalogue.result_template_unknown"
    kind = Kind.NOT_FOUND
    message = "Không có mẫu kết quả “{name}” trong ngày này."
