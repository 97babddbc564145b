"""A load that is killed leaves tables without indexes; the next start finds it out and puts them back."""

import multiprocessing
import os
import signal
import time
from multiprocessing.connection import Connection
from typing import Any

import pytest
from django.db import connection, connections

from motcua.kernel.copying import mend_tables
from motcua.provisioning.bulk.lives import without_dossier_indexes

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = ["dossiers_dossier", "dossiers_passage", "dossiers_dossierpaper"]


def shape() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = ANY(%(tables)s) UNION ALL "
            "SELECT conrelid::regclass || conname || pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid = ANY(%(tables)s::regclass[]) ORDER BY 1",
            {"tables": TABLES},
        )
        return list(cursor.fetchall())


def load(told: Connection) -> None:
    """A load with a worker that outlives it."""
    with without_dossier_indexes():
        worker = multiprocessing.get_context("fork").Process(target=time.sleep, args=(120,))
        worker.start()
        told.send(worker.pid)
        time.sleep(120)


def test_a_killed_load_is_mended_and_a_living_one_left_alone() -> None:
    before = shape()
    connections.close_all()  # a forked process must not speak on its parent's line
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=load, args=(there,))
    process.start()
    try:
        assert here.poll(60)
        worker = here.recv()
        bare = shape()
        assert len(bare) < len(before) - 10
        assert mend_tables() == []
        assert shape() == bare
    finally:
        process.kill()
        process.join()
    try:
        until = time.monotonic() + 20  # the server has to notice that the line is dead
        while not (mended := mend_tables()) and time.monotonic() < until:
            time.sleep(0.1)
        assert mended == ["dossiers_dossier"]
        assert shape() == before
        assert mend_tables() == []
    finally:
        os.kill(worker, signal.SIGKILL)
