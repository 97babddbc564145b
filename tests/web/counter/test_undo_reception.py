"""A receipt by mistake is undone at the desk, on its day, and stands apart in the day book."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests.cast import Cast
from tests.factories.dossiers import registered

from motcua.dossiers.models import Dossier
from motcua.dossiers.words import State
from motcua.kernel import clock

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


def test_the_desk_undoes_it_and_the_day_book_tells(cast: Cast, as_: As) -> None:
    moved = registered(cast)
    binh, here = as_("binh"), f"/quay/ho-so/{moved.dossier_id}/"
    assert "Hủy tiếp nhận nhầm" in binh.get(here).content.decode()
    refused = binh.post(f"{here}huy-tiep-nhan/", {"reason": " "})
    assert refused.status_code == 422
    done = binh.post(f"{here}huy-tiep-nhan/", {"reason": "Nhận nhầm người"}, follow=True)
    assert "Đã hủy tiếp nhận." in done.content.decode()
    assert Dossier.objects.get(pk=moved.dossier_id).state == State.STOPPED
    book = binh.get("/quay/so-ngay/").content.decode()
    assert "Trong đó 1 hồ sơ tiếp nhận nhầm, đã hủy" in book
    assert "Nhận nhầm người" in book
    assert "mc-tag--done" not in book, "green is for what has a result"
    assert as_("giang").post(f"{here}huy-tiep-nhan/", {"reason": "x"}).status_code == 404


def test_the_next_day_it_is_not_offered_and_refused(cast: Cast, as_: As) -> None:
    moved = registered(cast)
    with clock.frozen(clock.now() + timedelta(days=1)):
        binh, here = as_("binh"), f"/quay/ho-so/{moved.dossier_id}/"
        assert "Hủy tiếp nhận nhầm" not in binh.get(here).content.decode()
        late = binh.post(f"{here}huy-tiep-nhan/", {"reason": "muộn"})
    assert late.status_code == 409
    assert "trong ngày tiếp nhận" in late.content.decode()


def test_the_citizen_reads_whose_mistake_it_was(cast: Cast, as_: As) -> None:
    moved = registered(cast)
    as_("binh").post(f"/quay/ho-so/{moved.dossier_id}/huy-tiep-nhan/", {"reason": "Nhận nhầm thủ tục"})
    page = as_("hoa").get(f"/ho-so/{moved.dossier_id}/").content.decode()
    assert "Nhận nhầm thủ tục" in page
    assert "Công dân yêu cầu rút hồ sơ" not in page
