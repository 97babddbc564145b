"""The seal clerk's tray of results: one PIN for several, each for itself; and what a leader sends back from the signing tray."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from tests.cast import Cast
from tests.factories.dossiers import at_leader
from tests.factories.signing import SigningWorld

from motcua.documents.errors import SigningStopped, WrongPin
from motcua.dossiers import queries, services
from motcua.dossiers.models import Dossier, Passage, Result
from motcua.dossiers.words import State

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
HERE = "/co-quan/dong-dau/ket-qua/"
SIGNING = "/co-quan/trinh-ky/"


def signed(cast: Cast, signing: SigningWorld) -> UUID:
    dossier_id = at_leader(cast)
    services.approve(actor=cast.dung, dossier_id=dossier_id)
    services.sign_result(actor=cast.dung, dossier_id=dossier_id, pin=signing.hsm.pins["dung"])
    return dossier_id


def states(*dossier_ids: UUID) -> list[str]:
    return [Dossier.objects.get(pk=one).state for one in dossier_ids]


def test_several_are_numbered_sealed_and_issued_with_one_pin(
    cast: Cast, as_: As, signing: SigningWorld
) -> None:
    first, second, third = (signed(cast, signing) for _ in range(3))
    pin = signing.hsm.pins["seal-H99.11"]
    services.number_and_seal(actor=cast.khanh, dossier_id=second, pin=pin)
    khanh = as_("khanh")
    page = khanh.get(HERE).content.decode()
    for one in (first, second, third):
        assert Result.objects.get(dossier_id=one).symbol in page, "the number is seen before it is sealed"
    done = khanh.post(HERE, {"dossier": [str(first), str(second)], "pin": pin})
    assert done.status_code == 200
    assert states(first, second, third) == [State.ISSUED, State.ISSUED, State.SIGNED]
    assert "Đã đóng dấu và phát hành" in done.content.decode()
    assert len(queries.sealing_tray(actor=cast.khanh)) == 1
    moves = Passage.objects.filter(dossier_id=first).order_by("seq").values_list("move", flat=True)
    assert list(moves)[-2:] == ["number_and_seal", "issue"], "each act keeps its own passage"
    assert Result.objects.get(dossier_id=first).paper_id is not None
    assert "Chưa chọn kết quả nào" in khanh.post(HERE, {"pin": pin}).content.decode()


def test_a_wrong_pin_is_tried_once(cast: Cast, as_: As, signing: SigningWorld) -> None:
    first, second = signed(cast, signing), signed(cast, signing)
    found = services.seal_and_issue(actor=cast.khanh, dossier_ids=[first, second], pin="00000000")
    assert [type(one.refusal) for one in found] == [WrongPin, SigningStopped]
    answer = as_("khanh").post(HERE, {"dossier": [str(first), str(second)], "pin": "00000000"})
    assert answer.status_code == 422
    assert "data-stop" in answer.content.decode()
    assert states(first, second) == [State.SIGNED, State.SIGNED]
    # The right one is not harmed by it.
    services.seal_and_issue(actor=cast.khanh, dossier_ids=[first], pin=signing.hsm.pins["seal-H99.11"])


def test_a_correction_takes_the_place_of_what_it_corrects(cast: Cast, as_: As, signing: SigningWorld) -> None:
    pin, mine = signing.hsm.pins["seal-H99.11"], signing.hsm.pins["dung"]
    dossier_id = signed(cast, signing)
    services.seal_and_issue(actor=cast.khanh, dossier_ids=[dossier_id], pin=pin)
    services.reopen_result(actor=cast.chau, dossier_id=dossier_id, reason="Sai ngày sinh")
    services.sign_correction(actor=cast.dung, dossier_id=dossier_id, pin=mine)
    assert "Đóng dấu đính chính" in as_("khanh").get(HERE).content.decode()
    (done,) = services.seal_and_issue(actor=cast.khanh, dossier_ids=[dossier_id], pin=pin)
    assert done.refusal is None
    assert states(dossier_id) == [State.ISSUED]


def test_what_was_signed_by_hand_is_not_ticked(cast: Cast, as_: As) -> None:
    dossier_id = at_leader(cast)
    services.approve(actor=cast.dung, dossier_id=dossier_id)
    services.sign_on_paper(actor=cast.dung, dossier_id=dossier_id)
    page = as_("khanh").get(HERE).content.decode()
    assert "Ký trên giấy" in page
    assert f'value="{dossier_id}"' not in page


def test_only_the_own_seal_is_put(cast: Cast, as_: As, signing: SigningWorld) -> None:
    dossier_id = signed(cast, signing)
    assert as_("chau").post(HERE, {"dossier": [str(dossier_id)]}).status_code == 403
    (found,) = services.seal_and_issue(actor=cast.giang, dossier_ids=[dossier_id])
    assert found.moved is None
    assert states(dossier_id) == [State.SIGNED]


def test_a_leader_sends_back_without_leaving_the_tray(cast: Cast, as_: As) -> None:
    first, second = at_leader(cast), at_leader(cast)
    dung = as_("dung")
    assert 'value="send_back"' in dung.get(SIGNING, {"xem": str(first)}).content.decode()
    asked = {"act": "send_back", "back": str(first), "reason": ""}
    refused = dung.post(SIGNING, asked)
    assert refused.status_code == 422
    assert "f-reason" in refused.content.decode()
    done = dung.post(SIGNING, asked | {"reason": "Làm rõ nơi sinh"}, follow=True)
    assert "Đã trả lại; còn 1 hồ sơ." in done.content.decode()
    assert states(first, second) == [State.PROCESSING, State.AT_LEADER]
    assert dung.post(SIGNING, asked | {"reason": "x"}).status_code == 404, "it lies in the tray no more"
