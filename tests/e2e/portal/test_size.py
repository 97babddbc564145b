"""What the first visit costs a telephone: bytes on the wire and how long a browser may keep them, on the site as it is served."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import Page, Response
from tests.cast import present_cast

#: Issue 9: what the first page may weigh, with everything it needs, and how long its files may be kept.
FIRST_PAGE, A_YEAR = 120 * 1024, 31_536_000


class _AsServed(WSGIHandler):
    """The application alone, without the handler that serves static files to tests: its own middleware does."""

    def __init__(self, application: WSGIHandler) -> None:
        super().__init__()


@pytest.fixture
def served(settings: Any, tmp_path: Path, transactional_db: None) -> Iterator[str]:
    """The site with its static files collected, named by digest and compressed, as an installation serves them."""
    present_cast()
    settings.STATIC_ROOT = str(tmp_path / "static")
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    thread = LiveServerThread("localhost", static_handler=_AsServed)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    settings.ALLOWED_HOSTS = ["localhost"]
    yield f"http://localhost:{thread.port}"
    thread.terminate()
    connections.close_all()


@pytest.mark.parametrize("width", [375, 1366])
def test_the_first_page_is_light_and_its_files_are_kept(served: str, open_page: Any, width: int) -> None:
    page: Page = open_page(width=width)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{served}/", wait_until="networkidle")
    weights = {answer.url.removeprefix(served): _weight(answer) for answer in answers}
    assert sum(weights.values()) <= FIRST_PAGE, weights
    assert all(answer.status == 200 and answer.url.startswith(served) for answer in answers)

    files = [answer for answer in answers if "/static/" in answer.url]
    assert {".css", ".js"} <= {Path(answer.url).suffix for answer in files}
    for answer in files:
        kept = dict(re.findall(r"([a-z-]+)(?:=(\d+))?", answer.headers.get("cache-control", "")))
        assert int(kept["max-age"]) >= A_YEAR, answer.url
        assert "immutable" in kept, answer.url
    page_itself = answers[0]
    assert page_itself.headers["content-encoding"] == "gzip"
    assert "max-age" not in page_itself.headers["cache-control"]

    page.goto(f"{served}/tra-cuu/", wait_until="networkidle")
    fetched = page.evaluate(
        "performance.getEntriesByType('resource').filter(one => one.transferSize > 0).map(one => one.name)"
    )
    assert [address for address in fetched if "/static/" in address] == []


def _weight(answer: Response) -> int:
    sizes = answer.request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]
