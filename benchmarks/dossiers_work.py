"""What the clients ask for: each class of operation as scripts of HTTP requests, and the cast that sends them."""

import random
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe
from typing import Any
from uuid import UUID, uuid4

CLIENTS = 8
API = "/api/v1/dossiers"
_HOME = "Thôn Đông, xã An Bình, tỉnh Minh Sơn"
_PARENT = {"ethnicity": "Kinh", "nationality": "Việt Nam", "address": _HOME}
_BIRTH = {
    "requester": {
        "full_name": "Nguyễn Thị Hoa",
        "personal_number": "040195000123",
        "address": _HOME,
        "relation": "mother",
    },
    "parents": "both",
    "child": {
        "full_name": "Trần Gia Bảo",
        "birth_on": "2026-11-02",
        "sex": "male",
        "ethnicity": "Kinh",
        "nationality": "Việt Nam",
        "birth_place": "Trung tâm y tế khu vực An Bình",
        "hometown": _HOME,
    },
    "mother": {"full_name": "Nguyễn Thị Hoa", "birth_on": "1995-05-12", **_PARENT},
    "father": {"full_name": "Trần Văn Nam", "birth_on": "1993-01-20", **_PARENT},
    "are_parents_married": True,
    "marriage": {"number": "12/2020", "issued_on": "2020-03-08", "issuer": "UBND xã An Bình"},
    "copies": 2,
    "promise": True,
}
_PAPERS = [
    {"component_key": "birth-notification", "originals": 1},
    {"component_key": "marriage-certificate", "is_presented": True},
]
Call = list[Any]


@dataclass(frozen=True, slots=True)
class Stage:
    """The keys of those who call, and what there is to call for."""

    keys: dict[str, str]
    chau: str
    agency: str
    parties: tuple[str, ...]
    frequent: tuple[str, ...]
    dossiers: tuple[str, ...]
    deep: str


def stage(dossiers: int) -> Stage:
    """Keys for a day and samples of what is there. Needs Django."""
    from benchmarks.dossiers_generator import FREQUENT, party_id

    from motcua.directory import services
    from motcua.dossiers.models import Dossier
    from motcua.kernel.authority import SYSTEM
    from motcua.provisioning.demo.directory import load_demo_directory

    demo = load_demo_directory(actor=SYSTEM)
    keys = {}
    for name in ("binh", "hanh", "chau"):
        _, keys[name] = services.issue_api_token(
            actor=SYSTEM, account_id=demo.accounts[name], name="benchmark", life=timedelta(days=1)
        )
    _, keys["next"] = services.issue_api_token(
        actor=SYSTEM, account_id=_clerk_next_door(demo), name="benchmark", life=timedelta(days=1)
    )
    agency = demo.agencies["H99.11"]
    mine = Dossier.objects.filter(receiving_id=agency).order_by("-id").values_list("id", flat=True)
    count = mine.count()
    chosen = random.Random(1).sample(range(count), min(count, 300))
    sampled = sorted({mine[at] for at in chosen} if count < 5000 else _spread(mine, count))
    parties = max(200, dossiers // 4)
    pick = random.Random(2)
    return Stage(
        keys,
        str(demo.accounts["chau"]),
        str(agency),
        tuple(str(party_id(pick.randrange(parties))) for _ in range(2000)),
        tuple(str(party_id(number)) for number in range(FREQUENT)),
        tuple(str(key) for key in sampled),
        str(mine[min(20 * 999, count - 21)]),
    )


def _clerk_next_door(demo: Any) -> UUID:
    """Somebody who receives in the other commune; engaged at the first run."""
    from motcua.directory import services
    from motcua.directory.models import Account
    from motcua.directory.words import Role
    from motcua.kernel.authority import SYSTEM

    name = "benchmark-yen-hoa"
    if not Account.objects.filter(username=name).exists():
        services.engage_staff(
            actor=SYSTEM,
            number="BM-0001",
            full_name="Ngô Văn Bền",
            username=name,
            password=token_urlsafe(24),
            agency_id=demo.agencies["H99.12"],
            role=Role.RECEPTION,
        )
    return Account.objects.get(username=name).id


def _spread(mine: Any, count: int) -> set[Any]:
    """Every so-manieth of the agency's dossiers, over all its years."""
    step = max(1, count // 8000)
    return {key for at, key in enumerate(mine.iterator(chunk_size=20000)) if at % step == 0}


def creates(on: Stage, size: int) -> list[list[Call]]:
    """Desk officers register births: form checked, code given, term reckoned, form 01 issued, jobs queued.

    Half of the clients work at the desk of one commune, half at another's: the number of the day is a unit's own, and
    creates of one unit wait for each other until the number is on the disk.
    """
    desks = (("binh", "H99.11"), ("next", "H99.12"))
    return [
        [
            _post(
                on.keys[desks[client % 2][0]],
                API,
                {
                    "procedure_code": "1.001193",
                    "receiving": desks[client % 2][1],
                    "applicant_id": on.parties[(client * size + turn) % len(on.parties)],
                    "request_key": f"bench-{uuid4()}",
                    "channel": "counter",
                    "form_data": _BIRTH,
                    "papers": _PAPERS,
                },
                201,
                '"state":"received"',
            )
            for turn in range(size)
        ]
        for client in range(CLIENTS)
    ]


def moves(on: Stage, size: int) -> list[list[Call]]:
    """Assign, forward, ask for a supplement (form 02), supply it: four moves on each dossier, open ones of all ages.

    Dossiers on which the floor replayed statements (pgbench, not the product) are left out: their rows and passages differ.
    """
    from django.db.models import Exists, OuterRef

    from motcua.dossiers.models import Dossier, Passage
    from motcua.dossiers.words import State

    rows = Dossier.objects.filter(
        competent_id=on.agency,
        receiving_id=on.agency,
        state__in=[State.RECEIVED, State.PROCESSING],
        supplements_asked=0,
    )
    replayed = Passage.objects.filter(dossier=OuterRef("pk"), seq__gt=OuterRef("revision"))
    rows = rows.exclude(Exists(replayed))
    found = [str(key) for key in rows.order_by("?").values_list("id", flat=True)[: size * CLIENTS // 4]]
    scripts: list[list[Call]] = [[] for _ in range(CLIENTS)]
    for number, key in enumerate(found):
        path = f"{API}/{key}/moves"
        scripts[number % CLIENTS] += [
            _post(on.keys["hanh"], path, {"move": "assign", "assignee_id": on.chau}, 200, '"processing"'),
            _post(on.keys["chau"], path, {"move": "forward", "reason": "Hồ sơ hợp lệ"}, 200, '"processing"'),
            _post(
                on.keys["chau"],
                path,
                {"move": "ask_supplement", "reason": "Thiếu bản sao"},
                200,
                '"supplement"',
            ),
            _post(on.keys["binh"], path, {"move": "supply", "reason": "Đã nộp đủ"}, 200, '"processing"'),
        ]
    return scripts


def reads(on: Stage, size: int) -> list[list[Call]]:
    pick = random.Random(3)
    keys = [[pick.choice(on.dossiers) for _ in range(size)] for _ in range(CLIENTS)]
    return [[_get(on.keys["binh"], f"{API}/{key}", key) for key in mine] for mine in keys]


def lists(on: Stage, size: int) -> list[list[Call]]:
    """Twenty of the open work by due moment, under changing filters."""
    filters = (
        "urgency=overdue",
        "procedure=1.001193",
        "urgency=later&channel=online",
        "urgency=overdue&procedure=1.001193&channel=counter",
    )
    return _same([_get(on.keys["chau"], f"{API}?limit=20&{query}", '"rows"') for query in filters])


def searches(on: Stage, size: int) -> list[list[Call]]:
    """Words of a name without accents, in the whole reception list."""
    words = ("tran+duc+binh", "pham+thi+hoa", "099050000100", "le+ngoc+mai+khai+sinh")
    return _same(
        [_get(on.keys["binh"], f"{API}?box=reception&limit=20&q={query}", '"rows"') for query in words]
    )


def first_pages(on: Stage, size: int) -> list[list[Call]]:
    return _same([_get(on.keys["binh"], f"{API}?box=reception&limit=20", '"rows"')])


def deep_pages(on: Stage, size: int) -> list[list[Call]]:
    return _same([_get(on.keys["binh"], f"{API}?box=reception&limit=20&after={on.deep}", '"rows"')])


def of_parties(on: Stage, size: int) -> list[list[Call]]:
    """Half of the applicants come all the time, half are anybody."""
    pick = random.Random(4)
    people = [pick.choice(on.frequent if turn % 2 else on.parties) for turn in range(400)]
    return _same([_get(on.keys["binh"], f"{API}/of-party/{key}", '"rows"') for key in people])


CLASSES = {
    "create + receive": creates,
    "move": moves,
    "read one": reads,
    "list 20, filters": lists,
    "search by words": searches,
    "first page": first_pages,
    "page 1,000": deep_pages,
    "of one citizen": of_parties,
}
#: Scripts of these may run only once: a dossier is created or moved by each call.
CHANGING = {"create + receive", "move"}


def _same(calls: list[Call]) -> list[list[Call]]:
    return [calls[client % len(calls) :] + calls[: client % len(calls)] for client in range(CLIENTS)]


def _get(key: str, path: str, needle: str) -> Call:
    return ["GET", path, key, None, 200, needle]


def _post(key: str, path: str, body: dict[str, Any], status: int, needle: str) -> Call:
    return ["POST", path, key, body, status, needle]
