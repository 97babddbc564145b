"""A paper the administration holds is found before it is asked for, and only by those it may serve."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from tests.cast import Cast
from tests.factories.signing import plain_pdf

from motcua.documents import services as custody
from motcua.documents.queries import PaperSource, PaperView, TrustLevel
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM
from motcua.warehouse import queries as warehouse

pytestmark = pytest.mark.django_db


def record(cast: Cast, **changes: Any) -> PaperView:
    """A birth certificate of Hoa's, as authoritative as can be unless told otherwise."""
    kept = custody.keep_file(
        actor=SYSTEM, stream=BytesIO(plain_pdf()), filename="ks.pdf", owner_party_id=cast.hoa_party
    )
    order: dict[str, Any] = {
        "kind_code": "KS",
        "owner_party_id": cast.hoa_party,
        "source": PaperSource.RESULT,
        "trust": TrustLevel.AUTHORITATIVE,
    }
    return custody.record_paper(actor=SYSTEM, file_id=kept.id, **(order | changes))


def offered(party: UUID, **conditions: Any) -> UUID | None:
    found = warehouse.reusable(party, ["KS"], **conditions).get("KS")
    return found.id if found else None


def test_looking_for_a_paper_before_asking_for_it(cast: Cast) -> None:
    party, today = cast.hoa_party, clock.today()
    tomorrow = today + timedelta(days=1)
    assert offered(party) is None
    record(cast, source=PaperSource.CITIZEN_UPLOAD, trust=TrustLevel.DECLARED)
    assert offered(party) is None, "nobody compared it with the original"
    scanned = record(cast, source=PaperSource.COUNTER_SCAN, trust=TrustLevel.COMPARED)
    expiring = record(cast, valid_until=today)
    assert offered(party) == expiring.id, "the better proved one first, on its last day still"
    assert offered(party, on=tomorrow) == scanned.id
    assert offered(party, on=tomorrow, least=TrustLevel.SIGNED) is None


def test_an_ended_paper_is_not_offered(cast: Cast) -> None:
    paper = record(cast)
    assert offered(cast.hoa_party) == paper.id
    custody.revoke_paper(actor=SYSTEM, paper_id=paper.id, reason="Cấp sai")
    assert offered(cast.hoa_party) is None


def test_papers_lie_in_one_warehouse_only(cast: Cast) -> None:
    paper = record(cast)
    assert warehouse.held([paper.id], [cast.hoa_party]).keys() == {paper.id}
    assert warehouse.held([paper.id], [cast.an_phat_party]) == {}
    assert warehouse.held([paper.id], []) == {}
