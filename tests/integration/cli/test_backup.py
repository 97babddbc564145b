"""The whole drill: a site with work in it is backed up, lost, restored elsewhere, and is the same."""

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = [pytest.mark.machine, pytest.mark.slow, pytest.mark.xdist_group("cluster")]

#: Typesets one issued form and says where its file is; prints the codes that a scan of it shows.
PRINT = """
import subprocess, sys, tempfile
from pathlib import Path
from motcua.cli import django_ready
django_ready()
from motcua.documents import queries as custody
from motcua.dossiers import services
from motcua.dossiers.models import IssuedForm
from motcua.kernel.authority import SYSTEM
form = IssuedForm.objects.filter(code="01").earliest("issued_at")
file_id = services.typeset_form(actor=SYSTEM, form_id=form.id)
with custody.open_file(file_id) as stream, tempfile.TemporaryDirectory() as room:
    (Path(room) / "form.pdf").write_bytes(stream.read())
    subprocess.run(["pdftoppm", "-r", "200", "-png", "-singlefile", "form.pdf", "form"], cwd=room, check=True)
    with (Path(room) / "form.png").open("rb") as picture:
        codes = custody.read_codes(picture)
print(custody.verify_code(codes[0]).payload)
print(codes[0])
"""
JUDGE = """
import sys
from motcua.cli import django_ready
django_ready()
from motcua.documents import queries as custody
print(custody.verify_code(sys.argv[1]).payload)
"""


@pytest.fixture(scope="module")
def homes() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="motcua-backup-"))
    folder.chmod(0o755)
    yield folder
    for home in folder.iterdir():
        if (home / "postgres").is_dir():
            run(home, "database", "stop", "--force")
    shutil.rmtree(folder)


def run(home: Path, *words: str, program: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("MOTCUA_", "DATABASE_"))
    }
    environment |= {"MOTCUA_DATA_DIR": str(home), "DJANGO_SETTINGS_MODULE": "motcua.settings.base", **more}
    argv = [sys.executable, "-c", program] if program else [sys.executable, "-m", "motcua"]
    return subprocess.run([*argv, *words], env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(homes: Path) -> Path:
    """An installation with weeks of work and one printed form."""
    home = homes / "site"
    home.mkdir(mode=0o755)
    assert run(home, "database", "start").returncode == 0
    loaded = run(home, "demo", "load")
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    sealed = run(home, "chain", "seal")
    assert sealed.returncode == 0, sealed.stderr
    (home / "trust").mkdir()
    (home / "trust" / "root.pem").write_text("a root")
    (home / "keys").mkdir()
    (home / "keys" / "pins.json").write_text('{"dung": "1234"}')
    return home


@pytest.fixture(scope="module")
def code(site: Path) -> str:
    """The code on a printed form."""
    printed = run(site, program=PRINT)
    assert printed.returncode == 0, printed.stderr[:3000]
    return printed.stdout.splitlines()[1]


@pytest.fixture(scope="module")
def back_up(site: Path, code: str, homes: Path) -> Path:
    passphrase = site / "passphrase"
    passphrase.write_text("correct horse battery staple\n")
    taken = run(site, "backup", "take", str(homes / "kept"), "--passphrase-file", str(passphrase))
    assert taken.returncode == 0, taken.stderr
    assert "✓" in taken.stdout
    return homes / "kept"


def test_the_whole_drill(site: Path, code: str, back_up: Path, homes: Path) -> None:
    """Backed up, restored elsewhere: chain verified, facts equal, files byte for byte, a printed code still good."""
    assert run(site, "backup", "verify", str(back_up)).returncode == 0
    elsewhere = homes / "elsewhere"
    restored = run(elsewhere, "restore", str(back_up), "--passphrase-file", str(site / "passphrase"))
    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert "faults: chain 0, record 0, seals 0 of 1, figures 0 cells" in restored.stdout

    before, after = contents(site), contents(elsewhere)
    assert before
    assert before == after
    for digest in random.sample(sorted(before), min(20, len(before))):
        assert hashlib.sha256(after[digest]).hexdigest() == digest
    for name in ("secrets/qr_key", "secrets/secret_key", "trust/root.pem", "keys/pins.json", "installation"):
        assert (elsewhere / name).read_bytes() == (site / name).read_bytes(), name
        assert (elsewhere / name).stat().st_mode & 0o077 == 0, name

    judged = run(elsewhere, code, program=JUDGE)
    assert judged.returncode == 0, judged.stderr
    other = run(elsewhere, code, program=JUDGE, MOTCUA_QR_KEY="another")
    assert "CodeForged" in other.stderr, "a test of a key that would take any"
    verified = run(elsewhere, "chain", "verify", "--json")
    assert verified.returncode == 0, verified.stdout
    assert json.loads(verified.stdout)["rows"] > 100

    again = run(elsewhere, "restore", str(back_up), "--passphrase-file", str(site / "passphrase"))
    assert again.returncode == 1
    assert "not empty" in again.stderr


def test_a_back_up_that_was_touched_is_told(site: Path, back_up: Path, homes: Path) -> None:
    touched = homes / "touched"
    shutil.copytree(back_up, touched)
    dump = touched / "database.dump"
    dump.write_bytes(dump.read_bytes()[:-1] + b"x")
    (touched / "data" / "secrets" / "qr_key").unlink()
    told = run(site, "backup", "verify", str(touched))
    assert told.returncode == 1
    assert "database.dump was changed" in told.stdout
    assert "data/secrets/qr_key is missing" in told.stdout
    wrong = homes / "wrong"
    wrong.write_text("wrong\n")
    refused = run(homes / "never", "restore", str(back_up), "--passphrase-file", str(wrong))
    assert refused.returncode == 1
    assert "passphrase" in refused.stderr
    assert not (homes / "never").exists()
    without = run(homes / "never", "restore", str(back_up))
    assert "encrypted" in without.stderr
    assert b"a root" not in (back_up / "data" / "trust" / "root.pem").read_bytes()


def test_a_copied_folder_does_not_open_the_originals_database(site: Path, homes: Path) -> None:
    copy = homes / "copy"
    shutil.copytree(site, copy, ignore=shutil.ignore_patterns("data", "run"))
    refused = run(copy, "facts", "compare")
    assert refused.returncode == 1
    assert "restore" in refused.stderr, refused.stderr
    assert not (copy / "postgres" / "data").exists()
    known = json.loads((copy / "postgres" / "cluster.json").read_text())
    (copy / "postgres" / "cluster.json").write_text(json.dumps(known | {"storage": str(site / "postgres")}))
    refused = run(copy, "facts", "compare")
    assert refused.returncode == 1
    assert "copied or moved" in refused.stderr, refused.stderr


def test_no_key_is_made_anew_beside_data(site: Path, homes: Path) -> None:
    for name in ("qr_key", "secret_key"):
        key = site / "secrets" / name
        kept = key.read_text()
        key.unlink()
        refused = run(site, "server", "--once")
        assert refused.returncode == 1
        assert f"{name} is missing" in refused.stderr
        assert not key.exists()
        key.write_text(kept)
    strange = run(site, "demo", "load", MOTCUA_QR_KEY="another")
    assert strange.returncode == 1
    assert "QR key is not the one" in strange.stderr


def test_half_an_installation_says_which_half_is_missing(site: Path, homes: Path) -> None:
    files = site / "files"
    files.rename(site / "files.away")
    refused = run(site, "demo", "load")
    (site / "files.away").rename(files)
    assert refused.returncode == 1
    assert "the database knows files" in refused.stderr

    folder = homes / "folder"
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("postgres", "files.away"))
    assert run(folder, "database", "start").returncode == 0
    refused = run(folder, "demo", "load")
    assert refused.returncode == 1
    assert "this database never was" in refused.stderr
    url = run(folder, "database", "url").stdout.strip()
    assert "postgres://" in url
    tables = subprocess.run(
        ["psql", url, "-Atc", "select count(*) from pg_tables where schemaname = 'public'"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert tables.stdout.strip() == "0", "nothing was touched"

    (folder / "installation").write_text("00000000-0000-0000-0000-000000000001\n")
    owner = run(site, "database", "url").stdout.strip()
    refused = run(folder, "demo", "load", DATABASE_URL=owner)
    assert refused.returncode == 1
    assert "belongs to another installation" in refused.stderr


def contents(home: Path) -> dict[str, bytes]:
    """Files of the store by digest."""
    return {path.name: path.read_bytes() for path in (home / "files").glob("??/??/*")}
