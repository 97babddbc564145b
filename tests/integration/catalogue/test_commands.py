"""`motcua catalogue` against the database of the tests."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from motcua.catalogue import queries, services
from motcua.cli.catalogue import command
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM
from motcua.provisioning.demo.procedures import load_demo_pack

pytestmark = pytest.mark.django_db

ROW = {"ma_thu_tuc": "1.900001", "ten_thu_tuc": "Thủ tục thử", "linh_vuc": "Thử"}


def test_import_load_and_publish(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(ROW), encoding="utf-8")
    run = CliRunner().invoke
    outcome = run(command, ["import", str(path), "--json"])
    assert outcome.exit_code == 0, outcome.output
    assert json.loads(outcome.output)["import"]["created"] == 1
    told = run(command, ["import", str(path)])
    assert "import: unchanged: 1" in told.output
    loaded = run(command, ["load-demo"])
    assert loaded.exit_code == 0, loaded.output
    assert "procedures published" in loaded.output
    content = queries.version_in_force("1.001193", clock.today())
    assert content.origin == "demo"
    nothing = run(command, ["publish", "1.001193"])
    assert nothing.exit_code == 1
    assert "Không tìm thấy" in nothing.output


def test_publish_a_draft_by_code(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(ROW), encoding="utf-8")
    services.import_catalogue(actor=SYSTEM, paths=[path], effective_from=clock.today().replace(year=2025))
    path.write_text(json.dumps({**ROW, "ten_thu_tuc": "Thủ tục thử mới"}), encoding="utf-8")
    load_demo_pack(actor=SYSTEM)
    services.import_catalogue(actor=SYSTEM, paths=[path], effective_from=clock.today().replace(year=2025))
    outcome = CliRunner().invoke(command, ["publish", "1.900001", "--number", "2"])
    assert outcome.exit_code == 1  # begins on the same day as the published one: refused, told in words
    assert "trùng" in outcome.output
