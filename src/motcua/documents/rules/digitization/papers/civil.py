"""Civil status: birth notification (Circular 56/2017/TT-BYT), birth and marriage certificates (Circular 04/2020/TT-BTP)."""

from motcua.documents.rules.digitization.papers.extract import FieldRule, PaperRules
from motcua.documents.rules.digitization.papers.labels import labels
from motcua.documents.rules.digitization.values import (
    a_count,
    a_date,
    a_gender,
    a_symbol,
    a_year,
    person_name,
    personal_number,
    plain_text,
)

_STOPS = {
    "motto": ("Độc lập - Tự do - Hạnh phúc",),
    "sign": ("Người ký", "NGƯỜI KÝ", "CHỦ TỊCH", "Người đỡ đẻ", "Thủ trưởng", "Cán bộ tư pháp"),
}

BIRTH_NOTIFICATION = PaperRules(
    labels(
        symbol=("Số",),
        mother=("Họ và tên mẹ/Người nuôi dưỡng", "Họ và tên mẹ", "Họ tên mẹ"),
        year=("Năm sinh", "Ngày, tháng, năm sinh"),
        residence=("Nơi đăng ký thường trú", "Nơi thường trú"),
        insurance=("Mã số BHXH/Thẻ BHYT số", "Mã số BHXH"),
        number=("Số CMND/CCCD/Hộ chiếu", "Số CMND/Hộ chiếu", "Số định danh cá nhân", "Số ĐDCN/CCCD"),
        ethnicity=("Dân tộc",),
        born=("Đã sinh con vào lúc", "Sinh con vào lúc"),
        at=("Tại",),
        count=("Số con trong lần sinh này", "Số con trong lần đẻ này"),
        gender=("Giới tính của con", "Giới tính khi sinh của con"),
        weight=("Cân nặng của con", "Cân nặng"),
        name=("Dự định đặt tên con là", "Dự kiến đặt tên con là"),
        midwife=("Người đỡ đẻ", "Người ghi phiếu"),
        note=("Ghi chú",),
        **_STOPS,
    ),
    (
        FieldRule("mother_name", "mother", person_name),
        FieldRule("mother_born", "year", a_year),
        FieldRule("mother_number", "number", personal_number),
        FieldRule("mother_residence", "residence", plain_text, lines=2),
        FieldRule("ethnicity", "ethnicity", plain_text),
        FieldRule("born_on", "born", a_date, lines=2),
        FieldRule("birth_place", "at", plain_text, lines=2, after="born"),
        FieldRule("children", "count", a_count),
        FieldRule("gender", "gender", a_gender),
        FieldRule("weight_grams", "weight", a_count),
        FieldRule("child_name", "name", person_name),
    ),
)

BIRTH_CERTIFICATE = PaperRules(
    labels(
        symbol=("Số",),
        name=("Họ, chữ đệm, tên", "Họ và tên"),
        born=("Ngày, tháng, năm sinh",),
        words=("ghi bằng chữ", "Bằng chữ"),
        gender=("Giới tính",),
        ethnicity=("Dân tộc",),
        nationality=("Quốc tịch",),
        place=("Nơi sinh",),
        home=("Quê quán",),
        number=("Số định danh cá nhân",),
        mother=("Họ, chữ đệm, tên người mẹ", "Họ và tên mẹ"),
        father=("Họ, chữ đệm, tên người cha", "Họ và tên cha"),
        declarer=("Họ, chữ đệm, tên người đi khai sinh",),
        year=("Năm sinh",),
        residence=("Nơi cư trú",),
        papers=("Giấy tờ tùy thân",),
        registered_at=("Nơi đăng ký khai sinh",),
        registered_on=("Ngày, tháng, năm đăng ký",),
        **_STOPS,
    ),
    (
        FieldRule("symbol", "symbol", a_symbol),
        FieldRule("full_name", "name", person_name),
        FieldRule("born_on", "born", a_date),
        FieldRule("gender", "gender", a_gender),
        FieldRule("ethnicity", "ethnicity", plain_text),
        FieldRule("nationality", "nationality", plain_text),
        FieldRule("birth_place", "place", plain_text, lines=2),
        FieldRule("home_place", "home", plain_text, lines=2),
        FieldRule("personal_number", "number", personal_number),
        FieldRule("mother_name", "mother", person_name),
        FieldRule("mother_born", "year", a_year, after="mother", before="father"),
        FieldRule("father_name", "father", person_name),
        FieldRule("father_born", "year", a_year, after="father"),
        FieldRule("registered_at", "registered_at", plain_text, lines=2),
        FieldRule("registered_on", "registered_on", a_date),
    ),
)

MARRIAGE_CERTIFICATE = PaperRules(
    labels(
        symbol=("Số",),
        wife=("Họ, chữ đệm, tên vợ", "Họ và tên vợ"),
        husband=("Họ, chữ đệm, tên chồng", "Họ và tên chồng"),
        born=("Ngày, tháng, năm sinh",),
        ethnicity=("Dân tộc",),
        nationality=("Quốc tịch",),
        residence=("Nơi cư trú",),
        papers=("Giấy tờ tùy thân", "Số định danh cá nhân", "Giấy CCCD số"),
        registered_at=("Nơi đăng ký kết hôn",),
        registered_on=("Ngày, tháng, năm đăng ký",),
        **_STOPS,
    ),
    (
        FieldRule("symbol", "symbol", a_symbol),
        FieldRule("wife_name", "wife", person_name),
        FieldRule("wife_born", "born", a_date, side="left"),
        FieldRule("wife_number", "papers", personal_number, side="left", lines=2),
        FieldRule("husband_name", "husband", person_name),
        FieldRule("husband_born", "born", a_date, side="right"),
        FieldRule("husband_number", "papers", personal_number, side="right", lines=2),
        FieldRule("registered_at", "registered_at", plain_text, lines=2),
        FieldRule("registered_on", "registered_on", a_date),
    ),
)
