"""Logging in with an electronic identity: sent to the provider, come back, an account found or opened.

An identity is matched by its own mark first, then by personal number, then by tax code; where nobody is found, the person is
registered. What does not agree goes to a clerk (`IdentityConflict`) and lets nobody in.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import Q

from motcua.directory.adapters.identity.openid import Client, OpenIdProvider
from motcua.directory.adapters.identity.protocol import Asked, Identity, IdentityProvider
from motcua.directory.errors import (
    AccountShut,
    IdentityConflictDecided,
    IdentityDiffers,
    IdentityUnreachable,
    IdentityUntrue,
    NameMissing,
    PartyNumberTaken,
)
from motcua.directory.events import AccountOpened, LoggedIn
from motcua.directory.models import (
    Account,
    IdentityConflict,
    LinkedIdentity,
    OrganisationDetail,
    PersonDetail,
    ProviderSession,
)
from motcua.directory.queries.actors import has_second_factor
from motcua.directory.queries.merging import records_of
from motcua.directory.queries.parties import party_by_number
from motcua.directory.rules.identities import Named, is_same_person
from motcua.directory.rules.parties import check_line
from motcua.directory.services.parties import new_party, register_organisation
from motcua.directory.services.people import register_person
from motcua.directory.services.trace import Authors, note
from motcua.directory.words import AccessChange, ConflictOutcome, PartyKind
from motcua.kernel import clock, events
from motcua.kernel.authority import SYSTEM, Actor, authorise, in_scope
from motcua.kernel.errors import DomainError
from motcua.kernel.ids import new_id
from motcua.kernel.values import PartialDate, Unreadable, read_phone

_BACK = "/dang-nhap/dinh-danh/ve/"


@dataclass(frozen=True, slots=True)
class Proved:
    """Who came back: the account, and what the session has to remember of the provider."""

    account: Account
    identity: Identity


def identity_provider() -> IdentityProvider:
    """The provider of this installation. Refuses: `IdentityUnreachable` where none is set."""
    if not settings.MOTCUA_IDENTITY_ISSUER:
        raise IdentityUnreachable
    return _provider(
        Client(
            issuer=settings.MOTCUA_IDENTITY_ISSUER,
            client_id=settings.MOTCUA_IDENTITY_CLIENT_ID,
            client_secret=settings.MOTCUA_IDENTITY_CLIENT_SECRET,
            redirect_uri=settings.BASE_URL + _BACK,
            scope=settings.MOTCUA_IDENTITY_SCOPE,
            timeout=settings.MOTCUA_IDENTITY_TIMEOUT,
            now=_now,
        )
    )


def _now() -> float:
    return clock.now().timestamp()


@lru_cache(maxsize=4)
def _provider(client: Client) -> OpenIdProvider:
    return OpenIdProvider(client)


def begin_identity() -> Asked:
    """Where to send somebody who wants to log in. Outside transactions only.

    Refuses: `IdentityUnreachable`, `IdentityUntrue` (the provider says it is another).
    """
    return identity_provider().begin(level=settings.MOTCUA_IDENTITY_LEVEL)


def finish_identity(*, answer: Mapping[str, str], kept: Mapping[str, str], address: str) -> Proved:
    """The account of whoever came back with `answer`; `kept` is what `begin_identity` gave to this browser.

    Refuses: what `IdentityProvider.finish` refuses; `IdentityDiffers` (a clerk compares), `AccountShut`. Announces LoggedIn;
    PartyRegistered, AccountOpened and AccessChanged at the first time.
    """
    identity = identity_provider().finish(answer=answer, kept=kept)
    try:
        found = _log_in(identity, address)
    except IntegrityError:  # two first log-ins at once: the second finds what the first one wrote
        found = _log_in(identity, address)
    if isinstance(found, Account):
        return Proved(found, identity)
    raise found


@transaction.atomic
def _log_in(identity: Identity, address: str) -> Account | DomainError:
    """A refusal is given back, so that what was written of it stays."""
    found = _account_of(identity)
    if isinstance(found, Account):
        Account.objects.filter(pk=found.pk).update(last_login=clock.now(), **_plain(found))
        events.announce(LoggedIn(account_id=found.pk, address=address))
    return found


def _plain(account: Account) -> dict[str, bool]:
    """As after a log-in by password: where no second factor is kept, sessions need none."""
    return {} if has_second_factor(account.pk) else {"needs_confirmed_sessions": False}


def note_provider_session(*, session_key: str, issuer: str, subject: str, session_id: str) -> None:
    """This session ends when that of the provider does."""
    ProviderSession.objects.update_or_create(
        session_key=session_key,
        defaults={"issuer": issuer, "subject": subject, "session_id": session_id, "began_at": clock.now()},
    )


def end_provider_sessions(*, token: str) -> int:
    """The provider says that somebody has logged out there: the sessions begun by that log-in end here; how many.

    OpenID Connect Back-Channel Logout 1.0. Refuses: `IdentityUntrue`, `IdentityUnreachable`.
    """
    ended = identity_provider().ended(token)
    named = Q(session_id=ended.session_id) if ended.session_id else Q(subject=ended.subject)
    with transaction.atomic():
        rows = ProviderSession.objects.select_for_update().filter(named, issuer=ended.issuer)
        keys = list(rows.values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        ProviderSession.objects.filter(session_key__in=keys).delete()
    return len(keys)


def drop_old_provider_sessions() -> None:
    """What belongs to sessions that are no more."""
    alive = Session.objects.values("session_key")
    ProviderSession.objects.exclude(session_key__in=alive).delete()


@transaction.atomic
def decide_identity_conflict(
    *, actor: Actor, conflict_id: UUID, outcome: ConflictOutcome, ground: str
) -> None:
    """A clerk compared the papers: the identity is the person recorded here (`SAME`), is somebody else, who gets a record of
    their own without the number that is taken (`OTHER`), or nothing was proved (`REFUSED`: the next log-in asks again).

    Within whose reach the person lies is decided by `dossiers.services.decide_identity_conflict`, the door for officers.

    Refuses: `IdentityConflictDecided`, `NameMissing` (no ground), `OutOfScope`, `PermissionRefused`. Announces AccountOpened,
    AccessChanged.
    """
    authorise(actor, "person.merge")
    row = in_scope(IdentityConflict.objects.select_for_update().filter(pk=conflict_id).first())
    if row.outcome:
        raise IdentityConflictDecided
    if not ground.strip():
        raise NameMissing
    is_linked = LinkedIdentity.objects.filter(issuer=row.issuer, subject=row.subject, ended_at=None).exists()
    if outcome is not ConflictOutcome.REFUSED and is_linked:
        raise IdentityConflictDecided
    if outcome is not ConflictOutcome.REFUSED:
        party_id = row.party_id if outcome is ConflictOutcome.SAME else _other_person(row.said)
        account = _open_account_of(party_id)
        if isinstance(account, DomainError):
            raise account
        _link(account, row.issuer, row.subject, 0, Authors(actor.account_id, ground=ground.strip()))
    row.outcome, row.ground = outcome.value, ground.strip()
    row.decided_at, row.decided_by_id = clock.now(), actor.account_id
    row.save(update_fields=["outcome", "ground", "decided_at", "decided_by_id"])


def _account_of(identity: Identity) -> Account | DomainError:
    links = LinkedIdentity.objects.select_for_update(of=("self",)).select_related("account")
    link = links.filter(issuer=identity.issuer, subject=identity.subject, ended_at=None).first()
    if link is not None:
        LinkedIdentity.objects.filter(pk=link.pk).update(last_used_at=clock.now(), level=identity.level)
        return link.account if link.account.is_active else AccountShut()
    party = _party_of(identity)
    if isinstance(party, DomainError):
        return party
    account = _open_account_of(party)
    if isinstance(account, Account):
        _link(account, identity.issuer, identity.subject, identity.level, Authors(account.pk))
    return account


def _link(account: Account, issuer: str, subject: str, level: int, by: Authors) -> None:
    at = clock.now()
    LinkedIdentity.objects.create(
        issuer=issuer,
        subject=subject,
        account=account,
        level=level,
        linked_at=at,
        linked_by_id=by.account_id,
        last_used_at=at,
    )
    note(AccessChange.IDENTITY_LINKED, by, account_id=account.pk, after=f"identity: {issuer}")


def _party_of(identity: Identity) -> UUID | DomainError:
    """Whose identity this is; registered where nobody is known by it; a refusal where a clerk has to compare."""
    if identity.kind is PartyKind.ORGANISATION:
        return _organisation_of(identity)
    numbers = Q(pk=None)
    if identity.personal_number:
        numbers |= Q(personal_number=identity.personal_number)
    if identity.old_number:
        numbers |= Q(old_number=identity.old_number, personal_number=None)
    known = PersonDetail.objects.select_related("party").filter(numbers).order_by("personal_number").first()
    if known is None:
        return _registered(identity)
    standing = known.party.merged_into_id or known.party_id
    recorded = Named(known.party.full_name, known.born or "")
    is_by_new_number = bool(known.personal_number)
    if is_by_new_number and is_same_person(Named(identity.full_name, identity.birth_on), recorded):
        return standing
    return _conflict(identity, standing)


def _registered(identity: Identity) -> UUID | DomainError:
    """A new record. Without a number nobody is taken for somebody who is here already: names and birthdays are no proof."""
    born = PartialDate.kept(identity.birth_on) if identity.birth_on else None
    try:
        with transaction.atomic():
            if not identity.personal_number:
                return _other_person(_said(identity))
            return register_person(
                actor=SYSTEM,
                full_name=identity.full_name,
                personal_number=identity.personal_number,
                birth_on=born,
                sex=identity.sex,
                phone=_phone(identity.phone),
                address=identity.address,
            )
    except PartyNumberTaken:
        raise IntegrityError("registered by another log-in meanwhile") from None
    except DomainError as fault:
        return IdentityUntrue(why=fault.sentence().rstrip("."))


def _organisation_of(identity: Identity) -> UUID | DomainError:
    try:
        with transaction.atomic():
            return register_organisation(
                actor=SYSTEM,
                full_name=identity.full_name,
                enterprise_number=identity.enterprise_number or None,
                tax_code=identity.tax_code or None,
                phone=_phone(identity.phone),
                address=identity.address,
            )
    except PartyNumberTaken:
        known = party_by_number(identity.tax_code or identity.enterprise_number, PartyKind.ORGANISATION)
        return (
            _conflict(identity, known.id)
            if known
            else IdentityUntrue(why="mã số thuế và mã số doanh nghiệp của hai nơi")
        )
    except DomainError as fault:
        return IdentityUntrue(why=fault.sentence().rstrip("."))


def _conflict(identity: Identity, party_id: UUID) -> IdentityDiffers:
    row, _ = IdentityConflict.objects.update_or_create(
        issuer=identity.issuer,
        subject=identity.subject,
        outcome="",
        defaults={"party_id": party_id, "said": _said(identity)},
        create_defaults={"party_id": party_id, "said": _said(identity), "at": clock.now()},
    )
    return IdentityDiffers(reference=row.pk.hex[-8:].upper())


def _said(identity: Identity) -> dict[str, str]:
    """What a clerk compares, and what a new record is made of."""
    told = asdict(identity).items()
    return {name: str(value) for name, value in told if name not in ("proof", "session_id") and value}


def _other_person(said: Mapping[str, str]) -> UUID:
    """A record of their own, without the number that is somebody else's; old numbers, which nobody has twice, stay away too."""
    row = new_party(
        PartyKind(said["kind"]),
        check_line(said["full_name"]),
        "",
        "",
        check_line(said.get("address", "")),
        None,
    )
    if row.kind == PartyKind.PERSON.value:
        PersonDetail.objects.create(party=row, born=said.get("birth_on") or None, sex=said.get("sex") or None)
    else:
        OrganisationDetail.objects.create(party=row)
    return row.pk


def _open_account_of(party_id: UUID) -> Account | DomainError:
    """The account of the party, whichever of its records it is of; opened where there is none."""
    theirs = Account.objects.filter(party_id__in=records_of([party_id])).order_by("-is_active", "opened_at")
    known = theirs.first()
    if known is not None:
        return known if known.is_active else AccountShut()
    row = Account(
        username=f"dd-{new_id().hex[-12:]}",
        password=make_password(None),
        party_id=party_id,
        opened_at=clock.now(),
    )
    row.save(force_insert=True)
    events.announce(AccountOpened(account_id=row.pk, username=row.username))
    return row


def _phone(text: str) -> str:
    try:
        return read_phone(text) if text else ""
    except Unreadable:
        return ""
