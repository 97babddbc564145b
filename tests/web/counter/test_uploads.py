"""Papers at the desk in pieces: by the same protocol as everywhere, several to a paper, never lost before one is chosen."""

from uuid import UUID

import pytest
from django.test import Client
from tests.cast import Cast
from tests.factories.dossiers import submitted
from tests.factories.signing import plain_pdf
from tests.factories.transfers import opened, tus
from tests.web.counter.test_desk import DESK, PIXEL, As, screen

from motcua.documents.models import FileRecord
from motcua.dossiers import queries

pytestmark = pytest.mark.django_db
KEY = "birth-notification"
AT = f"{DESK}tep/tai-len/"


def sent(client: Client, name: str, content: bytes, address: str = AT) -> dict[str, str]:
    where = opened(client, address, len(content), name)
    half = len(content) // 2
    assert tus(client, "PATCH", where, content[:half], Upload_Offset="0").status_code == 204
    last = tus(
        client, "PATCH", where, content[half:], Upload_Offset=str(half), Prefer="return=representation"
    )
    assert last.status_code == 200
    told: dict[str, str] = last.json()
    return told


def kept(told: dict[str, str], key: str) -> str:
    return f"{key}:{told['file_id']}:{told['filename']}"


def test_files_in_pieces_go_to_the_paper_chosen_and_are_received_together(cast: Cast, as_: As) -> None:
    client = as_("binh")
    one, two = sent(client, "mặt trước.png", PIXEL), sent(client, "mặt sau.pdf", plain_pdf())
    body = screen(cast, act="keep", hand=KEY) | {"kept": [kept(one, "hand"), kept(two, "hand")]}
    page = client.post(DESK, body)
    assert "mặt trước.png" in page.content.decode()
    assert "mặt sau.pdf" in page.content.decode()
    lines = {f"p.{KEY}.file": one["file_id"], f"p.{KEY}.more": two["file_id"]}
    received = client.post(DESK, screen(cast, **lines), follow=True)
    papers = [paper.file_id for paper in received.context["page"].papers if paper.component_key == KEY]
    assert papers == [UUID(one["file_id"]), UUID(two["file_id"])]


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_the_file_that_is_named_is_taken_off_its_paper(cast: Cast, as_: As, gone: int) -> None:
    client = as_("binh")
    files = [sent(client, f"trang {n}.png", PIXEL) for n in (1, 2, 3)]
    lines = {f"p.{KEY}.file": files[0]["file_id"], f"p.{KEY}.more": [one["file_id"] for one in files[1:]]}
    page = client.post(
        DESK, screen(cast, act=f"drop:{KEY}:{files[gone]['file_id']}") | lines
    ).content.decode()
    assert "drop:" in page
    there = [f"drop:{KEY}:{one['file_id']}" in page for one in files]
    assert there == [n != gone for n in range(3)]


def test_a_file_waits_until_a_paper_is_chosen_for_it(cast: Cast, as_: As) -> None:
    client = as_("binh")
    told = sent(client, "ảnh.png", PIXEL)
    page = client.post(DESK, screen(cast, act="keep", hand="") | {"kept": kept(told, "hand")})
    assert "Chọn giấy tờ mà tệp này thuộc về" in page.content.decode()
    assert f'value="{kept(told, "hand")}"' in page.content.decode()


def test_the_person_known_already_owns_the_file(cast: Cast, as_: As) -> None:
    client = as_("binh")
    told = sent(client, "ảnh.png", PIXEL, f"{AT}?cua={cast.hoa_party}")
    assert FileRecord.objects.get(pk=told["file_id"]).owner_party_id == cast.hoa_party
    unknown = "0199f000-0000-7000-8000-000000000000"
    header = {"Upload_Length": "5", "Upload_Metadata": ""}
    assert tus(client, "POST", f"{AT}?cua={unknown}", **header).status_code == 404


def test_a_dossier_sent_online_is_received_with_files_in_pieces(cast: Cast, as_: As) -> None:
    dossier_id = submitted(cast).dossier_id
    client = as_("binh")
    page = client.get(f"/quay/ho-so/{dossier_id}/").content.decode()
    assert f'data-transfers="{AT}?cua={cast.hoa_party}"' in page
    told = [sent(client, name, PIXEL) for name in ("một.png", "hai.png")]
    body = {
        "seen": queries.dossier_page(actor=cast.binh, dossier_id=dossier_id).revision,
        f"p.{KEY}.originals": "1",
        "kept": [kept(one, KEY) for one in told],
    }
    assert client.post(f"/quay/ho-so/{dossier_id}/tiep-nhan/", body).status_code == 302
    papers = queries.dossier_page(actor=cast.binh, dossier_id=dossier_id).papers
    there = {str(paper.file_id) for paper in papers if paper.component_key == KEY}
    assert {one["file_id"] for one in told} <= there


def test_a_transfer_of_another_officer_does_not_exist(cast: Cast, as_: As) -> None:
    where = opened(as_("binh"), AT, 10, "a.pdf")
    assert tus(as_("hanh"), "PATCH", where, b"12345", Upload_Offset="0").status_code == 404
