"""Why an input or a page cannot be digitized, in words for the person at the desk."""

from motcua.kernel.errors import DomainError


class InputRefused(DomainError):
    """The whole file cannot be taken in."""

    code = "documents.input_refused"
    message = "Không thể số hóa tệp {name}."
    advice = "Kiểm tra lại tệp và nộp lại."


class InputEmpty(InputRefused):
    code = "documents.input_empty"
    message = "Tệp {name} không có nội dung (0 byte)."
    advice = "Quét hoặc tải lại tệp."


class InputNotRecognised(InputRefused):
    code = "documents.input_not_recognised"
    message = "Tệp {name} không phải là tài liệu đọc được: nội dung không đúng định dạng {claimed}."
    advice = "Nộp tệp PDF, TIFF, JPEG, PNG, HEIC, WebP, DOCX hoặc ODT."


class InputDamaged(InputRefused):
    code = "documents.input_damaged"
    message = "Tệp {name} bị hỏng, không mở được."
    advice = "Xuất lại tệp từ máy quét hoặc phần mềm gốc rồi nộp lại."


class InputEncrypted(InputRefused):
    code = "documents.input_encrypted"
    message = "Tệp {name} được đặt mật khẩu nên không đọc được."
    advice = "Bỏ mật khẩu rồi nộp lại."


class InputSealedForOthers(InputRefused):
    code = "documents.input_sealed_for_others"
    message = (
        "Tệp {name} được mã hóa cho người giữ chứng thư số, hệ thống không có khóa để mở. Tệp không bị hỏng."
    )
    advice = "Người giữ chứng thư mở tệp, lưu bản không mã hóa rồi nộp lại."


class InputUnderLicence(InputRefused):
    code = "documents.input_under_licence"
    message = "Tệp {name} được khóa bằng phần mềm quản lý quyền sử dụng ({handler}), chỉ phần mềm đó mở được. Tệp không bị hỏng."
    advice = "Lưu bản không khóa từ phần mềm đó rồi nộp lại."


class TooManyPages(InputRefused):
    code = "documents.too_many_pages"
    message = "Tệp {name} có {pages} trang, vượt quá giới hạn {limit} trang của một hồ sơ."
    advice = "Chia hồ sơ thành nhiều tệp."


class ConverterMissing(InputRefused):
    code = "documents.converter_missing"
    message = "Tệp {name} là tài liệu văn phòng; máy chủ chưa cài LibreOffice để chuyển đổi."
    advice = "Lưu tài liệu thành PDF rồi nộp lại."


class ConversionFailed(InputRefused):
    code = "documents.conversion_failed"
    message = "Không chuyển được tệp {name} sang PDF."
    advice = "Mở tệp bằng phần mềm soạn thảo, lưu thành PDF rồi nộp lại."


class PageRefused(DomainError):
    """One page cannot be read; the others go on."""

    code = "documents.page_refused"
    message = "Trang {page}: không đọc được."


class PageTooLarge(PageRefused):
    code = "documents.page_too_large"
    message = "Trang {page}: ảnh {width}×{height} điểm ảnh lớn hơn mức cho phép."
    advice = "Quét lại ở độ phân giải thấp hơn."


class PageDamaged(PageRefused):
    code = "documents.page_damaged"
    message = "Trang {page}: ảnh bị hỏng, không giải mã được."
    advice = "Quét lại trang này."


class EngineCrashed(PageRefused):
    code = "documents.engine_crashed"
    message = "Trang {page}: bộ nhận dạng dừng đột ngột; ảnh trang vẫn được giữ."
    advice = "Nhận dạng lại trang này hoặc nhập tay."


class EngineHung(PageRefused):
    code = "documents.engine_hung"
    message = "Trang {page}: nhận dạng quá {seconds} giây nên bị dừng; ảnh trang vẫn được giữ."
    advice = "Nhận dạng lại trang này hoặc nhập tay."


class EngineRubbish(PageRefused):
    code = "documents.engine_rubbish"
    message = "Trang {page}: kết quả nhận dạng không dùng được; ảnh trang vẫn được giữ."
    advice = "Nhận dạng lại trang này hoặc nhập tay."


class EngineMissing(InputRefused):
    code = "documents.engine_missing"
    message = "Chưa cài bộ nhận dạng hoặc dữ liệu ngôn ngữ “{language}” của Tesseract."
    advice = "Chạy script/setup để cài tesseract-ocr-vie."


class DiskFull(InputRefused):
    code = "documents.disk_full"
    message = "Hết chỗ trên đĩa khi đang số hóa {name}; các trang đã xong được giữ lại."
    advice = "Giải phóng dung lượng rồi chạy lại lệnh, việc sẽ tiếp tục từ trang dở dang."


class RecordBusy(InputRefused):
    code = "documents.record_busy"
    message = "Hồ sơ {name} đang được một tiến trình khác số hóa."
    advice = "Chờ tiến trình kia xong."


class NameTaken(InputRefused):
    code = "documents.record_name_taken"
    message = "Trong thư mục kết quả đã có hồ sơ hoặc tệp khác mang tên {name}."
    advice = "Chọn tên khác hoặc thư mục kết quả khác."
