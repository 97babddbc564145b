"""Settings of the test suite: everything real, but quick password hashing and a data folder of its own."""

import os
import tempfile

os.environ.setdefault("MOTCUA_SECRET_KEY", "only-for-tests")
os.environ.setdefault("MOTCUA_DATA_DIR", tempfile.mkdtemp(prefix="motcua-test-"))
os.environ.setdefault("MOTCUA_QR_KEY", "only-for-tests")
os.environ.setdefault("MOTCUA_DEMO", "1")
# Pure tests run with nothing set. Whoever asks this address gets a refused connection, not somebody's data.
os.environ.setdefault("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")
# Tests share their machine with others: what takes long there is no fault.
os.environ.setdefault("MOTCUA_STATEMENT_SECONDS", "0")
os.environ.setdefault("MOTCUA_LOCK_SECONDS", "0")
os.environ.setdefault("MOTCUA_IDLE_TRANSACTION_SECONDS", "0")
# Where a test sends by SMTP without naming a server, nobody listens.
os.environ.setdefault("MOTCUA_SMTP_HOST", "127.0.0.1")
os.environ.setdefault("MOTCUA_SMTP_PORT", "1")

from motcua.settings.base import *  # noqa: F403 - the environment must be complete before the base reads it

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
