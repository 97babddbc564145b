"""What the scan desk and the verification page share: words for kinds, fields and states; the sheet with a place on it."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from motcua.documents import queries as documents
from motcua.documents.queries import FieldView, PageCard, ScanState, Trouble
from motcua.kernel.errors import refusal_of
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Tone
from motcua.web.kit.errors import sentence_of

KINDS: dict[str, Promise | str] = {
    "birth_notification": gettext_lazy("Giấy chứng sinh"),
    "birth_certificate": gettext_lazy("Giấy khai sinh"),
    "marriage_certificate": gettext_lazy("Giấy chứng nhận kết hôn"),
    "land_certificate": gettext_lazy("Giấy chứng nhận quyền sử dụng đất"),
    "household_business_certificate": gettext_lazy("Giấy chứng nhận đăng ký hộ kinh doanh"),
    "identity_card": gettext_lazy("Căn cước"),
    "authority_letter": gettext_lazy("Giấy ủy quyền"),
    "application_form": gettext_lazy("Tờ khai, đơn"),
    "decision": gettext_lazy("Quyết định"),
    "receipt": gettext_lazy("Biên lai"),
}
STATES: dict[ScanState, Promise | str] = {
    ScanState.WAITING: gettext_lazy("Chờ"),
    ScanState.WORKING: gettext_lazy("Đang đọc"),
    ScanState.DONE: gettext_lazy("Xong"),
    ScanState.DOUBTFUL: gettext_lazy("Cần xem"),
    ScanState.BLANK: gettext_lazy("Trang trắng"),
    ScanState.FAILED: gettext_lazy("Không đọc được"),
}
TONES = {
    ScanState.WAITING: Tone.QUIET,
    ScanState.WORKING: Tone.PLAIN,
    ScanState.DONE: Tone.DONE,
    ScanState.DOUBTFUL: Tone.SOON,
    ScanState.BLANK: Tone.QUIET,
    ScanState.FAILED: Tone.LATE,
}
FINDINGS: dict[str, Promise | str] = {
    "low_resolution": gettext_lazy("Độ phân giải thấp"),
    "dark": gettext_lazy("Ảnh tối"),
    "blurred": gettext_lazy("Ảnh mờ"),
    "cut_off": gettext_lazy("Mất mép giấy"),
    "hard_to_read": gettext_lazy("Chữ khó đọc"),
    "direction_unsure": gettext_lazy("Chưa rõ chiều giấy"),
    "several_sheets": gettext_lazy("Nhiều tờ trong một ảnh"),
    "handwriting": gettext_lazy("Có chữ viết tay, không đọc"),
}
_WHO: dict[str, Promise | str] = {
    "child": gettext_lazy("Con"),
    "mother": gettext_lazy("Mẹ"),
    "father": gettext_lazy("Cha"),
    "wife": gettext_lazy("Vợ"),
    "husband": gettext_lazy("Chồng"),
    "holder": gettext_lazy("Người sử dụng"),
    "owner": gettext_lazy("Chủ hộ"),
    "giver": gettext_lazy("Bên ủy quyền"),
    "taker": gettext_lazy("Bên được ủy quyền"),
    "applicant": gettext_lazy("Người làm đơn"),
    "payer": gettext_lazy("Người nộp"),
    "business": gettext_lazy("Hộ kinh doanh"),
}
_WHAT: dict[str, Promise | str] = {
    "name": gettext_lazy("họ tên"),
    "number": gettext_lazy("số định danh"),
    "born": gettext_lazy("ngày sinh"),
    "residence": gettext_lazy("nơi cư trú"),
    "address": gettext_lazy("địa chỉ"),
    "phone": gettext_lazy("điện thoại"),
}
_FIELDS: dict[str, Promise | str] = {
    "title": gettext_lazy("Tên giấy tờ"),
    "abstract": gettext_lazy("Trích yếu"),
    "symbol": gettext_lazy("Số, ký hiệu"),
    "number": gettext_lazy("Số"),
    "book_number": gettext_lazy("Quyển số"),
    "issuer": gettext_lazy("Cơ quan cấp"),
    "issued_on": gettext_lazy("Ngày cấp"),
    "expires_on": gettext_lazy("Có giá trị đến"),
    "registered_on": gettext_lazy("Ngày đăng ký"),
    "registered_at": gettext_lazy("Nơi đăng ký"),
    "full_name": gettext_lazy("Họ và tên"),
    "personal_number": gettext_lazy("Số định danh cá nhân"),
    "born_on": gettext_lazy("Ngày sinh"),
    "gender": gettext_lazy("Giới tính"),
    "nationality": gettext_lazy("Quốc tịch"),
    "ethnicity": gettext_lazy("Dân tộc"),
    "residence": gettext_lazy("Nơi cư trú"),
    "home_place": gettext_lazy("Quê quán"),
    "birth_place": gettext_lazy("Nơi sinh"),
    "weight_grams": gettext_lazy("Cân nặng (gam)"),
    "children": gettext_lazy("Số con"),
    "tax_code": gettext_lazy("Mã số thuế"),
    "capital": gettext_lazy("Vốn"),
    "trade": gettext_lazy("Ngành, nghề"),
    "address": gettext_lazy("Địa chỉ"),
    "phone": gettext_lazy("Điện thoại"),
    "parcel": gettext_lazy("Thửa đất số"),
    "map_sheet": gettext_lazy("Tờ bản đồ số"),
    "area": gettext_lazy("Diện tích (m²)"),
    "purpose": gettext_lazy("Mục đích sử dụng"),
    "origin": gettext_lazy("Nguồn gốc"),
    "term": gettext_lazy("Thời hạn"),
    "serial": gettext_lazy("Số phát hành"),
    "amount": gettext_lazy("Số tiền (đồng)"),
    "reason": gettext_lazy("Lý do"),
    "content": gettext_lazy("Nội dung"),
    "request": gettext_lazy("Nội dung đề nghị"),
    "recipient": gettext_lazy("Kính gửi"),
}
#: Longest side of the preview on which boxes are drawn; any number serves, the drawing scales.
_SHEET = 1000


def kind_words(kind: str) -> str:
    return str(KINDS.get(kind, "")) or gettext("Chưa rõ loại")


def field_words(key: str) -> str:
    """`mother_name` → `Mẹ – họ tên`."""
    if key in _FIELDS:
        return str(_FIELDS[key])
    who, _, what = key.partition("_")
    if who in _WHO and what in _WHAT:
        return f"{_WHO[who]} – {_WHAT[what]}"
    return key.replace("_", " ")


def trouble_words(trouble: Trouble | None) -> str:
    """Why something was not read or bound, in the language of the reader; empty where there is no trouble."""
    if trouble is None:
        return ""
    refusal = refusal_of(trouble.code, trouble.params)
    return sentence_of(refusal) if refusal else trouble.sentence


def finding_words(page: PageCard) -> str:
    """What is doubtful about a page, in one line."""
    said = [str(FINDINGS.get(code, code)) for code in page.findings]
    return trouble_words(page.trouble) or ", ".join(said) or str(STATES[page.state])


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as drawn: `width`, `height` of the picture, `turn` around its middle, `box` (x, y, width, height) to look at."""

    page_id: UUID
    number: int
    width: int
    height: int
    shown_width: int
    shown_height: int
    transform: str
    box: tuple[int, int, int, int] | None


def sheet_of(page: PageCard, field: FieldView | None = None) -> Sheet:
    """Geometry of a page for an SVG drawing, with the place of a field if it stands on this page."""
    scale = _SHEET / max(page.width, page.height, 1)
    width, height = round(page.width * scale) or _SHEET, round(page.height * scale) or _SHEET
    moves = {90: f"translate({height} 0) rotate(90)", 180: f"translate({width} {height}) rotate(180)"}
    moves[270] = f"translate(0 {width}) rotate(270)"
    is_turned = page.rotation in (90, 270)
    box = None
    if field is not None and field.box is not None and field.page_id == page.id:
        left, top, right, bottom = (round(side * scale) for side in field.box)
        box = (left - 6, top - 5, right - left + 12, bottom - top + 10)
    shown = (height, width) if is_turned else (width, height)
    return Sheet(page.id, page.number, width, height, *shown, moves.get(page.rotation, ""), box)


def picture_response(request: HttpRequest, page_id: UUID, *, is_thumb: bool) -> HttpResponse:
    """A page of a visible batch as JPEG; the digest of its bytes is its ETag."""
    digest, picture = documents.page_picture(actor=actor_of(request), page_id=page_id, is_thumb=is_thumb)
    tag = f'"{digest}"'
    headers = {"ETag": tag, "Cache-Control": "private, max-age=600"}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers=headers)
    return HttpResponse(picture, content_type="image/jpeg", headers=headers)


def tile_response(request: HttpRequest, page_id: UUID, level: int, column: int, row: int) -> HttpResponse:
    """One tile of the deep view."""
    tile = documents.page_tile(actor=actor_of(request), page_id=page_id, level=level, column=column, row=row)
    return HttpResponse(tile, content_type="image/jpeg", headers={"Cache-Control": "private, max-age=600"})
