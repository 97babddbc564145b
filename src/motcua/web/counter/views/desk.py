"""The one screen of reception. Every button posts the whole screen; only the last three write a dossier."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.catalogue import queries as catalogue
from motcua.catalogue.errors import FormOutdated as FormReplaced
from motcua.directory import queries as directory
from motcua.documents import queries as documents
from motcua.documents import services as custody
from motcua.dossiers import queries as dossiers
from motcua.dossiers import services
from motcua.dossiers.errors import (
    ContactInvalid,
    FormInvalid,
    FormOutdated,
    PapersMissing,
    ReasonMissing,
    ReturnAddressMissing,
    SupplyDayWrong,
)
from motcua.dossiers.words import MandateKind, MandateScope
from motcua.kernel.authority import Actor
from motcua.kernel.errors import DomainError, PermissionRefused
from motcua.kernel.values import Unreadable
from motcua.web.counter import contact, people
from motcua.web.counter.papers import IN_HAND, kept_files, offer_held, read_day, text_of
from motcua.web.counter.screen import (
    NEW_PERSON,
    Screen,
    choose_procedure,
    empty_screen,
    lay_again,
    read_screen,
    rebind,
    receiving_agencies,
)
from motcua.web.counter.views.uploads import upload_address
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Fault, Key, Option
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers import words
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import uuid_or_none
from motcua.web.kit.officers.files import is_picture, shown
from motcua.web.kit.serving import is_made_visible
from motcua.web.kit.templatetags.kit import field_id

Finish = Callable[[Screen, Actor], services.Moved | services.Slip | None]
_REFUSED = 422
_NUMBER_LENGTH = 9


@officers_only("dossier.receive", "dossier.hand_over", "payment.collect")
@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest) -> HttpResponseBase:
    """Receive: the person, the checklist, the paper in hand; receive, ask or refuse at the foot."""
    actor = actor_of(request)
    if not receiving_agencies(actor):
        return HttpResponseRedirect(
            reverse("counter:cash" if actor.may("payment.collect") else "counter:returns")
        )
    if request.method == "GET":
        return _page(request, empty_screen(request, actor))
    screen = read_screen(request, actor)
    name, _, value = request.POST.get("act", "").partition(":")
    finish: Finish | None = {"receive": _receive, "ask": _ask, "refuse": _refuse}.get(name)
    if finish is None:
        _intermediate(request, screen, actor, name, value)
        return _page(request, screen)
    _keep_upload(request, screen, actor)
    try:
        moved = finish(screen, actor)
    except DomainError as refusal:
        _explain(screen, refusal)
        moved = None
    if moved is None:
        return _page(request, screen, status=_REFUSED)
    if isinstance(moved, services.Slip):
        return HttpResponseRedirect(reverse("counter:slip", args=[moved.id]))
    if moved.is_repeat:
        messages.info(request, gettext("Hồ sơ này đã được ghi từ lần bấm trước; không có hồ sơ thứ hai."))
    spared = sum(line.is_reused for line in screen.lines)
    if spared:
        said = ngettext(
            "Người nộp không phải nộp lại %(n)d giấy tờ: cơ quan đã có.",
            "Người nộp không phải nộp lại %(n)d giấy tờ: cơ quan đã có.",
            spared,
        )
        messages.success(request, said % {"n": spared})
    return HttpResponseRedirect(f"{reverse('counter:dossier', args=[moved.dossier_id])}?xong={name}")


@officers_only("dossier.receive")
@require_POST
def alike(request: HttpRequest) -> HttpResponse:
    """While a person is written down: who may be there already, or has the number that was typed. A piece of the page."""
    new = {name: text_of(request.POST, f"new.{name}") for name in NEW_PERSON}
    try:
        born = people.birth_of(new)
    except Unreadable:
        born = None
    found: tuple[directory.PartyView, ...] = ()
    if new["kind"] != "organisation":
        found = (
            people.holders(actor_of(request), new["number"]) if len(new["number"]) >= _NUMBER_LENGTH else ()
        )
        found = found or people.alike(actor_of(request), new, born)
    return render(request, "counter/_alike.html", {"people": found})


@officers_only("dossier.receive")
@require_GET
def own_file(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    """A paper just scanned: only for the officer who scanned it."""
    return shown(request, documents.file_for(actor_of(request), file_id))


def _intermediate(request: HttpRequest, screen: Screen, actor: Actor, name: str, value: str) -> None:
    """Everything that only changes what lies on the desk."""
    _keep_upload(request, screen, actor)
    before = screen.party
    match name:
        case "procedure":
            choose_procedure(screen, value, None)
            screen.hits, screen.procedure_text, screen.procedure_asked = (), "", ""
        case "other-procedure":
            screen.version, screen.case, screen.definition, screen.lines = None, None, None, []
        case "hand":
            screen.hand = value
        case "reuse" | "no-reuse":
            for line in screen.lines:
                if line.key == value:
                    line.taken_id = line.offer.id if line.offer and name == "reuse" else None
        case "drop":
            key, _, file_id = value.rpartition(":")
            for line in screen.lines:
                if line.key == key:
                    line.take_off(uuid_or_none(file_id))
        case _ if not people.rearrange(screen, actor, name, value):
            _enter(screen, actor)
    rebind(screen, before)
    if screen.party is not None and screen.lines:
        offer_held(screen.lines, screen.party.id)


def _enter(screen: Screen, actor: Actor) -> None:
    """The Enter key: search for whatever was typed since the last time. It never receives a dossier by itself."""
    if screen.is_adding_person and screen.new_person.get("name"):
        people.register(screen, actor)
    if screen.person_text and screen.party is None:
        slip = dossiers.door_slip_numbered(actor=actor, number=screen.person_text)
        if slip is not None and slip.dossier_id is None:
            lay_again(screen, actor, slip)
            screen.person_text = ""
            return
        people.look_up(screen, actor)
    if screen.procedure_text and screen.version is None:
        screen.procedure_asked, screen.has_searched_procedures = screen.procedure_text, True
        screen.hits = catalogue.find_procedures(screen.procedure_text, limit=8).hits
        exact = [hit for hit in screen.hits if hit.code == screen.procedure_text]
        if exact or len(screen.hits) == 1:
            choose_procedure(screen, (exact or list(screen.hits))[0].code, None)
            screen.hits, screen.procedure_text = (), ""


def _keep_upload(request: HttpRequest, screen: Screen, actor: Actor) -> None:
    """Files in the field are kept at once, whichever button was pressed, so that they cannot be lost; those that came in
    pieces are there already and go to the paper chosen now.
    """
    arrived = kept_files(request.POST, actor).get(IN_HAND, [])
    owner = screen.party.id if screen.party else None
    for upload in request.FILES.getlist("paper"):
        try:
            arrived.append(
                custody.keep_file(actor=actor, stream=upload, filename=str(upload.name), owner_party_id=owner)
            )
        except DomainError as refusal:
            screen.faults["paper"] = f"{upload.name}: {sentence_of(refusal)}"
    if not arrived:
        return
    line = next((one for one in screen.lines if one.key == screen.hand), None)
    if line is None:
        screen.waiting = arrived
        screen.faults["hand"] = gettext("Chọn giấy tờ mà tệp này thuộc về.")
        return
    for file in arrived:
        line.put(file)


def _receive(screen: Screen, actor: Actor) -> services.Moved | None:
    application = screen.application()
    if application is None or screen.form_faults:
        return None
    people.keep_contact(screen, actor)
    return services.register_dossier(actor=actor, application=application)


def _ask(screen: Screen, actor: Actor) -> services.Slip | None:
    application = screen.application()
    if application is None:
        return None
    if not screen.reason:
        raise ReasonMissing(move=gettext("Yêu cầu hoàn thiện trước khi tiếp nhận"))
    people.keep_contact(screen, actor)
    return services.ask_at_desk(
        actor=actor,
        application=application,
        reason=screen.reason,
        items=screen.missing,
        supply_by=read_day(screen.supply_by),
    )


def _refuse(screen: Screen, actor: Actor) -> services.Slip | None:
    application = screen.application()
    if application is None:
        return None
    if not screen.reason:
        raise ReasonMissing(move=gettext("Từ chối tiếp nhận"))
    people.keep_contact(screen, actor)
    return services.refuse_at_desk(
        actor=actor, application=application, reason=screen.reason, ground=screen.ground
    )


def _explain(screen: Screen, refusal: DomainError) -> None:
    """Put a refusal beside the field it is about."""
    sentence = sentence_of(refusal)
    match refusal:
        case PermissionRefused():
            raise refusal
        case PapersMissing():
            missing = refusal.params.get("missing")
            names = set(missing) if isinstance(missing, list) else set()
            for line in screen.lines:
                if line.component.name in names:
                    line.is_missing = True
                    screen.faults[f"p.{line.key}.originals"] = gettext("Chưa có: %(paper)s") % {
                        "paper": line.component.name
                    }
        case FormInvalid():
            faults = refusal.params.get("faults")
            pairs = faults if isinstance(faults, list) else []
            screen.form_faults |= {path: gettext(message) for path, message in pairs}
        case FormOutdated() | FormReplaced():
            screen.faults["form"] = sentence
            if screen.version is not None and screen.version.form is not None:
                screen.form_digest = screen.version.form.digest
        case ReturnAddressMissing():
            screen.faults["return_address"] = sentence
        case ContactInvalid() if refusal.params.get("field") == "return_address":
            screen.faults["return_address"] = sentence
        case SupplyDayWrong():
            screen.faults["desk_supply_by"] = sentence
        case ReasonMissing():
            screen.faults["desk_reason"] = gettext(
                "Ghi rõ nội dung cần bổ sung hoặc lý do từ chối; người nộp sẽ đọc được."
            )
        case _:
            screen.faults["desk"] = sentence


def _page(request: HttpRequest, screen: Screen, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    bound = screen.bound()
    faults = [Fault(field_id(name), message) for name, message in screen.faults.items()]
    held = screen.in_hand.file if screen.in_hand else None
    context = {
        "screen": screen,
        "bound": bound,
        "faults": [*faults, *(bound.faults if bound else ())],
        "agencies": [Option(str(key), name) for key, name in receiving_agencies(actor).items()],
        "cases": [Option(case.key, words.name_of(case)) for case in screen.version.cases]
        if screen.version
        else [],
        "papers": [Option(line.key, words.name_of(line.component)) for line in screen.lines],
        "ways": [Option(key, str(label)) for key, label in words.RETURN_WAYS.items()],
        "mandate_kinds": [
            Option(MandateKind.RELATIVE, gettext("Người thân"), gettext("Nêu rõ quan hệ.")),
            Option(
                MandateKind.AUTHORISED,
                gettext("Được ủy quyền bằng văn bản"),
                gettext("Văn bản ủy quyền là giấy tờ bắt buộc của hồ sơ."),
            ),
        ],
        "mandate_scopes": [
            Option(MandateScope.SUBMIT, gettext("Chỉ nộp hồ sơ")),
            Option(MandateScope.SUBMIT_AND_RECEIVE, gettext("Nộp hồ sơ và nhận kết quả")),
        ],
        "kinds": [Option("person", gettext("Cá nhân")), Option("organisation", gettext("Tổ chức"))],
        "identity_papers": [
            Option("personal", gettext("Số định danh cá nhân (12 số)")),
            Option("old", gettext("Chứng minh nhân dân (9 số)")),
            Option("passport", gettext("Hộ chiếu")),
        ],
        "countries": [
            Option(one.code, (one.name_en if words.in_english() else "") or one.name)
            for one in catalogue.list_entries("nationalities")
            if one.code not in ("VN", "XX")
        ],
        "contact_uses": contact.uses(),
        "contact_now": contact.given(screen.party, screen.contact),
        "has_person_page": screen.party is not None and people.is_near(actor, screen.party.id),
        "alike": alike_of(screen, actor),
        "sexes": [Option("female", gettext("Nữ")), Option("male", gettext("Nam"))],
        "held": held,
        "upload_url": upload_address(screen.party.id if screen.party else None),
        "held_is_made_visible": held is not None and is_made_visible(held.media_type),
        "held_is_picture": held is not None and is_picture(held.media_type),
        "keys": _keys(),
        "title_of_procedure": words.title_of(screen.version) if screen.version else "",
    }
    return render(request, "counter/desk.html", context, status=status)


def alike_of(screen: Screen, actor: Actor) -> tuple[dossiers.Alike, ...]:
    """Open dossiers of this person for this procedure, to be pointed out; receiving goes on all the same."""
    if screen.party is None or screen.version is None or screen.case is None:
        return ()
    return dossiers.alike_dossiers(
        actor=actor,
        version=screen.version,
        case_key=screen.case.key,
        form_data=screen.form_data,
        applicant_id=screen.party.id,
    )


def _keys() -> list[Key]:
    return [
        Key("F2", gettext("Ô người nộp (quét thẻ hoặc tìm)")),
        Key("F4", gettext("Ô thủ tục")),
        Key("F6", gettext("Bản quét giấy tờ")),
        Key("F7", gettext("Yêu cầu bổ sung (mẫu 02)")),
        Key("F8", gettext("Từ chối tiếp nhận (mẫu 03)")),
        Key("F9", gettext("Tiếp nhận (mẫu 01)")),
        Key("Enter", gettext("Tìm nội dung vừa gõ; không tiếp nhận hồ sơ")),
    ]
