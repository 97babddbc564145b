"""Fixtures every test may use."""

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.utils import translation
from hypothesis import settings as examples

from motcua.kernel import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker, Settings
    from tests.cast import Cast
    from tests.factories.signing import SigningWorld

PROJECT = Path(__file__).resolve().parents[1]

# How long an example takes says how busy the machine is, not whether the program is right.
examples.register_profile("motcua", deadline=None)
examples.load_profile("motcua")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests run last: the browser's driver leaves an event loop running in its process, and signing wants its own."""
    items.sort(key=lambda item: item.path.is_relative_to(PROJECT / "tests" / "e2e"))


def pytest_collection_finish() -> None:
    """What collecting loaded stays for the whole run; the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(autouse=True)
def _language() -> "Iterator[None]":
    """A test that reads a page in English does not leave the next one in English."""
    yield
    translation.deactivate()


@pytest.fixture
def clock_stands() -> "Iterator[None]":
    """For tests that count statements: what a process remembers for seconds is asked again where a test takes longer."""
    with clock.frozen(clock.now()):
        yield


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data that stands beside the repository; tests that need it skip where it is absent."""
    folder = PROJECT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real data of ../shared/data is not on this machine")
    return folder


@pytest.fixture(scope="session")
def shared_cases() -> Path:
    """The folder of inputs that went wrong; tests that need it skip where it is absent."""
    folder = PROJECT.parent / "shared" / "cases"
    if not folder.is_dir():
        pytest.skip("the inputs of ../shared/cases are not on this machine")
    return folder


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> None:
    """The cast and the procedures stand in every test database from the start; making them in each test takes minutes."""
    from tests.cast import settle_cast  # models are importable only once Django is configured

    with django_db_blocker.unblock():
        settle_cast()


@pytest.fixture
def cast(db: None) -> "Cast":
    """Everybody, in the database of this test."""
    from tests.cast import present_cast

    return present_cast()


@pytest.fixture
def signing(cast: "Cast", settings: "Settings") -> "Iterator[SigningWorld]":
    """Real tokens and a running time-stamp authority; Dũng, Em and the seal of An Bình are entrusted with keys."""
    from tests.factories.signing import signing_world

    from motcua.documents import services
    from motcua.kernel.authority import SYSTEM
    from simulators.hsm import module_path

    world = signing_world()
    settings.MOTCUA_TSA_URL = world.server.authority.tsa_url
    settings.MOTCUA_TRUST_ROOTS = str(world.server.authority.trust_path)
    settings.MOTCUA_PKCS11_MODULE = module_path()
    settings.MOTCUA_VERIFY_ONLINE = False
    for name in ("dung", "em"):
        services.register_signing_key(
            actor=SYSTEM, label=name, identity=world.token(name).identity(), account_id=cast.account(name)
        )
    services.register_signing_key(
        actor=SYSTEM,
        label="seal-H99.11",
        identity=world.token("seal-H99.11").identity(),
        agency_id=cast.an_binh,
    )
    yield world
    world.server.application.faults = {}
