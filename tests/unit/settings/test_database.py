"""The database's address as an operator writes it, and what the driver is given."""

import pytest

from motcua.settings.environment import SettingMissing, database

BOUNDS = ("MOTCUA_STATEMENT_SECONDS", "MOTCUA_LOCK_SECONDS", "MOTCUA_IDLE_TRANSACTION_SECONDS")


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in BOUNDS:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        ("postgres://u:p@db/x", "db", ""),
        ("postgres://u:p@db:5433/x", "db", "5433"),
        ("postgres://u:p@a:5432,b:5433/x?target_session_attrs=read-write", "a,b", "5432,5433"),
        ("postgres://u:p@a,b:5433,c/x", "a,b,c", ",5433,"),
        ("postgres://u:p%40q@[::1]:5433,[fe80::2]/x", "::1,fe80::2", "5433,"),
        ("postgres:///x?host=/run/postgresql&port=5434", "/run/postgresql", "5434"),
    ],
)
def test_hosts_and_ports(monkeypatch: pytest.MonkeyPatch, address: str, host: str, port: str) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    found = database("DATABASE_URL")
    assert (found["HOST"], found["PORT"], found["NAME"]) == (host, port, "x")
    if "@" in address:
        assert found["USER"] == "u"
    assert found["OPTIONS"].get("target_session_attrs", "read-write") == "read-write"


@pytest.mark.parametrize("address", ["postgres://u@a:port/x", "postgres://u@a:1,b:2x/x", "mysql://u@a/x"])
def test_what_is_no_address_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(SettingMissing):
        database("DATABASE_URL")


def test_nothing_lasts_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://u@a/x")
    assert database("DATABASE_URL")["OPTIONS"]["options"] == (
        "-c statement_timeout=60s -c lock_timeout=20s -c idle_in_transaction_session_timeout=300s"
    )
    monkeypatch.setenv("MOTCUA_LOCK_SECONDS", "0")
    monkeypatch.setenv("DATABASE_URL", "postgres://u@a/x?options=-c%20work_mem%3D8MB")
    assert database("DATABASE_URL")["OPTIONS"]["options"] == (
        "-c work_mem=8MB -c statement_timeout=60s -c idle_in_transaction_session_timeout=300s"
    )
    for name in BOUNDS:
        monkeypatch.setenv(name, "0")
    monkeypatch.setenv("DATABASE_URL", "postgres://u@a/x")
    assert "options" not in database("DATABASE_URL")["OPTIONS"]


def test_a_pooler_is_given_neither_statements_nor_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://u@a/x?prepared=0")
    assert database("DATABASE_URL")["OPTIONS"] == {"prepare_threshold": None}
