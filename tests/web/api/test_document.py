"""The OpenAPI document: valid, complete, and true when a machine tries it out."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounds
from openapi_spec_validator import OpenAPIV31SpecValidator
from tests.cast import Cast
from tests.factories.dossiers import received
from tests.web.api.conftest import API, Key

from motcua.web.api.acts import ACTS
from motcua.web.api.urls import api

#: What no answer to a stranger may contain.
_SECRETS = ("Nguyễn Thị Hoa", "040195000123", "0912345678", "Traceback", "motcua/", "psycopg")


@pytest.fixture
def document() -> Any:
    answer = Client().get(f"{API}/openapi.json")
    assert answer.status_code == 200
    return answer.json()


def test_the_document_is_valid_and_names_every_act(document: Any) -> None:
    OpenAPIV31SpecValidator(document).validate()
    assert document["openapi"].startswith("3.1")
    named = document["components"]["schemas"]["MoveIn"]["properties"]["move"]["enum"]
    assert set(named) == set(ACTS)


def test_every_operation_says_what_it_refuses(document: Any) -> None:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            answers = operation["responses"]
            assert operation["summary"], path
            assert "default" in answers, (method, path)
            content = answers["default"]["content"]
            assert list(content) == ["application/problem+json"], (method, path)


def test_only_public_operations_need_no_key(document: Any) -> None:
    free = {
        path
        for path, operations in document["paths"].items()
        for operation in operations.values()
        if not operation.get("security")
    }
    assert free == {f"{API}/track/{{code}}", f"{API}/procedures", f"{API}/procedures/{{code}}"}


@pytest.fixture
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["hoa", "binh", "giang", ""])
def test_a_machine_tries_everything_and_breaks_nothing(
    cast: Cast, key_of: Key, name: str, quiet: None, settings: Any
) -> None:
    """No server error, no answer the document does not describe, nothing about Hoa to strangers."""
    settings.MOTCUA_LOOKUPS_PER_MINUTE = 10**6
    dossier_id = received(cast).dossier_id
    headers = {"Authorization": f"Bearer {key_of(name)}"} if name else {}
    client = Client(raise_request_exception=False)
    for found in schemathesis.openapi.from_dict(api.get_openapi_schema()).get_all_operations():
        operation: Any = found
        _try(operation.ok(), client, headers, str(dossier_id), is_stranger=name in ("giang", ""))


def _try(
    operation: Any, client: Client, headers: dict[str, str], dossier_id: str, *, is_stranger: bool
) -> None:
    @given(case=operation.as_strategy())
    @bounds(
        max_examples=12,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def attempt(case: Any) -> None:
        if "dossier_id" in (case.path_parameters or {}):
            case.path_parameters["dossier_id"] = dossier_id
        sent = case.as_transport_kwargs(base_url="http://localhost")
        body = sent.get("data")
        if body is None:
            body = json.dumps(sent["json"]) if sent.get("json") is not None else b""
        answer = client.generic(
            case.method,
            case.formatted_path,
            body,
            content_type="application/json",
            query_params=sent.get("params") or None,
            headers=headers,
        )
        content = b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code < 500, (case.method, case.formatted_path, body, content[:300])
        said = content.decode(errors="replace")
        assert answer.status_code < 400 or answer.headers["Content-Type"] == "application/problem+json"
        if is_stranger:
            assert not [secret for secret in _SECRETS if secret in said], said[:300]

    attempt()
