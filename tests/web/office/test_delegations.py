"""Delegations by page, and the chain for auditors."""

from collections.abc import Callable

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.cast import Cast
from tests.factories.dossiers import in_work, received
from tests.factories.recorded_rows import bring

from motcua.directory import queries as directory
from motcua.dossiers import services
from motcua.dossiers.jobs import check_chain
from motcua.dossiers.models import ChainCheck
from motcua.kernel.errors import PermissionRefused

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
HERE = "/co-quan/uy-quyen/"


def new(cast: Cast, **changes: str) -> dict[str, str]:
    return {
        "agency": str(cast.an_binh),
        "delegator": str(cast.account("dung")),
        "delegate": str(cast.account("chau")),
        "kind": "procedure",
        "codes": "1.001612, 2.000750",
        "begins.d": "1",
        "begins.m": "12",
        "begins.y": "2026",
        "ends.d": "31",
        "ends.m": "12",
        "ends.y": "2026",
        "decision": "20/QĐ-UBND",
        **changes,
    }


def test_leader_writes_a_delegation_and_ends_it(cast: Cast, as_: As) -> None:
    leader = as_("dung")
    assert leader.post(HERE, new(cast)).status_code == 302
    listed = directory.delegations(actor=cast.dung, agency_id=cast.an_binh, with_past=True)
    (made,) = [one for one in listed if one.decision_number == "20/QĐ-UBND"]
    assert [scope.code for scope in made.scopes] == ["1.001612", "2.000750"]
    assert "31/12/2026" in leader.get(HERE).content.decode()
    assert leader.post(f"{HERE}{made.id}/cham-dut/", {"reason": "Hết đợt công tác"}).status_code == 302
    ended = directory.delegation(made.id)
    assert ended is not None
    assert ended.revoked_at is not None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"delegate": ""}, "f-delegate"),
        ({"begins.m": "13"}, "f-begins"),
        ({"codes": ""}, "f-codes"),
        ({"decision": ""}, "f-decision"),
        ({"ends.y": "2020"}, "f-ends"),
    ],
)
def test_refusals_stand_beside_their_field_and_keep_what_was_typed(
    cast: Cast, as_: As, changes: dict[str, str], field: str
) -> None:
    answer = as_("dung").post(HERE, new(cast, **changes))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{field}"' in text
    assert changes.get("decision", "20/QĐ-UBND") in text


def test_the_delegate_sees_for_whom_they_sign(cast: Cast, as_: As) -> None:
    assert "ký thay Chủ tịch Phạm Tiến Dũng theo 15/QĐ-UBND" in as_("em").get(HERE).content.decode()


@pytest.mark.parametrize(("name", "status"), [("nobody", 302), ("hoa", 404), ("chau", 403), ("giang", 403)])
def test_others_decide_nothing(cast: Cast, as_: As, name: str, status: int) -> None:
    assert as_(name).post(HERE, new(cast)).status_code == status


def test_administrator_chooses_the_agency(cast: Cast, as_: As) -> None:
    page = as_("quang").get(HERE, {"don-vi": str(cast.an_binh)})
    assert page.context["agency"].id == cast.an_binh
    assert page.context["may_manage"]


def test_auditor_checks_one_dossier_at_once(cast: Cast, as_: As) -> None:
    code = received(cast).code
    auditor = as_("son")
    assert "Nguyên vẹn" in auditor.post("/co-quan/chuoi/", {"code": str(code)}).content.decode()
    assert auditor.post("/co-quan/chuoi/", {"code": "H99.11-261122-9999"}).status_code == 422
    assert as_("chau").get("/co-quan/chuoi/").status_code == 403


def test_all_dossiers_are_checked_in_the_background_and_one_edited_is_named(cast: Cast, as_: As) -> None:
    edited = in_work(cast)
    auditor, page = as_("son"), "/co-quan/chuoi/"
    assert "Chưa có lần nào" in auditor.get(page).content.decode()
    assert auditor.post(page, {"scope": "all"}).headers["Location"] == page
    (waiting,) = ChainCheck.objects.all()
    assert "đang chạy" in (shown := auditor.post(page, {"scope": "all"}, follow=True).content.decode())
    assert "Một lần kiểm tra đang chạy" in shown
    (job,) = ProcrastinateJob.objects.filter(task_name="dossiers.check_chain")
    assert job.args == {"check_id": str(waiting.pk)}
    with pytest.raises(PermissionRefused):
        services.run_chain_check(actor=cast.son, check_id=waiting.pk)
    check_chain(str(waiting.pk))
    shown = auditor.get(page).content.decode()
    assert "nguyên vẹn" in shown
    assert "của 1 hồ sơ" in shown
    bring(edited, head_digest="0" * 64)
    auditor.post(page, {"scope": "all"})
    check_chain(str(ChainCheck.objects.get(ended_at=None).pk))
    shown = auditor.get(page).content.decode()
    assert "có mục không khớp" in shown
    assert f"/co-quan/ho-so/{edited}/" in shown
    check_chain(str(waiting.pk))
    assert ChainCheck.objects.get(pk=waiting.pk).fault_count == 0, "what is done is not done again"


def test_auditor_sees_the_chain_verified_in_the_log(cast: Cast, as_: As) -> None:
    dossier_id = in_work(cast)
    url = f"/co-quan/ho-so/{dossier_id}/?muc=nhat-ky"
    assert "Chuỗi nhật ký nguyên vẹn" in as_("son").get(url).content.decode()
    assert "Chuỗi nhật ký nguyên vẹn" not in as_("chau").get(url).content.decode()
