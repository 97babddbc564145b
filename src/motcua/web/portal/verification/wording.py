"""The answer in words: one big sentence, then the details somebody may want to check."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy

from motcua.directory.queries import masked
from motcua.documents.queries import (
    CODE_NOT_COMPARED,
    CODE_OF_ANOTHER,
    CODE_SENTENCES,
    FAULT_WORDS,
    SENTENCES,
    CodeVerification,
    PaperView,
    QrPayload,
    SignatureReading,
    Standing,
    Verdict,
    Verification,
    is_code_of,
)
from motcua.kernel.clock import local
from motcua.web.kit.components import SummaryRow, Tone
from motcua.web.portal.held import number_of

_TONES = {
    Verdict.IN_FORCE: Tone.DONE,
    Verdict.NOT_OURS: Tone.SOON,
    Verdict.UNKNOWN: Tone.SOON,
    Verdict.UNSIGNED_IN_FORCE: Tone.DONE,
    Verdict.UNSIGNED: Tone.SOON,
    Verdict.UNREADABLE: Tone.SOON,
}
_CODE_TONES = {Standing.IN_FORCE: Tone.DONE, Standing.UNKNOWN: Tone.SOON, Standing.NOT_OURS: Tone.SOON}
_CLAIMED = gettext_lazy("theo máy của người ký, chưa có dấu thời gian")


@dataclass(frozen=True, slots=True)
class Part:
    """A group of details under a heading of its own."""

    title: str
    rows: tuple[SummaryRow, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page shows."""

    sentence: str
    tone: Tone
    parts: tuple[Part, ...]
    note: str = ""


def answer_about_file(found: Verification, filename: str) -> Answer:
    parts = [Part(gettext("Tệp đã kiểm tra"), tuple(_file_rows(found, filename)))]
    if found.paper is not None:
        parts.insert(0, Part(gettext("Giấy tờ"), tuple(_paper_rows(found.paper))))
    if found.replacement is not None:
        parts.insert(0, Part(gettext("Bản thay thế đang dùng"), tuple(_paper_rows(found.replacement))))
    people = [reading for reading in found.signatures if not reading.is_document_time_stamp]
    parts += [_signature_part(number, reading) for number, reading in enumerate(people, 1)]
    sentence = gettext(SENTENCES[found.verdict])
    return Answer(sentence, _TONES.get(found.verdict, Tone.LATE), tuple(parts))


def answer_about_code(found: CodeVerification, number: str = "") -> Answer:
    """What a code says; `number` is the one printed on the paper, typed to be compared."""
    payload = found.payload
    matches = is_code_of(payload, number) if number else None
    rows = (
        SummaryRow(gettext("Tên giấy tờ"), payload.title),
        SummaryRow(gettext("Mã hồ sơ"), payload.dossier_code),
        SummaryRow(gettext("Mã thủ tục"), payload.procedure_code),
        SummaryRow(gettext("Số định danh người nộp hồ sơ"), _whose(payload, matches)),
        SummaryRow(gettext("Hệ thống"), payload.system),
        SummaryRow(gettext("Thời điểm in"), f"{local(payload.issued_at):%d/%m/%Y %H:%M}"),
    )
    return _answer(found, [Part(gettext("Nội dung mã"), rows)], matches)


def answer_about_paper(found: CodeVerification) -> Answer:
    """What an address with a verification code alone tells."""
    return _answer(found, [], None)


def _whose(payload: QrPayload, matches: bool | None) -> str:
    if matches is not None:
        return gettext("Khớp với số đã nhập") if matches else gettext("KHÔNG khớp với số đã nhập")
    if payload.applicant_number:
        return masked(payload.applicant_number)
    if payload.applicant_mark:
        return gettext("Không đọc được từ mã; nhập số in trên giấy để đối chiếu")
    return ""


def _answer(found: CodeVerification, parts: list[Part], matches: bool | None) -> Answer:
    """`matches`: whether the number typed is the one in the code; None where none was typed. The worst news is the headline."""
    if found.paper is not None:
        parts.append(Part(gettext("Giấy tờ"), tuple(_paper_rows(found.paper))))
    if found.replacement is not None:
        parts.insert(0, Part(gettext("Bản thay thế đang dùng"), tuple(_paper_rows(found.replacement))))
    tone = _CODE_TONES.get(found.standing, Tone.LATE)
    sentence = gettext(CODE_SENTENCES[found.standing])
    if matches is False and tone is not Tone.LATE:
        return Answer(gettext(CODE_OF_ANOTHER), Tone.LATE, tuple(parts))
    note = gettext(CODE_NOT_COMPARED) if matches is None and tone is Tone.DONE else ""
    return Answer(sentence, tone, tuple(parts), note)


def _paper_rows(paper: PaperView) -> Iterator[SummaryRow]:
    """Who owns it is not told: whoever holds the paper can read that on it, nobody else should."""
    number = number_of(paper)
    for key, value in (
        (gettext("Tên giấy tờ"), paper.title),
        (gettext("Số, ký hiệu"), number),
        (gettext("Cơ quan cấp"), paper.issuer),
        (gettext("Ngày cấp"), f"{paper.issued_on:%d/%m/%Y}" if paper.issued_on else ""),
        (gettext("Có giá trị đến"), f"{paper.valid_until:%d/%m/%Y}" if paper.valid_until else ""),
        (gettext("Mã hồ sơ"), paper.dossier_code),
        (gettext("Hết hiệu lực từ"), f"{local(paper.ended_at):%d/%m/%Y %H:%M}" if paper.ended_at else ""),
        (gettext("Lý do"), paper.end_reason),
    ):
        if value:
            yield SummaryRow(key, value)


def _signature_part(number: int, reading: SignatureReading) -> Part:
    signed_at = f"{local(reading.signed_at):%d/%m/%Y %H:%M:%S}" if reading.signed_at else ""
    state = gettext("Hợp lệ")
    if not reading.is_valid:
        state = "\n".join(gettext(FAULT_WORDS[fault.value]) for fault in reading.faults)
    rows = [
        SummaryRow(gettext("Kết quả"), state),
        SummaryRow(gettext("Người ký"), reading.signer),
        SummaryRow(gettext("Tổ chức"), reading.organisation),
        SummaryRow(
            gettext("Thời điểm ký"),
            signed_at,
            note="" if reading.is_time_stamped or not signed_at else str(_CLAIMED),
        ),
        SummaryRow(gettext("Nơi cấp dấu thời gian"), reading.time_stamp_authority),
        SummaryRow(gettext("Nơi cấp chứng thư số"), reading.issuer),
        SummaryRow(gettext("Lý do ký"), reading.reason),
    ]
    title = gettext("Chữ ký %(number)d") % {"number": number}
    return Part(title, tuple(row for row in rows if row.value))


def _file_rows(found: Verification, filename: str) -> Iterator[SummaryRow]:
    yield SummaryRow(gettext("Tên tệp"), filename)
    yield SummaryRow("SHA-256", found.sha256)
