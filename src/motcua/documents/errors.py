"""Refusals of the custody, signing and verification of documents."""

from motcua.kernel.errors import DomainError, Kind


class FileZeroBytes(DomainError):
    code = "documents.file_zero_bytes"
    message = "Tệp rỗng, không có nội dung."
    advice = "Kiểm tra tệp trên máy của bạn rồi chọn lại."


class FileTooLarge(DomainError):
    code = "documents.file_too_large"
    message = "Tệp nặng {size}, vượt quá giới hạn {largest}."
    advice = "Giảm độ phân giải khi quét hoặc chia thành nhiều tệp."


class FileNotAllowed(DomainError):
    code = "documents.file_not_allowed"
    message = "Không nhận loại tệp của “{filename}”."
    advice = "Các loại được nhận: PDF, JPG, PNG, TIFF, HEIC, WEBP, DOCX, XLSX."


class FileMislabelled(DomainError):
    code = "documents.file_mislabelled"
    message = "Tên tệp “{filename}” ghi là {claimed} nhưng nội dung là {actual}."
    advice = "Lưu lại tệp đúng định dạng rồi tải lên."


class FileEncrypted(DomainError):
    code = "documents.file_encrypted"
    message = "Tệp “{filename}” được bảo vệ bằng mật khẩu nên không thể tiếp nhận."
    advice = "Gỡ mật khẩu của tệp rồi tải lên."


class FileDamaged(DomainError):
    code = "documents.file_damaged"
    message = "Không mở được tệp “{filename}”: nội dung bị hỏng hoặc thiếu."
    advice = "Mở thử tệp trên máy của bạn; quét hoặc xuất lại nếu cần."


class FileActive(DomainError):
    """`what` names it in Vietnamese."""

    code = "documents.file_active"
    message = "Không nhận tệp “{filename}”: bên trong có {what}."
    advice = "In lại tài liệu ra PDF (chọn máy in PDF) rồi tải lên; nộp riêng từng tệp đính kèm."


class DecodingRefused(DomainError):
    """Opening the file took more time or memory than an honest one takes, or brought down the process that did it."""

    code = "documents.decoding_refused"
    message = "Không mở được tệp này: nội dung hỏng, hoặc cần nhiều thời gian và bộ nhớ hơn mức cho phép."
    advice = "Mở thử tệp trên máy của bạn; quét hoặc xuất lại rồi gửi lại."


class PictureNotShown(DomainError):
    """Too large, too many sheets, or not to be read: it is handed over whole instead of shown in part."""

    code = "documents.picture_not_shown"
    message = "Không hiện được ảnh này ngay trên trang."
    advice = "Tải nguyên bản về máy để xem."


class PicturesNotBound(DomainError):
    """They are fewer than two or more than one paper takes, or one of them is no picture of a single page."""

    code = "documents.pictures_not_bound"
    message = "Không gộp được các ảnh này thành một giấy tờ."
    advice = "Gộp được từ hai đến hai mươi ảnh chụp, mỗi ảnh một trang. Các ảnh vẫn còn nguyên."


class DecodersBusy(DomainError):
    """As many files as this server opens at once are being opened."""

    code = "documents.decoders_busy"
    kind = Kind.BUSY
    message = "Hệ thống đang bận mở các tệp khác."
    advice = "Đang bận, thử lại sau ít giây."


class MalwareScannerSilent(DomainError):
    """No answer that means anything; where the policy is to refuse, nothing is taken meanwhile."""

    code = "documents.malware_scanner_silent"
    kind = Kind.BUSY
    message = "Hệ thống chưa kiểm tra được mã độc trong tệp nên chưa thể nhận tệp."
    advice = "Thử lại sau ít phút; nếu vẫn không được, nộp giấy tờ tại bộ phận một cửa."


class FileUncheckable(DomainError):
    """Larger than what the malware scanner looks into, where the policy is to refuse what was not checked."""

    code = "documents.file_uncheckable"
    message = "Tệp “{filename}” lớn hơn mức kiểm tra được mã độc ({largest}) nên không thể nhận."
    advice = "Giảm độ phân giải khi quét hoặc chia thành nhiều tệp."


class FileInfected(DomainError):
    """`name` is the scanner's own for what it found."""

    code = "documents.file_infected"
    message = "Không nhận tệp “{filename}”: phát hiện mã độc ({name})."
    advice = "Quét vi-rút máy của bạn, rồi quét lại hoặc xuất lại giấy tờ từ bản gốc."


class FileHeld(DomainError):
    """Taken, and not opened to anybody before it was checked for malware."""

    code = "documents.file_held"
    kind = Kind.CONFLICT
    message = "Tệp “{filename}” đang chờ kiểm tra mã độc nên chưa mở được."
    advice = "Mở lại sau ít phút; hệ thống tự kiểm tra khi máy quét mã độc hoạt động."


class UploadOffsetWrong(DomainError):
    """`expected` is the offset (bytes) at which the next piece must begin."""

    code = "documents.upload_offset_wrong"
    kind = Kind.CONFLICT
    message = "Phần tải lên không nối tiếp: hệ thống đã nhận {expected} byte."
    advice = "Tiếp tục tải lên từ vị trí đã nhận."


class UploadClosed(DomainError):
    code = "documents.upload_closed"
    kind = Kind.CONFLICT
    message = "Lượt tải lên này đã kết thúc hoặc hết hạn."
    advice = "Bắt đầu tải lên lại."


class UploadIncomplete(DomainError):
    code = "documents.upload_incomplete"
    kind = Kind.CONFLICT
    message = "Tệp chưa tải lên đủ: đã nhận {received} trên {declared} byte."
    advice = "Tiếp tục tải lên phần còn lại."


class UploadDamaged(DomainError):
    code = "documents.upload_damaged"
    message = "Nội dung nhận được khác với tệp đã gửi (mã kiểm tra SHA-256 không khớp)."
    advice = "Tải lên lại từ đầu."


class UploadsOfPersonFull(DomainError):
    code = "documents.uploads_of_person_full"
    kind = Kind.CONFLICT
    message = "Bạn đang tải lên quá nhiều tệp chưa xong (mỗi người tối đa {largest} cùng lúc)."
    advice = "Chờ các tệp đang tải lên xong rồi tải tiếp; lượt tải bỏ dở được xóa sau một giờ."


class UploadsFull(DomainError):
    code = "documents.uploads_full"
    kind = Kind.BUSY
    message = "Hệ thống đang nhận quá nhiều tệp cùng lúc."
    advice = "Đang bận, thử lại sau ít phút."


class PaperEnded(DomainError):
    code = "documents.paper_ended"
    kind = Kind.CONFLICT
    message = "Giấy tờ này đã được thay thế hoặc thu hồi."
    advice = "Dùng bản đang có hiệu lực."


class ReasonMissing(DomainError):
    code = "documents.reason_missing"
    message = "Phải ghi lý do."


class ReportTextWrong(DomainError):
    code = "documents.report_text_wrong"
    message = "Cần viết từ 1 đến {text} ký tự; cách liên hệ tối đa {contact} ký tự."


class ReportClosed(DomainError):
    code = "documents.report_closed"
    kind = Kind.CONFLICT
    message = "Báo này đã có người đóng."


class PaperDatesWrong(DomainError):
    code = "documents.paper_dates_wrong"
    message = "Ngày hết hiệu lực không được trước ngày cấp."


class CodeUnreadable(DomainError):
    code = "documents.code_unreadable"
    message = "Không đọc được mã này: không phải mã do hệ thống in."
    advice = "Quét lại mã ở góc trên bên trái của giấy tờ."


class CodeForged(DomainError):
    code = "documents.code_forged"
    message = "Mã này không do hệ thống phát hành hoặc đã bị sửa."
    advice = "Không sử dụng giấy tờ này; liên hệ cơ quan được ghi trên giấy tờ."


class SigningRefused(DomainError):
    """Root of what can go wrong while signing; the document stays as it was and the attempt is recorded."""

    code = "documents.signing_refused"
    kind = Kind.CONFLICT
    message = "Không ký được tài liệu. Tài liệu giữ nguyên."


class TokenRefused(SigningRefused):
    """Root of what the device itself refuses: whoever signs several stops here, for each further try may lock it."""


class WrongPin(TokenRefused):
    """`tries` says how many wrong ones there were and what is left (`services.signing`); `is_final`: the device itself says
    that one more locks it (CKF_USER_PIN_FINAL_TRY).
    """

    code = "documents.wrong_pin"
    kind = Kind.INVALID
    message = "Mã PIN không đúng. Tài liệu chưa được ký.{tries}"
    advice = "Nhập lại mã PIN; thiết bị có thể bị khóa sau nhiều lần sai."

    def __init__(self, *, tries: str = "", is_final: bool = False) -> None:
        self.is_final = is_final
        super().__init__(tries=f" {tries}" if tries else "")


class SigningStopped(SigningRefused):
    code = "documents.signing_stopped"
    message = "Chưa ký: cả lượt dừng lại vì thiết bị ký số đã từ chối ở hồ sơ trước."
    advice = "Xử lý lỗi của thiết bị rồi ký các hồ sơ còn lại."


class TokenFailed(TokenRefused):
    code = "documents.token_failed"
    message = "Thiết bị ký số báo lỗi ({cause}). Tài liệu giữ nguyên."
    advice = "Rút thiết bị ra cắm lại rồi ký lại."


class PinLocked(TokenRefused):
    code = "documents.pin_locked"
    message = "Thiết bị ký số đã bị khóa vì nhập sai mã PIN nhiều lần."
    advice = "Liên hệ đơn vị cấp chứng thư số để mở khóa."


class PinMissing(TokenRefused):
    code = "documents.pin_missing"
    kind = Kind.INVALID
    message = "Chưa nhập mã PIN của thiết bị ký số."


class TokenMissing(TokenRefused):
    code = "documents.token_missing"
    message = "Không tìm thấy thiết bị ký số “{label}”."
    advice = "Cắm thiết bị hoặc kiểm tra kết nối rồi ký lại."


class SigningTimedOut(TokenRefused):
    code = "documents.signing_timed_out"
    message = "Thiết bị ký số không trả lời sau {seconds} giây. Tài liệu chưa được ký."
    advice = "Thử ký lại sau ít phút."


class TimeStampUnavailable(SigningRefused):
    code = "documents.time_stamp_unavailable"
    message = "Không lấy được dấu thời gian. Tài liệu chưa được ký."
    advice = "Thử ký lại sau ít phút."


class CertificateNotValid(SigningRefused):
    code = "documents.certificate_not_valid"
    message = "Chứng thư số của “{name}” không có hiệu lực ({cause})."
    advice = "Liên hệ đơn vị cấp chứng thư số."


class SignerMismatch(SigningRefused):
    code = "documents.signer_mismatch"
    kind = Kind.FORBIDDEN
    message = "Chứng thư số trên thiết bị không phải của người hoặc cơ quan được giao ký."


class ExistingSignatureBroken(SigningRefused):
    code = "documents.existing_signature_broken"
    message = "Tài liệu đã có chữ ký không hợp lệ nên không ký tiếp được."
    advice = "Lập lại tài liệu từ bản gốc."


class NotPdf(SigningRefused):
    code = "documents.not_pdf"
    kind = Kind.INVALID
    message = "Chỉ ký được tài liệu PDF đọc được."


class SigningKeyUnknown(DomainError):
    code = "documents.signing_key_unknown"
    kind = Kind.NOT_FOUND
    message = "Chưa khai báo thiết bị ký số này."
    advice = "Quản trị viên khai báo thiết bị cho người ký."


class SigningKeyHeld(DomainError):
    code = "documents.signing_key_held"
    kind = Kind.CONFLICT
    message = "Khóa {label} đang giao cho người hoặc cơ quan khác."
    advice = "Thu hồi ở nơi đang giữ, rồi giao lại."


class ScanUnfinished(DomainError):
    code = "documents.scan_unfinished"
    kind = Kind.CONFLICT
    message = "Còn {pages} trang chưa nhận dạng xong."
    advice = "Chờ thêm ít giây; tiến độ hiện trên trang này."


class ScanEmpty(DomainError):
    code = "documents.scan_empty"
    message = "Lượt quét này chưa có trang nào dùng được."
    advice = "Thêm tệp hoặc quét lại."


class ScanBound(DomainError):
    code = "documents.scan_bound"
    kind = Kind.CONFLICT
    message = "Giấy tờ này đã được đóng vào hồ sơ nên không sửa được nữa."
    advice = "Mở lượt quét mới nếu cần thay thế."


class ScanBeingBound(DomainError):
    code = "documents.scan_being_bound"
    kind = Kind.CONFLICT
    message = "Giấy tờ đang được đóng vào hồ sơ nên chưa sửa được."
    advice = "Chờ đóng xong; tiến độ hiện trên trang này."


class FieldsUnchecked(DomainError):
    code = "documents.fields_unchecked"
    kind = Kind.CONFLICT
    message = "Còn {count} trường nghi ngờ chưa xem."
    advice = "Đối chiếu từng trường với ảnh rồi bấm Enter."


class NothingToUndo(DomainError):
    code = "documents.nothing_to_undo"
    kind = Kind.CONFLICT
    message = "Không còn thao tác nào để hoàn tác."


class ArrangementImpossible(DomainError):
    """The family; each reason has its own sentence."""

    code = "documents.arrangement_impossible"
    message = "Không sắp xếp được như vậy."


class AlreadyFirstPage(ArrangementImpossible):
    code = "documents.already_first_page"
    message = "Không tách được: trang này đã là trang đầu của giấy tờ."


class NoPaperBefore(ArrangementImpossible):
    code = "documents.no_paper_before"
    message = "Không gộp được: không có giấy tờ nào đứng trước."


class NotQuarterTurn(ArrangementImpossible):
    code = "documents.not_quarter_turn"
    message = "Trang chỉ xoay được theo góc vuông."


class PageNotRead(ArrangementImpossible):
    code = "documents.page_not_read"
    message = "Trang chưa nhận dạng xong nên chưa sắp xếp được."


class PlaceElsewhere(ArrangementImpossible):
    code = "documents.place_elsewhere"
    message = "Trang đích không thuộc giấy tờ đã chọn."


class NothingToSign(DomainError):
    code = "documents.nothing_to_sign"
    kind = Kind.CONFLICT
    message = "Không có bản sao nào chờ ký."


class LetterUnreadable(DomainError):
    code = "documents.letter_unreadable"
    message = "Không đọc được thư “{filename}” hoặc thư không có tệp đính kèm dùng được."
    advice = "Lưu tệp đính kèm rồi tải lên riêng."


class ScannerUnreachable(DomainError):
    code = "documents.scanner_unreachable"
    kind = Kind.CONFLICT
    message = "Không liên lạc được với máy quét “{scanner}”."
    advice = "Kiểm tra máy đã bật và cùng mạng rồi quét lại."


class ScannerBusy(DomainError):
    code = "documents.scanner_busy"
    kind = Kind.CONFLICT
    message = "Máy quét “{scanner}” đang bận."
    advice = "Chờ lượt quét trước xong."


class ScannerEmpty(DomainError):
    code = "documents.scanner_empty"
    kind = Kind.CONFLICT
    message = "Khay nạp của máy quét “{scanner}” không có giấy."
    advice = "Đặt giấy vào khay rồi quét lại."


class ScannerFailed(DomainError):
    code = "documents.scanner_failed"
    kind = Kind.CONFLICT
    message = "Máy quét “{scanner}” dừng giữa chừng sau {pages} trang."
    advice = "Kiểm tra kẹt giấy; các trang đã quét được giữ lại."
