"""The book of results under fire: no gap when a process is killed between number and signature, no wait while one thinks."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, connections
from pytest_django import Settings
from tests.cast import Cast, present_cast
from tests.factories.dossiers import at_leader
from tests.factories.signing import SigningWorld
from tests.integration.concurrency.test_at_once import ROOT, address_of, until

from motcua.documents import services as documents
from motcua.dossiers import queries, services
from motcua.dossiers.models import LedgerCounter, Result
from motcua.dossiers.models.counters import RESULTS_BOOK
from motcua.dossiers.queries import NumberStanding
from motcua.kernel import clock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

_SIGNER = """
import os, sys, time
import django
django.setup()
from uuid import UUID
from motcua.directory import queries as directory
from motcua.documents import services as documents
from motcua.dossiers import services
def thinks(**given):
    open(os.environ["SIGNAL"], "w").close()
    time.sleep(120)
documents.sign_pdf = thinks
services.sign_result(actor=directory.actor_of(UUID(sys.argv[1])), dossier_id=UUID(sys.argv[2]), pin="x")
"""


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """A world that other processes see."""
    return present_cast()


def approved(cast: Cast) -> UUID:
    dossier_id = at_leader(cast)
    services.approve(actor=cast.dung, dossier_id=dossier_id)
    return dossier_id


def standings(cast: Cast) -> list[tuple[int, NumberStanding]]:
    lines = queries.results_book(actor=cast.khanh, agency_id=cast.an_binh, year=clock.today().year)
    return [(line.number, line.standing) for line in reversed(lines)]


@pytest.mark.machine
def test_a_process_killed_between_number_and_signature_leaves_no_gap(
    cast: Cast, signing: SigningWorld, settings: Settings, tmp_path: Path
) -> None:
    first, second, third = approved(cast), approved(cast), approved(cast)
    begun = tmp_path / "begun"
    environment = os.environ | {
        "DATABASE_URL": address_of(connection.settings_dict),
        "DJANGO_SETTINGS_MODULE": "motcua.settings.test",
        "MOTCUA_FILES": str(settings.MOTCUA_FILES),
        "SIGNAL": str(begun),
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    who = str(cast.account("dung"))
    victim = subprocess.Popen([sys.executable, "-c", _SIGNER, who, str(first)], env=environment, cwd=ROOT)
    until(begun.exists)
    victim.send_signal(signal.SIGKILL)
    victim.wait(10)
    reserved = Result.objects.get(dossier_id=first)
    assert (reserved.number, reserved.signed_at) == (1, None)
    assert reserved.draft_file_id is not None
    pin = signing.hsm.pins["dung"]
    services.sign_result(actor=cast.dung, dossier_id=second, pin=pin)
    assert standings(cast) == [(1, NumberStanding.RESERVED), (2, NumberStanding.USED)]
    services.sign_result(actor=cast.dung, dossier_id=first, pin=pin)
    services.sign_result(actor=cast.dung, dossier_id=third, pin=pin)
    assert standings(cast) == [(n, NumberStanding.USED) for n in (1, 2, 3)]
    after = Result.objects.get(dossier_id=first)
    assert (after.number, after.verification_code) == (1, reserved.verification_code)
    assert after.draft_file_id == reserved.draft_file_id, "set in type once"


def test_the_book_is_free_while_a_page_is_set_and_a_token_thinks(
    cast: Cast, signing: SigningWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = approved(cast), approved(cast)
    slow, go_on, failures = threading.Event(), threading.Event(), []
    typeset = documents.typeset

    def waits(**given: object) -> bytes:
        if threading.current_thread().name == "slow":
            slow.set()
            assert go_on.wait(60)
        return typeset(**given)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(documents, "typeset", waits)
    pin, dung = signing.hsm.pins["dung"], cast.dung

    def sign_first() -> None:
        try:
            services.sign_result(actor=dung, dossier_id=first, pin=pin)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=sign_first, name="slow")
    thread.start()
    assert slow.wait(60)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '2s'")
        cursor.execute("SELECT last FROM dossiers_ledgercounter FOR UPDATE NOWAIT")
    services.sign_result(actor=cast.dung, dossier_id=second, pin=pin)  # would wait for the first otherwise
    go_on.set()
    thread.join(60)
    assert failures == []
    assert standings(cast) == [(1, NumberStanding.USED), (2, NumberStanding.USED)]
    assert LedgerCounter.objects.get(book=RESULTS_BOOK).last == 2
