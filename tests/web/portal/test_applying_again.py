"""The page of a dossier that came to nothing leads on, and the review says before sending when no notice can arrive."""

import pytest
from django.urls import reverse
from tests.cast import Cast
from tests.factories.dossiers import BIRTH_FORM, submitted
from tests.factories.drafts import fill_in
from tests.web.portal.conftest import LogIn

from motcua.channels import services as channels
from motcua.dossiers import queries, services

pytestmark = pytest.mark.django_db


def test_a_withdrawn_dossier_leads_to_a_new_draft(people: Cast, log_in: LogIn) -> None:
    dossier_id = submitted(people).dossier_id
    client = log_in("hoa")
    page = reverse("portal:dossier", args=[dossier_id])
    address = reverse("portal:apply_again", args=[dossier_id])
    assert address not in client.get(page).content.decode()
    assert client.get(address).status_code == 409
    services.withdraw_dossier(actor=people.hoa, dossier_id=dossier_id, reason="Khai nhầm")
    assert address in client.get(page).content.decode()
    assert client.get(address).status_code == 200
    answer = client.post(address, follow=True)
    (draft,) = queries.own_drafts(actor=people.hoa)
    assert answer.redirect_chain[-1][0] == reverse("portal:tasks", args=[draft.id])
    text = answer.content.decode()
    assert "Chép từ hồ sơ trước" in text
    assert draft.form_data["child"]["full_name"] == BIRTH_FORM["child"]["full_name"]


def test_the_review_warns_when_no_way_reaches_the_person(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    draft = services.begin_draft(actor=people.hoa, procedure_code="1.001193")
    fill_in(people.hoa, draft.id, applicant_id=people.hoa_party, contact={"email": "hoa@example.com"})
    review = reverse("portal:review", args=[draft.id])
    text = client.get(review).content.decode()
    assert "hoa@example.com" in text
    assert "Chưa có cách báo tin" not in text
    channels.choose_way(actor=people.hoa, party_id=people.hoa_party, way="email", is_wanted=False)
    text = client.get(review).content.decode()
    assert "Chưa có cách báo tin cho bạn" in text
    assert reverse("portal:people", args=[draft.id]) in text
