"""The page of one person: what is recorded of them and was before, putting it right, and putting two records together."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.directory.queries import DETAIL_NAMES, MergedDetail, PartyKind, PartyView, Sex
from motcua.dossiers import queries, services
from motcua.kernel.authority import Actor
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused
from motcua.kernel.values import PartialDate, Unreadable, date_of_boxes
from motcua.web.counter.papers import text_of
from motcua.web.counter.people import is_near
from motcua.web.counter.search import table_of
from motcua.web.kit import when
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Option, SummaryRow
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import cursor, uuid_or_none, with_query
from motcua.web.kit.officers.searching import private_search, search_text

_FORMER, _STANDING = "former", "standing"
_FIELD_OF = {
    "directory.name_invalid": "full_name",
    "directory.birth_date_invalid": "born",
    "directory.personal_number_invalid": "personal_number",
    "directory.personal_number_mismatch": "personal_number",
    "directory.party_number_taken": "personal_number",
    "directory.phone_invalid": "phone",
    "directory.email_invalid": "email",
}


@officers_only(*queries.AT_PEOPLE)
@require_http_methods(["GET", "POST"])
@private_search
def people(request: HttpRequest) -> HttpResponse:
    """People found by name (a former one too), number or phone; with `gop`, to be compared with that person."""
    actor, text = actor_of(request), search_text(request)
    other = _person(request.GET.get("gop", "")) if request.GET.get("gop") else None
    found = directory.find_parties(actor=actor, text=text, kind=PartyKind.PERSON) if text.strip() else ()
    shown = [one for one in found if other is None or one.id != other.id]
    near = queries.people_within_reach(
        actor=actor, party_ids=[one.id for one in shown], permissions=queries.AT_PEOPLE
    )
    context = {
        "text": text,
        "other": other,
        "people": [(one, one.id in near) for one in shown],
        "waiting_identities": len(queries.identity_conflicts(actor=actor))
        if actor.may("person.merge")
        else 0,
    }
    return render(request, "counter/persons/people.html", context)


@officers_only(*queries.AT_PEOPLE)
@require_GET
def person(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """Everything recorded of one person, and what was done to it. A merged record leads to the one that stands."""
    actor = actor_of(request)
    party = _in_reach(actor, directory.party(party_id))
    if party.id != party_id:
        return HttpResponseRedirect(reverse("counter:person", args=[party.id]))
    return _page(request, actor, party)


@officers_only(*queries.AT_PEOPLE)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """Put right what was recorded wrongly: name, number, birthday, sex; with the reason."""
    party = _in_reach(actor_of(request), _person(str(party_id)))

    def act(actor: Actor, post: QueryDict, faults: dict[str, str]) -> str:
        born = _born(post, faults)
        if not text_of(post, "reason"):
            faults["reason"] = gettext("Ghi căn cứ đính chính, ví dụ giấy tờ đã đối chiếu.")
        if faults:
            return ""
        sex = post.get("sex", "")
        services.correct_person(
            actor=actor,
            party_id=party.id,
            reason=text_of(post, "reason"),
            full_name=text_of(post, "full_name"),
            personal_number=text_of(post, "personal_number"),
            birth_on=born,
            sex=Sex(sex) if sex in set(Sex) else None,
        )
        return gettext("Đã đính chính. Hồ sơ của người này hiện thông tin mới và vẫn tìm được bằng tên cũ.")

    return _form(request, party, "counter/persons/correct.html", act, _as_typed(party))


@officers_only(*queries.AT_PEOPLE)
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """How the person (or organisation) is reached."""
    party = _in_reach(actor_of(request), directory.party(party_id))

    def act(actor: Actor, post: QueryDict, _faults: dict[str, str]) -> str:
        services.update_contact(
            actor=actor,
            party_id=party.id,
            phone=text_of(post, "phone"),
            email=text_of(post, "email"),
            address=text_of(post, "address"),
        )
        return gettext("Đã ghi liên hệ mới.")

    known = {"phone": party.phone, "email": party.email, "address": party.address}
    return _form(request, party, "counter/persons/contact.html", act, known)


@officers_only("person.merge")
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, party_id: UUID, former_id: UUID) -> HttpResponse:
    """Two records side by side; which value stands is chosen detail by detail, before anything is written."""
    actor, standing, former = actor_of(request), _person(str(party_id)), _person(str(former_id))
    if (standing.id, former.id) != (party_id, former_id) or standing.id == former.id:
        raise OutOfScope
    if not _may_merge(actor, [standing.id, former.id]):
        raise OutOfScope
    faults: dict[str, str] = {}
    if request.method == "POST":
        taken = [one for one in MergedDetail if request.POST.get(one.value) == _FORMER]
        reason = text_of(request.POST, "reason")
        try:
            if not reason:
                faults["reason"] = gettext("Ghi căn cứ cho thấy hai bản ghi là một người.")
            else:
                services.merge_people(
                    actor=actor, party_id=party_id, former_id=former_id, taken=taken, reason=reason
                )
        except (PermissionRefused, OutOfScope):
            raise
        except DomainError as refusal:
            faults["reason"] = sentence_of(refusal)
        if not faults:
            messages.success(request, gettext("Đã gộp hai bản ghi; có thể hoàn tác ở trang này."))
            return HttpResponseRedirect(reverse("counter:person", args=[party_id]))
    preview = directory.merge_preview(actor=actor, party_id=party_id, former_id=former_id)
    context = {
        "standing": standing,
        "former": former,
        "lines": [_compared(line, request.POST) for line in preview.lines if line.standing or line.former],
        "against": [gettext(DETAIL_NAMES[detail]) for detail in preview.against],
        "counts": [_count(actor, one.id) for one in (standing, former)],
        "reason": request.POST.get("reason", ""),
        "faults": faults,
    }
    return render(request, "counter/persons/merge.html", context, status=422 if faults else 200)


@officers_only("person.merge")
@require_POST
def part(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """Undo a merge."""
    actor, merged = actor_of(request), directory.merge(merge_id)
    reason = text_of(request.POST, "reason")
    try:
        services.undo_merge(actor=actor, merge_id=merge_id, reason=reason)
    except (PermissionRefused, OutOfScope):
        raise
    except DomainError as refusal:
        return _page(request, actor, directory.party(merged.standing_id), refusal)
    messages.success(request, gettext("Đã hoàn tác: hai bản ghi lại đứng riêng như trước khi gộp."))
    return HttpResponseRedirect(reverse("counter:person", args=[merged.standing_id]))


def _page(
    request: HttpRequest, actor: Actor, party: PartyView, refusal: DomainError | None = None
) -> HttpResponse:
    found = queries.dossiers_of_party(actor=actor, party_id=party.id, after=cursor(request))
    records = directory.records_of([party.id])
    may_merge = party.kind is PartyKind.PERSON and _may_merge(actor, [party.id])
    alike: tuple[PartyView, ...] = ()
    if may_merge:
        alike = directory.alike_people(
            actor=actor, full_name=party.full_name, born=party.born, phone=party.phone
        )
    context = {
        "party": party,
        "is_person": party.kind is PartyKind.PERSON,
        "rows": _facts(party),
        "former_names": directory.former_names(party.id),
        "corrections": [
            (one, gettext(_names().get(one.detail, one.detail)), _shown(one.before), _shown(one.after))
            for one in directory.corrections_of(actor=actor, party_id=party.id)
        ],
        "merges": [
            (one, [(gettext(DETAIL_NAMES[what]), before, after) for what, before, after in one.taken])
            for one in directory.merges_of(records)
        ],
        "table": table_of(list(found.rows), gettext("Hồ sơ của người này")) if found.rows else None,
        "next_url": with_query(request, {"sau": found.after}) if found.after else "",
        "alike": [one for one in alike if one.id not in records],
        "may_merge": may_merge,
        "faults": {"reason": sentence_of(refusal)} if refusal else {},
    }
    status = refusal.kind.value if refusal else 200
    return render(request, "counter/persons/person.html", context, status=status)


def _form(
    request: HttpRequest,
    party: PartyView,
    template: str,
    act: Callable[[Actor, QueryDict, dict[str, str]], str],
    known: dict[str, Any],
) -> HttpResponse:
    faults: dict[str, str] = {}
    if request.method == "POST":
        said = ""
        try:
            said = act(actor_of(request), request.POST, faults)
        except (PermissionRefused, OutOfScope):
            raise
        except DomainError as refusal:
            faults[_FIELD_OF.get(refusal.code, "full_name")] = sentence_of(refusal)
        if not faults:
            messages.success(request, said)
            return HttpResponseRedirect(reverse("counter:person", args=[party.id]))
        known = {**{name: request.POST.get(name, "") for name in known}, "born": _boxes(request.POST)}
    context = {
        "party": party,
        "typed": known,
        "faults": faults,
        "holders": _holders(request, party) if "personal_number" in faults else (),
        "sexes": [Option(sex.value, _sex_words(sex)) for sex in Sex],
    }
    return render(request, template, context, status=422 if faults else 200)


def _holders(request: HttpRequest, party: PartyView) -> list[PartyView]:
    """Whose number it is: the page of the other record, where the two may be put together."""
    number = text_of(request.POST, "personal_number")
    found = directory.find_parties(actor=actor_of(request), text=number, limit=2)
    return [one for one in found if one.id != party.id]


def _person(text: str) -> PartyView:
    party_id = uuid_or_none(text)
    if party_id is None:
        raise OutOfScope
    party = directory.party(party_id)
    if party.kind is not PartyKind.PERSON:
        raise OutOfScope
    return party


def _in_reach(actor: Actor, party: PartyView) -> PartyView:
    """The party, for whoever works on their matters; the search shows others with their numbers masked."""
    if not is_near(actor, party.id):
        raise OutOfScope
    return party


def _may_merge(actor: Actor, party_ids: list[UUID]) -> bool:
    within = queries.people_within_reach(actor=actor, party_ids=party_ids, permissions=("person.merge",))
    return len(within) == len(party_ids)


def _count(actor: Actor, party_id: UUID) -> int:
    return len(queries.dossiers_of_party(actor=actor, party_id=party_id, limit=50).rows)


def _compared(line: directory.MergeLine, post: QueryDict) -> dict[str, object]:
    proposed = _FORMER if line.is_former_proposed else _STANDING
    return {
        "name": line.detail.value,
        "label": gettext(DETAIL_NAMES[line.detail]),
        "standing": _value(line.detail, line.standing),
        "former": _value(line.detail, line.former),
        "is_same": line.is_same,
        "is_former": post.get(line.detail.value, proposed) == _FORMER,
    }


def _value(detail: MergedDetail, kept: str) -> str:
    if detail is MergedDetail.BORN and kept:
        return when.known_day(kept)
    if detail is MergedDetail.NATIONALITY and kept:
        return next((one.name for one in catalogue.list_entries("nationalities") if one.code == kept), kept)
    return _sex_words(Sex(kept)) if detail is MergedDetail.SEX and kept else kept


def _facts(party: PartyView) -> list[SummaryRow]:
    correct_url = reverse("counter:correct_person", args=[party.id])
    contact_url = reverse("counter:person_contact", args=[party.id])
    rows = [
        SummaryRow(gettext("Điện thoại"), party.phone, contact_url),
        SummaryRow(gettext("Thư điện tử"), party.email, contact_url),
        SummaryRow(gettext("Địa chỉ"), party.address, contact_url),
    ]
    if party.kind is not PartyKind.PERSON:
        return [SummaryRow(gettext("Mã số"), party.number or ""), *rows]
    passport = " ".join(filter(None, (party.passport_number, party.passport_country)))
    return [
        SummaryRow(gettext("Họ và tên"), party.full_name, correct_url),
        SummaryRow(gettext("Số định danh cá nhân"), party.personal_number or "", correct_url),
        *([SummaryRow(gettext("Số chứng minh nhân dân"), party.old_number)] if party.old_number else []),
        *([SummaryRow(gettext("Hộ chiếu"), passport)] if passport else []),
        SummaryRow(gettext("Ngày sinh"), when.known_day(str(party.born)) if party.born else "", correct_url),
        SummaryRow(gettext("Giới tính"), _sex_words(party.sex) if party.sex else "", correct_url),
        *rows,
    ]


def _sex_words(sex: Sex) -> str:
    return gettext("Nữ") if sex is Sex.FEMALE else gettext("Nam")


def _names() -> dict[str, str]:
    return {detail.value: name for detail, name in DETAIL_NAMES.items()}


def _shown(kept: str | None) -> str:
    return kept or gettext("(trống)")


def _as_typed(party: PartyView) -> dict[str, object]:
    born = party.born
    parts = {"y": born.year, "m": born.month, "d": born.day} if born else {}
    return {
        "full_name": party.full_name,
        "personal_number": party.personal_number or "",
        "sex": party.sex.value if party.sex else "",
        "born": {name: str(number) for name, number in parts.items() if number},
        "reason": "",
    }


def _boxes(post: QueryDict) -> dict[str, str]:
    return {part: post.get(f"born.{part}", "").strip() for part in "dmy"}


def _born(post: QueryDict, faults: dict[str, str]) -> PartialDate | None:
    boxes = _boxes(post)
    try:
        return date_of_boxes(boxes["y"], boxes["m"], boxes["d"]) if any(boxes.values()) else None
    except Unreadable:
        faults["born"] = gettext("Ngày sinh không có thật.")
        return None
