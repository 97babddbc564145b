"""Land-use right certificate (Circular 10/2024/TT-BTNMT and older forms), household business certificate (Circular
02/2023/TT-BKHĐT)."""

import re

from motcua.documents.rules.digitization.papers.extract import FieldRule, PaperRules
from motcua.documents.rules.digitization.papers.labels import labels
from motcua.documents.rules.digitization.values import (
    Value,
    a_count,
    a_date,
    a_phone,
    a_symbol,
    a_year,
    an_amount,
    an_area,
    person_name,
    personal_number,
    plain_text,
    tax_code,
)

_STOPS = {"motto": ("Độc lập - Tự do - Hạnh phúc",)}


def serial(text: str) -> Value | None:
    """Two letters and six to eight digits: the number printed by the ministry on the blank."""
    match = re.search(r"\b([A-ZĐ]{1,2})\s?(\d{6,8})\b", text)
    return Value(f"{match.group(1)} {match.group(2)}") if match else None


LAND_CERTIFICATE = PaperRules(
    labels(
        serial=("Số phát hành", "Số seri", "Số phát hành GCN"),
        book=("Số vào sổ cấp GCN", "Số vào sổ cấp Giấy chứng nhận", "Số vào sổ"),
        holder=("Ông", "Bà", "Hộ ông", "Hộ bà", "Tên người sử dụng đất"),
        year=("Năm sinh", "Sinh năm"),
        number=("CCCD số", "CMND số", "Số định danh cá nhân", "Giấy CCCD số"),
        residence=("Địa chỉ thường trú", "Nơi thường trú"),
        parcel=("a) Thửa đất số", "Thửa đất số"),
        sheet=("Tờ bản đồ số",),
        address=("b) Địa chỉ", "Địa chỉ thửa đất", "Địa chỉ"),
        area=("c) Diện tích", "Diện tích"),
        words=("bằng chữ",),
        form=("d) Hình thức sử dụng", "Hình thức sử dụng"),
        purpose=("đ) Mục đích sử dụng", "Mục đích sử dụng", "Loại đất"),
        term=("e) Thời hạn sử dụng", "Thời hạn sử dụng"),
        origin=("g) Nguồn gốc sử dụng", "Nguồn gốc sử dụng"),
        house=("2. Nhà ở", "Nhà ở", "Tài sản gắn liền với đất"),
        note=("Ghi chú",),
        section=("II. Thửa đất", "1. Thửa đất"),
        sign=("TM. ỦY BAN", "CHỦ TỊCH", "GIÁM ĐỐC"),
        **_STOPS,
    ),
    (
        FieldRule("serial", "serial", serial),
        FieldRule("book_number", "book", a_symbol),
        FieldRule("holder_name", "holder", person_name),
        FieldRule("holder_born", "year", a_year),
        FieldRule("holder_number", "number", personal_number),
        FieldRule("holder_residence", "residence", plain_text, lines=2),
        FieldRule("parcel", "parcel", a_count),
        FieldRule("map_sheet", "sheet", a_count),
        FieldRule("address", "address", plain_text, lines=2),
        FieldRule("area", "area", an_area),
        FieldRule("purpose", "purpose", plain_text),
        FieldRule("term", "term", plain_text),
        FieldRule("origin", "origin", plain_text, lines=2),
    ),
)

HOUSEHOLD_BUSINESS_CERTIFICATE = PaperRules(
    labels(
        symbol=("Số", "Mã số hộ kinh doanh", "Mã số đăng ký hộ kinh doanh"),
        tax=("Mã số thuế",),
        first=("Đăng ký lần đầu",),
        changed=("Đăng ký thay đổi lần thứ",),
        name=("1. Tên hộ kinh doanh", "Tên hộ kinh doanh"),
        address=("2. Địa chỉ trụ sở hộ kinh doanh", "Địa chỉ trụ sở", "Địa điểm kinh doanh"),
        phone=("Điện thoại",),
        email=("Email",),
        trade=("3. Ngành, nghề kinh doanh", "Ngành, nghề kinh doanh"),
        capital=("4. Vốn kinh doanh", "Vốn kinh doanh"),
        owner=(
            "5. Họ và tên chủ hộ kinh doanh",
            "Họ và tên chủ hộ kinh doanh",
            "Họ và tên đại diện hộ kinh doanh",
            "Họ và tên",
        ),
        gender=("Giới tính",),
        born=("Sinh ngày",),
        ethnicity=("Dân tộc",),
        nationality=("Quốc tịch",),
        number=("Số định danh cá nhân", "Số giấy tờ pháp lý của cá nhân", "Số CCCD"),
        residence=("Nơi thường trú", "Địa chỉ thường trú"),
        contact=("Địa chỉ liên lạc", "Chỗ ở hiện tại"),
        sign=("TRƯỞNG PHÒNG", "TM. ỦY BAN"),
        **_STOPS,
    ),
    (
        FieldRule("symbol", "symbol", a_symbol),
        FieldRule("tax_code", "tax", tax_code),
        FieldRule("first_registered_on", "first", a_date),
        FieldRule("business_name", "name", plain_text),
        FieldRule("address", "address", plain_text, lines=2),
        FieldRule("phone", "phone", a_phone),
        FieldRule("trade", "trade", plain_text, lines=2),
        FieldRule("capital", "capital", an_amount),
        FieldRule("owner_name", "owner", person_name),
        FieldRule("owner_born", "born", a_date),
        FieldRule("owner_number", "number", personal_number),
        FieldRule("owner_residence", "residence", plain_text, lines=2),
    ),
)
