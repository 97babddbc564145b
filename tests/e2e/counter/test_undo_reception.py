"""A mistaken receipt undone from the desk with the keyboard; keys are counted."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.cast import Cast
from tests.e2e.office.test_doors import Findings, enter, look
from tests.factories.dossiers import registered

from motcua.dossiers.models import Dossier
from motcua.dossiers.words import State

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [320, 1366])
def test_a_receipt_by_mistake_is_undone(
    cast: Cast, live_server: object, open_page: Callable[..., Page], serious_findings: Findings, width: int
) -> None:
    dossier_id = registered(cast).dossier_id
    page = enter(open_page(width=width), cast, live_server, "binh")
    page.get_by_role("link", name="Sổ ngày").first.click()
    expect(page.get_by_role("heading", name="Sổ tiếp nhận")).to_be_visible()
    keys = 0
    for key in ("j", "Enter"):
        page.keyboard.press(key)
        keys += 1
    summary = page.get_by_text("Hủy tiếp nhận nhầm (chỉ trong hôm nay)")
    summary.click()
    reason = "Nhầm người"
    page.locator("#f-huy-tiep-nhan-reason").press_sequentially(reason)
    keys += len(reason)
    look(page, f"undo-{width}", serious_findings)
    page.get_by_role("button", name="Hủy tiếp nhận").click()
    expect(page.get_by_text("Đã hủy tiếp nhận.")).to_be_visible()
    assert keys <= 12
    page.get_by_role("link", name="Sổ ngày").first.click()
    expect(page.get_by_text("Trong đó 1 hồ sơ tiếp nhận nhầm, đã hủy")).to_be_visible()
    look(page, f"daybook-{width}", serious_findings)
    assert Dossier.objects.get(pk=dossier_id).state == State.STOPPED
