"""Every component on one page, for designers, tests of accessibility and people who build faces. Demo and tests only."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.web.kit import forms
from motcua.web.kit.components import (
    Cell,
    Clock,
    ClockLine,
    Column,
    Crumb,
    Key,
    Moment,
    Option,
    Page,
    Rows,
    SummaryRow,
    Tab,
    Task,
    Tone,
)

_ICONS = """dot pause check clock alert info inbox search file home baby rings flower briefcase building land people print
download money calendar place phone shield list stamp paper-clip send person chat level book edit globe"""
_AT = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)


@dataclass(frozen=True)
class SampleForm:
    """A form with one question of each kind."""

    key: str
    digest: str
    schema: dict[str, Any]
    ui: dict[str, Any]


SAMPLE = SampleForm(
    key="gallery",
    digest="sample",
    schema={
        "type": "object",
        "required": ["child", "declared"],
        "properties": {
            "child": {
                "type": "object",
                "required": ["full_name", "birth_on", "sex"],
                "properties": {
                    "full_name": {"type": "string", "maxLength": 100},
                    "birth_on": {"type": "string", "format": "date"},
                    "sex": {"oneOf": [{"const": "female", "title": "Nữ"}, {"const": "male", "title": "Nam"}]},
                    "weight": {"type": "number"},
                    "order": {"type": "integer"},
                },
            },
            "place": {"enum": ["hospital", "home", "road", "abroad", "boat", "plane"]},
            "is_married": {"type": "boolean"},
            "certificate": {"type": "string"},
            "needs": {"type": "array", "items": {"enum": ["residence", "insurance", "allowance"]}},
            "witnesses": {
                "type": "array",
                "maxItems": 3,
                "items": {
                    "type": "object",
                    "required": ["full_name"],
                    "properties": {
                        "full_name": {"type": "string"},
                        "birth_on": {"type": "string", "format": "date"},
                    },
                },
            },
            "remark": {"type": "string"},
            "declared": {"const": True},
        },
    },
    ui={
        "sections": [
            {
                "key": "child",
                "title": "Trẻ được khai sinh",
                "title_en": "The child",
                "fields": [
                    {
                        "path": "child.full_name",
                        "label": "Họ, chữ đệm và tên",
                        "label_en": "Full name",
                        "hint": "Viết có dấu, như trên giấy chứng sinh.",
                        "hint_en": "With tone marks, as on the birth notice.",
                        "widget": "text",
                        "prefill": "applicant.full_name",
                    },
                    {
                        "path": "child.birth_on",
                        "label": "Ngày sinh",
                        "label_en": "Date of birth",
                        "widget": "date",
                    },
                    {"path": "child.sex", "label": "Giới tính", "label_en": "Sex"},
                    {
                        "path": "child.weight",
                        "label": "Cân nặng khi sinh (kg)",
                        "label_en": "Weight at birth (kg)",
                    },
                    {
                        "path": "child.order",
                        "label": "Là con thứ mấy",
                        "label_en": "Which child",
                        "widget": "number",
                    },
                    {
                        "path": "place",
                        "label": "Nơi sinh",
                        "label_en": "Place of birth",
                        "widget": "select",
                        "options": [
                            {"value": "hospital", "label": "Bệnh viện", "label_en": "Hospital"},
                            {"value": "home", "label": "Tại nhà", "label_en": "At home"},
                            {"value": "road", "label": "Trên đường", "label_en": "On the road"},
                            {"value": "abroad", "label": "Ở nước ngoài", "label_en": "Abroad"},
                            {"value": "boat", "label": "Trên tàu", "label_en": "On a ship"},
                            {"value": "plane", "label": "Trên máy bay", "label_en": "On a plane"},
                        ],
                    },
                ],
            },
            {
                "key": "parents",
                "title": "Cha mẹ",
                "title_en": "Parents",
                "fields": [
                    {
                        "path": "is_married",
                        "label": "Cha mẹ có đăng ký kết hôn?",
                        "label_en": "Are they married?",
                    },
                    {
                        "path": "certificate",
                        "label": "Số giấy chứng nhận kết hôn",
                        "label_en": "Marriage certificate number",
                        "condition": {"field": "is_married", "equals": True},
                    },
                    {
                        "path": "needs",
                        "label": "Làm cùng lúc",
                        "label_en": "Do at the same time",
                        "widget": "checkboxes",
                        "options": [
                            {"value": "residence", "label": "Đăng ký thường trú", "label_en": "Residence"},
                            {
                                "value": "insurance",
                                "label": "Thẻ bảo hiểm y tế",
                                "label_en": "Health insurance",
                            },
                            {"value": "allowance", "label": "Trợ cấp", "label_en": "Allowance"},
                        ],
                    },
                ],
            },
            {
                "key": "witnesses",
                "title": "Người làm chứng",
                "title_en": "Witnesses",
                "hint": "Chỉ ghi khi không có giấy chứng sinh.",
                "hint_en": "Only where there is no birth notice.",
                "repeat": {"path": "witnesses", "item": "Người làm chứng", "item_en": "Witness"},
                "fields": [
                    {"path": "full_name", "label": "Họ và tên", "label_en": "Full name"},
                    {"path": "birth_on", "label": "Ngày sinh", "label_en": "Date of birth"},
                ],
            },
            {
                "key": "end",
                "title": "Cam đoan",
                "title_en": "Statement",
                "fields": [
                    {"path": "remark", "label": "Ghi chú", "label_en": "Remark", "widget": "textarea"},
                    {
                        "path": "declared",
                        "label": "Tôi cam đoan lời khai là đúng sự thật",
                        "label_en": "What I declare is true",
                        "widget": "checkbox",
                    },
                ],
            },
        ]
    },
)


def gallery(request: HttpRequest) -> HttpResponse:
    """All components with sample content."""
    _demo_only()
    return render(request, "kit/gallery.html", _samples())


def form(request: HttpRequest) -> HttpResponse:
    """The sample e-form; posting shows how typed answers and faults come back."""
    _demo_only()
    definition = forms.read(SAMPLE, getattr(request, "LANGUAGE_CODE", "vi"))
    known = {"applicant.full_name": forms.Known("Nguyễn An Nhiên", "Giấy chứng sinh điện tử")}
    parsed = forms.parse(definition, request.POST) if request.method == "POST" else forms.Parsed({})
    bound = forms.bind(definition, parsed.data, parsed.faults, known, added_row=parsed.added_row)
    return render(request, "kit/gallery_form.html", {"bound": bound}, status=422 if parsed.faults else 200)


def _demo_only() -> None:
    if not settings.MOTCUA_DEMO:
        raise Http404


def _samples() -> dict[str, object]:
    return {
        "crumbs": [Crumb("Trang chủ", "/"), Crumb("Hộ tịch", "/"), Crumb("Đăng ký khai sinh")],
        "options": [
            Option("1", "Nhận tại Bộ phận Một cửa"),
            Option("2", "Nhận qua bưu điện", "Người nhận trả cước."),
        ],
        "many": [Option(str(n), f"Lựa chọn {n}") for n in range(1, 8)],
        "faults": {
            "sample_bad": "Số định danh phải có 12 chữ số.",
            "sample_born": "Ngày 31/2/2026 không có thật.",
        },
        "typed": {"d": "31", "m": "2", "y": "2026"},
        "rows": [
            SummaryRow("Người nộp", "Nguyễn Thị Hoa", "#", note="Lấy từ Cơ sở dữ liệu quốc gia về dân cư"),
            SummaryRow("Trường hợp", "Đăng ký khai sinh đúng hạn", "#"),
            SummaryRow("Lệ phí", "Miễn phí"),
        ],
        "tasks": [
            Task("Người nộp hồ sơ", "#", "Đã xong", Tone.DONE),
            Task("Nội dung tờ khai", "#", "Đang làm dở", Tone.PLAIN, "Còn 3 câu hỏi"),
            Task("Giấy tờ kèm theo", "#", "Chưa làm"),
            Task("Xem lại và gửi", "", "Chưa mở được"),
        ],
        "clocks": [
            Clock(
                "Hẹn trả 16:30 thứ Hai 23/11/2026",
                "còn 2 ngày làm việc",
                60,
                Tone.PLAIN,
                lines=(
                    ClockLine("Tiếp nhận 09:10 thứ Tư 18/11, tính từ lúc đó", ""),
                    ClockLine("Thứ Tư 18/11: giờ làm việc", "6 giờ 20 phút"),
                    ClockLine("Thứ Bảy 21/11 và Chủ nhật 22/11: ngày nghỉ", "không tính"),
                ),
            ),
            Clock("Hẹn trả 11:30 thứ Sáu 20/11/2026", "còn 3 giờ", 92, Tone.SOON),
            Clock("Hẹn trả 16:30 thứ Năm 19/11/2026", "quá hạn 1 ngày làm việc", 100, Tone.LATE),
            Clock("Đang chờ bạn bổ sung", "thời hạn tạm dừng", 40, Tone.PLAIN, is_paused=True),
            Clock("Đã trả 10:05 thứ Năm 19/11/2026", "sớm 1 ngày làm việc", 80, Tone.DONE),
        ],
        "moments": [
            Moment("Trả kết quả", is_ahead=True),
            Moment("Đang xử lý", _AT, "Sở Tư pháp", "Cán bộ đang thẩm định hồ sơ.", is_now=True),
            Moment("Đã tiếp nhận", _AT, "UBND xã An Bình", links=(("Giấy tiếp nhận và hẹn trả", "#"),)),
            Moment("Bạn đã nộp hồ sơ", _AT, "Nguyễn Thị Hoa"),
        ],
        "table": Rows(
            "Hồ sơ đang xử lý",
            [Column("Mã hồ sơ"), Column("Người nộp"), Column("Phí", is_number=True), Column("Tình trạng")],
            [
                [
                    Cell("000.00.11.H99-261120-0001", "#"),
                    Cell("Nguyễn Thị Hoa"),
                    Cell("8.000 đ"),
                    Cell("Quá hạn", tone=Tone.LATE),
                ],
                [
                    Cell("000.00.11.H99-261120-0002", "#"),
                    Cell("Công ty An Phát"),
                    Cell("15.000 đ"),
                    Cell("Hôm nay", tone=Tone.SOON),
                ],
            ],
        ),
        "tabs": [
            Tab("Giấy tờ", "#", True, 4),
            Tab("Tờ khai", "#"),
            Tab("Các bước", "#"),
            Tab("Nhật ký", "#", count=12),
        ],
        "page": Page("#", "#", 20),
        "tones": [
            ("Đang xử lý", "plain"),
            ("Chưa làm", "quiet"),
            ("Đã xong", "done"),
            ("Sắp đến hạn", "soon"),
            ("Quá hạn", "late"),
        ],
        "icons": _ICONS.split(),
        "keys": [
            Key("/", "Tìm kiếm"),
            Key("j", "Dòng dưới"),
            Key("k", "Dòng trên"),
            Key("Enter", "Mở dòng đang chọn"),
        ],
    }
