"""Acts between receipt and decision."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.directory.queries import Role
from motcua.dossiers import services
from motcua.dossiers.queries import DossierPage
from motcua.dossiers.words import MoveKey
from motcua.kernel import clock
from motcua.kernel.authority import Actor
from motcua.web.kit import when
from motcua.web.kit.components import Option
from motcua.web.office.acts.form import ActForm, Attempt

_LONGEST_TERM = Decimal(60)


def _officers(actor: Actor, page: DossierPage) -> Mapping[str, object]:
    held = directory.holders_of(Role.CASE_OFFICER, page.competent.id)
    options = [Option(str(one.account_id), one.staff_name, one.post_title) for one in held if one.account_id]
    return {
        "officers": options,
        "assignee": str(page.assignee_id or (options[0].value if len(options) == 1 else "")),
    }


def _assign(attempt: Attempt) -> Promise | str:
    assignee = attempt.chosen("assignee", gettext("Chọn người thụ lý."))
    if assignee is not None:
        services.assign(
            actor=attempt.actor,
            dossier_id=attempt.page.id,
            assignee_id=assignee,
            note=attempt.text("note"),
            seen=attempt.seen,
        )
    return gettext_lazy("Đã phân công thụ lý.")


def _forward(attempt: Attempt) -> Promise | str:
    assignee = attempt.chosen("assignee", "") if attempt.text("assignee") else None
    services.forward(
        actor=attempt.actor,
        dossier_id=attempt.page.id,
        note=attempt.text("note"),
        assignee_id=assignee if assignee != attempt.page.assignee_id else None,
        seen=attempt.seen,
    )
    return gettext_lazy("Đã chuyển sang bước sau.")


def _agencies(actor: Actor, page: DossierPage) -> Mapping[str, object]:
    found = directory.find_agencies()
    return {"agencies": [Option(str(one.id), one.name) for one in found if one.id != page.competent.id]}


def _consult(attempt: Attempt) -> Promise | str:
    agency = attempt.chosen("agency", gettext("Chọn cơ quan cần hỏi ý kiến."))
    question = attempt.reason("question")
    days = _days(attempt)
    if agency is not None and question and days is not None:
        services.ask_opinion(
            actor=attempt.actor,
            dossier_id=attempt.page.id,
            agency_id=agency,
            question=question,
            working_days=days,
            seen=attempt.seen,
        )
    return gettext_lazy("Đã gửi yêu cầu lấy ý kiến. Thời hạn của hồ sơ vẫn chạy.")


def _days(attempt: Attempt) -> Decimal | None:
    try:
        days = Decimal(attempt.text("days").replace(",", "."))
    except InvalidOperation:
        days = Decimal(0)
    if not Decimal(0) < days <= _LONGEST_TERM:
        attempt.faults["days"] = gettext("Nhập số ngày làm việc, ví dụ 2 hoặc 0,5.")
        return None
    return days


def _require_payment(attempt: Attempt) -> Promise | str:
    if reason := attempt.reason():
        services.require_payment(
            actor=attempt.actor, dossier_id=attempt.page.id, reason=reason, seen=attempt.seen
        )
    return gettext_lazy("Đã thông báo nghĩa vụ tài chính; thời hạn tạm dừng.")


def _settle(attempt: Attempt) -> Promise | str:
    services.settle_payment(
        actor=attempt.actor, dossier_id=attempt.page.id, proof=attempt.text("proof"), seen=attempt.seen
    )
    return gettext_lazy("Đã ghi hoàn thành nghĩa vụ tài chính; thời hạn chạy tiếp.")


def _ask_supplement(attempt: Attempt) -> Promise | str:
    reason = attempt.reason()
    items = [line.strip() for line in attempt.text("items").splitlines() if line.strip()]
    if not items:
        attempt.faults["items"] = gettext(
            "Liệt kê đủ mọi giấy tờ, nội dung còn thiếu: chỉ được yêu cầu một lần."
        )
    supply_by = attempt.day("supply_by") if any(attempt.typed_day("supply_by").values()) else None
    if reason and items and not attempt.faults:
        services.ask_supplement(
            actor=attempt.actor,
            dossier_id=attempt.page.id,
            reason=reason,
            items=items,
            supply_by=supply_by,
            seen=attempt.seen,
        )
    return gettext_lazy("Đã gửi yêu cầu bổ sung; thời hạn tạm dừng.")


def _supplements(actor: Actor, page: DossierPage) -> Mapping[str, object]:
    version = catalogue.version(page.version_id)
    there = {paper.component_key for paper in page.papers}
    missing = [c.name for c in version.case(page.case_key).components if c.key not in there]
    return {
        "supplements_left": version.supplements_allowed - page.supplements_asked,
        "suggested": "\n".join(missing),
        "supply_by": services.supply_day(page.receiving.id, None),
    }


def _stop(attempt: Attempt) -> Promise | str:
    if reason := attempt.reason():
        services.stop_dossier(
            actor=attempt.actor, dossier_id=attempt.page.id, reason=reason, seen=attempt.seen
        )
    return gettext_lazy("Đã dừng giải quyết hồ sơ.")


def _new_term(attempt: Attempt) -> tuple[str, datetime | None]:
    reason, day = attempt.reason(), attempt.day("due")
    if not reason or day is None:
        return "", None
    calendar = directory.calendar_of(attempt.page.competent.id)
    return reason, calendar.close(calendar.first_office_day(day))


def _propose_extension(attempt: Attempt) -> Promise | str:
    reason, due_at = _new_term(attempt)
    if due_at is None:
        return ""
    services.propose_extension(
        actor=attempt.actor, dossier_id=attempt.page.id, reason=reason, new_due_at=due_at, seen=attempt.seen
    )
    return gettext("Đã đề xuất lãnh đạo hẹn lại %(moment)s.") % {"moment": when.moment(due_at)}


def _proposed(actor: Actor, page: DossierPage) -> Mapping[str, object]:
    """What was proposed last, for the head to agree with or change."""
    made = [entry for entry in page.timeline if entry.move == MoveKey.PROPOSE_EXTENSION]
    if not made:
        return {"proposal": None, "proposed": None, "proposed_reason": ""}
    last = made[-1]
    return {
        "proposal": last,
        "proposed": clock.local(datetime.fromisoformat(str(last.detail["new_due_at"]))).date(),
        "proposed_reason": last.reason,
    }


def _extend(attempt: Attempt) -> Promise | str:
    reason, due_at = _new_term(attempt)
    if due_at is None:
        return ""
    services.apologise_and_extend(
        actor=attempt.actor,
        dossier_id=attempt.page.id,
        reason=reason,
        new_due_at=due_at,
        seen=attempt.seen,
    )
    return gettext("Đã xin lỗi và hẹn lại %(moment)s.") % {"moment": when.moment(due_at)}


def _acknowledge(attempt: Attempt) -> Promise | str:
    services.acknowledge_hand_over(
        actor=attempt.actor, dossier_id=attempt.page.id, note=attempt.text("note"), seen=attempt.seen
    )
    return gettext_lazy("Đã xác nhận tiếp nhận bàn giao.")


ACTS: dict[MoveKey, ActForm] = {
    MoveKey.ACKNOWLEDGE: ActForm(
        _acknowledge,
        "note",
        button=gettext_lazy("Xác nhận đã nhận"),
        lead=gettext_lazy(
            "Hồ sơ đến từ cơ quan đã tổ chức lại. Xác nhận khi đã nhận đủ giấy tờ, rồi phân công thụ lý."
        ),
    ),
    MoveKey.ASSIGN: ActForm(_assign, "assign", button=gettext_lazy("Phân công"), offer=_officers),
    MoveKey.FORWARD: ActForm(_forward, "forward", button=gettext_lazy("Chuyển bước"), offer=_officers),
    MoveKey.CONSULT: ActForm(
        _consult,
        "consult",
        button=gettext_lazy("Gửi lấy ý kiến"),
        lead=gettext_lazy(
            "Chờ ý kiến không làm dừng thời hạn. Quá hạn mà không trả lời thì được trình tiếp."
        ),
        offer=_agencies,
    ),
    MoveKey.REQUIRE_PAYMENT: ActForm(
        _require_payment,
        "reason",
        button=gettext_lazy("Gửi yêu cầu"),
        lead=gettext_lazy("Thời hạn tạm dừng cho đến khi người nộp hoàn thành."),
    ),
    MoveKey.SETTLE: ActForm(
        _settle,
        "proof",
        button=gettext_lazy("Ghi hoàn thành"),
    ),
    MoveKey.ASK_SUPPLEMENT: ActForm(
        _ask_supplement,
        "supplement",
        button=gettext_lazy("Gửi yêu cầu bổ sung"),
        lead=gettext_lazy("Người nộp nhận mẫu 02. Thời hạn tạm dừng từ lúc gửi."),
        offer=_supplements,
    ),
    MoveKey.STOP: ActForm(
        _stop,
        "reason",
        lead=gettext_lazy("Hồ sơ kết thúc không có kết quả; người nộp nhận mẫu 05. Không mở lại được."),
        kind="warning",
    ),
    MoveKey.PROPOSE_EXTENSION: ActForm(
        _propose_extension,
        "extend",
        button=gettext_lazy("Gửi đề xuất"),
        lead=gettext_lazy("Lãnh đạo quyết định; người nộp chưa được báo gì."),
        offer=_proposed,
    ),
    MoveKey.EXTEND: ActForm(
        _extend,
        "extend",
        button=gettext_lazy("Xin lỗi và hẹn lại"),
        lead=gettext_lazy(
            "Chỉ được hẹn lại một lần, và phải báo trước hạn trả ít nhất một ngày. Người nộp nhận mẫu 04."
        ),
        offer=_proposed,
    ),
}
