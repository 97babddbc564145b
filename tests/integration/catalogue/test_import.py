"""The import into the database: whole, repeatable, and telling what changed."""

import gzip
import json
import time
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from motcua.catalogue import queries, services
from motcua.catalogue.errors import SourceUnreadable
from motcua.catalogue.models import CaseComponent, Procedure, ProcedureVersion
from motcua.catalogue.queries import Channel, OnlineLevel
from motcua.catalogue.rules.national.report import ImportReport
from motcua.catalogue.survey import read_national_file
from motcua.kernel import clock
from motcua.kernel.authority import ANONYMOUS, SYSTEM
from motcua.kernel.errors import PermissionRefused
from motcua.provisioning.demo.procedures import load_demo_pack

pytestmark = pytest.mark.django_db

ROW = {
    "ma_thu_tuc": "1.900001",
    "ten_thu_tuc": "Thủ tục đăng ký thử nghiệm",
    "so_quyet_dinh": "1/QĐ-X",
    "cap_thuc_hien": "Cấp xã",
    "linh_vuc": "Lĩnh vực thử",
    "doi_tuong_thuc_hien": "Công dân Việt Nam",
    "cach_thuc_thuc_hien": "Hình thức nộpThời gianPhí, lệ phíMô tả"
    "Trực tuyến3 Ngày làm việc8,000 VNĐTrực tiếp5 Ngày làm việcMiễn phí",
    "thanh_phan_ho_so": "--Tên giấy tờMẫu đơn, tờ khaiSố lượngĐơn đề nghịMẫu 01.docx1 bản chính",
    "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bảnLuật Hộ tịch60/2014/QH13",
    "ket_qua_xu_ly": "Giấy xác nhậnMã: KQ.G15.000001",
}


def source(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def test_an_imported_procedure_can_be_found_read_and_run(tmp_path: Path) -> None:
    outcome = services.import_catalogue(
        actor=SYSTEM, paths=[source(tmp_path, ROW)], effective_from=date(2026, 7, 1)
    )
    assert (outcome.created, outcome.unchanged, outcome.refused) == (1, 0, [])
    snapshot = queries.version_in_force("1.900001", date(2026, 7, 1))
    assert snapshot.origin == "national"
    assert snapshot.level is OnlineLevel.PARTIAL
    assert snapshot.partial_reason is not None
    assert snapshot.form is not None
    assert queries.is_generic(snapshot.form)
    case = snapshot.case()
    assert str(case.limit_for(Channel.ONLINE).amount) == "3"  # type: ignore[union-attr]  # None would fail here as well
    assert [fee.amount for fee in case.fees] == [8000, 0]
    assert (case.components[0].name, case.components[0].form_file) == ("Đơn đề nghị", "Mẫu 01.docx")
    assert snapshot.results[0].code == "KQ.G15.000001"
    assert snapshot.legal_bases[0].number == "60/2014/QH13"
    assert snapshot.process.first().key == "receive"
    assert queries.find_procedures("dang ky thu nghiem").hits[0].code == "1.900001"


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    path = source(tmp_path, ROW)
    services.import_catalogue(actor=SYSTEM, paths=[path])
    before = list(ProcedureVersion.objects.values())
    outcome = services.import_catalogue(actor=SYSTEM, paths=[path])
    assert (outcome.created, outcome.replaced, outcome.drafted, outcome.unchanged) == (0, 0, 0, 1)
    assert list(ProcedureVersion.objects.values()) == before


def test_a_moved_address_is_no_change_but_a_new_limit_is_a_version_with_its_difference(
    tmp_path: Path,
) -> None:
    services.import_catalogue(actor=SYSTEM, paths=[source(tmp_path, ROW)], effective_from=date(2026, 7, 1))
    moved = {**ROW, "detail_url": "https://example.vn/1", "nguon": "khác"}
    assert services.import_catalogue(actor=SYSTEM, paths=[source(tmp_path, moved)]).unchanged == 1
    longer = {**ROW, "cach_thuc_thuc_hien": ROW["cach_thuc_thuc_hien"].replace("3 Ngày", "4 Ngày")}
    outcome = services.import_catalogue(
        actor=SYSTEM, paths=[source(tmp_path, longer)], effective_from=date(2026, 9, 1)
    )
    assert outcome.replaced == 1
    (change,) = outcome.changed
    assert change["code"] == "1.900001"
    assert any("3" in str(c["before"]) and "4" in str(c["after"]) for c in change["changes"])
    assert str(queries.version_in_force("1.900001", date(2026, 8, 31)).case().limits[0].limit.amount) == "3"
    assert str(queries.version_in_force("1.900001", date(2026, 9, 1)).case().limits[0].limit.amount) == "4"
    # The old text again is a change again, and the same text on the same day waits as a draft for a person.
    assert (
        services.import_catalogue(
            actor=SYSTEM, paths=[source(tmp_path, ROW)], effective_from=date(2026, 9, 1)
        ).drafted
        == 1
    )
    assert (
        services.import_catalogue(
            actor=SYSTEM, paths=[source(tmp_path, ROW)], effective_from=date(2026, 9, 1)
        ).unchanged
        == 1
    )


def test_an_import_never_replaces_a_hand_made_version(tmp_path: Path) -> None:
    load_demo_pack(actor=SYSTEM)
    hand_made = queries.version_in_force("1.001193", clock.today())
    row = {**ROW, "ma_thu_tuc": "1.001193", "ten_thu_tuc": "Thủ tục đăng ký khai sinh"}
    outcome = services.import_catalogue(actor=SYSTEM, paths=[source(tmp_path, row)])
    assert (outcome.created, outcome.drafted) == (0, 1)
    assert queries.version_in_force("1.001193", clock.today()).id == hand_made.id
    assert queries.draft_version("1.001193").changes
    assert services.import_catalogue(actor=SYSTEM, paths=[source(tmp_path, row)]).unchanged == 1


@pytest.mark.usefixtures("bare_catalogue")
def test_the_demo_pack_follows_an_imported_version(tmp_path: Path) -> None:
    row = {**ROW, "ma_thu_tuc": "1.001193"}
    services.import_catalogue(actor=SYSTEM, paths=[source(tmp_path, row)])
    load_demo_pack(actor=SYSTEM)
    newest, imported = queries.versions_of("1.001193")
    assert (newest.origin, newest.state) == ("demo", "published")
    assert imported.effective_to == newest.effective_from


def test_bad_lines_are_told_and_a_broken_file_writes_nothing(tmp_path: Path) -> None:
    path = source(tmp_path, ROW, {**ROW, "ma_thu_tuc": "sai"})
    outcome = services.import_catalogue(actor=SYSTEM, paths=[path])
    assert outcome.created == 1
    assert outcome.report.refused[0]["line"] == "2"
    broken = tmp_path / "cut.jsonl.gz"
    broken.write_bytes(gzip.compress(json.dumps({**ROW, "ma_thu_tuc": "1.900002"}).encode() * 50)[:-20])
    with pytest.raises(SourceUnreadable):
        services.import_catalogue(actor=SYSTEM, paths=[broken])
    assert not Procedure.objects.filter(code="1.900002").exists()


def test_importing_needs_the_permission(tmp_path: Path) -> None:
    with pytest.raises(PermissionRefused):
        services.import_catalogue(actor=ANONYMOUS, paths=[source(tmp_path, ROW)])


@pytest.mark.usefixtures("bare_catalogue")
def test_official_lists_show_what_is_missing(shared_data: Path) -> None:
    lists = sorted((shared_data / "procedures").glob("danh-sach-tthc-*.xlsx"))
    outcome = services.import_catalogue(actor=SYSTEM, paths=lists)
    assert outcome.listed_new == outcome.report.listed == 796
    assert services.import_catalogue(actor=SYSTEM, paths=lists).listed_new == 0
    assert len(queries.listed_without_content()) == 796


def papers_stored() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    rows = CaseComponent.objects.values_list("case__version__procedure__code", "name")
    for code, name in rows:
        found[code].add(name)
    return found


def papers_stated(path: Path, lines: int) -> dict[str, set[str]]:
    """What the source names; a line below no case stands in every case, so names are compared and not counts."""
    stated = {
        procedure.code: [line.name for group in procedure.components.groups for line in group.lines]
        for procedure in read_national_file(path, ImportReport())
    }
    assert sum(map(len, stated.values())) == lines
    return {code: set(names) for code, names in stated.items() if names}


@pytest.mark.usefixtures("bare_catalogue")
def test_the_whole_national_export(shared_data: Path) -> None:
    path = shared_data / "procedures" / "national_2026-07.jsonl.gz"
    began = time.process_time()
    outcome = services.import_catalogue(actor=SYSTEM, paths=[path], effective_from=date(2026, 7, 1))
    first = time.process_time() - began
    assert outcome.created == 2642
    assert outcome.refused == []
    assert papers_stored() == papers_stated(path, outcome.report.component_lines.parsed)
    began = time.process_time()
    again = services.import_catalogue(actor=SYSTEM, paths=[path], effective_from=date(2026, 7, 2))
    second = time.process_time() - began
    assert (again.unchanged, again.created, again.changed) == (2642, 0, [])
    assert first < 15  # seconds of this process; the wall clock of a shared machine says little
    assert second < 5
    timed_search()


def timed_search() -> None:
    """On the full catalogue, in the same transaction: people find what they mean, quickly."""
    expected = {
        "khai sinh": "1.001193",
        "Đăng ký kết hôn": "1.000894",
        "dang ki ket hon": "1.000894",
        "sinh khai": "1.001193",
        "khia sinh": "1.001193",
        "thường trú đăng ký": "1.004222",
        "mo quan": "1.001612",
        "1.004222": "1.004222",
        "sao y": "2.000815",
        "tach ho": "1.010038",
    }
    queries.find_procedures("khởi động")
    slowest = 0.0
    for text, code in expected.items():
        began = time.perf_counter()
        page = queries.find_procedures(text, limit=10)
        slowest = max(slowest, time.perf_counter() - began)
        assert code in [hit.code for hit in page.hits], text
    assert slowest < 0.3  # 15 ms on a quiet machine; tests share theirs
    seen: list[str] = []
    after: str | None = None
    while True:
        page = queries.find_procedures("cấp giấy phép", limit=50, after=after)
        seen += [hit.code for hit in page.hits]
        after = page.next
        if after is None:
            break
    assert len(seen) == len(set(seen)) > 100
