"""Programs of the cast: a key each, calls in JSON."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.cast import Cast

from motcua.directory import services as directory

API = "/api/v1"


@dataclass(frozen=True)
class Answer:
    """Status, and the JSON document (None where the body is not one)."""

    status: int
    body: Any
    headers: Any

    @property
    def code(self) -> str:
        """The machine code of a problem document."""
        assert self.headers["Content-Type"] == "application/problem+json", self.body
        assert self.body["status"] == self.status
        assert self.body["occurrence"]
        return str(self.body["code"])


class Program:
    """A client with one key."""

    def __init__(self, secret: str) -> None:
        self.secret, self.client = secret, Client()

    def call(self, method: str, path: str, body: Any = None, **query: Any) -> Answer:
        raw = (
            body
            if isinstance(body, bytes | str)
            else json.dumps(body, default=str)
            if body is not None
            else b""
        )
        answer = self.client.generic(
            method,
            API + path,
            raw,
            content_type="application/json",
            query_params=query or None,
            headers={"Authorization": f"Bearer {self.secret}"} if self.secret else {},
        )
        if answer.streaming:
            return Answer(answer.status_code, b"".join(answer), answer.headers)
        is_json = "json" in answer.headers.get("Content-Type", "")
        return Answer(answer.status_code, json.loads(answer.content) if is_json else None, answer.headers)

    def get(self, path: str, **query: Any) -> Answer:
        return self.call("GET", path, **query)

    def post(self, path: str, body: Any = None) -> Answer:
        return self.call("POST", path, body)

    def move(self, dossier_id: str, move: str, **given: Any) -> Answer:
        return self.post(f"/dossiers/{dossier_id}/moves", {"move": move, **given})


Key = Callable[..., str]
ProgramOf = Callable[..., Program]


@pytest.fixture
def key_of(cast: Cast) -> Key:
    """`key_of("binh", "dossier.read")`: a key of Bình, narrowed."""

    def issue(name: str, *permissions: str) -> str:
        _, secret = directory.issue_api_token(
            actor=cast.system,
            account_id=cast.account(name),
            name="kiểm thử",
            life=timedelta(days=1),
            permissions=permissions,
        )
        return secret

    return issue


@pytest.fixture
def program(key_of: Key) -> ProgramOf:
    """`program("binh")`: a program that acts as Bình; `program("")` has no key."""

    def open_(name: str, *permissions: str) -> Program:
        return Program(key_of(name, *permissions) if name else "")

    return open_
