"""Personal numbers of the new-born: from the register alone, later by itself where it is down, never invented."""

from pathlib import Path

import pytest
from pytest_django import Settings
from tests.cast import Cast
from tests.factories.dossiers import BIRTH_FORM, at_leader, in_work
from tests.factories.signing import SigningWorld

from motcua.directory.errors import RegisterRefused, RegisterUnreachable
from motcua.dossiers import services
from motcua.dossiers.models import NumberRequest, Result
from motcua.kernel.authority import SYSTEM
from simulators.population.server import TOKEN, PopulationServer

pytestmark = pytest.mark.django_db


def connect(settings: Settings, server: PopulationServer) -> None:
    settings.MOTCUA_POPULATION_URL, settings.MOTCUA_POPULATION_TOKEN = server.url, TOKEN


def test_an_officer_asks_and_the_number_stands_in_the_content(
    cast: Cast, settings: Settings, tmp_path: Path
) -> None:
    dossier_id = in_work(cast)
    with PopulationServer(tmp_path) as server:
        connect(settings, server)
        number = services.ask_number(actor=cast.chau, dossier_id=dossier_id)
        assert services.ask_number(actor=cast.chau, dossier_id=dossier_id) == number
    assert number.startswith("040226")
    services.submit_to_leader(actor=cast.chau, dossier_id=dossier_id)
    assert Result.objects.get().content["child"]["personal_number"] == number


def test_a_register_that_is_down_holds_up_nobody_and_is_asked_again(
    cast: Cast, settings: Settings, signing: SigningWorld, tmp_path: Path
) -> None:
    dossier_id = in_work(cast)
    with pytest.raises(RegisterUnreachable):
        services.ask_number(actor=cast.chau, dossier_id=dossier_id)
    services.submit_to_leader(actor=cast.chau, dossier_id=dossier_id)
    assert "personal_number" not in Result.objects.get().content["child"]
    assert services.ask_numbers(actor=SYSTEM) == 0
    with PopulationServer(tmp_path) as server:
        connect(settings, server)
        assert services.ask_numbers(actor=SYSTEM) == 1
    request = NumberRequest.objects.get()
    assert (request.is_waiting, request.tries) == (False, 3)
    services.approve(actor=cast.dung, dossier_id=dossier_id)
    services.sign_result(actor=cast.dung, dossier_id=dossier_id, pin=signing.hsm.pins["dung"])
    assert Result.objects.get().content["child"]["personal_number"] == request.number


def test_a_refusal_is_not_asked_again_by_itself(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    form = {**BIRTH_FORM, "child": {**BIRTH_FORM["child"], "full_name": "Từ Chối Bảo"}}
    dossier_id = in_work(cast, form_data=form)
    with PopulationServer(tmp_path) as server:
        connect(settings, server)
        with pytest.raises(RegisterRefused):
            services.ask_number(actor=cast.chau, dossier_id=dossier_id)
        assert services.ask_numbers(actor=SYSTEM) == 0
    assert NumberRequest.objects.get().fault == RegisterRefused.code


def test_a_proposal_without_a_number_asks_by_itself(cast: Cast) -> None:
    at_leader(cast)
    assert NumberRequest.objects.get().is_waiting
