"""The statutory forms of the one-stop mechanism."""

from enum import StrEnum


class Form(StrEnum):
    """Statutory forms of the one-stop mechanism (numbers of Circular 03/2025)."""

    RECEIPT = "01"
    SUPPLEMENT = "02"
    REFUSAL = "03"
    APOLOGY = "04"
    STOP = "05"
    CONTROL_SHEET = "06"
    LEDGER = "07"


FORM_TITLES: dict[Form, str] = {
    Form.RECEIPT: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    Form.SUPPLEMENT: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    Form.REFUSAL: "Phiếu từ chối giải quyết hồ sơ",
    Form.APOLOGY: "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
    Form.STOP: "Phiếu thông báo dừng giải quyết hồ sơ",
    Form.CONTROL_SHEET: "Phiếu kiểm soát quá trình giải quyết hồ sơ",
    Form.LEDGER: "Sổ theo dõi hồ sơ",
}
