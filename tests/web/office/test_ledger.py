"""Forms 06 and 07 by their pages: those who read see them, nobody else does."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.cast import Cast
from tests.factories.dossiers import in_work

from motcua.dossiers import queries

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
LEDGER = "/co-quan/so-theo-doi/"


def test_the_ledger_of_ones_desk(cast: Cast, as_: As) -> None:
    dossier_id = in_work(cast)
    code = queries.dossier_page(actor=cast.chau, dossier_id=dossier_id).code
    assert code is not None
    page = as_("binh").get(LEDGER)
    assert page.status_code == 200
    assert code in page.content.decode()
    assert code not in as_("giang").get(LEDGER).content.decode()
    assert as_("giang").get(LEDGER, {"co-quan": str(cast.an_binh)}).status_code == 404
    earlier = as_("binh").get(LEDGER, {"tu": "2026-01-01", "den": "2026-01-31"}).content.decode()
    assert code not in earlier
    assert as_("binh").get(LEDGER, {"tu": "không", "den": "9999-99-99"}).status_code == 200
    assert as_("nga").get(LEDGER).status_code == 403
    pdf = as_("binh").get(f"{LEDGER}mau-07/")
    assert pdf.content.startswith(b"%PDF")
    assert as_("giang").get(f"{LEDGER}mau-07/", {"co-quan": str(cast.an_binh)}).status_code == 404


def test_the_auditor_reads_every_ledger(cast: Cast, as_: As) -> None:
    in_work(cast)
    page = as_("son").get(LEDGER, {"co-quan": str(cast.an_binh)})
    assert page.status_code == 200
    assert "Nguyễn Thị Hoa" in page.content.decode()


def test_the_control_sheet_from_the_log(cast: Cast, as_: As) -> None:
    dossier_id = in_work(cast)
    log = as_("chau").get(f"/co-quan/ho-so/{dossier_id}/?muc=nhat-ky").content.decode()
    address = f"/co-quan/ho-so/{dossier_id}/mau-06/"
    assert address in log
    assert as_("chau").get(address).content.startswith(b"%PDF")
    assert as_("giang").get(address).status_code == 404
