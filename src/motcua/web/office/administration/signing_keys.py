"""Keys that sign: an agency's seal and the signatures of its people. A certificate is read and shown before it is entrusted."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.directory import queries as directory
from motcua.directory.queries import AgencyView, StaffView
from motcua.documents import queries as documents
from motcua.documents import services
from motcua.documents.queries import KeyPlace, SignerIdentity
from motcua.kernel.authority import Actor, in_scope
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused
from motcua.web.kit import when
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Fault, Option, SummaryRow
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import uuid_or_none
from motcua.web.kit.templatetags.kit import field_id
from motcua.web.office.administration import words
from motcua.web.office.administration.agencies import known_agency
from motcua.web.office.administration.typed import text_of

_SEAL = "seal"
#: What was read of a token travels through the page sealed by this installation, and is good for a quarter of an hour.
_SALT, _LASTS = "motcua.signing-key", 900
_FIELD_OF = {
    "documents.wrong_pin": "pin",
    "documents.pin_missing": "pin",
    "documents.pin_locked": "pin",
    "documents.token_missing": "label",
}


@dataclass(frozen=True, slots=True)
class _Read:
    """A key whose certificate was read, not yet entrusted."""

    label: str
    place: KeyPlace
    holder: str
    identity: SignerIdentity
    sealed: str


@officers_only("directory.manage")
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "POST"])
def signing_keys(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """Posting reads a token (`read`), entrusts what was read (`entrust`) or takes a key back (`withdraw`)."""
    actor, agency = actor_of(request), known_agency(agency_id)
    here = directory.people_of(actor=actor, agency_id=agency_id)
    faults: dict[str, str] = {}
    read: _Read | None = None
    if request.method == "POST":
        try:
            match request.POST.get("act"):
                case "read":
                    read = _read(request, actor, agency, here, faults)
                case "entrust":
                    if said := _entrust(request, actor, agency, here, faults):
                        return _done(request, agency, said)
                case "withdraw":
                    return _done(request, agency, _withdraw(request, actor, agency, here))
                case _:
                    raise OutOfScope
        except (PermissionRefused, OutOfScope):
            raise
        except DomainError as refusal:
            faults[_FIELD_OF.get(refusal.code, "label")] = sentence_of(refusal)
    return _page(request, actor, agency, here, read, faults)


def _page(
    request: HttpRequest,
    actor: Actor,
    agency: AgencyView,
    here: tuple[StaffView, ...],
    read: _Read | None,
    faults: dict[str, str],
) -> HttpResponse:
    names = {one.account_id: one.full_name for one in here if one.account_id}
    held = documents.signing_keys_held(actor=actor, agency_id=agency.id, account_ids=tuple(names))
    context = {
        "agency": agency,
        "tabs": words.agency_tabs(agency, "signing_keys"),
        "keys_held": [(key, _whose(key.account_id, names)) for key in held],
        "read": read,
        "facts": _facts(read) if read else (),
        "holders": [
            Option(_SEAL, gettext("Con dấu của cơ quan")),
            *(Option(str(account), name) for account, name in names.items()),
        ],
        "places": [
            Option(KeyPlace.TOKEN.value, gettext("Thiết bị ký (USB, thẻ, HSM)")),
            Option(KeyPlace.FILE.value, gettext("Tệp khóa trên máy chủ (chỉ để thử nghiệm)")),
        ],
        "typed": {name: text_of(request.POST, name) for name in ("label", "holder", "place")},
        "wrong": faults,
        "faults": [Fault(field_id(name), message) for name, message in faults.items()],
    }
    return render(request, "office/administration/signing_keys.html", context, status=422 if faults else 200)


def _read(
    request: HttpRequest,
    actor: Actor,
    agency: AgencyView,
    here: tuple[StaffView, ...],
    faults: dict[str, str],
) -> _Read | None:
    """What the certificate says; the PIN serves this reading and is kept nowhere."""
    label, holder = text_of(request.POST, "label"), text_of(request.POST, "holder")
    place = text_of(request.POST, "place")
    if not label:
        faults["label"] = gettext("Ghi tên thiết bị như người cấp đã đặt.")
    if holder != _SEAL and not _serves(holder, here):
        faults["holder"] = gettext("Chọn con dấu hoặc một người của cơ quan.")
    if place not in set(KeyPlace):
        faults["place"] = gettext("Chọn nơi giữ khóa.")
    if faults:
        return None
    kept = KeyPlace(place)
    identity = services.read_token(actor=actor, label=label, pin=request.POST.get("pin") or None, place=kept)
    plain = asdict(identity) | {
        "not_before": identity.not_before.isoformat(),
        "not_after": identity.not_after.isoformat(),
    }
    sealed = signing.dumps(
        {"label": label, "holder": holder, "place": place, "identity": plain}, salt=_salt(actor, agency)
    )
    name = {str(one.account_id): one.full_name for one in here}.get(holder, gettext("Con dấu của cơ quan"))
    return _Read(label, kept, name, identity, sealed)


def _salt(actor: Actor, agency: AgencyView) -> str:
    """What one administrator read on the page of one agency is entrusted by them, there."""
    return f"{_SALT}.{actor.account_id}.{agency.id}"


def _entrust(
    request: HttpRequest,
    actor: Actor,
    agency: AgencyView,
    here: tuple[StaffView, ...],
    faults: dict[str, str],
) -> str:
    try:
        told: dict[str, Any] = signing.loads(
            request.POST.get("read", ""), salt=_salt(actor, agency), max_age=_LASTS
        )
    except signing.BadSignature:
        faults["label"] = gettext("Đã quá lâu từ khi đọc thiết bị; đọc lại rồi giao.")
        return ""
    plain, holder = told["identity"], told["holder"]
    is_seal = holder == _SEAL
    if not is_seal and not _serves(holder, here):
        raise OutOfScope
    services.register_signing_key(
        actor=actor,
        label=told["label"],
        identity=SignerIdentity(
            **plain | {name: datetime.fromisoformat(plain[name]) for name in ("not_before", "not_after")}
        ),
        place=KeyPlace(told["place"]),
        account_id=None if is_seal else UUID(holder),
        agency_id=agency.id if is_seal else None,
    )
    return gettext("Đã giao khóa %(label)s.") % {"label": told["label"]}


def _withdraw(request: HttpRequest, actor: Actor, agency: AgencyView, here: tuple[StaffView, ...]) -> str:
    """Only keys of this page are taken back on it."""
    label = text_of(request.POST, "label")
    accounts = tuple(one.account_id for one in here if one.account_id)
    held = documents.signing_keys_held(actor=actor, agency_id=agency.id, account_ids=accounts)
    in_scope(next((key for key in held if key.label == label and key.withdrawn_at is None), None))
    services.withdraw_signing_key(actor=actor, label=label)
    return gettext("Đã thu hồi khóa %(label)s. Văn bản đã ký vẫn giữ nguyên giá trị.") % {"label": label}


def _done(request: HttpRequest, agency: AgencyView, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("office:signing_keys", args=[agency.id]))


def _serves(holder: str, here: tuple[StaffView, ...]) -> bool:
    account = uuid_or_none(holder)
    return account is not None and account in {one.account_id for one in here}


def _whose(account_id: UUID | None, names: dict[UUID, str]) -> str:
    return names.get(account_id, "") if account_id else gettext("Con dấu của cơ quan")


def _facts(read: _Read) -> list[SummaryRow]:
    identity = read.identity
    return [
        SummaryRow(gettext("Giao cho"), read.holder),
        SummaryRow(gettext("Chủ thể chứng thư"), identity.name),
        SummaryRow(gettext("Tổ chức"), identity.organisation),
        SummaryRow(gettext("Nơi cấp"), identity.issuer),
        SummaryRow(gettext("Số chứng thư"), identity.serial),
        SummaryRow(
            gettext("Hiệu lực"),
            gettext("từ %(begin)s đến %(end)s")
            % {"begin": when.moment(identity.not_before), "end": when.moment(identity.not_after)},
        ),
        SummaryRow(gettext("Dấu vân tay (SHA-256)"), identity.fingerprint),
    ]
