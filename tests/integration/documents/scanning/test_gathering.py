"""Pages that come without a browser: a scanner's feeder, a watched folder, a letter."""

import os
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.cast import Cast
from tests.factories.printed_papers import jpeg
from tests.factories.scans import paper, scan
from tests.integration.documents.scanning.desk import scanned_batch

from motcua.documents import queries, services
from motcua.documents.adapters.escl.fake import FakeScanner
from motcua.documents.errors import LetterUnreadable
from motcua.documents.queries import BatchSource

pytestmark = pytest.mark.django_db


def laid(folder: Path, name: str, content: bytes, *, is_old: bool = True) -> Path:
    path = folder / name
    path.write_bytes(content)
    if is_old:
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


def picked(cast: Cast, folder: Path) -> list[services.PickedUp]:
    return services.pick_up(agency_id=cast.an_binh, folder=folder, counter="2")


def test_finished_files_of_a_folder_become_batches_once(cast: Cast, tmp_path: Path) -> None:
    content = scan([paper()])
    laid(tmp_path, "mot.pdf", content)
    laid(tmp_path, "dang-ghi.pdf", content[: len(content) // 2], is_old=False)
    laid(tmp_path, "tai.pdf.part", b"x")
    laid(tmp_path, ".an.pdf", b"x")
    laid(tmp_path, "hong.pdf", b"khong phai pdf")

    found = {one.name: one for one in picked(cast, tmp_path)}
    assert set(found) == {"mot.pdf", "hong.pdf"}
    assert found["mot.pdf"].batch_id is not None
    assert (tmp_path / "dang-ghi.pdf").exists()
    assert (tmp_path / "da-nhan" / "mot.pdf").exists()
    assert "hong.pdf" in (tmp_path / "bi-tu-choi" / "hong.pdf.txt").read_text()
    (row,) = queries.batches(actor=cast.binh)
    assert (row.source, row.counter) == (BatchSource.FOLDER, "2")

    laid(tmp_path, "mot-lan-nua.pdf", content)
    (again,) = picked(cast, tmp_path)
    assert (again.batch_id, again.problem) == (None, "")
    assert (tmp_path / "trung" / "mot-lan-nua.pdf").exists()


def test_what_a_killed_watcher_had_in_hand_is_taken_up_again(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / ".dang-lay").mkdir()
    laid(tmp_path / ".dang-lay", "do-dang.pdf", scan([paper()]))
    (one,) = picked(cast, tmp_path)
    assert one.batch_id is not None


def test_the_command_watches_for_an_agency(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from motcua.cli.digitize import command

    monkeypatch.setattr("motcua.cli.django_ready", lambda: None)  # the test's Django is ready already
    laid(tmp_path, "mot.pdf", scan([paper()]))
    said = CliRunner().invoke(command, ["watch", str(tmp_path), "--counter", "H99.11/2", "--once"])
    assert said.exit_code == 0, said.output
    assert "mot.pdf: đã nhận" in said.output
    unknown = CliRunner().invoke(command, ["watch", str(tmp_path), "--counter", "H00", "--once"])
    assert unknown.exit_code == 1
    assert "Không có cơ quan “H00”" in unknown.output


def test_attachments_of_a_letter_join_the_batch(cast: Cast) -> None:
    letter = EmailMessage()
    letter["Subject"] = "Hồ sơ khai sinh"
    letter.set_content("Kính gửi")
    letter.add_attachment(
        scan([paper()]), maintype="application", subtype="pdf", filename="giấy chứng sinh.pdf"
    )
    letter.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="virus.exe")
    batch_id = scanned_batch(cast)
    services.add_letter(
        actor=cast.binh, batch_id=batch_id, stream=BytesIO(letter.as_bytes()), filename="thu.eml"
    )
    page = queries.batch_page(actor=cast.binh, batch_id=batch_id)
    assert [one.filename for one in page.files] == ["giấy chứng sinh.pdf"]
    with pytest.raises(LetterUnreadable):
        services.add_letter(actor=cast.binh, batch_id=batch_id, stream=BytesIO(b"x"), filename="rong.eml")


def test_a_jammed_scanner_keeps_the_sheets_before_and_says_so(cast: Cast) -> None:
    batch_id = scanned_batch(cast)
    sheets = [jpeg(paper(seed=seed)) for seed in (1, 2)]
    machine = FakeScanner(sheets, "jam:1", name="Quầy 1")
    assert services.scan_sheets(actor=cast.system, batch_id=batch_id, name="Quầy 1", scanner=machine) == 1
    page = queries.batch_page(actor=cast.binh, batch_id=batch_id)
    assert len(page.files) == 1
    trouble = page.progress.trouble
    assert trouble is not None
    assert "dừng giữa chừng sau 1 trang" in trouble.sentence
    assert (trouble.code, trouble.params["pages"]) == ("documents.scanner_failed", 1)
