"""The forms of the demo pack on a phone of 320 pixels: nothing wider, nothing axe finds, filled in with and without scripts, and
on paper.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.cast import Cast, present_cast
from tests.e2e.portal.test_journeys import log_in
from tests.factories.answers import days_of, posted

from motcua.catalogue import queries as catalogue
from motcua.dossiers import queries, services
from motcua.kernel import clock
from motcua.provisioning.demo.pack import demo_answers

OpenPage = Callable[..., Page]
Findings = Callable[[Page], list[str]]
#: One of each family; what they are made of is the same in the others.
CODES = ("1.004222", "1.000656", "1.004859", "1.013225", "1.010380", "1.013831", "1.012786", "2.001159")


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return present_cast()


def look(page: Page, name: str) -> None:
    """Keep a picture where `MOTCUA_PICTURES` names a folder."""
    if folder := os.environ.get("MOTCUA_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def begun(people: Cast, code: str) -> str:
    draft = services.begin_draft(actor=people.hoa, procedure_code=code, applicant_id=people.hoa_party)
    return f"/nhap/{draft.id}/to-khai/"


def typed(code: str) -> Iterator[tuple[str, Any]]:
    form = catalogue.version_in_force(code, clock.today()).form
    assert form is not None
    yield from posted(demo_answers()[code], days_of(form.ui)).items()


def fill(page: Page, name: str, value: Any) -> None:
    """Type, choose or tick what a question asks for; what is filled in and locked is not asked."""
    for one in value if isinstance(value, list) else [value]:
        field = page.locator(f"[name='{name}']")
        if not field.count():
            return
        kind = field.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
        if kind == "select":
            field.first.select_option(one)
        elif kind == "radio" or field.count() > 1:
            page.locator(f"[name='{name}'][value='{one}']").check()
        elif kind == "checkbox":
            field.first.check()
        else:
            field.first.fill(str(one))


@pytest.mark.parametrize("scripts", [False, True])
@pytest.mark.parametrize("code", CODES)
def test_a_form_is_filled_in_on_a_small_phone(
    live_server: object,
    people: Cast,
    open_page: OpenPage,
    serious_findings: Findings,
    code: str,
    scripts: bool,
) -> None:
    page = open_page(width=320, scripts=scripts)
    log_in(page, live_server, people, "hoa")
    page.goto(f"{live_server}{begun(people, code)}")
    look(page, f"eform-{code}-{'js' if scripts else 'plain'}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    if scripts:
        assert serious_findings(page) == []
    for name, value in typed(code):
        fill(page, name, value)
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Tờ khai")
    (draft,) = queries.own_drafts(actor=people.hoa)
    form = catalogue.version_in_force(code, clock.today()).form
    assert form is not None
    filled = catalogue.fill_form(form, {**demo_answers()[code], **draft.form_data})
    assert filled.faults == ()


def test_the_passport_is_asked_only_of_who_has_one(live_server: object, people: Cast, page: Page) -> None:
    log_in(page, live_server, people, "hoa")
    page.goto(f"{live_server}{begun(people, '1.000656')}")
    number, passport = (
        page.locator(f"[name='deceased.{one}']") for one in ("personal_number", "passport_number")
    )
    expect(number).to_be_visible()
    expect(passport).to_be_hidden()
    page.locator("[name='deceased.paper']").select_option("passport")
    expect(passport).to_be_visible()
    expect(page.locator("[name='deceased.passport_country']")).to_be_visible()
    expect(number).to_be_hidden()
    # Whose number is known is not asked what paper it is of.
    assert page.locator("[name='requester.paper']").count() == 0


def test_a_commune_is_found_by_typing(live_server: object, people: Cast, page: Page) -> None:
    log_in(page, live_server, people, "hoa")
    page.goto(f"{live_server}{begun(people, '1.004222')}")
    communes = page.locator("[name='place.commune']")
    offered = [text.strip() for text in communes.locator("option").all_text_contents() if text.strip()]
    assert {"Xã An Bình", "Phường Minh Sơn"} <= set(offered)
    assert "Thị trấn An Sơn" not in offered  # until 30 June 2025
    communes.locator("xpath=preceding-sibling::input[@type='search']").fill("minh son")
    expect(communes).to_have_value("Phường Minh Sơn")


def test_the_blank_form_is_whole_on_a_phone_and_on_paper(
    live_server: object, people: Cast, open_page: OpenPage, serious_findings: Findings
) -> None:
    page = open_page(width=320)
    page.goto(f"{live_server}/thu-tuc/1.000656/")
    page.get_by_role("link", name="Tờ khai trống để in và điền tay").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tờ khai")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert serious_findings(page) == []
    look(page, "blank-320")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="In tờ khai")).to_be_hidden()
    page.set_viewport_size({"width": 794, "height": 1123})
    look(page, "blank-print")
