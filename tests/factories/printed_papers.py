"""Ten kinds of common papers, printed and scanned: pictures with noise and skew, and the values a reader must find.

Wordings, fonts, order of optional lines and layout vary with the seed. People, numbers and places are invented.
"""

import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import segno
from PIL import Image, ImageDraw, ImageFont

from motcua.documents.rules.digitization.identity import check_digit, tax_check_digit
from motcua.documents.rules.digitization.papers.kinds import PaperKind

DPI = 200
WIDTH, HEIGHT = 1654, 2339
_TINOS = Path("/usr/share/fonts/truetype/croscore")
_NOTO = Path("/usr/share/fonts/truetype/noto")
FONTS = (
    (_TINOS / "Tinos-Regular.ttf", _TINOS / "Tinos-Bold.ttf", 37),
    (_TINOS / "Tinos-Regular.ttf", _TINOS / "Tinos-Bold.ttf", 35),
    (_NOTO / "NotoSerif-Regular.ttf", _NOTO / "NotoSerif-Bold.ttf", 32),
)
SURNAMES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Phan",
    "Vũ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Đinh",
    "Trịnh",
    "Cao",
    "Hà",
]
MIDDLE = {
    "Nam": ["Văn", "Đức", "Minh", "Quang", "Hữu", "Công", "Xuân"],
    "Nữ": ["Thị", "Thu", "Ngọc", "Thanh", "Hồng", "Kim", "Mỹ"],
}
GIVEN = {
    "Nam": [
        "An",
        "Bình",
        "Cường",
        "Dũng",
        "Đạt",
        "Hải",
        "Hùng",
        "Khoa",
        "Long",
        "Nam",
        "Phúc",
        "Quân",
        "Sơn",
        "Thắng",
        "Tuấn",
        "Vinh",
    ],
    "Nữ": [
        "Anh",
        "Bích",
        "Châu",
        "Dung",
        "Giang",
        "Hà",
        "Hạnh",
        "Hương",
        "Lan",
        "Linh",
        "Mai",
        "Nga",
        "Phương",
        "Quyên",
        "Trang",
        "Yến",
    ],
}
COMMUNES = (
    "An Bình",
    "Yên Hòa",
    "Nghi Phú",
    "Hưng Lộc",
    "Quảng Tâm",
    "Thanh Sơn",
    "Đông Hải",
    "Tân Phong",
    "Vĩnh Lợi",
    "Phước Long",
)
PROVINCES = ("Minh Sơn", "Nghệ An", "Thanh Hóa", "Hà Tĩnh", "Lâm Đồng", "Đồng Tháp", "An Giang", "Bắc Ninh")


@dataclass(frozen=True, slots=True)
class Printed:
    kind: PaperKind
    picture: Image.Image
    truth: dict[str, str]


@dataclass(slots=True)
class Sheet:
    """A page being printed; `y` is where the next line goes."""

    rnd: random.Random
    image: Image.Image = field(default_factory=lambda: Image.new("L", (WIDTH, HEIGHT), 250))
    y: int = 150
    regular: Path = FONTS[0][0]
    bold: Path = FONTS[0][1]
    size: int = 36

    @property
    def draw(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image)

    def font(self, *, bold: bool = False, scale: float = 1.0) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(str(self.bold if bold else self.regular), int(self.size * scale))

    def put(self, text: str, x: int, *, bold: bool = False, scale: float = 1.0) -> None:
        self.draw.text(
            (x, self.y), text, font=self.font(bold=bold, scale=scale), fill=self.rnd.randrange(10, 50)
        )

    def down(self, lines: float = 1.0) -> None:
        self.y += int(self.size * 1.5 * lines)

    def centred(
        self,
        text: str,
        *,
        middle: int = WIDTH // 2,
        bold: bool = True,
        scale: float = 1.0,
        advance: bool = True,
    ) -> None:
        width = self.draw.textlength(text, font=self.font(bold=bold, scale=scale))
        self.put(text, int(middle - width / 2), bold=bold, scale=scale)
        if advance:
            self.down(scale)

    def line(self, text: str, *, left: int = 200, right: int = WIDTH - 130, bold: bool = False) -> None:
        """A paragraph, broken where it must be."""
        font, line = self.font(bold=bold), ""
        for word in text.split():
            trial = f"{line} {word}".strip()
            if self.draw.textlength(trial, font=font) > right - left and line:
                self.put(line, left, bold=bold)
                self.down()
                line = word
            else:
                line = trial
        self.put(line, left, bold=bold)
        self.down()

    def two(self, first: str, second: str, *, second_at: int = 900) -> None:
        self.put(first, 200)
        self.put(second, second_at)
        self.down()


class Invented:
    """One seed's people and places."""

    def __init__(self, rnd: random.Random) -> None:
        self.rnd = rnd

    def name(self, gender: str) -> str:
        return " ".join(
            (self.rnd.choice(SURNAMES), self.rnd.choice(MIDDLE[gender]), self.rnd.choice(GIVEN[gender]))
        )

    def day(self, first: int, last: int) -> date:
        return date(first, 1, 1) + timedelta(days=self.rnd.randrange((last - first + 1) * 365))

    def number(self, born: date, gender: str) -> str:
        century = (0 if born.year < 2000 else 2) + (gender == "Nữ")
        place = self.rnd.choice((1, 4, 8, 24, 38, 40, 42, 68, 79, 87, 96))
        return f"{place:03d}{century}{born.year % 100:02d}{self.rnd.randrange(10**6):06d}"

    def place(self) -> str:
        return f"xã {self.rnd.choice(COMMUNES)}, tỉnh {self.rnd.choice(PROVINCES)}"

    def home(self) -> str:
        return f"Thôn {self.rnd.randrange(1, 12)}, {self.place()}"

    def tax(self) -> str:
        while True:
            nine = f"{self.rnd.randrange(10**8, 10**9):09d}"
            digit = tax_check_digit(nine)
            if digit is not None:
                return f"{nine}{digit}"

    def phone(self) -> str:
        return f"09{self.rnd.randrange(10**7, 10**8)}"


def shown(day: date, rnd: random.Random) -> str:
    return rnd.choice((f"{day:%d/%m/%Y}", f"ngày {day:%d} tháng {day:%m} năm {day.year}"))


def money(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def head(sheet: Sheet, issuer: str, sub: str | None = None) -> None:
    """Issuer on the left, the Republic on the right."""
    sheet.centred(issuer, middle=430, scale=0.88, advance=False, bold=sub is None)
    sheet.centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", middle=1180, scale=0.88)
    if sub:
        sheet.centred(sub, middle=430, scale=0.88, advance=False)
    sheet.centred("Độc lập - Tự do - Hạnh phúc", middle=1180, scale=0.92)
    sheet.down(0.5)


def birth_notification(sheet: Sheet, who: Invented) -> dict[str, str]:
    rnd = sheet.rnd
    mother_born, born = who.day(1980, 2003), who.day(2023, 2026)
    mother, number = who.name("Nữ"), who.number(mother_born, "Nữ")
    gender = rnd.choice(("Nam", "Nữ"))
    child, weight = who.name(gender), rnd.randrange(22, 42) * 100
    home, hospital = who.home(), f"Trạm y tế {who.place()}"
    head(sheet, "TRẠM Y TẾ", f"XÃ {rnd.choice(COMMUNES).upper()}")
    sheet.put(f"Số: {rnd.randrange(1, 400)}", 300)
    sheet.down(2)
    sheet.centred("GIẤY CHỨNG SINH", scale=1.4)
    sheet.down()
    sheet.line(f"{rnd.choice(('Họ và tên mẹ/Người nuôi dưỡng', 'Họ và tên mẹ'))}: {mother}")
    sheet.line(f"Năm sinh: {mother_born.year}")
    sheet.line(f"{rnd.choice(('Nơi đăng ký thường trú', 'Nơi thường trú'))}: {home}")
    sheet.line(f"{rnd.choice(('Số CMND/CCCD/Hộ chiếu', 'Số định danh cá nhân'))}: {number}")
    sheet.line("Dân tộc: Kinh")
    sheet.line(
        f"Đã sinh con vào lúc: {rnd.randrange(24):02d} giờ {rnd.randrange(60):02d} phút, "
        f"ngày {born:%d} tháng {born:%m} năm {born.year}"
    )
    sheet.line(f"Tại: {hospital}")
    sheet.line("Số con trong lần sinh này: 1")
    sheet.two(f"Giới tính của con: {gender}", f"Cân nặng của con: {weight} gram")
    sheet.line(f"Dự định đặt tên con là: {child}")
    sheet.down()
    issued = born + timedelta(days=2)
    sheet.centred(
        f"{rnd.choice(COMMUNES)}, ngày {issued:%d} tháng {issued:%m} năm {issued.year}",
        middle=1180,
        bold=False,
    )
    sheet.centred("Người đỡ đẻ", middle=430, advance=False)
    sheet.centred("Thủ trưởng cơ sở y tế", middle=1180)
    return {
        "mother_name": mother,
        "mother_born": str(mother_born.year),
        "mother_number": number,
        "mother_residence": home,
        "ethnicity": "Kinh",
        "born_on": born.isoformat(),
        "birth_place": hospital,
        "children": "1",
        "gender": gender,
        "weight_grams": str(weight),
        "child_name": child,
        "issued_on": issued.isoformat(),
    }


def birth_certificate(sheet: Sheet, who: Invented) -> dict[str, str]:
    rnd = sheet.rnd
    born = who.day(2008, 2026)
    gender = rnd.choice(("Nam", "Nữ"))
    name, number = who.name(gender).upper(), who.number(born, gender)
    mother_born, father_born = who.day(1975, 1999), who.day(1972, 1999)
    mother, father = who.name("Nữ").upper(), who.name("Nam").upper()
    home, place = who.place(), f"Bệnh viện đa khoa tỉnh {rnd.choice(PROVINCES)}"
    registry = f"Ủy ban nhân dân {who.place()}"
    registered = born + timedelta(days=rnd.randrange(5, 60))
    symbol = f"{rnd.randrange(1, 500)}/{registered.year}"
    head(sheet, "ỦY BAN NHÂN DÂN", f"XÃ {rnd.choice(COMMUNES).upper()}")
    sheet.put(f"Số: {symbol}", 300)
    sheet.down(2)
    sheet.centred("GIẤY KHAI SINH" if rnd.random() < 0.75 else "TRÍCH LỤC KHAI SINH", scale=1.4)
    sheet.down()
    sheet.line(f"Họ, chữ đệm, tên: {name}")
    sheet.line(f"Ngày, tháng, năm sinh: {born:%d/%m/%Y}")
    sheet.two(f"Giới tính: {gender}", "Dân tộc: Kinh")
    sheet.line("Quốc tịch: Việt Nam")
    sheet.line(f"Nơi sinh: {place}")
    sheet.line(f"Quê quán: {home}")
    sheet.line(f"Số định danh cá nhân: {number}")
    sheet.line(f"Họ, chữ đệm, tên người mẹ: {mother}")
    sheet.two(f"Năm sinh: {mother_born.year}", "Dân tộc: Kinh")
    sheet.line(f"Họ, chữ đệm, tên người cha: {father}")
    sheet.two(f"Năm sinh: {father_born.year}", "Dân tộc: Kinh")
    sheet.line(f"Nơi đăng ký khai sinh: {registry}")
    sheet.line(f"Ngày, tháng, năm đăng ký: {registered:%d/%m/%Y}")
    sheet.down()
    sheet.centred("NGƯỜI KÝ GIẤY KHAI SINH", middle=1180)
    return {
        "symbol": symbol,
        "full_name": name,
        "born_on": born.isoformat(),
        "gender": gender,
        "ethnicity": "Kinh",
        "nationality": "Việt Nam",
        "birth_place": place,
        "home_place": home,
        "personal_number": number,
        "mother_name": mother,
        "mother_born": str(mother_born.year),
        "father_name": father,
        "father_born": str(father_born.year),
        "registered_at": registry,
        "registered_on": registered.isoformat(),
    }


def marriage_certificate(sheet: Sheet, who: Invented) -> dict[str, str]:
    rnd = sheet.rnd
    wife_born, husband_born, registered = who.day(1975, 2002), who.day(1972, 2002), who.day(2021, 2026)
    wife, husband = who.name("Nữ").upper(), who.name("Nam").upper()
    wife_number, husband_number = who.number(wife_born, "Nữ"), who.number(husband_born, "Nam")
    registry, symbol = f"Ủy ban nhân dân {who.place()}", f"{rnd.randrange(1, 200)}/{registered.year}"
    head(sheet, "ỦY BAN NHÂN DÂN", f"XÃ {rnd.choice(COMMUNES).upper()}")
    sheet.put(f"Số: {symbol}", 300)
    sheet.down(2)
    sheet.centred(rnd.choice(("GIẤY CHỨNG NHẬN KẾT HÔN", "GIẤY CHỨNG NHẬN ĐĂNG KÝ KẾT HÔN")), scale=1.3)
    sheet.down()
    paper = rnd.choice(("Giấy tờ tùy thân: CCCD", "Số định danh cá nhân:"))
    for left, right in (
        ("Họ, chữ đệm, tên vợ:", "Họ, chữ đệm, tên chồng:"),
        (wife, husband),
        (f"Ngày, tháng, năm sinh: {wife_born:%d/%m/%Y}", f"Ngày, tháng, năm sinh: {husband_born:%d/%m/%Y}"),
        ("Dân tộc: Kinh", "Dân tộc: Kinh"),
        ("Quốc tịch: Việt Nam", "Quốc tịch: Việt Nam"),
        (f"{paper}", f"{paper}"),
        (wife_number, husband_number),
    ):
        sheet.put(left, 160)
        sheet.put(right, 880)
        sheet.down()
    sheet.down()
    sheet.line(f"Nơi đăng ký kết hôn: {registry}", left=160)
    sheet.line(f"Ngày, tháng, năm đăng ký: {registered:%d/%m/%Y}", left=160)
    sheet.down()
    sheet.centred("NGƯỜI KÝ GIẤY CHỨNG NHẬN KẾT HÔN", middle=1100)
    return {
        "symbol": symbol,
        "wife_name": wife,
        "wife_born": wife_born.isoformat(),
        "wife_number": wife_number,
        "husband_name": husband,
        "husband_born": husband_born.isoformat(),
        "husband_number": husband_number,
        "registered_at": registry,
        "registered_on": registered.isoformat(),
    }


def land_certificate(sheet: Sheet, who: Invented) -> dict[str, str]:
    rnd = sheet.rnd
    gender = rnd.choice(("Nam", "Nữ"))
    born = who.day(1950, 1998)
    name, number, home, place = who.name(gender), who.number(born, gender), who.home(), who.home()
    serial = f"{rnd.choice('ABCD')}{rnd.choice('EGHKP')} {rnd.randrange(10**5, 10**6):06d}"
    book = f"CH {rnd.randrange(1, 99999):05d}"
    parcel, map_sheet = rnd.randrange(1, 999), rnd.randrange(1, 99)
    area = f"{rnd.randrange(50, 2999)},{rnd.randrange(1, 10)}"
    purpose = rnd.choice(("Đất ở tại nông thôn", "Đất trồng cây lâu năm", "Đất chuyên trồng lúa nước"))
    term = "Lâu dài" if purpose.startswith("Đất ở") else "Đến ngày 15/10/2043"
    origin = rnd.choice(
        ("Nhà nước giao đất có thu tiền sử dụng đất", "Công nhận quyền sử dụng đất như giao đất có thu tiền")
    )
    sheet.centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", scale=0.95)
    sheet.centred("Độc lập - Tự do - Hạnh phúc", scale=0.95)
    sheet.down()
    sheet.centred("GIẤY CHỨNG NHẬN", scale=1.3)
    sheet.centred("QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU NHÀ Ở", scale=0.95)
    sheet.centred("VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT", scale=0.95)
    sheet.down(0.5)
    sheet.line("I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất", bold=True)
    sheet.line(f"{'Ông' if gender == 'Nam' else 'Bà'}: {name}")
    sheet.line(f"Năm sinh: {born.year}, {rnd.choice(('CCCD số', 'Số định danh cá nhân'))}: {number}")
    sheet.line(f"Địa chỉ thường trú: {home}")
    sheet.line("II. Thửa đất, nhà ở và tài sản khác gắn liền với đất", bold=True)
    sheet.two(f"a) Thửa đất số: {parcel}", f"Tờ bản đồ số: {map_sheet}")
    sheet.line(f"b) Địa chỉ: {place}")
    sheet.line(f"c) Diện tích: {area} m²")
    sheet.line("d) Hình thức sử dụng: Sử dụng riêng")
    sheet.line(f"đ) Mục đích sử dụng: {purpose}")
    sheet.line(f"e) Thời hạn sử dụng: {term}")
    sheet.line(f"g) Nguồn gốc sử dụng: {origin}")
    sheet.down()
    issued = who.day(2012, 2026)
    sheet.centred(
        f"{rnd.choice(COMMUNES)}, ngày {issued:%d} tháng {issued:%m} năm {issued.year}",
        middle=1180,
        bold=False,
    )
    sheet.centred("TM. ỦY BAN NHÂN DÂN", middle=1180)
    sheet.down(4)
    sheet.line(f"Số phát hành: {serial}")
    sheet.line(f"Số vào sổ cấp GCN: {book}")
    return {
        "serial": serial,
        "book_number": book,
        "holder_name": name,
        "holder_born": str(born.year),
        "holder_number": number,
        "holder_residence": home,
        "parcel": str(parcel),
        "map_sheet": str(map_sheet),
        "address": place,
        "area": area.replace(",", "."),
        "purpose": purpose,
        "term": term,
        "origin": origin,
        "issued_on": issued.isoformat(),
    }


def household_business(sheet: Sheet, who: Invented) -> dict[str, str]:
    rnd = sheet.rnd
    gender = rnd.choice(("Nam", "Nữ"))
    born, first = who.day(1960, 2002), who.day(2019, 2026)
    owner, number, home, address = who.name(gender), who.number(born, gender), who.home(), who.home()
    business = f"Hộ kinh doanh {rnd.choice(GIVEN[gender])} {rnd.choice(COMMUNES)}"
    trade = rnd.choice(
        ("Bán lẻ lương thực, thực phẩm", "Sửa chữa mô tô, xe máy", "Dịch vụ ăn uống", "May đo quần áo")
    )
    capital, tax, phone = rnd.randrange(3, 90) * 10_000_000, who.tax(), who.phone()
    symbol = f"41A{rnd.randrange(10**6, 10**7)}"
    head(sheet, "ỦY BAN NHÂN DÂN", f"XÃ {rnd.choice(COMMUNES).upper()}")
    sheet.down()
    sheet.centred("GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH", scale=1.1)
    sheet.centred(f"Số: {symbol}", bold=False)
    sheet.centred(f"Đăng ký lần đầu: ngày {first:%d} tháng {first:%m} năm {first.year}", bold=False)
    sheet.down()
    sheet.line(f"1. Tên hộ kinh doanh: {business}")
    sheet.line(f"2. {rnd.choice(('Địa chỉ trụ sở hộ kinh doanh', 'Địa điểm kinh doanh'))}: {address}")
    sheet.two(f"Điện thoại: {phone}", f"Mã số thuế: {tax}")
    sheet.line(f"3. Ngành, nghề kinh doanh: {trade}")
    sheet.line(f"4. Vốn kinh doanh: {money(capital)} đồng")
    sheet.line(
        f"5. {rnd.choice(('Họ và tên chủ hộ kinh doanh', 'Họ và tên đại diện hộ kinh doanh'))}: {owner}"
    )
    sheet.two(f"Giới tính: {gender}", f"Sinh ngày: {born:%d/%m/%Y}")
    sheet.two("Dân tộc: Kinh", "Quốc tịch: Việt Nam")
    sheet.line(f"Số định danh cá nhân: {number}")
    sheet.line(f"Nơi thường trú: {home}")
    sheet.down()
    sheet.centred("TRƯỞNG PHÒNG", middle=1180)
    return {
        "symbol": symbol,
        "tax_code": tax,
        "first_registered_on": first.isoformat(),
        "business_name": business,
        "address": address,
        "phone": phone,
        "trade": trade,
        "capital": str(capital),
        "owner_name": owner,
        "owner_born": born.isoformat(),
        "owner_number": number,
        "owner_residence": home,
    }


def identity_card(sheet: Sheet, who: Invented) -> dict[str, str]:
    rnd = sheet.rnd
    gender = rnd.choice(("Nam", "Nữ"))
    born, issued = who.day(1955, 2005), who.day(2021, 2025)
    name, number = who.name(gender).upper(), who.number(born, gender)
    home, residence = who.place(), who.home()
    expires = date(
        born.year + (40 if born.year + 40 > 2026 else 60 if born.year + 60 > 2026 else 85),
        born.month,
        min(born.day, 28),
    )
    sheet.y = 220
    sheet.centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", middle=960, scale=0.9)
    sheet.centred("Độc lập - Tự do - Hạnh phúc", middle=960, scale=0.85)
    sheet.centred("CĂN CƯỚC CÔNG DÂN", middle=960, scale=1.2)
    sheet.centred("Citizen Identity Card", middle=960, scale=0.7, bold=False)
    left = 560
    sheet.put(f"Số / No.: {number}", left, bold=True)
    sheet.down()
    sheet.put("Họ và tên / Full name:", left, scale=0.85)
    sheet.down(0.9)
    sheet.put(name, left, bold=True)
    sheet.down()
    sheet.put(f"Ngày sinh / Date of birth: {born:%d/%m/%Y}", left)
    sheet.down()
    sheet.put(f"Giới tính / Sex: {gender}", left)
    sheet.put("Quốc tịch / Nationality: Việt Nam", left + 360)
    sheet.down()
    sheet.put("Quê quán / Place of origin:", left, scale=0.85)
    sheet.down(0.9)
    sheet.put(home, left)
    sheet.down()
    sheet.put("Nơi thường trú / Place of residence:", left, scale=0.85)
    sheet.down(0.9)
    sheet.put(residence, left)
    sheet.down()
    sheet.put(f"Có giá trị đến / Date of expiry: {expires:%d/%m/%Y}", 160, scale=0.85)
    if rnd.random() < 0.6:
        text = f"{number}||{name.title()}|{born:%d%m%Y}|{gender}|{residence}|{issued:%d%m%Y}"
        out = io.BytesIO()
        segno.make(text, error="m").save(out, kind="png", scale=4, border=3)
        sheet.image.paste(Image.open(out).convert("L"), (1330, 130))
    sheet.y = 1250
    sheet.put("Đặc điểm nhận dạng / Personal identification: Nốt ruồi cách 1cm", 160, scale=0.85)
    sheet.down()
    sheet.put(f"Ngày, tháng, năm / Date, month, year: {issued:%d/%m/%Y}", 560)
    sheet.down(2)
    for row in machine_rows(number, born, expires, gender, name):
        sheet.put(row, 160, scale=1.0)
        sheet.down()
    return {
        "personal_number": number,
        "full_name": name,
        "born_on": born.isoformat(),
        "gender": gender,
        "nationality": "Việt Nam",
        "home_place": home,
        "residence": residence,
        "expires_on": expires.isoformat(),
        "issued_on": issued.isoformat(),
    }


def machine_rows(number: str, born: date, expires: date, gender: str, name: str) -> tuple[str, str, str]:
    """The zone of ICAO 9303 (TD1) as cards carry it."""
    from motcua.kernel.text import fold

    document = number[3:]
    first = f"IDVNM{document}{check_digit(document)}{number}<<"
    first += check_digit(first[5:29])
    sex = "M" if gender == "Nam" else "F"
    birth, end = f"{born:%y%m%d}", f"{expires:%y%m%d}"
    second = f"{birth}{check_digit(birth)}{sex}{end}{check_digit(end)}VNM" + "<" * 11
    second += check_digit(first[5:30] + second[:7] + second[8:15] + second[18:29])
    surname, *rest = fold(name).upper().split()
    return first, second, f"{surname}<<{'<'.join(rest)}".ljust(30, "<")[:30]


def authority_letter(sheet: Sheet, who: Invented) -> dict[str, str]:
    rnd = sheet.rnd
    truth: dict[str, str] = {}
    sheet.centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    sheet.centred("Độc lập - Tự do - Hạnh phúc")
    sheet.down()
    sheet.centred(rnd.choice(("GIẤY ỦY QUYỀN", "VĂN BẢN ỦY QUYỀN")), scale=1.3)
    sheet.down()
    for role, heading in (("giver", "I. BÊN ỦY QUYỀN:"), ("taker", "II. BÊN ĐƯỢC ỦY QUYỀN:")):
        gender = rnd.choice(("Nam", "Nữ"))
        born = who.day(1955, 2003)
        truth[f"{role}_name"], truth[f"{role}_number"] = who.name(gender), who.number(born, gender)
        truth[f"{role}_born"], truth[f"{role}_residence"] = born.isoformat(), who.home()
        sheet.line(heading, bold=True)
        sheet.line(f"Họ và tên: {truth[f'{role}_name']}")
        sheet.line(f"Sinh ngày: {shown(born, rnd)}")
        sheet.line(f"{rnd.choice(('CCCD số', 'Số định danh cá nhân'))}: {truth[f'{role}_number']}")
        sheet.line(f"{rnd.choice(('Nơi cư trú', 'Địa chỉ thường trú'))}: {truth[f'{role}_residence']}")
    truth["content"] = rnd.choice(
        (
            "Nộp hồ sơ và nhận kết quả đăng ký khai sinh cho con.",
            "Thay mặt tôi làm thủ tục cấp lại Giấy chứng nhận quyền sử dụng đất.",
            "Nộp hồ sơ đăng ký hộ kinh doanh và nhận kết quả tại Bộ phận Một cửa.",
        )
    ).rstrip(".")
    sheet.line("III. NỘI DUNG ỦY QUYỀN:", bold=True)
    sheet.line(f"{truth['content']}.")
    sheet.line("IV. THỜI HẠN ỦY QUYỀN:", bold=True)
    sheet.line("Từ ngày ký đến khi hoàn thành công việc.")
    sheet.down()
    sheet.centred("BÊN A", middle=430, advance=False)
    sheet.centred("BÊN B", middle=1180)
    return truth


def application_form(sheet: Sheet, who: Invented) -> dict[str, str]:
    rnd = sheet.rnd
    gender = rnd.choice(("Nam", "Nữ"))
    born = who.day(1960, 2004)
    to = f"Ủy ban nhân dân {who.place()}"
    title = rnd.choice(
        (
            "TỜ KHAI ĐĂNG KÝ KHAI SINH",
            "TỜ KHAI CẤP BẢN SAO TRÍCH LỤC HỘ TỊCH",
            "ĐƠN ĐỀ NGHỊ XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",
        )
    )
    name, number, home, phone = who.name(gender), who.number(born, gender), who.home(), who.phone()
    sheet.centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    sheet.centred("Độc lập - Tự do - Hạnh phúc")
    sheet.down()
    sheet.centred(title, scale=1.15)
    sheet.down(0.5)
    sheet.centred(f"Kính gửi: {to}", bold=False)
    sheet.down(0.5)
    sheet.line(f"{rnd.choice(('Họ, chữ đệm, tên người yêu cầu', 'Họ và tên', 'Tôi tên là'))}: {name}")
    sheet.line(f"{rnd.choice(('Ngày, tháng, năm sinh', 'Sinh ngày'))}: {born:%d/%m/%Y}")
    sheet.line(f"{rnd.choice(('Số định danh cá nhân', 'Giấy tờ tùy thân'))}: {number}")
    sheet.line(f"{rnd.choice(('Nơi cư trú', 'Nơi thường trú'))}: {home}")
    sheet.line(f"Số điện thoại: {phone}")
    request = rnd.choice(
        (
            "cấp 02 bản sao trích lục khai sinh",
            "đăng ký khai sinh cho con",
            "xác nhận tình trạng hôn nhân để kết hôn",
        )
    )
    sheet.line(f"Nội dung đề nghị: {request}")
    sheet.line(
        "Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật."
    )
    sheet.down()
    sheet.centred("Người yêu cầu", middle=1180)
    return {
        "title": title,
        "recipient": to,
        "applicant_name": name,
        "applicant_born": born.isoformat(),
        "applicant_number": number,
        "applicant_residence": home,
        "applicant_phone": phone,
        "request": request,
    }


def decision(sheet: Sheet, who: Invented) -> dict[str, str]:
    rnd = sheet.rnd
    issued = who.day(2020, 2026)
    commune = rnd.choice(COMMUNES)
    symbol = f"{rnd.randrange(1, 3000)}/QĐ-UBND"
    about = rnd.choice(
        (
            "Về việc công nhận hộ gia đình văn hóa",
            "Về việc cho phép chuyển mục đích sử dụng đất",
            "Về việc trợ cấp xã hội hằng tháng",
        )
    )
    head(sheet, "ỦY BAN NHÂN DÂN", f"XÃ {commune.upper()}")
    sheet.put(f"Số: {symbol}", 260)
    sheet.put(f"{commune}, ngày {issued:%d} tháng {issued:%m} năm {issued.year}", 830)
    sheet.down(2)
    sheet.centred("QUYẾT ĐỊNH", scale=1.3)
    sheet.centred(about)
    sheet.down()
    sheet.centred(f"CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ {commune.upper()}")
    sheet.down(0.5)
    sheet.line("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;")
    sheet.line("Xét đề nghị của công chức chuyên môn,")
    sheet.centred("QUYẾT ĐỊNH:")
    sheet.line(f"Điều 1. Chấp thuận đề nghị của {'ông'} {who.name('Nam')}, địa chỉ tại {who.home()}.")
    sheet.line("Điều 2. Quyết định này có hiệu lực kể từ ngày ký.")
    return {
        "issuer": f"ỦY BAN NHÂN DÂN XÃ {commune.upper()}",
        "symbol": symbol,
        "issued_on": issued.isoformat(),
        "title": "QUYẾT ĐỊNH",
        "abstract": about,
    }


def receipt(sheet: Sheet, who: Invented) -> dict[str, str]:
    rnd = sheet.rnd
    payer, home = who.name(rnd.choice(("Nam", "Nữ"))), who.home()
    amount = rnd.choice((8_000, 15_000, 20_000, 50_000, 100_000, 150_000, 1_200_000))
    issued = who.day(2024, 2026)
    series, number = f"BL{rnd.randrange(23, 27)}{rnd.choice('ABCDE')}", f"{rnd.randrange(1, 10**7):07d}"
    reason = rnd.choice(
        (
            "Lệ phí đăng ký kết hôn",
            "Phí thẩm định hồ sơ cấp giấy chứng nhận",
            "Lệ phí cấp bản sao trích lục hộ tịch",
        )
    )
    way = rnd.choice(("Tiền mặt", "Chuyển khoản"))
    sheet.centred("ỦY BAN NHÂN DÂN XÃ " + rnd.choice(COMMUNES).upper(), middle=430, scale=0.88, advance=False)
    sheet.put(f"Ký hiệu: {series}", 1150)
    sheet.down()
    sheet.put(f"Số: {number}", 1150)
    sheet.down(2)
    sheet.centred(rnd.choice(("BIÊN LAI THU TIỀN PHÍ, LỆ PHÍ", "BIÊN LAI THU TIỀN")), scale=1.25)
    sheet.down()
    sheet.line(f"{rnd.choice(('Họ và tên người nộp tiền', 'Người nộp tiền'))}: {payer}")
    sheet.line(f"Địa chỉ: {home}")
    sheet.line(f"{rnd.choice(('Lý do nộp', 'Nội dung thu'))}: {reason}")
    sheet.line(f"Số tiền: {money(amount)} đồng")
    sheet.line(f"Hình thức thanh toán: {way}")
    sheet.down()
    sheet.centred(
        f"{rnd.choice(COMMUNES)}, ngày {issued:%d} tháng {issued:%m} năm {issued.year}",
        middle=1180,
        bold=False,
    )
    sheet.centred("NGƯỜI THU TIỀN", middle=1180)
    return {
        "series": series,
        "number": number,
        "payer_name": payer,
        "payer_address": home,
        "reason": reason,
        "amount": str(amount),
        "way": way,
        "issued_on": issued.isoformat(),
    }


Maker = Callable[[Sheet, Invented], dict[str, str]]
MAKERS: dict[PaperKind, Maker] = {
    PaperKind.BIRTH_NOTIFICATION: birth_notification,
    PaperKind.BIRTH_CERTIFICATE: birth_certificate,
    PaperKind.MARRIAGE_CERTIFICATE: marriage_certificate,
    PaperKind.LAND_CERTIFICATE: land_certificate,
    PaperKind.HOUSEHOLD_BUSINESS_CERTIFICATE: household_business,
    PaperKind.IDENTITY_CARD: identity_card,
    PaperKind.AUTHORITY_LETTER: authority_letter,
    PaperKind.APPLICATION_FORM: application_form,
    PaperKind.DECISION: decision,
    PaperKind.RECEIPT: receipt,
}


def printed(kind: PaperKind, seed: int, *, skew: float = 1.0, grain: float = 6.0) -> Printed:
    """One paper as a scanner sees it: crooked by up to `skew` degrees, with sensor noise."""
    rnd = random.Random(f"{kind}{seed}")  # noqa: S311 (invented people, not secrets)
    regular, bold, size = rnd.choice(FONTS)
    sheet = Sheet(rnd, regular=regular, bold=bold, size=size)
    truth = MAKERS[kind](sheet, Invented(rnd))
    picture = sheet.image.rotate(rnd.uniform(-skew, skew), resample=Image.Resampling.BICUBIC, fillcolor=250)
    noise = np.random.default_rng(seed).normal(0, grain, (HEIGHT, WIDTH))
    return Printed(
        kind, Image.fromarray(np.clip(np.asarray(picture) + noise, 0, 255).astype(np.uint8)), truth
    )


def jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=75, dpi=(DPI, DPI))
    return out.getvalue()
