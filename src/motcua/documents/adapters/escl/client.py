"""The real client: eSCL over HTTP. One job, then `NextDocument` until the feeder is empty."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit
from xml.etree import ElementTree

from motcua.documents.adapters.escl.protocol import Capabilities, ScannedSheet, ScanSettings
from motcua.documents.errors import ScannerBusy, ScannerEmpty, ScannerFailed, ScannerUnreachable
from motcua.kernel.outside import outside

_SCAN = "http://schemas.hp.com/imaging/escl/2011/05/03"
_PWG = "http://www.pwg.org/schemas/2010/12/sm"
_LARGEST_ANSWER = 256 << 20
_LARGEST_XML = 1 << 20


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class EsclScanner:
    """A scanner at `url` (`http://192.0.2.7:80/eSCL`). `patience`: seconds to wait for a busy machine or a slow sheet."""

    def __init__(self, url: str, name: str = "", *, timeout: float = 60.0, patience: float = 30.0) -> None:
        self._place = urlsplit(url.rstrip("/"))
        self._name = name or self._place.netloc
        self._timeout, self._patience = timeout, patience

    def capabilities(self) -> Capabilities:
        answer = self._ask("GET", f"{self._place.path}/ScannerCapabilities")
        root = self._xml(answer)
        resolutions = {
            int(e.text or 0) for e in root.iter(f"{{{_SCAN}}}XResolution") if (e.text or "").isdecimal()
        }
        return Capabilities(
            model=next((e.text or "" for e in root.iter(f"{{{_PWG}}}MakeAndModel")), ""),
            resolutions=tuple(sorted(resolutions, reverse=True)),
            has_feeder=root.find(f"{{{_SCAN}}}Adf") is not None,
            has_duplex=next(root.iter(f"{{{_SCAN}}}AdfDuplexInputCaps"), None) is not None,
        )

    def scan(self, settings: ScanSettings) -> Iterator[ScannedSheet]:
        """Sheets as they come. A generator left early cancels the job at the machine."""
        job = self._begin(settings)
        given = 0
        try:
            while (sheet := self._next(job, given)) is not None:
                given += 1
                yield sheet
            job = ""
        finally:
            if job:
                self._cancel(job)

    def _begin(self, settings: ScanSettings) -> str:
        body = _settings_xml(settings)
        end = time.monotonic() + self._patience
        while True:
            answer = self._ask("POST", f"{self._place.path}/ScanJobs", body)
            if answer.status == 201:
                return urlsplit(answer.headers.get("location", "")).path
            if answer.status == 409:
                raise ScannerEmpty(scanner=self._name)
            if answer.status != 503 or time.monotonic() > end:
                raise ScannerBusy(scanner=self._name) if answer.status == 503 else self._failed(0)
            time.sleep(min(1.0, self._patience / 10))

    def _next(self, job: str, given: int) -> ScannedSheet | None:
        end = time.monotonic() + self._patience
        while True:
            try:
                answer = self._ask("GET", f"{job}/NextDocument")
            except ScannerUnreachable as gone:
                raise self._failed(given) from gone
            if answer.status == 200 and answer.body:
                return ScannedSheet(answer.body, answer.headers.get("content-type", "").partition(";")[0])
            if answer.status in (404, 410):
                if given:
                    return None
                raise ScannerEmpty(scanner=self._name)
            if answer.status != 503 or time.monotonic() > end:
                raise self._failed(given)
            time.sleep(min(1.0, self._patience / 10))

    def _cancel(self, job: str) -> None:
        try:
            self._ask("DELETE", job)
        except ScannerUnreachable:
            return

    def _failed(self, given: int) -> ScannerFailed:
        return ScannerFailed(scanner=self._name, pages=given)

    def _xml(self, answer: _Answer) -> ElementTree.Element:
        # Entities are where XML bites; a scanner has no use for them.
        if answer.status != 200 or len(answer.body) > _LARGEST_XML or b"<!DOCTYPE" in answer.body:
            raise ScannerUnreachable(scanner=self._name)
        try:
            return ElementTree.fromstring(answer.body)  # noqa: S314 - no document type, small: checked above
        except ElementTree.ParseError as error:
            raise ScannerUnreachable(scanner=self._name) from error

    def _ask(self, method: str, path: str, body: bytes | None = None) -> _Answer:
        outside("the scanner")
        kind = HTTPSConnection if self._place.scheme == "https" else HTTPConnection
        connection = kind(self._place.hostname or "", self._place.port, timeout=self._timeout)
        try:
            headers = {"Content-Type": "text/xml"} if body else {}
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read(_LARGEST_ANSWER)
            declared = answer.getheader("Content-Length", "")
            if declared.isdecimal() and len(content) < min(int(declared), _LARGEST_ANSWER):
                raise ScannerUnreachable(scanner=self._name)
            return _Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, content)
        except (OSError, HTTPException) as error:
            raise ScannerUnreachable(scanner=self._name) from error
        finally:
            connection.close()


def _settings_xml(settings: ScanSettings) -> bytes:
    mode = "RGB24" if settings.is_colour else "Grayscale8"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><scan:ScanSettings xmlns:scan="{_SCAN}" xmlns:pwg="{_PWG}">'
        "<pwg:Version>2.63</pwg:Version><scan:Intent>Document</scan:Intent><pwg:InputSource>Feeder</pwg:InputSource>"
        f"<scan:ColorMode>{mode}</scan:ColorMode><scan:XResolution>{settings.dpi}</scan:XResolution>"
        f"<scan:YResolution>{settings.dpi}</scan:YResolution><scan:Duplex>{str(settings.is_duplex).lower()}</scan:Duplex>"
        "<pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat></scan:ScanSettings>"
    ).encode()
