"""From the proposal to the issued result."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from motcua.catalogue import queries as catalogue
from motcua.dossiers import queries, services
from motcua.dossiers.queries import (
    DossierPage,
    ResultView,
)
from motcua.dossiers.words import (
    MoveKey,
    Outcome,
)
from motcua.kernel.authority import Actor
from motcua.web.kit import forms
from motcua.web.kit.components import Option, SummaryRow
from motcua.web.kit.officers.words import in_english
from motcua.web.office.acts.form import ActForm, Attempt
from motcua.web.office.words import OUTCOMES


def latest(page: DossierPage) -> ResultView | None:
    """The result in hand."""
    return page.results[-1] if page.results else None


def bound_content(
    template: catalogue.ResultTemplate, content: Mapping[str, object], faults: Mapping[str, str]
) -> forms.Bound:
    """The fields of the result, editable."""
    return forms.bind(_definition(template), content, faults)


def template_in_hand(actor: Actor, page: DossierPage) -> catalogue.ResultTemplate | None:
    """The template whose fields the reader fills in: of the result being corrected, else of what is being prepared.

    None for a result that was drafted elsewhere as a PDF.
    """
    result = latest(page)
    if result is not None and result.issued_at:
        return catalogue.template_named(result.template) if result.template else None
    return queries.result_draft_of(actor=actor, dossier_id=page.id, outcome=Outcome.GRANTED).template


def posted_content(attempt: Attempt) -> tuple[catalogue.ResultTemplate, forms.Parsed] | None:
    """The fields of the result as posted, with their template; None where the page had none."""
    template = template_in_hand(attempt.actor, attempt.page)
    if template is None or not attempt.text("has_content"):
        return None
    return template, forms.parse(_definition(template), attempt.request.POST)


def answers_of_result(result: ResultView) -> list[tuple[str, list[SummaryRow]]]:
    """The content of a result as people read it, section by section."""
    if not result.template:
        return []
    return forms.summary(_definition(catalogue.template_named(result.template)), dict(result.content))


def _definition(template: catalogue.ResultTemplate) -> forms.FormDefinition:
    return forms.read(template.form, "en" if in_english() else "vi")


def _proposal(actor: Actor, page: DossierPage) -> Mapping[str, object]:
    draft = queries.result_draft_of(actor=actor, dossier_id=page.id)
    granted = draft
    if draft.outcome is not Outcome.GRANTED:
        granted = queries.result_draft_of(actor=actor, dossier_id=page.id, outcome=Outcome.GRANTED)
    return {
        "outcomes": [Option(value, str(label)) for value, label in OUTCOMES.items()],
        "outcome": draft.outcome,
        "draft": draft,
        "prepared": granted,
        "content": bound_content(granted.template, granted.content, {}),
        "waiting": [one for one in page.consultations if one.answered_at is None],
    }


def _correction(actor: Actor, page: DossierPage) -> Mapping[str, Any]:
    result, template = latest(page), template_in_hand(actor, page)
    return {
        "content": bound_content(template, result.content, {}) if result and template else None,
    }


def _content(attempt: Attempt) -> dict[str, object] | None:
    """The content as typed; None leaves what was prepared."""
    posted = posted_content(attempt)
    if posted is None:
        return None
    template, parsed = posted
    if not attempt.request.FILES.get("draft"):
        attempt.faults |= _faults(template, parsed)
    return parsed.data


def _faults(template: catalogue.ResultTemplate, parsed: forms.Parsed) -> dict[str, str]:
    """What keeps the content from being printed as it is, each at its field."""
    found = catalogue.fill_form(template.form, parsed.data).faults
    told = {
        fault.path.strip("/").replace("/", "."): forms.fault_words(fault, english=in_english())
        for fault in found
    }
    return told | dict(parsed.faults)


def _submit(attempt: Attempt) -> Promise | str:
    draft = attempt.kept_file("draft")
    outcome = Outcome.REFUSED if attempt.text("outcome") == Outcome.REFUSED else Outcome.GRANTED
    note = attempt.text("note")
    content: dict[str, Any] | None
    if outcome is Outcome.REFUSED:
        note = attempt.reason("note")
        content = {"refusal_reason": note}
        if ground := attempt.text("ground"):
            content["ground"] = ground
    else:
        content = _content(attempt)
    if not attempt.faults:
        services.submit_to_leader(
            actor=attempt.actor,
            dossier_id=attempt.page.id,
            note=note,
            outcome=outcome,
            content=content,
            draft_file_id=draft,
            seen=attempt.seen,
        )
    return gettext_lazy("Đã trình lãnh đạo.")


def _send_back(attempt: Attempt) -> Promise | str:
    if reason := attempt.reason():
        services.send_back(actor=attempt.actor, dossier_id=attempt.page.id, reason=reason, seen=attempt.seen)
    return gettext_lazy("Đã trả lại để xử lý tiếp.")


def _approve(attempt: Attempt) -> Promise | str:
    services.approve(
        actor=attempt.actor, dossier_id=attempt.page.id, note=attempt.text("note"), seen=attempt.seen
    )
    return gettext_lazy("Đã phê duyệt. Hồ sơ chờ ký.")


def _refuse(attempt: Attempt) -> Promise | str:
    if reason := attempt.reason():
        services.refuse_on_merits(
            actor=attempt.actor,
            dossier_id=attempt.page.id,
            reason=reason,
            ground=attempt.text("ground"),
            seen=attempt.seen,
        )
    return gettext_lazy("Đã quyết định từ chối. Thông báo từ chối chờ ký.")


def _sign(attempt: Attempt) -> Promise | str:
    if attempt.text("way") == _ON_PAPER:
        services.sign_on_paper(actor=attempt.actor, dossier_id=attempt.page.id, seen=attempt.seen)
        return gettext_lazy("Đã ghi: kết quả ký trên giấy, số đã lấy trong sổ.")
    services.sign_result(
        actor=attempt.actor, dossier_id=attempt.page.id, pin=attempt.text("pin"), seen=attempt.seen
    )
    return gettext_lazy("Đã ký kết quả.")


def _seal(attempt: Attempt) -> Promise | str:
    if attempt.text("way") == _ON_PAPER:
        scan = attempt.kept_file("scan")
        services.stamp_on_paper(
            actor=attempt.actor, dossier_id=attempt.page.id, scan_file_id=scan, seen=attempt.seen
        )
        return gettext_lazy("Đã ghi: kết quả đóng dấu trên giấy.")
    services.number_and_seal(
        actor=attempt.actor, dossier_id=attempt.page.id, pin=attempt.text("pin"), seen=attempt.seen
    )
    return gettext_lazy("Đã vào số và đóng dấu.")


def _issue(attempt: Attempt) -> Promise | str:
    services.issue_result(actor=attempt.actor, dossier_id=attempt.page.id, seen=attempt.seen)
    return gettext_lazy("Đã phát hành. Người nộp được báo đến nhận kết quả.")


def _reopen(attempt: Attempt) -> Promise | str:
    reason, content, draft = attempt.reason(), _content(attempt), attempt.kept_file("draft")
    if not attempt.faults:
        services.reopen_result(
            actor=attempt.actor,
            dossier_id=attempt.page.id,
            reason=reason,
            content=content,
            draft_file_id=draft,
            seen=attempt.seen,
        )
    return gettext_lazy("Đã mở lại để đính chính. Bản đính chính chờ ký.")


def _sign_correction(attempt: Attempt) -> Promise | str:
    services.sign_correction(
        actor=attempt.actor, dossier_id=attempt.page.id, pin=attempt.text("pin"), seen=attempt.seen
    )
    return gettext_lazy("Đã ký bản đính chính.")


def _seal_correction(attempt: Attempt) -> Promise | str:
    services.seal_correction(
        actor=attempt.actor, dossier_id=attempt.page.id, pin=attempt.text("pin"), seen=attempt.seen
    )
    return gettext_lazy("Đã đóng dấu và phát hành bản đính chính; bản cũ được đánh dấu đã thay thế.")


def file_in_hand(page: DossierPage) -> UUID | None:
    """The result as far as it has come: sealed, signed or drafted."""
    result = latest(page)
    return (result.sealed_file_id or result.signed_file_id or result.draft_file_id) if result else None


def _ways(actor: Actor, page: DossierPage) -> Mapping[str, Any]:
    """How a result is signed: with a token, or by hand on the printed one (which is then stamped by hand too)."""
    return {"paper_way": _ON_PAPER, "paper_words": gettext_lazy("Lãnh đạo đã ký tay trên bản in")}


def _stamps(actor: Actor, page: DossierPage) -> Mapping[str, Any]:
    """By hand only what was signed by hand."""
    result = latest(page)
    is_on_paper = result is not None and result.signed_file_id is None
    return {
        "paper_way": _ON_PAPER if is_on_paper else "",
        "paper_words": gettext_lazy("Đã đóng dấu trên bản giấy"),
        "takes_scan": is_on_paper,
        "is_paper_only": is_on_paper,
    }


#: The box that says an act was done with ink.
_ON_PAPER = "paper"
_PIN_LEAD = gettext_lazy("Ký bằng khóa của bạn trên thiết bị ký số. Ký không thành thì hồ sơ giữ nguyên.")

ACTS: dict[MoveKey, ActForm] = {
    MoveKey.SUBMIT_TO_LEADER: ActForm(
        _submit,
        "submit",
        lead=gettext_lazy("Đề xuất kết quả; lãnh đạo xem đúng nội dung này trước khi ký."),
        offer=_proposal,
    ),
    MoveKey.SEND_BACK: ActForm(
        _send_back,
        "reason",
        button=gettext_lazy("Trả lại"),
        lead=gettext_lazy("Hồ sơ về bước thẩm định; thời hạn vẫn chạy."),
    ),
    MoveKey.APPROVE: ActForm(_approve, "note"),
    MoveKey.REFUSE: ActForm(
        _refuse,
        "refuse",
        lead=gettext_lazy("Kết quả là thông báo từ chối (mẫu 03), ký và phát hành như mọi kết quả."),
        kind="warning",
    ),
    MoveKey.SIGN: ActForm(_sign, "pin", button=gettext_lazy("Ký"), lead=_PIN_LEAD, offer=_ways),
    MoveKey.NUMBER_AND_SEAL: ActForm(
        _seal,
        "pin",
        button=gettext_lazy("Vào số, đóng dấu"),
        lead=gettext_lazy("Xác nhận số trong sổ và đóng dấu số của cơ quan lên kết quả đã ký."),
        offer=_stamps,
    ),
    MoveKey.ISSUE: ActForm(
        _issue,
        button=gettext_lazy("Phát hành"),
        lead=gettext_lazy("Thời hạn dừng tại đây; người nộp được báo, kết quả vào kho giấy tờ của họ."),
    ),
    MoveKey.REOPEN: ActForm(
        _reopen,
        "reopen",
        button=gettext_lazy("Mở lại để đính chính"),
        lead=gettext_lazy(
            "Chỉ khi kết quả sai do cơ quan; đính chính không thu thêm phí, không tính lại thời hạn."
        ),
        offer=_correction,
    ),
    MoveKey.SIGN_CORRECTION: ActForm(_sign_correction, "pin", button=gettext_lazy("Ký"), lead=_PIN_LEAD),
    MoveKey.SEAL_CORRECTION: ActForm(
        _seal_correction,
        "pin",
        button=gettext_lazy("Đóng dấu và phát hành"),
        lead=gettext_lazy("Bản cũ được đánh dấu đã thay thế ở mọi nơi tra cứu."),
    ),
}
