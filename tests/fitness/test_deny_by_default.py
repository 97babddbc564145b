"""Every service decides itself who may: somebody without a right is refused or finds nothing, whatever they pass.

Each public service that takes an actor is called with plausible arguments made from its annotations, by an officer without
a single grant and by nobody at all.
"""

import dataclasses
import inspect
import types
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from importlib import import_module
from io import BytesIO
from typing import IO, Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID, uuid4

import pytest
from tests.cast import Cast
from tests.factories.blocks import rolled_back

from motcua.kernel import clock
from motcua.kernel.authority import ANONYMOUS, Actor, ActorKind
from motcua.kernel.errors import DomainError, Kind

PACKAGES = (
    "directory",
    "catalogue",
    "documents",
    "payments",
    "warehouse",
    "dossiers",
    "channels",
    "oversight",
)
Service = Callable[..., Any]
#: Services that touch nothing but what is one's own, or answer refusals one by one; each with why.
OPEN: Mapping[str, str] = {
    "channels.mark_read": "marks only notices of the actor's own parties",
    "directory.change_password": "changes only the actor's own password, and asks for the present one",
    "directory.choose_language": "changes only the actor's own account",
    "documents.drop_upload": "ends only transfers the actor began",
    "documents.begin_upload": "everybody with a name may send a file of their own",
    "documents.report_forgery": "whoever verified a paper may report it, bounded per network and for a verdict we signed",
    "documents.keep_file": "everybody with a name may keep a file of their own",
    "payments.cancel_open_charges": "part of the act that ends a dossier, which has authorised itself",
    "payments.reckon_again": "part of the acts that receive or change a dossier, which have authorised themselves",
    "dossiers.check_draft_room": "asks only about the actor's own drafts",
    "dossiers.discard_draft": "throws away only the actor's own drafts",
    "dossiers.seal_and_issue": "seals one by one; each refusal stands in its own answer",
    "dossiers.sign_results": "signs one by one; each refusal stands in its own answer",
}


def services() -> dict[str, Service]:
    found = {}
    for package in PACKAGES:
        module = import_module(f"motcua.{package}.services")
        for name, service in vars(module).items():
            is_ours = inspect.isfunction(service) and service.__module__.startswith(
                f"motcua.{package}.services"
            )
            if is_ours and not name.startswith("_") and "actor" in inspect.signature(service).parameters:
                found[f"{package}.{name}"] = service
    return found


def plausible(wanted: Any, name: str) -> Any:
    """A value of an annotation that passes every check of form."""
    origin, inner = get_origin(wanted), get_args(wanted)
    if origin in (Union, types.UnionType):
        return plausible(next(one for one in inner if one is not type(None)), name)
    if origin in (Mapping, dict):
        return {}
    if origin in (Sequence, Collection, Iterable, list, tuple, frozenset, set):
        one = plausible(inner[0], name)
        return frozenset({one}) if origin in (frozenset, set) else (one,)
    if origin is IO or wanted is IO:
        return BytesIO(b"%PDF-1.4 plausible")
    if inspect.isclass(wanted) and issubclass(wanted, Enum):
        return next(iter(wanted))
    if dataclasses.is_dataclass(wanted):
        hints = get_type_hints(wanted)
        needed = [one for one in dataclasses.fields(wanted) if one.default is one.default_factory]
        build: Any = wanted
        return build(**{one.name: plausible(hints[one.name], one.name) for one in needed})
    made: Mapping[Any, Any] = {
        UUID: uuid4(),
        str: TEXTS.get(name, "H99.11"),
        bytes: b"%PDF-1.4",
        bool: True,
        int: 1,
        float: 1.0,
        date: clock.today(),
        datetime: clock.now(),
        time: time(8),
        timedelta: timedelta(days=1),
        Decimal: Decimal(1),
        Fraction: Fraction(1),
    }
    return made.get(wanted)


TEXTS = {"username": "ai-do", "password": "Mot-mat-khau-rat-dai-2026", "full_name": "Nguyễn Văn A"}


def test_what_is_open_exists() -> None:
    assert OPEN.keys() <= services().keys()


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(services().keys() - OPEN.keys()))
def test_somebody_without_a_right_gets_nothing(cast: Cast, name: str) -> None:
    service = services()[name]
    hints = get_type_hints(service)
    needed = [
        key
        for key, one in inspect.signature(service).parameters.items()
        if one.default is inspect.Parameter.empty and key != "actor"
    ]
    stranger = Actor(kind=ActorKind.OFFICER, account_id=cast.account("giang"), name="Người lạ")
    for actor in (stranger, ANONYMOUS):
        arguments = {key: plausible(hints[key], key) for key in needed}
        with pytest.raises(DomainError) as refusal, rolled_back():
            service(actor=actor, **arguments)
        assert refusal.value.kind in {Kind.FORBIDDEN, Kind.NOT_FOUND}, repr(refusal.value)
