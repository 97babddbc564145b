"""The measured day of `receipts.py`; asked for by its name only, never collected with the tests."""

import json
import os
import time
from datetime import datetime
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.cast import present_cast
from tests.conftest import cast, django_db_setup, signing  # noqa: F401 - fixtures, of this file before those of plugins
from tests.factories.signing import SigningWorld

from motcua.kernel import clock, outbox
from motcua.kernel.authority import SYSTEM
from motcua.kernel.ids import new_id
from motcua.payments import queries, services
from motcua.payments.models import Receipt
from simulators.tax.server import TaxAuthority

RECEIPTS = int(os.environ.get("MOTCUA_BENCH_RECEIPTS", "10000"))
BATCH = int(os.environ.get("MOTCUA_BENCH_BATCH", "200"))
EVENING = datetime(2026, 11, 30, 17, 30, tzinfo=clock.LOCAL)


@pytest.mark.django_db(transaction=True)
def test_a_day(
    signing: SigningWorld,  # noqa: F811 - the fixture
    settings: Settings,
    tmp_path: Path,
) -> None:
    pins = tmp_path / "pins.json"
    pins.write_text(json.dumps(signing.hsm.pins))
    settings.MOTCUA_SIGNING_PINS = str(pins)
    people = present_cast()
    with (
        TaxAuthority(tmp_path, signing.server.authority.trust_path, today=EVENING.date) as tax,
        clock.frozen(EVENING),
    ):
        settings.MOTCUA_TAX_URL = tax.url
        charges = []
        for _ in range(RECEIPTS):
            dossier_id = new_id()
            services.raise_charges(
                actor=SYSTEM,
                dossier_id=dossier_id,
                agency_id=people.an_binh,
                payer_id=people.hoa_party,
                lines=[services.FeeLine("P", "Phí chứng thực bản sao", "fee", 2000)],
            )
            charges.append(queries.charges_of(dossier_id)[0].id)
        began = time.monotonic()
        for charge_id in charges:
            services.take_payment(actor=people.lan, charge_ids=[charge_id])
        taken = time.monotonic() - began
        began = time.monotonic()
        while services.sign_receipts(actor=SYSTEM, agency_id=people.an_binh, limit=BATCH):
            pass
        signed = time.monotonic() - began
        began = time.monotonic()
        services.make_summaries(actor=SYSTEM, agency_id=people.an_binh, is_closing=True)
        while outbox.drain("payments.tax", lanes=1):
            pass
        reported = time.monotonic() - began
        state = tax.state()["taken"]
    assert Receipt.objects.count() == RECEIPTS
    assert state[-1]["last"] == RECEIPTS
    print(f"\n\n| step | {RECEIPTS:,} receipts | each |\n|---|---|---|")
    for name, seconds in (
        ("taken at the desk, numbered", taken),
        ("signed (token, CMS)", signed),
        ("summarised, signed, sent, checked by the authority", reported),
    ):
        print(f"| {name} | {seconds:.1f} s | {seconds / RECEIPTS * 1000:.2f} ms |")
    print(f"| summaries | {len(state)} | |")
