"""The demo province, loaded through the doors of the packages; every step changes nothing the second time."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from motcua.provisioning.demo.steps import Journey, Step
from motcua.provisioning.demo.work import load_some_work


def _know_the_database(journey: Journey) -> Sequence[str]:
    """Say which database the province is loaded into, so that nobody loads it into the wrong one."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select current_database(), version()")
        name, version = cursor.fetchone()
    return [f"{name} · {version.split(' on ')[0]}"]


def _load_the_directory(journey: Journey) -> Sequence[str]:
    from motcua.kernel.authority import SYSTEM
    from motcua.provisioning.demo.directory import load_demo_directory

    demo = load_demo_directory(actor=SYSTEM)
    return [
        f"{len(demo.territories)} territories, {len(demo.agencies)} agencies, {len(demo.accounts)} accounts"
    ]


def _load_the_catalogue(journey: Journey) -> Sequence[str]:
    from motcua.kernel.authority import SYSTEM
    from motcua.provisioning.demo.procedures import load_demo_pack

    loaded = load_demo_pack(actor=SYSTEM)
    return [f"{loaded.published} procedures published, {loaded.unchanged} unchanged"]


def _entrust_the_keys(journey: Journey) -> Sequence[str]:
    """Every token whose PIN the simulated hardware module knows is entrusted to its person or agency."""
    from motcua.documents import services
    from motcua.kernel.authority import SYSTEM
    from motcua.provisioning.demo.directory import load_demo_directory

    pins = Path(os.environ.get("MOTCUA_SIGNING_PINS", ""))
    if not pins.is_file():
        return ["no tokens here: results cannot be signed"]
    demo = load_demo_directory(actor=SYSTEM)
    entrusted = []
    for label, pin in sorted(json.loads(pins.read_text()).items()):
        identity = services.read_token(actor=SYSTEM, label=label, pin=pin)
        if label in demo.accounts:
            services.register_signing_key(
                actor=SYSTEM, label=label, identity=identity, account_id=demo.accounts[label]
            )
        else:
            agency_id = demo.agencies[label.removeprefix("seal-")]
            services.register_signing_key(actor=SYSTEM, label=label, identity=identity, agency_id=agency_id)
        entrusted.append(label)
    return [", ".join(entrusted)]


STEPS: tuple[Step, ...] = (
    Step("The database answers", _know_the_database),
    Step("The province Minh Sơn and its people", _load_the_directory),
    Step("The procedures", _load_the_catalogue),
    Step("Keys for those who sign", _entrust_the_keys),
    Step("Some weeks of work", load_some_work),
)
