"""The verification of digitization: what wants eyes, the rates, who may see."""

import pytest
from django.test import Client
from tests.cast import Cast
from tests.factories.dossiers import received
from tests.factories.scans import paper, scan
from tests.integration.documents.scanning.desk import do_the_work, scanned_batch

from motcua.documents.models import ScanPage

pytestmark = pytest.mark.django_db
QUEUE = "/co-quan/so-hoa/"


def client_of(cast: Cast, name: str) -> Client:
    client = Client()
    cast.login(client, name)
    return client


def test_a_doubtful_page_is_shown_with_its_reason_until_somebody_looked(cast: Cast) -> None:
    dossier = received(cast)
    batch_id = scanned_batch(cast, ("giay.pdf", scan([paper()])), dossier_code=dossier.code or "")
    do_the_work(batch_id)
    ScanPage.objects.filter(batch=batch_id).update(state="doubtful", findings={"blurred": 0.1})
    page = ScanPage.objects.get(batch=batch_id)
    chau = client_of(cast, "chau")
    shown = chau.get(QUEUE).content.decode()
    assert "Ảnh mờ" in shown
    assert "100,0 %" in shown
    assert "Khác dữ liệu đã có" in shown
    assert "Tờ khai ghi: Nguyễn Thị Hoa" in shown
    assert chau.get(f"{QUEUE}trang/{page.id}/anh.jpg").headers["Content-Type"] == "image/jpeg"

    giang = client_of(cast, "giang")
    assert "Ảnh mờ" not in giang.get(QUEUE).content.decode()
    assert giang.get(f"{QUEUE}trang/{page.id}/anh.jpg").status_code == 404
    assert giang.post(f"{QUEUE}trang/{page.id}/da-xem/").status_code == 404
    assert client_of(cast, "hoa").get(QUEUE).status_code == 404

    chau.post(f"{QUEUE}trang/{page.id}/da-xem/")
    assert "Không có trang nào cần xem" in chau.get(QUEUE).content.decode()
