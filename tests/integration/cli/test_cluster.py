"""The embedded PostgreSQL on this machine: made, lent, killed, revived, stopped."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from motcua.cli.cluster import Cluster, ClusterError, lend
from motcua.cli.cluster import postmaster as pid_files

pytestmark = [pytest.mark.machine, pytest.mark.xdist_group("cluster")]


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="motcua-cluster-"))
    folder.chmod(0o755)
    yield folder / "postgres"
    cluster = Cluster(folder / "postgres", is_durable=False)
    if cluster.is_running:
        cluster.release()
    shutil.rmtree(folder)


@pytest.fixture
def cluster(home: Path) -> Cluster:
    return Cluster(home, is_durable=False)


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return row[0]


def server_pid(cluster: Cluster) -> int:
    found = pid_files.read(cluster.home / "data")
    assert found is not None
    return found.pid


def test_it_is_lent_and_stops_after_the_last_guest(cluster: Cluster, home: Path) -> None:
    with cluster.used() as url:
        assert ask(url, "select current_user") == "motcua"
        with Cluster(home, is_durable=False).used() as same:
            assert same == url
        assert cluster.is_running, "the first guest is still there"
        assert cluster.has_guests()
    afterwards = Cluster(home, is_durable=False)
    assert not afterwards.is_running
    assert not afterwards.has_guests()


def test_it_sorts_vietnamese_and_offers_what_the_search_needs(cluster: Cluster) -> None:
    names = "unnest(array['Ong','Đặng','Dương','Ân','Ánh','An','Ấn','Ẩn']) as name"
    with cluster.used() as url:
        sorted_names = ask(url, f"select string_agg(name, ' ' order by name) from {names}")  # noqa: S608 - literal
        assert sorted_names == "An Ánh Ân Ẩn Ấn Dương Đặng Ong"
        with psycopg.connect(url, autocommit=True) as connection:
            for extension in ("unaccent", "pg_trgm", "btree_gist"):
                connection.execute(f"create extension if not exists {extension}")
        assert ask(url, "show server_encoding") == "UTF8"
        assert ask(url, "select rolsuper from pg_roles where rolname = current_user") is False


def test_nobody_enters_without_the_password(cluster: Cluster) -> None:
    with cluster.used() as url:
        without = url.replace(url.split("://motcua:")[1].split("@")[0], "wrong")
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(without)
    assert stat.S_IMODE((cluster.home / "cluster.json").stat().st_mode) == 0o600


def test_a_killed_server_comes_back_with_everything_committed(home: Path) -> None:
    cluster = Cluster(home)  # durable, as every installation is
    with cluster.used() as url:
        with psycopg.connect(url) as connection:
            connection.execute("create table if not exists kept (word text)")
            connection.execute("insert into kept values ('committed')")
        os.kill(server_pid(cluster), signal.SIGKILL)
        deadline = time.monotonic() + 10
        while cluster.is_running and time.monotonic() < deadline:
            time.sleep(0.02)
        assert cluster.revive()
        assert not cluster.revive(), "the second call has nothing to do"
        assert ask(cluster.url, "select word from kept limit 1") == "committed"


def test_a_lock_file_whose_number_belongs_to_a_stranger_is_no_obstacle(cluster: Cluster) -> None:
    with cluster.used():
        data = cluster.home / "data"
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n1\n54320\n\n127.0.0.1\n 1 1\nready\n")
    with cluster.used() as url:
        assert ask(url, "select 1") == 1


def test_a_taken_port_is_no_obstacle(cluster: Cluster) -> None:
    import socket

    with cluster.used() as url:
        port = int(url.rsplit(":", 1)[1].split("/")[0])
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        with cluster.used() as moved:
            assert moved != url
            assert ask(moved, "select 1") == 1


def test_many_at_once_start_one_server(home: Path) -> None:
    pids: list[int] = []

    def guest() -> None:
        mine = Cluster(home, is_durable=False)
        with mine.used() as url:
            assert ask(url, "select 1") == 1
            pids.append(server_pid(mine))
            time.sleep(0.3)

    threads = [threading.Thread(target=guest) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(pids) == 5
    assert len(set(pids)) == 1
    assert not Cluster(home, is_durable=False).is_running


def test_kept_means_it_outlives_its_guests(cluster: Cluster) -> None:
    cluster.keep()
    with cluster.used():
        pass
    assert cluster.is_running
    cluster.release()
    assert not cluster.is_running


def test_a_guest_killed_without_a_word_leaves_no_lasting_claim(cluster: Cluster) -> None:
    program = (
        "import sys, time; from pathlib import Path; from motcua.cli.cluster import Cluster\n"
        "with Cluster(Path(sys.argv[1]), is_durable=False).used(): print('in', flush=True); time.sleep(60)"
    )
    guest = subprocess.Popen([sys.executable, "-c", program, str(cluster.home)], stdout=subprocess.PIPE)
    assert guest.stdout is not None
    assert guest.stdout.readline() == b"in\n"
    guest.kill()
    guest.communicate()
    assert not cluster.has_guests()
    with cluster.used() as url:
        assert ask(url, "select 1") == 1
    assert not cluster.is_running


def test_a_database_address_that_is_set_is_lent_untouched(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/db")
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path))
    with lend() as url:
        assert url == "postgres://elsewhere/db"
    assert os.environ["DATABASE_URL"] == "postgres://elsewhere/db"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user")
def test_a_home_closed_to_the_servers_user_moves_the_data_elsewhere(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    cluster = Cluster(closed / "postgres", is_durable=False)
    storage = None
    try:
        with cluster.used() as url:
            storage = Path(json.loads((cluster.home / "cluster.json").read_text())["storage"])
            assert storage.parent == Path("/var/lib")
            assert (storage / "data" / "postmaster.pid").exists()
            assert ask(url, "select 1") == 1
    finally:
        if storage is not None:
            shutil.rmtree(storage)


def test_a_cluster_whose_passwords_are_lost_is_not_overwritten(cluster: Cluster, home: Path) -> None:
    with cluster.used():
        pass
    known = (home / "cluster.json").read_bytes()
    (home / "cluster.json").unlink()
    try:
        with pytest.raises(ClusterError, match=r"cluster\.json"), Cluster(home, is_durable=False).used():
            pass
        assert (home / "data" / "PG_VERSION").exists()
    finally:
        (home / "cluster.json").write_bytes(known)


def test_a_cluster_of_an_older_version_gets_the_serving_role(cluster: Cluster) -> None:
    with cluster.used():
        pass
    file = cluster.home / "cluster.json"
    known = json.loads(file.read_text())
    older = {name: known[name] for name in ("port", "password", "admin_password", "is_kept")}
    file.write_text(json.dumps(older | {"storage": str(cluster.home), "is_prepared": True}))
    with cluster.used():
        assert ask(cluster.serving_url, "select current_user") == "motcua_serving"
        assert ask(cluster.serving_url, "select has_schema_privilege('public', 'CREATE')") is False
        assert ask(cluster.url, "select pg_has_role('motcua_serving', 'MEMBER')") is True


def test_a_copied_folder_has_a_server_of_its_own(cluster: Cluster) -> None:
    """Even where the copy holds the original's `postmaster.pid` and the original runs."""
    with cluster.used():
        pass
    copy = cluster.home.parent / "copy"
    subprocess.run(["cp", "-a", cluster.home, copy], check=True)
    with cluster.used() as url:
        shutil.copy2(cluster.home / "data" / "postmaster.pid", copy / "data" / "postmaster.pid")
        with psycopg.connect(url, autocommit=True) as original:
            original.execute("create table only_in_the_original (a int)")
            other = Cluster(copy, is_durable=False)
            assert not other.is_running
            with other.used() as own:
                assert own.split("@")[1] != url.split("@")[1]
                assert ask(own, "select to_regclass('only_in_the_original')") is None
            original.execute("drop table only_in_the_original")
    shutil.rmtree(copy)
