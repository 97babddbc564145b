"""The population register: the fake and the real client against the simulator keep the same promises."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from motcua.directory.adapters.registers.population.client import HttpPopulationRegister
from motcua.directory.adapters.registers.population.fake import FakePopulationRegister
from motcua.directory.adapters.registers.population.protocol import BirthNotice, PopulationRegister
from motcua.directory.errors import RegisterRefused, RegisterUnreachable, RegisterUntrue
from motcua.directory.services.population import ask_personal_number
from motcua.directory.words import Sex
from motcua.kernel.authority import SYSTEM
from simulators.population.server import TOKEN, PopulationServer

BIRTH = BirthNotice("birth-1", "Trần Gia Bảo", "2026-11-02", Sex.MALE, "Ủy ban nhân dân xã An Bình")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PopulationServer]:
    with PopulationServer(tmp_path) as running:
        yield running


@pytest.fixture(params=["fake", "http"])
def register(request: pytest.FixtureRequest, server: PopulationServer) -> PopulationRegister:
    if request.param == "fake":
        return FakePopulationRegister()
    return HttpPopulationRegister(server.url, TOKEN, timeout=1)


def test_the_same_birth_gets_the_same_number_and_another_another(register: PopulationRegister) -> None:
    first = ask_personal_number(actor=SYSTEM, birth=BIRTH, register=register)
    assert first == ask_personal_number(actor=SYSTEM, birth=BIRTH, register=register)
    girl = replace(BIRTH, request_id="birth-2", sex=Sex.FEMALE)
    second = ask_personal_number(actor=SYSTEM, birth=girl, register=register)
    assert (first[3:6], second[3:6]) == ("226", "326")
    assert first != second


def test_a_refusal_is_an_answer(server: PopulationServer) -> None:
    register = HttpPopulationRegister(server.url, TOKEN)
    with pytest.raises(RegisterRefused, match="đã có số"):
        register.personal_number(replace(BIRTH, full_name="Từ Chối An"))
    with pytest.raises(RegisterRefused, match="không có quyền"):
        HttpPopulationRegister(server.url, "wrong").personal_number(BIRTH)


@pytest.mark.parametrize("name", ["Chậm An", "Sập An"])
def test_silence_is_no_answer(server: PopulationServer, name: str) -> None:
    with pytest.raises(RegisterUnreachable):
        HttpPopulationRegister(server.url, TOKEN, timeout=0.5).personal_number(replace(BIRTH, full_name=name))


def test_a_register_that_is_gone_is_unreachable() -> None:
    with pytest.raises(RegisterUnreachable):
        HttpPopulationRegister("http://127.0.0.1:9", TOKEN, timeout=0.5).personal_number(BIRTH)


def test_a_number_that_cannot_be_the_childs_is_not_believed(server: PopulationServer) -> None:
    register = HttpPopulationRegister(server.url, TOKEN)
    with pytest.raises(RegisterUntrue):
        ask_personal_number(actor=SYSTEM, birth=replace(BIRTH, full_name="Sai Số An"), register=register)
