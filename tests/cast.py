"""The permanent cast: the same people in every test, made in the database through the directory's services.

Use the `cast` fixture (a `Cast`) where a test needs somebody; `login(client, "hoa")` opens a session. Giang
serves in another commune and must see nothing of what happens in An Bình.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connection
from tests.factories.kept_rows import keep_rows, put_rows_back

from motcua.catalogue import queries as catalogue
from motcua.directory import queries
from motcua.kernel.authority import ANONYMOUS, SYSTEM, Actor
from motcua.kernel.models import JournalEntry
from motcua.provisioning.demo.directory import DemoDirectory, load_demo_directory
from motcua.provisioning.demo.procedures import load_demo_pack

if TYPE_CHECKING:
    from django.test import Client

#: Everybody who can act, and nobody (for permission matrices).
EVERYBODY = (
    "nobody",
    "hoa",
    "an_phat",
    "binh",
    "chau",
    "dung",
    "em",
    "giang",
    "hanh",
    "khanh",
    "lan",
    "minh",
    "nga",
    "quang",
    "son",
    "phuc",
)
_USERNAMES = {"an_phat": "anphat"}


@dataclass(frozen=True)
class Cast:
    """Actors by name (`cast.binh`), accounts (`cast.account("binh")`), agencies, parties and places of the
    demo province.
    """

    directory: DemoDirectory

    def actor(self, name: str) -> Actor:
        """The actor as of now: roles given or ended since are seen."""
        return ANONYMOUS if name == "nobody" else queries.actor_of(self.account(name))

    def account(self, name: str) -> UUID:
        return self.directory.accounts[_USERNAMES.get(name, name)]

    def login(self, client: "Client", name: str) -> None:
        """Open a session for somebody without the log-in page."""
        client.force_login(get_user_model().objects.get(pk=self.account(name)))

    @cached_property
    def system(self) -> Actor:
        return SYSTEM

    @cached_property
    def hoa(self) -> Actor:
        """Citizen Nguyễn Thị Hoa."""
        return self.actor("hoa")

    @cached_property
    def an_phat(self) -> Actor:
        """The enterprise An Phát."""
        return self.actor("an_phat")

    @cached_property
    def binh(self) -> Actor:
        """Reception clerk of An Bình; also returns results."""
        return self.actor("binh")

    @cached_property
    def chau(self) -> Actor:
        """Case officer of An Bình."""
        return self.actor("chau")

    @cached_property
    def dung(self) -> Actor:
        """Leader of An Bình: signs."""
        return self.actor("dung")

    @cached_property
    def em(self) -> Actor:
        """Deputy: signs for Dũng by delegation, some procedures only."""
        return self.actor("em")

    @cached_property
    def giang(self) -> Actor:
        """Officer of Yên Hòa: must see nothing of An Bình."""
        return self.actor("giang")

    @cached_property
    def hanh(self) -> Actor:
        """Head of the one-stop desk of An Bình; assigns."""
        return self.actor("hanh")

    @cached_property
    def khanh(self) -> Actor:
        """Records clerk of An Bình: numbers and seals."""
        return self.actor("khanh")

    @cached_property
    def lan(self) -> Actor:
        """Cashier of An Bình."""
        return self.actor("lan")

    @cached_property
    def minh(self) -> Actor:
        """Supervisor at the Province Office."""
        return self.actor("minh")

    @cached_property
    def nga(self) -> Actor:
        """Catalogue manager."""
        return self.actor("nga")

    @cached_property
    def quang(self) -> Actor:
        """Administrator."""
        return self.actor("quang")

    @cached_property
    def son(self) -> Actor:
        """Auditor."""
        return self.actor("son")

    @cached_property
    def phuc(self) -> Actor:
        """Coordinating officer at the Department of Agriculture and Environment."""
        return self.actor("phuc")

    @property
    def an_binh(self) -> UUID:
        """People's Committee of An Bình, where most of the cast serves (H99.11)."""
        return self.directory.agencies["H99.11"]

    @property
    def yen_hoa(self) -> UUID:
        """People's Committee of Yên Hòa, Giang's agency (H99.12)."""
        return self.directory.agencies["H99.12"]

    @property
    def centre(self) -> UUID:
        """The provincial centre (H99.01)."""
        return self.directory.agencies["H99.01"]

    @property
    def justice(self) -> UUID:
        """Department of Justice (H99.02)."""
        return self.directory.agencies["H99.02"]

    @property
    def agriculture(self) -> UUID:
        """Department of Agriculture and Environment (H99.03)."""
        return self.directory.agencies["H99.03"]

    @property
    def hoa_party(self) -> UUID:
        return self.directory.parties["hoa"]

    @property
    def an_phat_party(self) -> UUID:
        return self.directory.parties["anphat"]

    @property
    def commune(self) -> UUID:
        """The territory of An Bình."""
        return self.directory.territories["99004"]

    @property
    def province(self) -> UUID:
        """The territory of Minh Sơn."""
        return self.directory.territories["99"]


def create_cast(password: str | None = None) -> Cast:
    """Make the cast, or find it. Without a password nobody can log in through the page (hashing fifteen takes seconds)."""
    queries.forget()
    return Cast(load_demo_directory(actor=SYSTEM, password=password))


_settled: list[DemoDirectory] = []


def settle_cast() -> None:
    """Make the cast and the demo procedures for all tests of this run and leave no trace: no event, no job."""
    _settled[:] = [create_cast().directory]
    load_demo_pack(actor=SYSTEM)
    JournalEntry.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    keep_rows()


def present_cast() -> Cast:
    """The settled cast with fresh actors; put back where a test that empties tables came before."""
    queries.forget()
    catalogue.forget()
    if queries.account(_settled[0].accounts["son"]) is None:
        put_rows_back()
        queries.forget()
    return Cast(_settled[0])
