"""A real Chromium against a live server; `axe` finds what people with screen readers would stumble over.

Fixtures: `browser` (one per session), `page` (a fresh context per test, Vietnamese), `open_page(width=..., scripts=...)` for
other widths or no JavaScript, `serious_findings(page)`. `MOTCUA_CHROMIUM` names another browser.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from playwright.sync_api import Error as PageError

# Playwright keeps an event loop in this thread; the tests themselves use the ORM from it, one thing at a time.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

# Milliseconds before a test gives up on a page. What a page should take is measured elsewhere, on a quiet machine.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/e2e/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    program = (
        os.environ.get("MOTCUA_CHROMIUM")
        or shutil.which("chromium-headless-shell")
        or shutil.which("chromium")
    )
    if not program:
        pytest.skip("Chromium is not installed; script/test installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Make a page in a context of its own: `open_page(width=320, scripts=False)`. Console errors fail the test."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def open_(width: int = 1366, height: int = 900, scripts: bool = True, locale: str = "vi-VN") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            locale=locale,
            timezone_id="Asia/Ho_Chi_Minh",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None,
        )
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A desktop page."""
    return open_page()


@pytest.fixture
def serious_findings() -> Callable[[Page], list[str]]:
    """What axe calls serious or critical on the page as it stands, one line per finding."""

    def find(page: Page) -> list[str]:
        results = _violations(page)
        return [
            f"{violation['id']}: {node['target']} {node['html'][:200]} {node.get('failureSummary', '')}"
            for violation in results
            if violation["impact"] in {"serious", "critical"}
            for node in violation["nodes"]
        ]

    return find


def _violations(page: Page) -> list[dict[str, Any]]:
    """A click does not wait for the page it leads to: axe caught between two pages loses its document, and asks again."""
    for _ in range(4):
        page.wait_for_load_state()
        with suppress(PageError):
            return _axe(page)
    return _axe(page)


def _axe(page: Page) -> list[dict[str, Any]]:
    from axe_playwright_python.sync_playwright import Axe

    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return found
