"""Procedures for the catalogue manager: versions and what they changed, drafts, publication, withdrawal, life events; and the
dossiers that are still solved by a version.
"""

import json
from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from motcua.catalogue import queries as catalogue
from motcua.catalogue import services
from motcua.catalogue.queries import LifeEvent, VersionLine
from motcua.dossiers import queries as dossiers
from motcua.dossiers.services import change_version
from motcua.kernel import clock
from motcua.kernel.authority import Actor, in_scope
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Fault, Option, Tab, Tone
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.life_events import LIFE_EVENTS
from motcua.web.kit.officers import words as officers
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import uuid_or_none
from motcua.web.kit.templatetags.kit import field_id
from motcua.web.office.administration.typed import day_of, text_of, typed_day

_SHOWN = 40
#: The largest text of a version: forms with long lists are some hundred kilobytes.
_LARGEST = 4 << 20
_STATES: dict[str, tuple[Promise | str, Tone]] = {
    "draft": (gettext_lazy("bản thảo"), Tone.SOON),
    "published": (gettext_lazy("đã công bố"), Tone.DONE),
    "withdrawn": (gettext_lazy("đã rút"), Tone.QUIET),
}
Faults = dict[str, str]
Act = Callable[[HttpRequest, Actor, str, tuple[VersionLine, ...], Faults], str]


def rooms(current: str) -> list[Tab]:
    """The pages of the catalogue manager."""
    names = {"procedures": gettext("Thủ tục"), "everyday_words": gettext("Từ thường dùng")}
    return [Tab(name, reverse(f"office:{view}"), view == current) for view, name in names.items()]


@officers_only("catalogue.manage")
@require_GET
def procedures(request: HttpRequest) -> HttpResponse:
    """Procedures by words or code; a code that is not offered (drafts only) is found by the whole code."""
    text = request.GET.get("q", "").strip()[:200]
    if text and catalogue.versions_of(text):
        return HttpResponseRedirect(reverse("office:procedure", args=[text]))
    found = catalogue.find_procedures(text, limit=_SHOWN)
    context = {"rooms": rooms("procedures"), "text": text, "hits": found.hits}
    return render(request, "office/catalogue/procedures.html", context)


@officers_only("catalogue.manage")
@require_http_methods(["GET", "POST"])
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure. `act`: `draft` (a file becomes a draft, or rewrites the newest one), `publish`, `withdraw`, `tag`."""
    actor = actor_of(request)
    lines = catalogue.versions_of(code)
    if not lines:
        raise OutOfScope
    faults: Faults = {}
    if request.method == "POST":
        act, said = in_scope(_ACTS.get(request.POST.get("act", ""))), ""
        try:
            said = act(request, actor, code, lines, faults)
        except (PermissionRefused, OutOfScope):
            raise
        except DomainError as refusal:
            faults[_field_of(request)] = sentence_of(refusal)
        if not faults:
            messages.success(request, said)
            return HttpResponseRedirect(reverse("office:procedure", args=[code]))
        lines = catalogue.versions_of(code)
    titles = catalogue.titles_of([code], clock.today())
    counts = dossiers.open_counts_by_version(actor=actor, version_ids=[line.id for line in lines])
    context = {
        "rooms": rooms("procedures"),
        "code": code,
        "title": titles.get(code, (code, ""))[0],
        "lines": [
            (
                line,
                *_STATES[line.state],
                line.is_draft,
                line.is_published,
                counts.get(line.id, 0),
                _changed(line),
            )
            for line in lines
        ],
        "drafts": [line for line in lines if line.is_draft],
        "events": [str(LIFE_EVENTS[one][0]) for one in catalogue.life_events_of(code, on=clock.today())],
        "choices": [Option(event.value, str(name)) for event, (name, _) in LIFE_EVENTS.items()],
        "typed": request.POST,
        "typed_day": typed_day(request.POST, "begins"),
        "wrong": faults,
        "faults": [Fault(field_id(name), message) for name, message in faults.items()],
    }
    return render(request, "office/catalogue/procedure.html", context, status=422 if faults else 200)


@officers_only("catalogue.manage")
@require_GET
def version_file(request: HttpRequest, code: str, version_id: UUID) -> HttpResponse:
    """A version as a file that can be changed and brought back."""
    line = in_scope(next((one for one in catalogue.versions_of(code) if one.id == version_id), None))
    text = services.version_text(actor=actor_of(request), version_id=line.id)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{code}-{line.number}.json"'
    return answer


@officers_only("catalogue.manage")
@require_http_methods(["GET", "POST"])
def pinned(request: HttpRequest, code: str, version_id: UUID) -> HttpResponse:
    """The open dossiers of a version; posting moves the ticked ones to another version on a legal ground, one by one."""
    actor = actor_of(request)
    lines = catalogue.versions_of(code)
    line = in_scope(next((one for one in lines if one.id == version_id), None))
    rows = dossiers.open_by_version(actor=actor, version_id=line.id)
    faults: Faults = {}
    refused: list[tuple[str, str]] = []
    if request.method == "POST":
        wanted = set(request.POST.getlist("dossier"))
        chosen = [row for row in rows if str(row.id) in wanted]
        target = next((one for one in lines if str(one.id) == request.POST.get("target")), None)
        ground = text_of(request.POST, "ground")
        if not chosen:
            faults["dossier"] = gettext("Chọn ít nhất một hồ sơ.")
        if target is None or not target.is_published:
            faults["target"] = gettext("Chọn phiên bản đã công bố mà hồ sơ chuyển sang.")
        if not ground:
            faults["ground"] = gettext("Ghi căn cứ pháp lý cho phép áp dụng với hồ sơ đã nhận.")
        if not faults and target is not None:
            for row in chosen:
                try:
                    change_version(actor=actor, dossier_id=row.id, version_id=target.id, ground=ground)
                except (PermissionRefused, OutOfScope):
                    raise
                except DomainError as refusal:
                    refused.append((row.code or "", sentence_of(refusal)))
            done = len(chosen) - len(refused)
            if done:
                said = gettext("Đã chuyển %(n)s hồ sơ sang phiên bản %(number)s; hạn tính lại từ lúc nhận.")
                messages.success(request, said % {"n": done, "number": target.number})
            if not refused:
                return HttpResponseRedirect(reverse("office:procedure", args=[code]))
            rows = dossiers.open_by_version(actor=actor, version_id=line.id)
    context = {
        "code": code,
        "line": line,
        "rows": [(row, officers.state_words(row.state)) for row in rows],
        "targets": [
            Option(str(one.id), gettext("Phiên bản %(number)s") % {"number": one.number})
            for one in lines
            if one.is_published and one.id != line.id
        ],
        "refused": refused,
        "typed": request.POST,
        "ticked": request.POST.getlist("dossier"),
        "wrong": faults,
        "faults": [Fault(field_id(name), message) for name, message in faults.items()],
    }
    return render(request, "office/catalogue/pinned.html", context, status=422 if faults or refused else 200)


def _draft(
    request: HttpRequest, actor: Actor, code: str, lines: tuple[VersionLine, ...], faults: Faults
) -> str:
    upload = request.FILES.get("file")
    begins_on = day_of(request.POST, "begins", faults)
    if not isinstance(upload, UploadedFile) or not 0 < (upload.size or 0) <= _LARGEST:
        faults["file"] = gettext("Chọn tệp JSON của phiên bản, không quá 4 MB.")
    if faults or begins_on is None or not isinstance(upload, UploadedFile):
        return ""
    try:
        text = upload.read().decode("utf-8")
    except UnicodeDecodeError:
        faults["file"] = gettext("Tệp không phải văn bản UTF-8.")
        return ""
    content = services.read_version_text(actor=actor, text=text, code=code)
    over = uuid_or_none(request.POST.get("over"))
    if over is not None:
        line = in_scope(next((one for one in lines if one.id == over), None))
        services.replace_draft(actor=actor, version_id=line.id, content=content)
        return gettext("Đã ghi lại bản thảo %(number)s.") % {"number": line.number}
    services.create_draft_version(
        actor=actor,
        content=content,
        effective_from=begins_on,
        decision=text_of(request.POST, "decision"),
    )
    return gettext("Đã lập bản thảo. Xem khác gì bản trước rồi công bố.")


def _publish(
    request: HttpRequest, actor: Actor, code: str, lines: tuple[VersionLine, ...], faults: Faults
) -> str:
    line = _chosen(request, lines)
    services.publish_version(actor=actor, version_id=line.id)
    return gettext("Đã công bố phiên bản %(number)s.") % {"number": line.number}


def _withdraw(
    request: HttpRequest, actor: Actor, code: str, lines: tuple[VersionLine, ...], faults: Faults
) -> str:
    line, reason = _chosen(request, lines), text_of(request.POST, "reason")
    if not reason:
        faults[f"reason-{line.number}"] = gettext("Ghi lý do rút phiên bản.")
        return ""
    services.withdraw_version(actor=actor, version_id=line.id, reason=reason)
    return gettext("Đã rút phiên bản %(number)s. Hồ sơ đã nhận vẫn giải quyết theo phiên bản ấy.") % {
        "number": line.number
    }


def _tag(
    request: HttpRequest, actor: Actor, code: str, lines: tuple[VersionLine, ...], faults: Faults
) -> str:
    value = request.POST.get("event", "")
    if value not in set(LifeEvent):
        faults["event"] = gettext("Chọn sự kiện trong đời.")
        return ""
    services.tag_procedure(actor=actor, code=code, value=LifeEvent(value), valid_from=clock.today())
    return gettext("Đã xếp thủ tục vào sự kiện trên Cổng dịch vụ công.")


_ACTS: dict[str, Act] = {"draft": _draft, "publish": _publish, "withdraw": _withdraw, "tag": _tag}


def _chosen(request: HttpRequest, lines: tuple[VersionLine, ...]) -> VersionLine:
    wanted = uuid_or_none(request.POST.get("version"))
    return in_scope(next((one for one in lines if one.id == wanted), None))


def _field_of(request: HttpRequest) -> str:
    return {"draft": "file", "tag": "event"}.get(request.POST.get("act", ""), "version")


def _changed(line: VersionLine) -> list[tuple[str, str, str]]:
    """What a version changed against the one before: where, from, to; long values are cut."""
    return [(one["path"], _short(one.get("before")), _short(one.get("after"))) for one in line.changes]


def _short(value: object) -> str:
    if value in (None, ""):
        return gettext("không có")
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 160 else f"{text[:159]}…"
