from tests.unit.documents.digitization.printing import centred, page, row

from motcua.documents.rules.digitization.pages import PageResult
from motcua.documents.rules.digitization.papers.kinds import PaperKind, announcement
from motcua.documents.rules.digitization.papers.reading import ReadPaper, read_paper


def values(read: ReadPaper) -> dict[str, str]:
    return {field.key: field.text for field in read.fields}


def birth_certificate() -> PageResult:
    return page(
        row("ỦY BAN NHÂN DÂN", 100, left=200),
        row("XÃ AN BÌNH", 150, left=240),
        row("Số: 45/2024", 230, left=220),
        centred("GIẤY KHAI SINH", 330),
        row("Họ, chữ đệm, tên: NGUYỄN MINH AN", 450),
        row("Ngày, tháng, năm sinh: 12/08/2024", 500),
        row("Giới tính: Nam Dân tộc: Kinh", 550),
        row("Nơi sinh: Bệnh viện đa khoa tỉnh Minh Sơn,", 600),
        row("phường Một, tỉnh Minh Sơn", 640),
        row("Họ, chữ đệm, tên người mẹ: TRẦN THỊ BÍCH", 700),
        row("Năm sinh: 1995", 750),
        row("Họ, chữ đệm, tên người cha: NGUYỄN VĂN CƯỜNG", 800),
        row("Năm sinh: 1992", 850),
    )


def test_a_title_says_the_kind_and_a_sentence_does_not() -> None:
    said = announcement(birth_certificate())
    assert said is not None
    assert said.kind is PaperKind.BIRTH_CERTIFICATE
    assert announcement(page(row("Giấy khai sinh của cháu An được cấp lại theo đề nghị", 300))) is None


def test_a_misread_title_is_still_known_with_less_confidence() -> None:
    said = announcement(page(centred("GIẤY CHỨNC SINH", 300)))
    assert said is not None
    assert said.kind is PaperKind.BIRTH_NOTIFICATION
    assert said.confidence < 1


def test_values_stand_after_their_labels() -> None:
    found = values(read_paper([birth_certificate()]))
    assert found["full_name"] == "NGUYỄN MINH AN"
    assert found["born_on"] == "2024-08-12"
    assert (found["gender"], found["ethnicity"]) == ("Nam", "Kinh")
    assert found["symbol"] == "45/2024"
    assert found["issuer"] == "ỦY BAN NHÂN DÂN XÃ AN BÌNH"


def test_the_answer_goes_on_over_the_next_line() -> None:
    assert values(read_paper([birth_certificate()]))["birth_place"].endswith("phường Một, tỉnh Minh Sơn")


def test_labels_that_repeat_are_told_apart_by_what_stands_before() -> None:
    found = values(read_paper([birth_certificate()]))
    assert (found["mother_name"], found["mother_born"]) == ("TRẦN THỊ BÍCH", "1995")
    assert (found["father_name"], found["father_born"]) == ("NGUYỄN VĂN CƯỜNG", "1992")


def test_every_value_has_its_place() -> None:
    field = next(field for field in read_paper([birth_certificate()]).fields if field.key == "full_name")
    assert field.page == 1
    assert field.box is not None
    assert 440 < field.box.top < 470


def test_a_value_that_is_not_there_is_doubtful_and_empty() -> None:
    field = next(
        field for field in read_paper([birth_certificate()]).fields if field.key == "personal_number"
    )
    assert (field.text, field.is_doubtful) == ("", True)


def test_two_columns_answer_below_their_own_labels() -> None:
    sheet = page(
        centred("GIẤY CHỨNG NHẬN KẾT HÔN", 300),
        row("Họ, chữ đệm, tên vợ:", 400, left=160),
        row("Họ, chữ đệm, tên chồng:", 400, left=900),
        row("TRẦN THỊ BÍCH", 450, left=160),
        row("NGUYỄN VĂN CƯỜNG", 450, left=900),
        row("Ngày, tháng, năm sinh: 01/02/1995", 500, left=160),
        row("Ngày, tháng, năm sinh: 03/04/1992", 500, left=900),
    )
    found = values(read_paper([sheet]))
    assert (found["wife_name"], found["husband_name"]) == ("TRẦN THỊ BÍCH", "NGUYỄN VĂN CƯỜNG")
    assert (found["wife_born"], found["husband_born"]) == ("1995-02-01", "1992-04-03")


def test_a_short_label_does_not_swallow_words_like_it() -> None:
    """`Nghi Phú` folds to nearly `ghi chú`, `hồ sơ` to `… số`."""
    sheet = page(
        centred("GIẤY CHỨNG SINH", 300), row("Nơi thường trú: Thôn 3, xã Nghi Phú, tỉnh Nghệ An", 400)
    )
    assert values(read_paper([sheet]))["mother_residence"] == "Thôn 3, xã Nghi Phú, tỉnh Nghệ An"


def identity_card(number: str, code: str | None = None) -> PageResult:
    return page(
        centred("CĂN CƯỚC CÔNG DÂN", 200),
        row(f"Số / No.: {number}", 300),
        row("Họ và tên / Full name:", 350),
        row("NGUYỄN THỊ HOA", 400),
        row("Ngày sinh / Date of birth: 12/08/1987", 450),
        row("Giới tính / Sex: Nữ", 500),
        codes=(code,) if code else (),
    )


def test_the_card_s_own_code_outweighs_the_print() -> None:
    code = "040187012345||Nguyễn Thị Hoa|12081987|Nữ|Thôn 3, xã Nghi Phú|28062021"
    read = read_paper([identity_card("040187012346", code)])
    found = {field.key: field for field in read.fields}
    assert found["personal_number"].text == "040187012345"
    assert found["personal_number"].confidence == 1.0
    assert found["full_name"].text == "NGUYỄN THỊ HOA"


def test_a_sound_machine_zone_outweighs_the_print() -> None:
    from tests.unit.documents.digitization.test_identity import zone

    card = identity_card("040187012346")
    back = page(*(row(text, 300 + 50 * place) for place, text in enumerate(zone())), number=2)
    found = {field.key: field for field in read_paper([card, back]).fields}
    assert (found["personal_number"].text, found["born_on"].text) == ("040187012345", "1987-08-12")
    assert found["personal_number"].confidence == 1.0


def test_a_number_that_contradicts_the_year_of_birth_is_doubtful() -> None:
    contradicted = {f.key: f for f in read_paper([identity_card("040188012345")]).fields}
    agreeing = {f.key: f for f in read_paper([identity_card("040187012345")]).fields}
    assert contradicted["personal_number"].is_doubtful
    assert contradicted["born_on"].is_doubtful
    assert not agreeing["personal_number"].is_doubtful


def test_a_decision_is_read_by_its_form() -> None:
    sheet = page(
        row("ỦY BAN NHÂN DÂN", 100),
        row("XÃ AN BÌNH", 150, left=240),
        row("Số: 128/QĐ-UBND", 220),
        row("An Bình, ngày 05 tháng 3 năm 2026", 220, left=900),
        centred("QUYẾT ĐỊNH", 320),
        centred("Về việc trợ cấp xã hội hằng tháng", 370),
        row("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;", 480),
    )
    found = values(read_paper([sheet]))
    assert found == {
        "issuer": "ỦY BAN NHÂN DÂN XÃ AN BÌNH",
        "symbol": "128/QĐ-UBND",
        "issued_on": "2026-03-05",
        "title": "QUYẾT ĐỊNH",
        "abstract": "Về việc trợ cấp xã hội hằng tháng",
    }
