"""`motcua verify FILE --json`: what it prints and how it exits."""

import json
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from django.test import override_settings
from pytest_django import Settings
from tests.factories import forgeries
from tests.factories.signing import SigningWorld, plain_pdf, signing_world

from motcua.cli import verify
from motcua.documents import services
from motcua.documents.models import FileRecord, SignedRevision
from motcua.documents.queries import PaperSource, TrustLevel
from motcua.documents.words import SignatureKind
from motcua.kernel.authority import SYSTEM
from simulators.pki.authority import Authority

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> SigningWorld:
    running = signing_world()
    settings.MOTCUA_TRUST_ROOTS = str(running.server.authority.trust_path)
    settings.MOTCUA_VERIFY_ONLINE = False
    monkeypatch.setattr("motcua.cli.django_ready", lambda: None)  # the test has a database of its own
    return running


@pytest.fixture
def signed(world: SigningWorld) -> bytes:
    return world.token("dung").sign(plain_pdf(), world.order())


def run(folder: Path, content: bytes, *options: str) -> Result:
    path = folder / "tệp.pdf"
    path.write_bytes(content)
    return CliRunner().invoke(verify.command, [str(path), *options])


def test_valid(tmp_path: Path, signed: bytes) -> None:
    result = run(tmp_path, signed, "--json")
    answer = json.loads(result.output)
    assert result.exit_code == 0
    assert (answer["valid"], answer["standing"], answer["verdict"]) == (True, "not_ours", "not_ours")
    (signature,) = answer["signatures"]
    assert (signature["signer"], signature["time_stamped"], signature["indication"]) == (
        "Phạm Tiến Dũng",
        True,
        "TOTAL-PASSED",
    )
    assert signature["signed_at"].endswith("+07:00")


def test_one_flipped_byte(tmp_path: Path, signed: bytes) -> None:
    flipped = bytearray(signed)
    flipped[len(plain_pdf()) // 2] ^= 1
    result = run(tmp_path, bytes(flipped), "--json")
    assert result.exit_code == 1
    assert json.loads(result.output)["valid"] is False
    assert json.loads(result.output)["verdict"] == "changed"
    assert json.loads(result.output)["signatures"][0]["sub_indication"] == "HASH_FAILURE"


def test_unsigned_and_unreadable(tmp_path: Path, world: SigningWorld) -> None:
    assert run(tmp_path, plain_pdf(), "--json").exit_code == 3
    unreadable = run(tmp_path, b"no pdf at all", "--json")
    assert unreadable.exit_code == 2
    assert json.loads(unreadable.output)["readable"] is False
    assert CliRunner().invoke(verify.command, [str(tmp_path / "absent.pdf")]).exit_code == 2


def test_ended_papers_are_not_valid_and_name_their_successor(
    tmp_path: Path, signed: bytes, world: SigningWorld
) -> None:
    def issue(content: bytes, number: str) -> UUID:
        kept = services.keep_file(actor=SYSTEM, stream=BytesIO(content), filename="a.pdf")
        return services.record_paper(
            actor=SYSTEM,
            file_id=kept.id,
            kind_code="KS",
            title="Trích lục",
            number=number,
            source=PaperSource.RESULT,
            trust=TrustLevel.AUTHORITATIVE,
        ).id

    old, new = issue(signed, "1"), issue(world.token("em").sign(plain_pdf(), world.order()), "2")
    assert run(tmp_path, signed, "--json").exit_code == 0
    services.replace_paper(actor=SYSTEM, old_id=old, new_id=new, reason="Sai tên")
    result = run(tmp_path, signed, "--json")
    answer = json.loads(result.output)
    assert result.exit_code == 1
    assert (answer["signatures_valid"], answer["standing"]) == (True, "replaced")
    assert answer["replaced_by"]["number"] == "2"
    assert answer["paper"]["reason"] == "Sai tên"


def test_in_words(tmp_path: Path, signed: bytes) -> None:
    assert "Chữ ký đúng và còn nguyên" in run(tmp_path, signed).output
    assert "Chưa hỏi được chứng thư có bị thu hồi không" in run(tmp_path, signed).output, "soft-fail is said"
    assert "Phạm Tiến Dũng" in run(tmp_path, signed, "--lang", "en").output


def test_trust_may_be_given(tmp_path: Path, signed: bytes, settings: Settings, world: SigningWorld) -> None:
    settings.MOTCUA_TRUST_ROOTS = str(tmp_path / "nobody")
    assert run(tmp_path, signed).exit_code == 3
    assert run(tmp_path, signed, "--trust", str(world.server.authority.trust_path)).exit_code == 0


def test_trust_given_adds_up_also_with_a_namesake(tmp_path: Path, signed: bytes, world: SigningWorld) -> None:
    """The authority renewed its key under the same name: both are known, and the right one is found."""
    namesake = Authority(tmp_path / "other", "http://127.0.0.1:9")
    with override_settings(MOTCUA_TRUST_ROOTS=str(namesake.trust_path)):
        assert run(tmp_path, signed).exit_code == 3
        assert run(tmp_path, signed, "--trust", str(world.server.authority.trust_path)).exit_code == 0


def test_several_sets_of_trust_add_up(
    tmp_path: Path, signed: bytes, settings: Settings, world: SigningWorld
) -> None:
    """The root from one file, the authority under it from another, a stranger's in between."""
    settings.MOTCUA_TRUST_ROOTS = str(tmp_path / "nobody")
    options = []
    for number, path in enumerate(sorted(world.server.authority.trust_path.iterdir())):
        options += ["--trust", str(path)]
        if number == 0:
            options += ["--trust", str(Authority(tmp_path / "other", "http://127.0.0.1:9").trust_path)]
    assert run(tmp_path, signed, *options).exit_code == 0


def test_revoked_stays_revoked_whatever_is_appended_or_cut_back(
    tmp_path: Path, signed: bytes, world: SigningWorld
) -> None:
    """Standing belongs to the signed content, not to the bytes of a file."""
    sealed = world.token("seal-H99.11").sign(signed, world.order(SignatureKind.AGENCY))
    kept = services.keep_file(actor=SYSTEM, stream=BytesIO(sealed), filename="a.pdf")
    record = FileRecord.objects.get(pk=kept.id)
    for position, end in enumerate((len(signed), len(sealed))):
        digest = sha256(sealed[:end]).hexdigest()
        SignedRevision.objects.create(sha256=digest, file=record, position=position)
    paper = services.record_paper(
        actor=SYSTEM,
        file_id=kept.id,
        kind_code="KS",
        title="Trích lục",
        number="1",
        source=PaperSource.RESULT,
        trust=TrustLevel.AUTHORITATIVE,
    )

    def verdict(content: bytes) -> str:
        return str(json.loads(run(tmp_path, content, "--json").output)["verdict"])

    appended = forgeries.untouched(sealed)
    signed_again = world.token("em").sign(sealed, world.order())
    assert [verdict(each) for each in (sealed, appended, signed_again, signed)] == [
        "in_force",
        "in_force",
        "added",
        "incomplete",
    ]
    services.revoke_paper(actor=SYSTEM, paper_id=paper.id, reason="Cấp sai")
    variants = (sealed, appended, signed_again, signed, forgeries.rewritten(sealed), sealed + b"\n")
    assert {verdict(each) for each in variants} == {"revoked"}
