"""Identity card, authority letter, application form, decision, receipt."""

from motcua.documents.rules.digitization.papers.extract import FieldRule, PaperRules
from motcua.documents.rules.digitization.papers.labels import labels
from motcua.documents.rules.digitization.values import (
    a_date,
    a_gender,
    a_phone,
    a_symbol,
    a_year,
    an_amount,
    person_name,
    personal_number,
    plain_text,
)

_STOPS = {"motto": ("Độc lập - Tự do - Hạnh phúc", "Independence Freedom Happiness")}

IDENTITY_CARD = PaperRules(
    labels(
        number=("Số / No.", "Số định danh cá nhân / Personal identification number", "Số"),
        name=("Họ và tên / Full name", "Họ, chữ đệm và tên khai sinh / Full name", "Họ và tên"),
        born=("Ngày sinh / Date of birth", "Ngày, tháng, năm sinh / Date of birth", "Ngày sinh"),
        gender=("Giới tính / Sex", "Giới tính"),
        nationality=("Quốc tịch / Nationality", "Quốc tịch"),
        home=("Quê quán / Place of origin", "Nơi đăng ký khai sinh / Place of birth", "Quê quán"),
        residence=(
            "Nơi thường trú / Place of residence",
            "Nơi cư trú / Place of residence",
            "Nơi thường trú",
        ),
        expiry=("Có giá trị đến / Date of expiry", "Có giá trị đến"),
        features=("Đặc điểm nhận dạng / Personal identification", "Đặc điểm nhân dạng"),
        issued=("Ngày, tháng, năm / Date, month, year", "Ngày, tháng, năm cấp / Date of issue"),
        chief=("CỤC TRƯỞNG CỤC CẢNH SÁT",),
        **_STOPS,
    ),
    (
        FieldRule("personal_number", "number", personal_number),
        FieldRule("full_name", "name", person_name),
        FieldRule("born_on", "born", a_date),
        FieldRule("gender", "gender", a_gender),
        FieldRule("nationality", "nationality", plain_text),
        FieldRule("home_place", "home", plain_text, lines=2),
        FieldRule("residence", "residence", plain_text, lines=2),
        FieldRule("expires_on", "expiry", a_date),
        FieldRule("issued_on", "issued", a_date),
    ),
)

AUTHORITY_LETTER = PaperRules(
    labels(
        giver=("BÊN ỦY QUYỀN", "Bên ủy quyền (Bên A)", "I. Bên ủy quyền"),
        taker=(
            "BÊN ĐƯỢC ỦY QUYỀN",
            "Bên được ủy quyền (Bên B)",
            "II. Bên được ủy quyền",
            "BÊN NHẬN ỦY QUYỀN",
        ),
        content=("NỘI DUNG ỦY QUYỀN", "III. Nội dung ủy quyền", "Nội dung ủy quyền"),
        term=("THỜI HẠN ỦY QUYỀN", "IV. Thời hạn ủy quyền", "Thời hạn ủy quyền"),
        name=("Họ và tên", "Họ tên", "Ông/Bà", "Ông (Bà)"),
        born=("Sinh ngày", "Ngày sinh", "Năm sinh"),
        number=("Số CCCD/CMND", "CCCD số", "Số định danh cá nhân", "Số CCCD"),
        issued=("Cấp ngày", "Ngày cấp"),
        issuer=("Nơi cấp",),
        residence=("Nơi cư trú", "Địa chỉ thường trú", "Địa chỉ"),
        phone=("Điện thoại", "Số điện thoại"),
        commitment=("CAM KẾT", "Cam kết"),
        sign=("Người ủy quyền", "BÊN A", "Xác nhận"),
        **_STOPS,
    ),
    (
        FieldRule("giver_name", "name", person_name, after="giver", before="taker"),
        FieldRule("giver_born", "born", a_year, after="giver", before="taker"),
        FieldRule("giver_number", "number", personal_number, after="giver", before="taker"),
        FieldRule("giver_residence", "residence", plain_text, lines=2, after="giver", before="taker"),
        FieldRule("taker_name", "name", person_name, after="taker"),
        FieldRule("taker_born", "born", a_year, after="taker"),
        FieldRule("taker_number", "number", personal_number, after="taker"),
        FieldRule("taker_residence", "residence", plain_text, lines=2, after="taker"),
        FieldRule("content", "content", plain_text, lines=3),
    ),
)

APPLICATION_FORM = PaperRules(
    labels(
        to=("Kính gửi",),
        name=(
            "Họ, chữ đệm, tên người yêu cầu",
            "Họ và tên người yêu cầu",
            "Họ và tên",
            "Tên tôi là",
            "Tôi tên là",
        ),
        born=("Ngày, tháng, năm sinh", "Sinh ngày"),
        residence=("Nơi cư trú", "Nơi thường trú", "Địa chỉ"),
        number=("Số định danh cá nhân", "Giấy tờ tùy thân", "Số CCCD", "CCCD số"),
        phone=("Số điện thoại", "Điện thoại liên hệ", "Điện thoại"),
        email=("Email", "Thư điện tử"),
        relation=("Quan hệ với người được khai sinh", "Quan hệ"),
        request=("Nội dung đề nghị", "Tôi đề nghị"),
        promise=("Tôi cam đoan", "Cam đoan"),
        sign=("Người yêu cầu", "Người làm đơn", "NGƯỜI KHAI"),
        **_STOPS,
    ),
    (
        FieldRule("recipient", "to", plain_text, lines=2),
        FieldRule("applicant_name", "name", person_name),
        FieldRule("applicant_born", "born", a_year),
        FieldRule("applicant_number", "number", personal_number),
        FieldRule("applicant_residence", "residence", plain_text, lines=2),
        FieldRule("applicant_phone", "phone", a_phone),
        FieldRule("request", "request", plain_text, lines=3),
    ),
)

RECEIPT = PaperRules(
    labels(
        form=("Mẫu số", "Ký hiệu mẫu"),
        series=("Ký hiệu",),
        number=("Số",),
        payer=(
            "Họ và tên người nộp tiền",
            "Họ, tên người nộp tiền",
            "Tên đơn vị hoặc người nộp tiền",
            "Người nộp tiền",
        ),
        tax=("Mã số thuế",),
        address=("Địa chỉ",),
        reason=("Lý do nộp", "Lý do thu", "Nội dung thu", "Tên loại phí, lệ phí"),
        amount=("Số tiền", "Tổng số tiền"),
        words=("Viết bằng chữ", "Bằng chữ", "Số tiền bằng chữ"),
        way=("Hình thức thanh toán",),
        sign=("Người thu tiền", "NGƯỜI THU TIỀN"),
        **_STOPS,
    ),
    (
        FieldRule("series", "series", a_symbol),
        FieldRule("number", "number", a_symbol),
        FieldRule("payer_name", "payer", person_name),
        FieldRule("payer_address", "address", plain_text, lines=2),
        FieldRule("reason", "reason", plain_text, lines=2),
        FieldRule("amount", "amount", an_amount),
        FieldRule("way", "way", plain_text),
    ),
)

#: A decision has no labels; what it says of itself is read by `general_fields`.
DECISION = PaperRules(labels(basis=("Căn cứ",), article=("Điều 1",)), ())
