"""Versions in the database: published, frozen, replaced, withdrawn, read back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.cast import present_cast

from motcua.catalogue import queries, services
from motcua.catalogue.errors import (
    FeeUnsound,
    FormInvalid,
    LevelUnsound,
    ProcedureUnknown,
    ProcessUnsound,
    VersionFrozen,
    VersionIncomplete,
    VersionsOverlap,
    VersionUnknown,
)
from motcua.catalogue.models import CaseLimit, EForm, ProcedureVersion, VersionProcess
from motcua.catalogue.queries import Channel, LifeEvent, PriorityList, VersionContent
from motcua.catalogue.rules import codec
from motcua.catalogue.services import rows
from motcua.kernel import clock
from motcua.kernel.authority import ANONYMOUS, SYSTEM
from motcua.kernel.calendar import Limit, LimitUnit
from motcua.kernel.errors import PermissionRefused
from motcua.kernel.ids import new_id
from motcua.kernel.models import JournalEntry
from motcua.provisioning.demo.pack import demo_entries
from motcua.provisioning.demo.procedures import load_demo_pack

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)


@pytest.fixture
def birth() -> VersionContent:
    return next(entry.content for entry in demo_entries() if entry.content.code == "1.001193")


def published(
    content: VersionContent, effective_from: date = DAY, source_digest: str = ""
) -> queries.VersionSnapshot:
    version_id = services.create_draft_version(
        actor=SYSTEM,
        content=content,
        effective_from=effective_from,
        decision="1/QĐ",
        source_digest=source_digest,
    )
    return services.publish_version(actor=SYSTEM, version_id=version_id)


def test_a_published_version_reads_back_as_it_was_written(birth: VersionContent) -> None:
    snapshot = published(birth)
    read = queries.version_in_force("1.001193", DAY)
    assert read == snapshot
    assert read.cases == birth.cases
    assert read.form == birth.form
    assert read.process == birth.process
    assert read.case("ordinary").limit_for(Channel.ONLINE) == Limit(Decimal(1), LimitUnit.WORKING_DAY)
    assert rows.content_of(ProcedureVersion.objects.get(pk=snapshot.id)) == birth
    assert (
        JournalEntry.objects.filter(name="catalogue.ProcedurePublished", payload__code="1.001193").count()
        == 1
    )


def test_every_demo_procedure_survives_the_tables() -> None:
    for entry in demo_entries():
        snapshot = published(entry.content)
        stored = rows.content_of(ProcedureVersion.objects.get(pk=snapshot.id))
        assert codec.to_json(stored) == codec.to_json(entry.content), entry.content.code


def test_reading_a_version_again_costs_no_statement(
    birth: VersionContent, django_assert_num_queries: object
) -> None:
    snapshot = published(birth)
    queries.version(snapshot.id)
    with django_assert_num_queries(0):  # type: ignore[operator]  # the fixture is a function without a type
        assert queries.version(snapshot.id).code == "1.001193"
    with django_assert_num_queries(1):  # type: ignore[operator]  # the fixture is a function without a type
        queries.version_in_force("1.001193", DAY)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE catalogue_procedureversion SET title = 'khác' WHERE id = %s",
        "UPDATE catalogue_procedureversion SET snapshot = '{}' WHERE id = %s",
        "UPDATE catalogue_procedureversion SET state = 'draft' WHERE id = %s",
        "DELETE FROM catalogue_procedureversion WHERE id = %s",
        "UPDATE catalogue_procedurecase SET name = 'khác' WHERE version_id = %s",
        "DELETE FROM catalogue_versionresult WHERE version_id = %s",
        "UPDATE catalogue_versionprocess SET steps = '[]' WHERE version_id = %s",
        "INSERT INTO catalogue_versionlegalbasis (id, version_id, position, number, title)"
        " SELECT gen_random_uuid(), id, 99, 'x', '' FROM catalogue_procedureversion WHERE id = %s",
        "UPDATE catalogue_caselimit SET amount = 9 WHERE case_id IN"
        " (SELECT id FROM catalogue_procedurecase WHERE version_id = %s)",
        "DELETE FROM catalogue_casefee WHERE case_id IN (SELECT id FROM catalogue_procedurecase WHERE version_id = %s)",
        "DELETE FROM catalogue_casecomponent WHERE case_id IN (SELECT id FROM catalogue_procedurecase WHERE version_id = %s)",
    ],
)
def test_the_database_refuses_to_change_what_is_published(birth: VersionContent, change: str) -> None:
    snapshot = published(birth)
    with (
        pytest.raises(IntegrityError, match="published and frozen"),
        transaction.atomic(),
        connection.cursor() as db,
    ):
        db.execute(change, [snapshot.id])


def test_parts_may_not_be_moved_out_of_a_published_version(birth: VersionContent) -> None:
    snapshot = published(birth)
    draft = services.create_draft_version(actor=SYSTEM, content=birth, effective_from=DAY + timedelta(9))
    VersionProcess.objects.filter(version=draft).delete()
    with pytest.raises(IntegrityError, match="published and frozen"), transaction.atomic():
        VersionProcess.objects.filter(version=snapshot.id).update(version=draft)


def test_an_e_form_is_never_edited(birth: VersionContent) -> None:
    published(birth)
    with pytest.raises(IntegrityError, match="never edited"), transaction.atomic():
        EForm.objects.update(key="khác")


@pytest.mark.usefixtures("bare_catalogue")
def test_the_next_version_ends_the_one_before(birth: VersionContent) -> None:
    first = published(birth)
    later = DAY + timedelta(30)
    second = published(replace(birth, supplements_allowed=2), later)
    assert second.number == 2
    assert queries.version_in_force("1.001193", later - timedelta(1)).id == first.id
    assert queries.version_in_force("1.001193", later - timedelta(1)).effective_to == later
    assert queries.version_in_force("1.001193", later).id == second.id
    newest, _ = queries.versions_of("1.001193")
    assert newest.changes == ({"path": "/supplements_allowed", "before": 1, "after": 2},)


def test_a_version_may_not_begin_before_a_published_one(birth: VersionContent) -> None:
    published(birth)
    with pytest.raises(VersionsOverlap):
        published(birth, DAY)
    with pytest.raises(VersionsOverlap):
        published(birth, DAY - timedelta(1))


@pytest.mark.usefixtures("bare_catalogue")
def test_two_published_versions_never_overlap_in_the_database(birth: VersionContent) -> None:
    first = published(birth)
    second = published(birth, DAY + timedelta(10))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as db:
        db.execute(
            "UPDATE catalogue_procedureversion SET effective = daterange(%s, NULL) WHERE id = %s",
            [DAY, first.id],
        )
    assert second.number == 2


def test_a_draft_can_be_rewritten_until_it_is_published(birth: VersionContent) -> None:
    version_id = services.create_draft_version(actor=SYSTEM, content=birth, effective_from=DAY)
    changed = replace(birth, cases=birth.cases[:1], title="Đăng ký khai sinh (sửa)")
    services.replace_draft(actor=SYSTEM, version_id=version_id, content=changed)
    assert queries.draft_version("1.001193").id == version_id
    services.publish_version(actor=SYSTEM, version_id=version_id)
    assert queries.version(version_id).cases == birth.cases[:1]
    with pytest.raises(VersionFrozen):
        services.replace_draft(actor=SYSTEM, version_id=version_id, content=birth)
    with pytest.raises(VersionFrozen):
        services.publish_version(actor=SYSTEM, version_id=version_id)


@pytest.mark.usefixtures("bare_catalogue")
def test_publication_names_all_faults_of_the_process(birth: VersionContent) -> None:
    steps = birth.process.steps
    broken = replace(
        birth.process,
        steps=(steps[0], replace(steps[1], role=""), replace(steps[2], days=Decimal(9)), *steps[3:]),
    )
    version_id = services.create_draft_version(
        actor=SYSTEM, content=replace(birth, process=broken), effective_from=DAY
    )
    with pytest.raises(ProcessUnsound) as refusal:
        services.publish_version(actor=SYSTEM, version_id=version_id)
    assert set(refusal.value.params["found"]) == {"no_role", "over_limit"}  # type: ignore[call-overload]  # a tuple of codes
    with pytest.raises(ProcedureUnknown):
        queries.version_in_force("1.001193", DAY)


def test_a_fee_that_cannot_be_reckoned_is_not_published(birth: VersionContent) -> None:
    case = birth.cases[0]
    unknown_field = replace(
        case.fees[0], rule={"amount": {"multiply": [8000, {"value": "cop", "label": "bản"}]}}
    )
    with pytest.raises(FeeUnsound, match="cop"):
        published(replace(birth, cases=(replace(case, fees=(unknown_field,)),)))


def test_what_is_not_done_online_is_not_published_as_if_it_were(birth: VersionContent) -> None:
    with pytest.raises(LevelUnsound, match="tờ khai"):
        published(replace(birth, form=None))
    with pytest.raises(LevelUnsound, match="lý do"):
        published(replace(birth, level=queries.OnlineLevel.PARTIAL))
    reason = queries.PartialReason(queries.PartialGround.FAULT, "Máy chủ hỏng", "The server is down")
    in_part = published(replace(birth, level=queries.OnlineLevel.PARTIAL, partial_reason=reason))
    assert queries.version(in_part.id).partial_reason == reason


def test_the_policy_of_giving_out_unpaid_results_is_part_of_the_version(birth: VersionContent) -> None:
    assert not published(birth).releases_unpaid
    later = published(replace(birth, releases_unpaid=True), DAY + timedelta(days=1))
    assert later.releases_unpaid


def test_an_empty_or_unfillable_version_is_refused(birth: VersionContent) -> None:
    with pytest.raises(VersionIncomplete):
        published(replace(birth, cases=()))
    assert birth.form is not None
    screen = {"sections": birth.form.ui["sections"][1:]}
    form = replace(birth.form, ui=screen, digest=codec.form_digest(birth.form.schema, screen))
    with pytest.raises(FormInvalid, match="requester"):
        published(replace(birth, form=form))


@pytest.mark.usefixtures("bare_catalogue")
def test_a_withdrawn_version_keeps_its_dossiers_but_takes_no_new_ones(birth: VersionContent) -> None:
    snapshot = published(birth)
    services.withdraw_version(actor=SYSTEM, version_id=snapshot.id, reason="Bãi bỏ")
    with pytest.raises(ProcedureUnknown):
        queries.version_in_force("1.001193", DAY)
    queries.forget()
    assert queries.version(snapshot.id).code == "1.001193"
    assert queries.find_procedures("khai sinh").hits == ()
    with pytest.raises(VersionFrozen):
        services.withdraw_version(actor=SYSTEM, version_id=snapshot.id, reason="lần hai")
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        ProcedureVersion.objects.filter(pk=snapshot.id).update(withdrawn_reason="khác")


def test_only_catalogue_managers_write(birth: VersionContent) -> None:
    with pytest.raises(PermissionRefused):
        services.create_draft_version(actor=ANONYMOUS, content=birth, effective_from=DAY)
    version_id = services.create_draft_version(actor=SYSTEM, content=birth, effective_from=DAY)
    with pytest.raises(PermissionRefused):
        services.publish_version(actor=ANONYMOUS, version_id=version_id)
    with pytest.raises(PermissionRefused):
        load_demo_pack(actor=ANONYMOUS)


def test_drafts_and_strangers_are_unknown(birth: VersionContent) -> None:
    version_id = services.create_draft_version(actor=SYSTEM, content=birth, effective_from=DAY)
    for unknown in (version_id, new_id()):
        with pytest.raises(VersionUnknown):
            queries.version(unknown)
    with pytest.raises(VersionUnknown):
        services.publish_version(actor=SYSTEM, version_id=new_id())
    with pytest.raises(VersionUnknown):
        queries.draft_version("9.999999")


@pytest.mark.usefixtures("bare_catalogue")
def test_the_demo_pack_loads_once() -> None:
    first = load_demo_pack(actor=SYSTEM)
    again = load_demo_pack(actor=SYSTEM)
    assert first.published >= 30
    assert (again.published, again.unchanged) == (0, first.published)
    day = date(2026, 11, 2)
    assert LifeEvent.BIRTH in queries.life_events_of("1.001193", on=day)
    assert queries.priority_lists_of("1.001193", on=day) == (PriorityList.PROJECT_06,)
    assert queries.priority_lists_of("1.001193", on=date(2021, 1, 1)) == ()
    assert {kind.code for kind in queries.paper_kinds()} >= {"birth-notification", "KQ.G15.000031"}
    assert CaseLimit.objects.count() > 60
    with_forms = {"1.001193", "1.000894", "2.000635", "1.001612", "1.013949", "2.000815"}
    for code in with_forms:
        snapshot = queries.version_in_force(code, day)
        assert snapshot.form is not None
        assert snapshot.title_en


@pytest.mark.usefixtures("bare_catalogue")
def test_a_newer_demo_pack_follows_the_older_and_never_what_the_province_made() -> None:
    """An installation kept from an earlier release walks the demo with the forms of this one."""
    renewed, own, edited, withdrawn = (replace(entry.content, summary="cũ") for entry in demo_entries()[:4])
    for content in (renewed, own):
        published(content, source_digest="0" * 64)
    published(replace(own, origin="local", summary="của tỉnh"), DAY + timedelta(10))
    published(replace(edited, summary="tỉnh sửa"))
    services.withdraw_version(
        actor=SYSTEM, version_id=published(withdrawn, source_digest="0" * 64).id, reason="Tỉnh không làm"
    )
    loaded = load_demo_pack(actor=SYSTEM)
    queries.forget()
    today = clock.today()
    assert loaded.unchanged == 3
    assert queries.version_in_force(renewed.code, today).summary != "cũ"
    assert queries.version_in_force(renewed.code, today - timedelta(1)).summary == "cũ"
    assert queries.version_in_force(own.code, today).summary == "của tỉnh"
    assert queries.version_in_force(edited.code, today).summary == "tỉnh sửa"
    with pytest.raises(ProcedureUnknown):
        queries.version_in_force(withdrawn.code, today)
    assert load_demo_pack(actor=SYSTEM).published == 0


def test_several_versions_come_in_one_statement(
    birth: VersionContent, django_assert_num_queries: object
) -> None:
    first = published(birth)
    second = published(birth, DAY + timedelta(10))
    queries.forget()
    with django_assert_num_queries(1):  # type: ignore[operator]  # the fixture is a function without a type
        assert set(queries.versions([first.id, second.id, new_id()])) == {first.id, second.id}


@pytest.mark.django_db(transaction=True)
def test_which_version_counts_is_asked_every_two_seconds_and_after_a_change_here() -> None:
    present_cast()
    at = datetime(2026, 11, 23, 8, tzinfo=UTC)
    with clock.frozen(at), CaptureQueriesContext(connection) as asked:
        first = queries.version_in_force("1.001193", DAY)
        count = len(asked)
        assert queries.version_in_force("1.001193", DAY) is first
        assert len(asked) == count
        with transaction.atomic():  # a transaction sees what it has changed itself
            queries.version_in_force("1.001193", DAY)
        assert len(asked) > count
    with clock.frozen(at + timedelta(seconds=3)), CaptureQueriesContext(connection) as asked:
        queries.version_in_force("1.001193", DAY)
        assert len(asked) == 1
        services.withdraw_version(actor=SYSTEM, version_id=first.id, reason="Bãi bỏ")
        with pytest.raises(ProcedureUnknown):
            queries.version_in_force("1.001193", DAY)
