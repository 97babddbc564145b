"""The real client: JSON over HTTP.

`POST {url}/v1/personal-numbers` with `{request_id, full_name, birth_on, sex, place_of_registration}` and a bearer token;
`200` or `201` with `{request_id, personal_number}`, `409` and `422` with `{code, detail}` for what it refuses.
"""

import json
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from motcua.directory.adapters.registers.population.protocol import BirthNotice
from motcua.directory.errors import RegisterRefused, RegisterUnreachable
from motcua.kernel.outside import outside

_LARGEST_ANSWER = 64 << 10
_REFUSALS = frozenset({400, 403, 404, 409, 422})
_NAME = "Cơ sở dữ liệu quốc gia về dân cư"


class HttpPopulationRegister:
    """The register at `url`; `timeout` in seconds for each step of the conversation."""

    def __init__(self, url: str, token: str = "", *, timeout: float = 5.0) -> None:
        self._place, self._token, self._timeout = urlsplit(url.rstrip("/")), token, timeout

    def personal_number(self, birth: BirthNotice) -> str:
        outside("the population register")
        status, answer = self._post(
            {
                "request_id": birth.request_id,
                "full_name": birth.full_name,
                "birth_on": birth.birth_on,
                "sex": birth.sex.value,
                "place_of_registration": birth.place_of_registration,
            }
        )
        if status in _REFUSALS:
            raise RegisterRefused(
                register=_NAME, reason=str(answer.get("detail") or answer.get("code") or status)
            )
        number = answer.get("personal_number")
        if status not in (200, 201) or not isinstance(number, str):
            raise RegisterUnreachable(register=_NAME)
        if answer.get("request_id") != birth.request_id:
            raise RegisterUnreachable(register=_NAME)
        return number

    def _post(self, body: dict[str, str]) -> tuple[int, dict[str, object]]:
        kind = HTTPSConnection if self._place.scheme == "https" else HTTPConnection
        connection = kind(self._place.netloc, timeout=self._timeout)
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"}
        try:
            connection.request("POST", f"{self._place.path}/v1/personal-numbers", json.dumps(body), headers)
            response = connection.getresponse()
            answer = json.loads(response.read(_LARGEST_ANSWER) or b"{}")
        except (OSError, HTTPException, ValueError) as trouble:
            raise RegisterUnreachable(register=_NAME) from trouble
        finally:
            connection.close()
        return response.status, answer if isinstance(answer, dict) else {}
