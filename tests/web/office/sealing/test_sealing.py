"""The seal clerk's page: the queue, a batch with one PIN, copies left without, who may see."""

import pytest
from django.test import Client
from tests.cast import Cast
from tests.factories.signing import SigningWorld
from tests.integration.documents.scanning.test_sealing_copies import signed_copy

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
QUEUE = "/co-quan/dong-dau/"


def client_of(cast: Cast, name: str) -> Client:
    client = Client()
    cast.login(client, name)
    return client


def test_signed_copies_are_looked_at_left_taken_back_and_sealed(cast: Cast, signing: SigningWorld) -> None:
    khanh = client_of(cast, "khanh")
    assert "Không có bản sao nào chờ đóng dấu" in khanh.get(QUEUE).content.decode()
    copy_id, dossier_id = signed_copy(cast, signing)
    assert "1 bản sao chờ đóng dấu" in khanh.get("/co-quan/").content.decode()
    shown = khanh.get(QUEUE).content.decode()
    assert f'value="{copy_id}"' in shown
    assert f"/co-quan/ho-so/{dossier_id}/" in shown
    file = khanh.get(f"{QUEUE}{copy_id}/tep/")
    assert file.headers["Content-Type"] == "application/pdf"

    def post(**data: str) -> str:
        return khanh.post(QUEUE, data, follow=True).content.decode()

    assert "Chưa chọn bản sao nào" in post(act="seal", pin="x")
    assert "Đã để 1 bản sao không dấu" in post(act="waive", copy=str(copy_id))
    assert "Đã để không dấu (1)" in khanh.get(QUEUE).content.decode()
    assert "1 bản sao lại chờ đóng dấu" in post(act="restore", copy=str(copy_id))
    refused = post(act="seal", copy=str(copy_id), pin="0000")
    assert "Đã đóng dấu" not in refused
    assert f'value="{copy_id}"' in refused
    done = post(act="seal", copy=str(copy_id), pin=signing.hsm.pins["seal-H99.11"])
    assert "Đã đóng dấu 1 bản sao" in done
    assert "Không có bản sao nào chờ đóng dấu" in done
    assert khanh.get(f"{QUEUE}{copy_id}/tep/").status_code == 404


def test_out_of_scope_it_does_not_exist(cast: Cast, signing: SigningWorld) -> None:
    copy_id, _ = signed_copy(cast, signing)
    khanh = client_of(cast, "khanh")
    assert khanh.get(f"{QUEUE}?co-quan={cast.yen_hoa}").status_code == 404
    unknown = khanh.post(QUEUE, {"act": "waive", "copy": str(cast.an_binh)})
    assert unknown.status_code == 404
    assert khanh.post(QUEUE, {"act": "burn", "copy": str(copy_id)}).status_code == 404
    for name in ("binh", "chau", "dung", "giang", "minh"):
        assert client_of(cast, name).get(f"{QUEUE}{copy_id}/tep/").status_code == 403
        assert client_of(cast, name).post(QUEUE, {"act": "waive", "copy": str(copy_id)}).status_code == 403
    assert client_of(cast, "hoa").get(QUEUE).status_code == 404
