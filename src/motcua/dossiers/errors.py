"""Refusals of the dossier."""

from typing import Any

from motcua.kernel.errors import DomainError, Kind


class MoveImpossible(DomainError):
    code = "dossiers.move_impossible"
    kind = Kind.CONFLICT
    message = "Không thể thực hiện “{move}” khi hồ sơ đang ở trạng thái hiện tại."
    advice = "Tải lại trang: hồ sơ có thể đã được người khác xử lý."


class ReasonMissing(DomainError):
    code = "dossiers.reason_missing"
    message = "Cần ghi lý do khi thực hiện “{move}”."
    advice = "Viết lý do cụ thể; người nộp hồ sơ sẽ đọc được nội dung này."


class SupplementExhausted(DomainError):
    code = "dossiers.supplement_exhausted"
    kind = Kind.CONFLICT
    message = "Hồ sơ này đã được yêu cầu bổ sung {count} lần, không được yêu cầu thêm."
    advice = "Giải quyết theo hồ sơ hiện có, hoặc trình từ chối kèm lý do."
    ground = "Nghị định 118/2025/NĐ-CP"


class SupplyDayWrong(DomainError):
    code = "dossiers.supply_day_wrong"
    kind = Kind.INVALID
    message = "Hạn bổ sung phải là một ngày sau hôm nay và không quá hai năm."


class ExtensionRefused(DomainError):
    code = "dossiers.extension_refused"
    kind = Kind.CONFLICT
    message = "Không thể hẹn lại ngày trả kết quả: {why}"
    advice = "Mỗi hồ sơ chỉ được hẹn lại một lần, và phải báo trước hạn trả ít nhất một ngày."
    ground = "Nghị định 61/2018/NĐ-CP, Điều 19"


class PapersMissing(DomainError):
    code = "dossiers.papers_missing"
    message = "Hồ sơ còn thiếu: {papers}."
    advice = "Đính kèm đủ giấy tờ bắt buộc hoặc ghi lý do được miễn."


class FormInvalid(DomainError):
    """`faults` holds (path, message) pairs for the page to show beside the fields."""

    code = "dossiers.form_invalid"
    message = "Tờ khai còn {count} nội dung chưa đúng."
    advice = "Sửa các ô được đánh dấu rồi gửi lại."


class VersionForeign(DomainError):
    code = "dossiers.version_foreign"
    message = "Phiên bản được chọn không thuộc thủ tục hoặc trường hợp của hồ sơ này."


class FormOutdated(DomainError):
    code = "dossiers.form_outdated"
    kind = Kind.CONFLICT
    message = "Mẫu tờ khai đã có bản mới từ khi bạn bắt đầu điền."
    advice = "Nội dung đã điền được giữ lại; xem lại các ô mới rồi gửi."


class ChannelClosed(DomainError):
    code = "dossiers.channel_closed"
    message = "Thủ tục này chưa nhận hồ sơ qua kênh bạn chọn."
    advice = "Mang giấy tờ đến Bộ phận Một cửa."


class FeeUnpaid(DomainError):
    code = "dossiers.fee_unpaid"
    kind = Kind.CONFLICT
    message = "Hồ sơ còn {amount} phí, lệ phí chưa nộp."
    advice = "Thu phí hoặc ghi căn cứ miễn giảm trước khi trả kết quả."


class ConsultationOpen(DomainError):
    code = "dossiers.consultation_open"
    kind = Kind.CONFLICT
    message = "Còn {count} ý kiến phối hợp chưa trả lời và chưa hết hạn."
    advice = "Chờ trả lời; quá hạn mà không có ý kiến thì được trình tiếp."


class ConsultationClosed(DomainError):
    code = "dossiers.consultation_closed"
    kind = Kind.CONFLICT
    message = "Yêu cầu lấy ý kiến này đã được trả lời."
    advice = "Tải lại trang để xem nội dung trả lời."


class SigningRefused(DomainError):
    code = "dossiers.signing_refused"
    kind = Kind.FORBIDDEN
    message = "Bạn không có thẩm quyền ký kết quả của thủ tục này hôm nay."
    advice = "Cần là người có thẩm quyền, hoặc có văn bản ủy quyền ký còn hiệu lực cho thủ tục này."


class ReceptionOver(DomainError):
    code = "dossiers.reception_over"
    kind = Kind.CONFLICT
    message = "Chỉ hủy tiếp nhận nhầm trong ngày tiếp nhận."
    advice = "Sang ngày khác, dừng giải quyết theo mẫu 05 hoặc ghi người nộp rút hồ sơ."


class SentOnline(DomainError):
    """What a person sent themselves is answered by the law's forms, not taken back by a desk."""

    code = "dossiers.sent_online"
    kind = Kind.CONFLICT
    message = "Hồ sơ này do người dân nộp trực tuyến, không hủy tiếp nhận được."
    advice = "Yêu cầu bổ sung, hoặc dừng giải quyết theo mẫu 05."


class MoneyTaken(DomainError):
    code = "dossiers.money_taken"
    kind = Kind.CONFLICT
    message = "Đã thu tiền của hồ sơ này."
    advice = "Hoàn tiền trước, rồi hủy tiếp nhận."


class SignedElectronically(DomainError):
    code = "dossiers.signed_electronically"
    kind = Kind.CONFLICT
    message = "Kết quả đã ký số; đóng dấu giấy lên bản in không thay được con dấu số."
    advice = "Đóng dấu số, hoặc trả lại để ký trên giấy."


class SigningKeyMissing(DomainError):
    code = "dossiers.signing_key_missing"
    kind = Kind.CONFLICT
    message = "Chưa có khóa ký số nào được đăng ký cho bạn hoặc cho cơ quan này."
    advice = "Liên hệ người quản trị để đăng ký thiết bị ký."


class ResultMissing(DomainError):
    code = "dossiers.result_missing"
    kind = Kind.CONFLICT
    message = "Chưa có dự thảo kết quả."
    advice = "Soạn hoặc tải dự thảo kết quả lên trước khi trình."


class DraftConflict(DomainError):
    """`clashes` are the answers changed here and elsewhere (`rules.merging.Clash`); `revision` is the one saved now."""

    code = "dossiers.draft_conflict"
    kind = Kind.CONFLICT
    message = "Có chỗ bạn vừa sửa cũng đã được sửa ở thẻ hoặc máy khác. Chưa có gì bị ghi đè."
    advice = "Xem hai bản cạnh nhau và chọn bản đúng."

    @property
    def clashes(self) -> Any:
        return self.params["clashes"]


class FormCorrected(DraftConflict):
    """The clashes are between an unsent answer and the form of the dossier; `revision` is the dossier's."""

    code = "dossiers.form_corrected"
    message = "Có chỗ trên tờ khai bạn sửa mà cán bộ cũng đã sửa. Phần bổ sung chưa được gửi."


class DraftSent(DomainError):
    """`dossier_id` is what became of it."""

    code = "dossiers.draft_sent"
    kind = Kind.CONFLICT
    message = "Hồ sơ này đã gửi. Thay đổi vừa rồi không được lưu."
    advice = "Mở hồ sơ đã gửi để xem, rút hoặc sửa khi chưa được tiếp nhận."


class DraftFull(DomainError):
    code = "dossiers.draft_full"
    message = "Một hồ sơ nhận nhiều nhất {most} tệp."
    advice = "Ghép các ảnh của một giấy tờ thành một tệp, hoặc bỏ bớt tệp thừa."


class DraftFilesFull(DomainError):
    """Files of all unsent drafts of one person together."""

    code = "dossiers.draft_files_full"
    kind = Kind.CONFLICT
    message = "Các bản nháp chưa gửi của bạn đã có quá nhiều tệp (mỗi người tối đa {largest})."
    advice = "Gửi hoặc xóa bản nháp không dùng nữa, bỏ bớt tệp, rồi đính kèm lại."


class AnswersMissing(DomainError):
    """`items` are the numbers of the things asked for that have no answer yet."""

    code = "dossiers.answers_missing"
    message = "Còn {count} việc chưa trả lời."
    advice = "Đính kèm giấy tờ hoặc viết vài chữ ở từng việc; không có giấy tờ thì ghi là không có."


class PaperUnlisted(DomainError):
    """The line is not on the checklist of the case: a paper of another case must not travel along unseen."""

    code = "dossiers.paper_unlisted"
    message = "Giấy tờ “{key}” không thuộc thành phần hồ sơ của trường hợp này."
    advice = "Bỏ giấy tờ đó, hoặc chọn đúng trường hợp."


class DataTooLarge(DomainError):
    code = "dossiers.data_too_large"
    message = "Nội dung gửi lên quá lớn, lồng quá nhiều tầng hoặc có ký tự không lưu được."
    advice = "Rút gọn nội dung; giấy tờ thì đính kèm thành tệp."


class RequestKeyReused(DomainError):
    code = "dossiers.request_key_reused"
    kind = Kind.CONFLICT
    message = "Khóa yêu cầu này đã dùng cho một hồ sơ có nội dung khác; hồ sơ mới chưa được nhận."
    advice = "Gửi lại với một khóa yêu cầu mới, hoặc gửi đúng nội dung của lần đầu."


class ContactInvalid(DomainError):
    code = "dossiers.contact_invalid"
    message = "Thông tin liên hệ “{field}” chưa đúng."
    advice = "Mỗi mục là một dòng ngắn; thư điện tử là đúng một địa chỉ, ví dụ ten@congty.vn."


class ReturnAddressMissing(DomainError):
    """The post needs to know where to bring the result."""

    code = "dossiers.return_address_missing"
    message = "Nhận kết quả qua bưu điện thì cần địa chỉ."
    advice = "Ghi địa chỉ nhận kết quả, hoặc chọn cách nhận khác."


class ConsultationOfOneself(DomainError):
    code = "dossiers.consultation_of_oneself"
    message = "Cơ quan đang giải quyết không tự lấy ý kiến của chính mình."
    advice = "Chọn cơ quan phối hợp khác, hoặc chuyển bước xử lý trong cơ quan."


class CursorUnreadable(DomainError):
    code = "dossiers.cursor_unreadable"
    message = "Con trỏ trang không đọc được."
    advice = "Dùng nguyên giá trị của trang trước, hoặc bỏ trống để lấy trang đầu."


class PaperNotInForce(DomainError):
    code = "dossiers.paper_not_in_force"
    kind = Kind.CONFLICT
    message = "Giấy tờ “{paper}” trong kho điện tử đã hết hiệu lực, không dùng lại được."
    advice = "Bỏ giấy tờ này khỏi hồ sơ rồi đính kèm bản còn hiệu lực."
    ground = "Nghị định 45/2020/NĐ-CP, Điều 16"


class MandateMissing(DomainError):
    code = "dossiers.mandate_missing"
    message = "Nộp thay người khác thì phải nêu căn cứ: quan hệ với người đó, hoặc văn bản ủy quyền."
    advice = "Chọn quan hệ hoặc ghi số, ngày của văn bản ủy quyền."
    ground = "Bộ luật Dân sự 2015, Điều 138; Nghị định 118/2025/NĐ-CP"


class DossierClosed(DomainError):
    code = "dossiers.dossier_closed"
    kind = Kind.CONFLICT
    message = "Hồ sơ đã kết thúc nên không thêm giấy tờ được nữa."
    advice = "Kiểm tra lại mã hồ sơ."


class ExemptionUnknown(DomainError):
    code = "dossiers.exemption_unknown"
    message = "Căn cứ không số hóa “{ground}” không có trong danh mục."
    advice = "Chọn một căn cứ trong danh sách."
    ground = "Thông tư 01/2023/TT-VPCP"


class ResultIncomplete(DomainError):
    """`faults` holds (path, message) pairs of the fields of the result."""

    code = "dossiers.result_incomplete"
    message = "Nội dung kết quả chưa đủ để trình: {missing}"
    advice = "Mở trang nội dung kết quả, ghi đủ các mục còn thiếu rồi trình lại."
