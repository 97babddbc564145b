"""What the campaign sends: right forms found on the pages of everybody, right bodies of the API, and addresses."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from tests.attack.campaign import name_of
from tests.attack.forms import Form, read
from tests.attack.scene import Scene
from tests.cast import Cast
from tests.factories.dossiers import BIRTH, BIRTH_FORM

#: Where each face begins.
STARTS = (
    "/",
    "/quay/",
    "/quay/truc-tuyen/",
    "/quay/thu-phi/",
    "/quay/tra-ket-qua/",
    "/quay/quet/",
    "/co-quan/",
)
_LINKS_OF_A_KIND = 3


@dataclass(frozen=True)
class Right:
    """A form somebody may send, filled in; `files` are its fields for files."""

    who: str
    path: str
    data: Mapping[str, Any]
    files: Sequence[str]


@dataclass(frozen=True)
class RightBody:
    """A request of the API somebody may make."""

    who: str
    method: str
    path: str
    body: Any


def right_forms(clients: Mapping[str, Client], scene: Scene, most_pages: int) -> Iterator[Right]:
    """Everybody walks through the site by its links; each form met is given once for each of its buttons."""
    met: set[tuple[str, str, tuple[str, str]]] = set()
    for who, client in clients.items():
        waiting = [*STARTS, *(path for _, path in addresses(scene))]
        of_a_kind: Counter[str] = Counter()
        pages = 0
        while waiting and pages < most_pages:
            path = waiting.pop(0)
            of_a_kind[name_of(path)] += 1
            if of_a_kind[name_of(path)] > _LINKS_OF_A_KIND:
                continue
            answer = client.get(path)
            pages += 1
            if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
                continue
            page = read(answer.content.decode(), path)
            waiting += [link for link in page.links if name_of(link) != "login:log_out"]
            for form in page.forms:
                for button in _buttons(form):
                    key = (who, name_of(form.action) + str(sorted(c.name for c in form.controls)), button)
                    if form.method == "post" and key not in met:
                        met.add(key)
                        yield Right(who, form.action, _given(form, button), form.files)


def _buttons(form: Form) -> Sequence[tuple[str, str]]:
    """One of each name and of each word before a colon: `hand:a` and `hand:b` are the same."""
    found = {(name, value.partition(":")[0]): (name, value) for name, value in form.buttons}
    return list(found.values()) or [("", "")]


def _given(form: Form, button: tuple[str, str]) -> dict[str, Any]:
    name, value = button
    return {**form.filled(), **({name: [value]} if name else {})}


def right_bodies(cast: Cast, scene: Scene) -> list[RightBody]:
    """One for each operation of the API that changes something, and for the acts of every desk."""
    papers = [
        {"component_key": "birth-notification", "originals": 1},
        {"component_key": "marriage-certificate", "is_presented": True},
    ]
    application = {
        "procedure_code": BIRTH,
        "receiving": "H99.11",
        "applicant_id": str(cast.hoa_party),
        "request_key": str(uuid4()),
        "form_data": dict(BIRTH_FORM),
        "papers": papers,
    }
    fresh, taken, worked, led, _, stopped = (str(one) for one in scene.dossiers)
    moves: list[tuple[str, str, dict[str, Any]]] = [
        ("binh", fresh, {"move": "receive", "papers": papers}),
        ("binh", fresh, {"move": "refuse_at_door", "reason": "Không thuộc thẩm quyền"}),
        ("binh", fresh, {"move": "ask_supplement", "reason": "Thiếu giấy", "items": ["Giấy chứng sinh"]}),
        ("hoa", stopped, {"move": "withdraw", "reason": "Không cần nữa"}),
        ("hanh", taken, {"move": "assign", "assignee_id": str(cast.account("chau"))}),
        ("chau", worked, {"move": "submit_to_leader", "note": "Đủ điều kiện"}),
        ("chau", worked, {"move": "forward", "assignee_id": str(cast.account("chau"))}),
        ("chau", worked, {"move": "consult", "reason": "Đất ai?", "agency": "H99.03", "working_days": 1}),
        ("chau", worked, {"move": "stop", "reason": "Theo đề nghị"}),
        ("dung", led, {"move": "stop", "reason": "Theo đề nghị"}),
        ("dung", led, {"move": "send_back", "reason": "Làm lại"}),
        ("dung", led, {"move": "refuse", "reason": "Không đủ điều kiện"}),
        ("dung", led, {"move": "approve"}),
    ]
    return [
        RightBody("hoa", "POST", "/api/v1/dossiers", application),
        RightBody("binh", "POST", "/api/v1/dossiers", {**application, "channel": "counter"}),
        RightBody("hoa", "POST", "/api/v1/uploads", {"filename": "a.pdf", "size": 10}),
        RightBody("hoa", "PATCH", f"/api/v1/uploads/{scene.places['upload_id']}?offset=0", "12345"),
        RightBody("hoa", "POST", f"/api/v1/uploads/{scene.places['upload_id']}/finish", {}),
        *(RightBody(who, "POST", f"/api/v1/dossiers/{key}/moves", body) for who, key, body in moves),
    ]


def addresses(scene: Scene, **instead: object) -> Iterator[tuple[str, str]]:
    """Name and path of every address of the site; `instead` stands in the place of every parameter of that name."""
    places = {**scene.places, **instead}
    for name, parameters in _patterns(get_resolver().url_patterns):
        try:
            yield (
                name,
                reverse(name, kwargs={key: places.get(key, places["dossier_id"]) for key in parameters}),
            )
        except NoReverseMatch:
            continue


def odd(path: str, name: str, value: str) -> str:
    """The path with a parameter."""
    try:
        return f"{path}{'&' if '?' in path else '?'}{urlencode({name: value})}"
    except UnicodeEncodeError:
        return f"{path}?{name}=%ED%A0%80"


def _patterns(
    patterns: Sequence[URLPattern | URLResolver], space: str = ""
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(
                pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space
            )
        else:
            yield f"{space}{pattern.name}", tuple(pattern.pattern.converters)
