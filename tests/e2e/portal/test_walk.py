"""Every page of the portal, as a stranger and as a citizen meet it on the smallest phone: nothing wider than the screen, nothing
serious for axe, the main act possible without scripts, and in English nothing Vietnamese that is not marked as such.

A new address of the portal that answers `GET` with a page has to be walked here, or say why not (`NOT_PAGES`).
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Response
from tests.cast import EVERYBODY, Cast, present_cast
from tests.e2e.portal.test_journeys import log_in
from tests.factories.dossiers import BIRTH, BIRTH_FORM, in_work, received, submitted
from tests.factories.drafts import fill_in
from tests.factories.signing import plain_pdf

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.documents import services as custody
from motcua.documents.queries import PaperSource, TrustLevel
from motcua.dossiers import services
from motcua.kernel.authority import SYSTEM
from motcua.kernel.clock import today
from motcua.payments import queries as money
from motcua.payments import services as payments
from motcua.web.kit.login import urls as login_urls
from motcua.web.portal import urls as portal_urls
from motcua.web.portal.verification import urls as verification_urls

OpenPage = Callable[..., Page]
Findings = Callable[[Page], list[str]]
#: Addresses of the portal that are no pages: acts, files, what scripts and programs ask for; pages of a log-in under way have
#: journeys of their own.
NOT_PAGES = frozenset(
    {
        "portal:begin",
        "portal:autosave",
        "portal:save_answer",
        "portal:fees",
        "portal:renew",
        "portal:draft_upload",
        "portal:draft_upload_piece",
        "portal:draft_file",
        "portal:answer_file",
        "portal:answer_upload",
        "portal:answer_upload_piece",
        "portal:upload",
        "portal:upload_piece",
        "portal:file",
        "portal:file_text",
        "portal:own_paper_file",
        "portal:receipt_file",
        "portal:looked_up_receipt",
        "portal:choose_place",
        "portal:robots",
        "portal:sitemap",
        "portal:security",
        "portal:favicon",
        "login:log_out",
        "login:identity",
        "login:identity_back",
        "login:identity_ended",
        "login:second_factor",
        "login:set_up_second_factor",
        "login:new_password",
    }
)
#: Names, and what people typed, are in no language of the page. The money's sign and symbols of decisions neither; nor what
#: peoples and countries are called in lists to search.
NAMES = (
    "Một Cửa",
    "tỉnh Minh Sơn",
    "Trần Gia Bảo",
    "Trần Văn Nam",
    "Thôn Đông",
    "xã An Bình",
    "Trung tâm y tế khu vực An Bình",
    "Ảnh bị mờ.",
    "khai sinh ·",
)

#: Text nodes and told attributes with letters only Vietnamese has, where the nearest `lang` is not Vietnamese.
UNMARKED = """names => {
  const letters = /[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i
  const bare = text => names.reduce((left, name) => left.replaceAll(name, ''), text)
    .replace(/[0-9] đ/g, '').replace(/[0-9]+.QĐ-[A-Z]+/g, '')
  const marked = node => (node.closest('[lang]')?.lang || '').startsWith('vi')
  const found = []
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement
    if (node.matches('script, style, textarea, [data-search-list] option') || marked(node)) continue
    if (letters.test(bare(walker.currentNode.data))) found.push(walker.currentNode.data.trim().slice(0, 90))
  }
  for (const node of document.querySelectorAll('[aria-label], [alt], [title], [placeholder]')) {
    for (const name of ['aria-label', 'alt', 'title', 'placeholder']) {
      const text = node.getAttribute(name)
      if (text && letters.test(bare(text)) && !marked(node)) found.push(name + ': ' + text.slice(0, 90))
    }
  }
  return [...new Set(found)]
}"""
#: Forms that send something but have no visible button to send it with.
UNSENDABLE = """() => [...document.querySelectorAll('main form')].filter(form => form.checkVisibility())
  .filter(form => ![...form.elements].some(one => one.type === 'submit' && one.checkVisibility()))
  .map(form => form.outerHTML.slice(0, 120))"""


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return present_cast()


@pytest.fixture
def places(people: Cast) -> Mapping[str, list[str]]:
    """Name of the address → where it leads in this world."""
    complete = services.begin_draft(actor=people.hoa, procedure_code=BIRTH)
    fill_in(people.hoa, complete.id, applicant_id=people.hoa_party)
    asked = in_work(people)
    services.ask_supplement(
        actor=people.chau, dossier_id=asked, reason="Ảnh bị mờ.", items=["Giấy chứng sinh"]
    )
    paid = received(people, form_data={**BIRTH_FORM, "copies": 2}).dossier_id
    payments.take_payment(actor=people.lan, charge_ids=[charge.id for charge in money.charges_of(paid)])
    sent = submitted(people).dossier_id
    ended = submitted(people).dossier_id
    services.withdraw_dossier(actor=people.hoa, dossier_id=ended, reason="Khai nhầm")
    agency = directory.agency("H99.11")
    assert agency.is_in_force(today())
    codes: dict[str, list[Any]] = {
        "portal:procedure": [["1.001193"], ["2.000815"]],
        "portal:blank_form": [["1.001193"]],
        "portal:field": [[catalogue.fields_offered()[0].code]],
        "portal:life_event": [["birth"]],
        "verification:paper": [[_paper_in_force(people)]],
    }
    for name in ("tasks", "place", "people", "form", "papers", "review", "discard"):
        codes[f"portal:{name}"] = [[complete.id]]
    codes["portal:dossier"] = [[asked], [paid], [sent], [ended]]
    for name, dossier_id in (
        ("sent", sent),
        ("supplement", asked),
        ("take_back", sent),
        ("apply_again", ended),
        ("withdraw", sent),
    ):
        codes[f"portal:{name}"] = [[dossier_id]]
    found = {}
    for name in pages():
        found[name] = [reverse(name, args=args) for args in codes.get(name, [[]])]
    found["portal:search"] += [
        f"{reverse('portal:search')}?q=khai sinh",
        f"{reverse('portal:search')}?q=qqzzxx",
    ]
    found["portal:track"] += [f"{reverse('portal:track')}?ma=H99.11-260101-0001"]
    return found


def _paper_in_force(people: Cast) -> str:
    """The verification code of a paper that was issued."""
    code = custody.new_verification_code()
    file = custody.keep_file(actor=people.binh, stream=BytesIO(plain_pdf()), filename="ket-hon.pdf")
    custody.record_paper(
        actor=SYSTEM,
        file_id=file.id,
        kind_code="KQ.G15.000032",
        source=PaperSource.RESULT,
        trust=TrustLevel.AUTHORITATIVE,
        title="Giấy chứng nhận kết hôn",
        number="12",
        issuer="UBND xã An Bình",
        issued_on=date(2020, 3, 8),
        verification_code=code,
    )
    return code


def pages() -> Iterator[str]:
    for space, module in (
        ("portal", portal_urls),
        ("verification", verification_urls),
        ("login", login_urls),
    ):
        for pattern in module.urlpatterns:
            if f"{space}:{pattern.name}" not in NOT_PAGES:
                yield f"{space}:{pattern.name}"


@pytest.mark.parametrize("who", ["stranger", "hoa"])
def test_every_page_holds_on_the_smallest_phone(
    live_server: object,
    people: Cast,
    places: Mapping[str, list[str]],
    open_page: OpenPage,
    serious_findings: Findings,
    who: str,
) -> None:
    page, english = open_page(width=320), open_page(width=320, locale="en-US", scripts=False)
    names = [*NAMES, *(people.actor(one).name for one in EVERYBODY if one != "nobody")]
    faults: list[str] = []
    page.on("response", lambda answer: faults.extend(_lost(answer)))
    if who != "stranger":
        for one in (page, english):
            log_in(one, live_server, people, who)
    for address in [*(one for some in places.values() for one in some), "/khong-co-trang-nay/"]:
        answer = page.goto(f"{live_server}{address}")
        assert answer is not None
        if answer.status >= 500 or (
            who == "stranger" and "/dang-nhap/" in page.url and address != "/dang-nhap/"
        ):
            faults += [f"{address}: {answer.status}"] * (answer.status >= 500)
            continue
        faults += [f"{address}: axe {one}" for one in serious_findings(page)]
        faults += _wide(page, address)
        english.goto(f"{live_server}{address}")
        assert english.evaluate("document.documentElement.lang") == "en"
        faults += _wide(english, f"{address} in English, without scripts")
        faults += [f"{address}: no button without scripts: {form}" for form in english.evaluate(UNSENDABLE)]
        faults += [f"{address}: not English: {text}" for text in english.evaluate(UNMARKED, names)]
    assert faults == [], "\n".join(faults)


def _lost(answer: Response) -> list[str]:
    """What a page asks for by itself has to be there."""
    is_own = answer.status >= 400 and answer.request.resource_type != "document"
    return [f"{answer.frame.url} asks for {answer.url}: {answer.status}"] if is_own else []


def _wide(page: Page, what: str) -> list[str]:
    width = page.evaluate("document.documentElement.scrollWidth")
    return [f"{what}: {width} pixels wide"] if width > 320 else []
