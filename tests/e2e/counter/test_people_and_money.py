"""By links alone, on a small phone and at a desk: a person is corrected, two records merged and parted, money set right."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from tests.cast import Cast
from tests.factories.dossiers import BIRTH_FORM, in_work

from motcua.directory import queries as directory
from motcua.directory import services as registry
from motcua.payments import queries as payments

pytestmark = pytest.mark.django_db(transaction=True)
Findings = Callable[[Page], list[str]]
Enter = Callable[..., Page]


@pytest.fixture
def as_(live_server: object, open_page: Callable[..., Page], cast: Cast) -> Enter:
    def entered(who: str, width: int, path: str) -> Page:
        client = Client()
        cast.login(client, who)
        page = open_page(width=width)
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": str(live_server)}])
        page.goto(f"{live_server}{path}")
        return page

    return entered


def well(page: Page, findings: list[str]) -> None:
    assert findings == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [320, 1366])
def test_two_records_of_one_person_by_links(
    as_: Enter, cast: Cast, serious_findings: Findings, width: int
) -> None:
    standing = registry.register_person(
        actor=cast.binh, full_name="Lò Thị Hạnh", personal_number="040180000971", phone="0912 345 678"
    )
    former = registry.register_person(actor=cast.binh, full_name="Lò Thị Hạnh", phone="0987 654 321")
    page = as_("hanh", width, "/quay/")
    page.get_by_role("link", name="Người", exact=True).click()
    page.fill("#q", "lo thi hanh")
    page.get_by_role("button", name="Tìm").click()
    page.locator(f".mc-doors a[href*='{standing}']").click()
    well(page, serious_findings(page))

    page.get_by_role("link", name="Sửa Họ và tên").click()
    page.get_by_label("Họ và tên").fill("Lò Thị Hạnh Nguyên")
    page.get_by_label("Căn cứ đính chính").fill("Thẻ căn cước")
    well(page, serious_findings(page))
    page.get_by_role("button", name="Ghi đính chính").click()
    expect(page.get_by_text("Tên đã ghi trước đây: Lò Thị Hạnh")).to_be_visible()

    page.get_by_role("link", name="Tìm bản ghi khác để gộp").click()
    page.fill("#q", "0987654321")
    page.get_by_role("button", name="Tìm").click()
    page.locator(f".mc-doors a[href*='{former}']").click()
    well(page, serious_findings(page))
    page.locator("input[name=phone][value=former]").check()
    page.get_by_label("Căn cứ cho thấy là một người").fill("Đối chiếu tại quầy")
    page.get_by_role("button", name="Gộp hai bản ghi").click()
    expect(page.get_by_text("Đã gộp hai bản ghi; có thể hoàn tác ở trang này.")).to_be_visible()
    assert directory.party(former).phone == "0987654321"
    well(page, serious_findings(page))

    page.get_by_text("Hoàn tác việc gộp").click()
    page.get_by_label("Vì sao hai bản ghi không phải một người").fill("Gộp nhầm")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("hai bản ghi lại đứng riêng")).to_be_visible()
    assert directory.party(former).id == former


@pytest.mark.parametrize("width", [320, 1366])
def test_the_money_of_a_dossier_by_links(
    as_: Enter, cast: Cast, serious_findings: Findings, width: int
) -> None:
    dossier_id = in_work(cast, form_data={**BIRTH_FORM, "copies": 1})
    page = as_("lan", width, "/quay/thu-phi/?q=nguyen+thi+hoa")
    page.locator(".mc-doors a").first.click()
    page.get_by_role("link", name="Cách tính, thêm, sửa, hủy, hoàn").click()
    well(page, serious_findings(page))
    page.get_by_text("Sửa số tiền").click()
    page.get_by_label("Số tiền đúng, đồng").fill("16 nghìn")
    page.get_by_label("Lý do", exact=True).fill("Hai bản")
    page.get_by_role("button", name="Ghi số tiền mới").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.get_by_label("Số tiền đúng, đồng")).to_have_value("16 nghìn")
    well(page, serious_findings(page))
    page.get_by_label("Số tiền đúng, đồng").fill("16.000")
    page.get_by_role("button", name="Ghi số tiền mới").click()
    expect(page.get_by_text("8.000 đ → 16.000 đ")).to_be_visible()
    assert payments.outstanding(dossier_id) == 16000
    page.get_by_role("link", name="Biên lai", exact=True).click()
    well(page, serious_findings(page))
