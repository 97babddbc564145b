"""The answer in words: one big sentence, then the details somebody may want to check."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext, gettext_lazy

from motcua.directory.queries import masked
from motcua.documents.queries import (
    ADDED_WORDS,
    CHANGED_WORDS,
    CODE_NOT_COMPARED,
    CODE_OF_ANOTHER,
    CODE_SENTENCES,
    OF_ANOTHER,
    WORDS,
    Addition,
    Alteration,
    CodeVerification,
    Colour,
    Indication,
    PaperView,
    QrPayload,
    ReportBasis,
    RevocationFinding,
    SignatureReading,
    StampFinding,
    Verdict,
    Verification,
    is_code_of,
    why,
)
from motcua.documents.services import Checked
from motcua.documents.words import Standing
from motcua.kernel.clock import local
from motcua.web.kit.components import SummaryRow
from motcua.web.kit.tags.frame import vi
from motcua.web.portal.held import number_of

_COLOURS = {Standing.IN_FORCE: Colour.GREEN, Standing.UNKNOWN: Colour.GREY, Standing.NOT_OURS: Colour.GREY}
_ICONS = {Colour.GREEN: "check", Colour.BLUE: "edit", Colour.GREY: "info", Colour.RED: "alert"}
_COMPARE = gettext_lazy(
    "So số và họ tên trên giấy bạn cầm với bảng này. Khác một chữ thì mã QR này đã bị dán sang giấy khác."
)
_CLAIMED = gettext_lazy("theo máy của người ký, chưa có dấu thời gian")
_PROVED = gettext_lazy("có dấu thời gian")
_UNCHECKED = Checked()
_OLD_PICTURE = gettext_lazy("Trang %(number)d lúc ký")
_NEW_PICTURE = gettext_lazy("Trang %(number)d trong tệp bạn gửi")


@dataclass(frozen=True, slots=True)
class Part:
    """A group of details under a heading of its own."""

    title: str
    rows: tuple[SummaryRow, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page before and after, as data for an image."""

    before: str
    after: str
    before_label: str
    after_label: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page shows: one sentence in one colour, one reason, one next step; then the details for who wants them."""

    sentence: str
    reason: str
    colour: Colour
    next_title: str
    next_step: str
    parts: tuple[Part, ...]
    details: tuple[Part, ...] = ()
    pictures: tuple[Picture, ...] = ()
    code: str = ""
    #: What a report of a forgery takes along.
    checked: Checked = _UNCHECKED

    @property
    def icon(self) -> str:
        return _ICONS[self.colour]


def answer_about_file(found: Verification, filename: str) -> Answer:
    words = WORDS[found.verdict]
    parts = []
    if found.replacement is not None:
        parts.append(Part(gettext("Bản thay thế đang dùng"), tuple(_paper_rows(found.replacement))))
    if found.paper is not None:
        parts.append(Part(gettext("Giấy tờ trong sổ"), tuple(_paper_rows(found.paper))))
    elif found.named is not None:
        parts.append(_named_part(found.named))
    people = found.reading.people
    signatures = tuple(_signature_part(number, reading) for number, reading in enumerate(people, 1))
    if found.paper is None:
        parts += signatures[:1]
        signatures = signatures[1:]
    file = Part(gettext("Tệp đã kiểm tra"), tuple(_file_rows(found, filename)))
    return Answer(
        sentence=gettext(words.sentence),
        reason=_reason(found, gettext(words.reason)),
        colour=words.colour,
        next_title=gettext(words.next_title),
        next_step=gettext(words.next_step),
        parts=tuple(parts),
        details=(*signatures, file),
        pictures=tuple(
            Picture(
                f"data:image/jpeg;base64,{before}",
                f"data:image/jpeg;base64,{after}",
                str(_OLD_PICTURE) % {"number": number},
                str(_NEW_PICTURE) % {"number": number},
            )
            for number, before, after in found.reading.pictures
        ),
        checked=Checked(
            ReportBasis.FILE, found.verdict.value, found.sha256, _id_of(found.paper or found.named)
        ),
    )


def _id_of(paper: PaperView | None) -> UUID | None:
    return paper.id if paper else None


def _named_part(paper: PaperView) -> Part:
    """The file shows the code of a paper of ours and is not the file that was issued for it."""
    rows = (
        *_paper_rows(paper),
        SummaryRow(gettext("Tệp bạn gửi"), gettext("Không phải tệp đã cấp của giấy này.")),
    )
    return Part(gettext("Giấy trong sổ mà mã QR của tệp nêu"), rows)


def _reason(found: Verification, general: str) -> str:
    """Who signed and when, or what changed and where: the general reason made particular."""
    people = found.reading.people
    changed = list(dict.fromkeys(one for reading in people for one in reading.after.changed))
    if found.verdict in (Verdict.CHANGED, Verdict.COVERED) and changed:
        return " ".join((general, *(f"{_changed_words(one)}." for one in changed[:2])))
    if found.verdict in (Verdict.NOT_CONCLUDED, Verdict.BROKEN):
        worst = next((one for one in people if not one.is_valid), None)
        return " ".join(filter(None, (general, gettext(why(worst)) if worst and worst.sub else "")))
    if found.verdict in (Verdict.IN_FORCE, Verdict.ADDED, Verdict.NOT_OURS, Verdict.NOT_TRUSTED) and people:
        return f"{_signed_words(people[-1])} {general}"
    return general


def _signed_words(reading: SignatureReading) -> str:
    who = reading.organisation or reading.signer
    if reading.signed_at is None:
        return gettext("%(who)s đã ký số.") % {"who": who}
    at = local(reading.signed_at)
    return gettext("%(who)s ký số lúc %(time)s ngày %(day)s.") % {
        "who": who,
        "time": f"{at:%H:%M}",
        "day": f"{at:%d/%m/%Y}",
    }


def _changed_words(change: Alteration) -> str:
    words = gettext(CHANGED_WORDS[change.kind])
    pages = ", ".join(map(str, change.pages[:8]))
    return gettext("%(what)s (trang %(pages)s)") % {"what": words, "pages": pages} if pages else words


def _added_words(addition: Addition) -> str:
    words = gettext(ADDED_WORDS[addition.kind])
    pages = ", ".join(map(str, addition.pages[:8]))
    return gettext("%(what)s (trang %(pages)s)") % {"what": words, "pages": pages} if pages else words


def answer_about_code(
    found: CodeVerification, number: str = "", *, code: str = "", is_picture: bool = False
) -> Answer:
    """What a code says; `number` is the one printed on the paper, typed to be compared; a picture shows only the code."""
    payload = found.payload
    matches = is_code_of(payload, number) if number else None
    rows = [
        SummaryRow(gettext("Tên giấy tờ"), vi(payload.title)),
        SummaryRow(gettext("Mã hồ sơ hoặc số phiếu"), payload.dossier_code),
        SummaryRow(gettext("Số định danh người nộp hồ sơ"), _whose(payload, matches)),
        SummaryRow(gettext("Hệ thống"), vi(payload.system)),
        SummaryRow(gettext("Thời điểm in"), f"{local(payload.issued_at):%d/%m/%Y %H:%M}"),
    ]
    part = Part(gettext("Nội dung mã"), tuple(row for row in rows if row.value))
    answer = _answer(found, [part], is_picture=is_picture)
    if matches is False and answer.colour is not Colour.RED:
        return _other_holder(answer.parts, _id_of(found.paper))
    return replace(answer, code=code)


def _other_holder(parts: tuple[Part, ...], paper_id: UUID | None) -> Answer:
    """The headline must not stay green over a code that belongs to somebody else's paper."""
    return Answer(
        sentence=gettext(CODE_OF_ANOTHER),
        reason=gettext("Mã là của hệ thống, nhưng có thể đã bị chép từ giấy của người khác sang giấy này."),
        colour=Colour.RED,
        next_title=gettext("Làm gì bây giờ?"),
        next_step=gettext("Gõ lại số cho đúng. Vẫn không khớp thì báo nơi cấp giấy."),
        parts=parts,
        checked=Checked(ReportBasis.CODE, OF_ANOTHER, paper_id=paper_id),
    )


def answer_about_picture() -> Answer:
    """A picture in which no code was found: said as such, with how to take a better one."""
    return Answer(
        sentence=gettext("Không thấy mã QR trong ảnh"),
        reason=gettext(
            "Ảnh mở được, nhưng chúng tôi không tìm thấy mã QR nào. Giấy không có mã thì ảnh không đủ để kiểm tra."
        ),
        colour=Colour.GREY,
        next_title=gettext("Chụp lại hoặc gửi tệp gốc"),
        next_step=gettext(
            "Chụp thẳng, gần, đủ sáng, mã QR nằm trọn trong ảnh. Giấy không có mã thì xin tệp PDF gốc có chữ ký số."
        ),
        parts=(),
    )


def answer_about_paper(found: CodeVerification) -> Answer:
    """What an address with a verification code alone tells."""
    return _answer(found, [])


def _whose(payload: QrPayload, matches: bool | None) -> str:
    if matches is not None:
        return gettext("Khớp với số đã nhập") if matches else gettext("KHÔNG khớp với số đã nhập")
    if payload.applicant_number:
        return masked(payload.applicant_number)
    if payload.applicant_mark:
        return gettext("Không đọc được từ mã; nhập số in trên giấy để đối chiếu")
    return ""


def _answer(found: CodeVerification, parts: list[Part], *, is_picture: bool = False) -> Answer:
    if found.paper is not None:
        parts.insert(0, Part(gettext("Giấy tờ trong sổ"), tuple(_paper_rows(found.paper))))
    if found.replacement is not None:
        parts.insert(0, Part(gettext("Bản thay thế đang dùng"), tuple(_paper_rows(found.replacement))))
    colour = _COLOURS.get(found.standing, Colour.RED)
    ended = {
        Standing.REPLACED: Verdict.REPLACED,
        Standing.REVOKED: Verdict.REVOKED,
        Standing.EXPIRED: Verdict.EXPIRED,
    }
    reason = gettext(CODE_NOT_COMPARED)
    if is_picture:
        reason = gettext(
            "Ảnh không mang chữ ký số: chúng tôi chỉ đọc được mã trong ảnh, không kiểm tra được chữ trên giấy."
        )
    title, step = gettext("Một việc nữa: so bằng mắt"), str(_COMPARE)
    if found.standing in ended:
        words = WORDS[ended[found.standing]]
        reason, title, step = gettext(words.reason), gettext(words.next_title), gettext(words.next_step)
    return Answer(
        sentence=gettext(CODE_SENTENCES[found.standing]),
        reason=reason,
        colour=colour,
        next_title=title,
        next_step=step,
        parts=tuple(parts),
        checked=Checked(ReportBasis.CODE, found.standing.value, paper_id=_id_of(found.paper)),
    )


def _paper_rows(paper: PaperView) -> Iterator[SummaryRow]:
    """Who owns it is not told: whoever holds the paper can read that on it, nobody else should."""
    number = number_of(paper)
    for key, value in (
        (gettext("Tên giấy tờ"), vi(paper.title)),
        (gettext("Số, ký hiệu"), vi(number)),
        (gettext("Cơ quan cấp"), vi(paper.issuer)),
        (gettext("Ngày cấp"), f"{paper.issued_on:%d/%m/%Y}" if paper.issued_on else ""),
        (gettext("Có giá trị đến"), f"{paper.valid_until:%d/%m/%Y}" if paper.valid_until else ""),
        (gettext("Mã hồ sơ"), paper.dossier_code),
        (gettext("Hết hiệu lực từ"), f"{local(paper.ended_at):%d/%m/%Y %H:%M}" if paper.ended_at else ""),
        (gettext("Lý do"), vi(paper.end_reason)),
    ):
        if value:
            yield SummaryRow(key, value)


def _signature_part(number: int, reading: SignatureReading) -> Part:
    signed_at = f"{local(reading.signed_at):%d/%m/%Y %H:%M:%S}" if reading.signed_at else ""
    note = str(_PROVED if reading.is_time_stamped else _CLAIMED)
    rows = [
        SummaryRow(gettext("Người ký"), vi(reading.signer)),
        SummaryRow(gettext("Tổ chức"), vi(reading.organisation)),
        SummaryRow(gettext("Thời điểm ký"), signed_at, note=note if signed_at else ""),
        SummaryRow(gettext("Kết quả"), "\n".join(_result_lines(reading))),
        SummaryRow(gettext("Thêm sau chữ ký này"), "\n".join(map(_added_words, reading.after.added))),
        SummaryRow(gettext("Nơi cấp dấu thời gian"), vi(reading.time_stamp_authority)),
        SummaryRow(gettext("Nơi cấp chứng thư số"), vi(reading.issuer)),
        SummaryRow(gettext("Lý do ký"), vi(reading.reason)),
    ]
    title = gettext("Chữ ký %(number)d") % {"number": number}
    return Part(title, tuple(row for row in rows if row.value))


def _result_lines(reading: SignatureReading) -> Iterator[str]:
    """One answer to each of the three questions; red excludes any good word beside it."""
    if reading.indication is Indication.FAILED:
        yield gettext(why(reading))
        yield from (f"{_changed_words(one)}." for one in reading.after.changed)
        return
    yield gettext("Nội dung đã ký còn nguyên.")
    if reading.sub:
        yield gettext(why(reading))
    elif reading.revocation is RevocationFinding.NOT_KNOWN:
        yield gettext("Tin nơi cấp chứng thư. Chưa hỏi được chứng thư có bị thu hồi không; coi như không.")
    else:
        yield gettext("Tin nơi cấp chứng thư; chứng thư không bị thu hồi.")
    if reading.stamp is StampFinding.UNKNOWN_AUTHORITY:
        yield gettext("Có dấu thời gian, nhưng chưa biết nơi cấp dấu; thời điểm ký chưa được chứng minh.")
    elif reading.stamp is StampFinding.BROKEN:
        yield gettext("Dấu thời gian không khớp với chữ ký nên không tính đến.")


def _file_rows(found: Verification, filename: str) -> Iterator[SummaryRow]:
    yield SummaryRow(gettext("Tên tệp"), vi(filename))
    yield SummaryRow("SHA-256", found.sha256)
