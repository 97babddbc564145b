"""What stands around the pages: headers of proxies, lines that never end, texts in files, the history of the repository."""

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client
from tests.cast import Cast
from tests.factories.dossiers import birth_application
from tests.factories.signing import plain_pdf

from motcua.documents import services as custody
from motcua.dossiers import queries as queries_of_dossiers
from motcua.dossiers import services
from motcua.dossiers.services import PaperGiven

PROJECT = Path(__file__).resolve().parents[2]
MARK = "<script>atk(1)</script>"


# Headers of proxies


@pytest.mark.django_db
def test_look_ups_under_many_forged_addresses_are_stopped(settings: Any) -> None:
    settings.MOTCUA_LOOKUPS_PER_MINUTE = 5
    met = [
        Client(REMOTE_ADDR="198.51.100.9")
        .get("/tra-cuu/?ma=H99.11-261122-0001", headers={"X-Forwarded-For": f"203.0.113.{n}"})
        .status_code
        for n in range(8)
    ]
    assert met[-3:] == [429, 429, 429]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "host", ["evil.example", "localhost:8000@evil.example", "a b", "xn--\u20ac".encode().decode("latin-1")]
)
def test_another_host_is_refused_and_named_nowhere(host: str) -> None:
    answer = Client(raise_request_exception=False).get("/dang-nhap/", headers={"host": host})
    assert answer.status_code == 400
    assert b"evil.example" not in answer.content
    forwarded = Client().get(
        "/", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "javascript"}
    )
    assert b"evil.example" not in forwarded.content


# Texts in files


@pytest.mark.django_db
def test_titles_and_names_of_files_run_nowhere(cast: Cast) -> None:
    """The title inside a PDF and the name it comes under, on the pages of everybody who sees it."""
    with pikepdf.open(BytesIO(plain_pdf())) as pdf:
        pdf.docinfo["/Title"] = MARK
        out = BytesIO()
        pdf.save(out)
    kept = custody.keep_file(
        actor=cast.hoa, stream=BytesIO(out.getvalue()), filename=f'"onload=atk(1) {MARK}.pdf'
    )
    assert not set('<>"/') & set(kept.filename)
    papers = (
        PaperGiven("birth-notification", electronic=1, file_id=kept.id),
        PaperGiven("marriage-certificate", is_presented=True),
    )
    moved = services.submit_dossier(actor=cast.hoa, application=birth_application(cast, papers=papers))
    for who, path in (
        ("hoa", f"/ho-so/{moved.dossier_id}/"),
        ("binh", f"/quay/ho-so/{moved.dossier_id}/"),
        ("hanh", f"/co-quan/ho-so/{moved.dossier_id}/"),
    ):
        client = Client()
        cast.login(client, who)
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert MARK.encode() not in answer.content
        sent = client.get(f"{path}tep/{kept.id}/")
        assert sent.status_code == 200
        assert "default-src 'none'" in sent.headers["Content-Security-Policy"]
        assert "\n" not in sent.headers["Content-Disposition"]


# Public figures


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/so-lieu/", "/so-lieu/bang.csv", "/so-lieu/giai-thich/H99.11/so-lieu.csv"])
def test_public_figures_name_nobody(cast: Cast, path: str) -> None:
    """However small a count is, it is a count: no code, no name, no number of a person stands beside it."""
    from motcua.oversight import queries
    from motcua.oversight import services as oversight

    moved = services.submit_dossier(actor=cast.hoa, application=birth_application(cast))
    services.receive_dossier(
        actor=cast.binh, dossier_id=moved.dossier_id, papers=birth_application(cast).papers
    )
    oversight.rebuild_facts()
    queries.forget_places()
    answer = Client().get(path)
    body = (b"".join(answer) if answer.streaming else answer.content).decode()
    page = queries_of_dossiers.dossier_page(actor=cast.hoa, dossier_id=moved.dossier_id)
    assert page.code
    for private in ("Nguyễn Thị Hoa", "040195000123", "Trần Gia Bảo", str(moved.dossier_id), page.code):
        assert private not in body


# History


_SECRETS = re.compile(
    r"-----BEGIN (?:RSA |EC |OPENSSH |ENCRYPTED )?PRIVATE KEY-----|AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{36}|xox[bp]-[0-9A-Za-z-]{20,}"
    r"|motcua_[A-Za-z0-9_-]{40,}"
)


@pytest.mark.slow
def test_no_secret_was_ever_committed() -> None:
    """In any version of any file, not only in today's."""
    if shutil.which("git") is None or not (PROJECT / ".git").exists():
        pytest.skip("no history here: not a checkout of the repository")
    said = subprocess.run(
        ["git", "log", "--all", "-p", "--no-color", "--unified=0", "--format=commit %h"],
        cwd=PROJECT,
        capture_output=True,
        check=True,
    ).stdout.decode("utf-8", "replace")
    found = [line[:100] for line in said.splitlines() if line.startswith("+") and _SECRETS.search(line)]
    # This very file says what is looked for.
    assert [line for line in found if "PRIVATE KEY-----|AKIA" not in line] == []
