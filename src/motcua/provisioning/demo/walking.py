"""One birth registration (1.001193) from the citizen to the signed, verified result, over HTTP, each with an own key."""

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from motcua.provisioning.demo.client import Client
from motcua.provisioning.demo.steps import Journey, Step

if TYPE_CHECKING:
    from motcua.channels.queries import NoticeView
    from motcua.directory.queries import PartyView

_PROCEDURE = "1.001193"
_HOME = "Thôn Đông, xã An Bình, tỉnh Minh Sơn"
_PARENT = {"ethnicity": "Kinh", "nationality": "Việt Nam", "address": _HOME}
_PATIENCE = 180.0


def _form_of(mother: "PartyView") -> dict[str, Any]:
    """What Hoa fills in: of herself what the directory holds, as the form offers it to her."""
    return {
        "requester": {
            "full_name": mother.full_name,
            "personal_number": mother.number,
            "address": mother.address,
            "relation": "mother",
        },
        "parents": "both",
        "child": {
            "full_name": "Trần Gia Bảo",
            "birth_on": "2026-11-02",
            "sex": "male",
            "ethnicity": "Kinh",
            "nationality": "Việt Nam",
            "birth_place": "Trung tâm y tế khu vực An Bình",
            "hometown": _HOME,
        },
        "mother": {
            "full_name": mother.full_name,
            "birth_on": f"{mother.birth_on:%Y-%m-%d}" if mother.birth_on else "",
            **_PARENT,
        },
        "father": {"full_name": "Trần Văn Nam", "birth_on": "1993-01-20", **_PARENT},
        "are_parents_married": True,
        "marriage": {"number": "12/2020", "issued_on": "2020-03-08", "issuer": "Ủy ban nhân dân xã An Bình"},
        "copies": 0,
        "promise": True,
    }


def _open_the_site(journey: Journey) -> Sequence[str]:
    """The site answers, and everybody in the walk gets a key that lives for a day."""
    from motcua.directory import services as directory
    from motcua.kernel.authority import SYSTEM
    from motcua.provisioning.demo.directory import load_demo_directory

    journey.found["as"] = clients = {}
    demo = load_demo_directory(actor=SYSTEM)
    for name in ("hoa", "binh", "hanh", "chau", "dung", "khanh"):
        _, secret = directory.issue_api_token(
            actor=SYSTEM, account_id=demo.accounts[name], name="demo walk", life=timedelta(days=1)
        )
        clients[name] = Client(journey.base_url, secret)
    journey.found["hoa"], journey.found["chau"] = demo.parties["hoa"], demo.accounts["chau"]
    Client(journey.base_url, "").fetch("/healthz")
    return [journey.link("/")]


def _find_the_procedure(journey: Journey) -> Sequence[str]:
    """Without accents and with a slip, as people type."""
    found = Client(journey.base_url, "").get("/api/v1/procedures?q=dang+ky+khai+sin")
    if not any(hit["code"] == _PROCEDURE for hit in found):
        raise RuntimeError(f"{_PROCEDURE} is not found")
    return [f"“dang ky khai sin” → {found[0]['title']}", journey.link(f"/thu-tuc/{_PROCEDURE}/")]


def _submit(journey: Journey) -> Sequence[str]:
    """Hoa photographs the birth notification, fills in the form and sends; a second send changes nothing."""
    from motcua.directory.queries import party

    hoa: Client = journey.found["as"]["hoa"]
    file = hoa.upload("giay-chung-sinh.pdf", _birth_notification())
    asked = {
        "procedure_code": _PROCEDURE,
        "receiving": "H99.11",
        "applicant_id": str(journey.found["hoa"]),
        "request_key": f"demo-{uuid4()}",
        "form_data": _form_of(party(journey.found["hoa"])),
        "papers": [{"component_key": "birth-notification", "electronic": 1, "file_id": file["id"]}],
    }
    sent = hoa.post("/api/v1/dossiers", asked)
    again = hoa.post("/api/v1/dossiers", asked)
    if again["dossier_id"] != sent["dossier_id"] or not again["is_repeat"]:
        raise RuntimeError("a repeated submission made a second dossier")
    journey.found["dossier"] = sent["dossier_id"]
    return [f"sent twice, one dossier: {sent['dossier_id']}", journey.link(f"/ho-so/{sent['dossier_id']}/")]


def _receive(journey: Journey) -> Sequence[str]:
    """Bình checks and receives: code, due moment, form 01."""
    moved = _move(journey, "binh", "receive")
    journey.found["code"] = moved["code"]
    told = journey.found["as"]["hoa"].get(f"/api/v1/dossiers/{moved['dossier_id']}/reckoning")
    return [f"{moved['code']} · due {moved['due_at']}", *told["words"]]


def _print_the_receipt(journey: Journey) -> Sequence[str]:
    """The worker typesets form 01 in the background."""
    from motcua.dossiers import queries
    from motcua.kernel.authority import SYSTEM

    def made() -> Any:
        page = queries.dossier_page(actor=SYSTEM, dossier_id=journey.found["dossier"])
        return next((form.file_id for form in page.forms if form.code == "01" and form.file_id), None)

    _wait_for(made, "form 01")
    return ["form 01 is ready as PDF/A"]


def _appraise(journey: Journey) -> Sequence[str]:
    _move(journey, "hanh", "assign", assignee_id=str(journey.found["chau"]))
    moved = _move(journey, "chau", "submit_to_leader", reason="Hồ sơ đầy đủ, hợp lệ")
    return [f"state {moved['state']}", journey.link(f"/co-quan/ho-so/{moved['dossier_id']}/")]


def _sign(journey: Journey) -> Sequence[str]:
    """Dũng approves and signs with his token; Khánh numbers and seals with the agency's."""
    _move(journey, "dung", "approve")
    _move(journey, "dung", "sign")
    _move(journey, "khanh", "number_and_seal")
    moved = _move(journey, "khanh", "issue")
    return [f"national status {moved['national_status']}"]


def _verify(journey: Journey) -> Sequence[str]:
    """Hoa fetches the result; anybody can check it."""
    from motcua.documents import queries as custody

    hoa: Client = journey.found["as"]["hoa"]
    page = hoa.get(f"/api/v1/dossiers/{journey.found['dossier']}")
    result = page["results"][0]
    pdf = hoa.fetch(f"/api/v1/files/{result['sealed_file_id']}")
    verification = custody.verify_pdf(pdf)
    if not verification.is_valid:
        raise RuntimeError("the signed result does not verify")
    _compare_the_code(journey, pdf)
    signers = ", ".join(signature.signer for signature in verification.signatures)
    return [
        f"{result['title']} {result['symbol']} · {len(pdf):,} bytes · signed by {signers} · {verification.standing}",
        journey.link("/kiem-tra/"),
    ]


def _compare_the_code(journey: Journey, pdf: bytes) -> None:
    """The number printed on the certificate is the one in its code, as anybody compares them. Raises `RuntimeError`."""
    import pypdfium2

    from motcua.directory.queries import party
    from motcua.documents import queries as custody

    page = pypdfium2.PdfDocument(pdf)[0]
    picture = BytesIO()
    page.render(scale=3).to_pil().save(picture, "PNG")
    number = party(journey.found["hoa"]).number or ""
    codes = [custody.verify_code(text) for text in custody.read_codes(picture) if text.startswith("MC")]
    is_printed = number in page.get_textpage().get_text_range()
    if not is_printed or not any(custody.is_code_of(code.payload, number) for code in codes):
        raise RuntimeError("the number on the certificate is not the one in its code")


def _hand_over(journey: Journey) -> Sequence[str]:
    moved = _move(journey, "binh", "hand_over", received_by="Nguyễn Thị Hoa", proof="Ký nhận tại quầy")
    return [f"national status {moved['national_status']}"]


def _tell(journey: Journey) -> Sequence[str]:
    """Notices reached Hoa's space, and her mailbox."""
    from motcua.channels import queries

    def told() -> Any:
        notices = queries.notices_about(dossier_id=journey.found["dossier"])
        return notices if {"received", "result_ready"} <= {notice.kind for notice in notices} else None

    notices = _wait_for(told, "the notices")
    return [f"{notice.subject} ({_fared(notice)})" for notice in reversed(notices)]


def _fared(notice: "NoticeView") -> str:
    return ", ".join(f"{one.way}: {one.fared}" for one in notice.sendings) or "in her space"


def _audit(journey: Journey) -> Sequence[str]:
    from motcua.dossiers import queries

    report = queries.verify_chain()
    if report.faults:
        raise RuntimeError(f"the chain of passages is broken: {report.faults[:3]}")
    return [f"{report.passages} passages of {report.dossiers} dossiers, no fault"]


def _move(journey: Journey, who: str, move: str, **fields: Any) -> Any:
    client: Client = journey.found["as"][who]
    return client.post(f"/api/v1/dossiers/{journey.found['dossier']}/moves", {"move": move, **fields})


def _wait_for(ready: Callable[[], Any], what: str) -> Any:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        found = ready()
        if found:
            return found
        time.sleep(0.2)
    raise RuntimeError(f"{what} did not come within {_PATIENCE:.0f} s: is the worker running?")


def _birth_notification() -> BytesIO:
    """A paper of the health centre, set in type for the demo."""
    from motcua.documents import services
    from motcua.kernel import clock

    pdf = services.typeset(
        template_name="documents/forms/base.html",
        context={
            "agency": {"parent": "Sở Y tế Minh Sơn", "name": "Trung tâm y tế khu vực An Bình"},
            "place": "An Bình",
            "date": clock.today(),
            "title": "Giấy chứng sinh",
            "subject": "Trẻ Trần Gia Bảo, nam, sinh ngày 02/11/2026, con bà Nguyễn Thị Hoa",
        },
    )
    return BytesIO(pdf)


STEPS: tuple[Step, ...] = (
    Step("The site is open", _open_the_site),
    Step("Hoa finds the procedure", _find_the_procedure),
    Step("Hoa sends her application", _submit),
    Step("Bình receives it at the one-stop desk", _receive),
    Step("The receipt is printed", _print_the_receipt),
    Step("Hạnh assigns, Châu appraises and submits", _appraise),
    Step("Dũng signs, Khánh numbers and seals", _sign),
    Step("Hoa fetches the result and verifies it", _verify),
    Step("Bình hands the paper over", _hand_over),
    Step("Hoa has been told at every turn", _tell),
    Step("The chain of passages is whole", _audit),
)
