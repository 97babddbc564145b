"""Settings of the test suite: everything real, but quick password hashing and a data folder of its own."""

import os
import tempfile

os.environ.setdefault("MOTCUA_SECRET_KEY", "only-for-tests")
os.environ.setdefault("MOTCUA_DATA_DIR", tempfile.mkdtemp(prefix="motcua-test-"))
os.environ.setdefault("MOTCUA_QR_KEY", "only-for-tests")
os.environ.setdefault("MOTCUA_DEMO", "1")
# Pure tests run with nothing set. Whoever asks this address gets a refused connection, not somebody's data.
os.environ.setdefault("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")

from motcua.settings.base import *  # noqa: F403 - the environment must be complete before the base reads it

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
