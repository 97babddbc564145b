"""What `script/screenshots` does: log in as the cast of the demo, open the main pages, keep a picture of each."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

TARGET = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
PASSWORD = "mot-cua-dung-thu"  # the password of the demo's cast, printed when it starts
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]


@dataclass(frozen=True)
class Shot:
    """A page as somebody sees it; `then` goes on from the address to what is worth seeing."""

    name: str
    path: str
    who: str = ""
    width: int = 1366
    then: Callable[[Page], None] = lambda page: None


def first(selector: str) -> Callable[[Page], None]:
    """Follow the first link that fits."""

    def follow(page: Page) -> None:
        page.locator(selector).first.click()
        page.wait_for_load_state("networkidle")

    return follow


SHOTS = (
    Shot("01-home", "/"),
    Shot("02-search", "/tim/?q=dang+ky+khai+sin"),
    Shot("03-procedure", "/thu-tuc/1.001193/"),
    Shot("04-procedure-phone", "/thu-tuc/1.001193/", width=320),
    Shot("05-my-dossier", "/ho-so/", "hoa", then=first("main a[href*='/ho-so/']")),
    Shot("06-counter", "/quay/", "binh"),
    Shot("07-inbox", "/co-quan/", "chau"),
    Shot("08-officer-dossier", "/co-quan/?hop=tat-ca", "chau", then=first("main a[href*='/co-quan/ho-so/']")),
    Shot("09-signing-tray", "/co-quan/trinh-ky/", "dung"),
    Shot("10-verification", "/kiem-tra/"),
    Shot("11-map", "/so-lieu/"),
    Shot("12-index", "/so-lieu/chi-so/"),
)


def main(base: str) -> int:
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium-headless-shell", args=CHROMIUM)
        for shot in SHOTS:
            take(browser, base, shot)
            print(shot.name)
        browser.close()
    return 0


def take(browser: Browser, base: str, shot: Shot) -> None:
    page = browser.new_page(
        viewport={"width": shot.width, "height": 768 if shot.width > 400 else 640}, locale="vi-VN"
    )
    if shot.who:
        page.goto(f"{base}/dang-nhap/")
        page.fill("input[name=username]", shot.who)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_load_state("networkidle")
    page.goto(base + shot.path)
    page.wait_for_load_state("networkidle")
    shot.then(page)
    page.screenshot(path=str(TARGET / f"{shot.name}.png"))
    page.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"))
