"""Writing the content of versions as rows, many at once, and reading it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from motcua.catalogue.models import (
    CaseComponent,
    CaseFee,
    CaseLimit,
    EForm,
    ProcedureCase,
    ProcedureVersion,
    VersionLegalBasis,
    VersionProcess,
    VersionResult,
)
from motcua.catalogue.rules import codec
from motcua.catalogue.rules.codec import VersionContent
from motcua.catalogue.rules.types import (
    AgencyLevel,
    Case,
    Channel,
    Component,
    DigitizationClass,
    FeeKind,
    FeeRow,
    Form,
    LegalBasis,
    LimitRow,
    OnlineLevel,
    ResultKind,
)
from motcua.kernel.calendar import Limit, LimitUnit
from motcua.kernel.deadline import Policy

_BATCH = 2000


def describe(version: ProcedureVersion, content: VersionContent) -> None:
    """Puts the plain facts of a content into the columns of its version (unsaved)."""
    version.title, version.title_en = content.title, content.title_en
    version.summary, version.summary_en = content.summary, content.summary_en
    version.level, version.agency_level = content.level.value, content.agency_level.value
    version.audience, version.agencies = list(content.audience), list(content.agencies)
    version.has_written_result, version.cutoff = content.has_written_result, content.cutoff
    version.supplement_policy = content.supplement_policy.value
    version.supplements_allowed, version.is_same_day = content.supplements_allowed, content.is_same_day
    version.conditions, version.sequence, version.origin = (
        content.conditions,
        content.sequence,
        content.origin,
    )


def keep_forms(contents: Iterable[VersionContent]) -> dict[str, EForm]:
    """Stores the forms not yet stored; returns all of them by digest."""
    wanted = {content.form.digest: content.form for content in contents if content.form is not None}
    EForm.objects.bulk_create(
        [
            EForm(key=form.key, schema=form.schema, ui=form.ui, digest=digest)
            for digest, form in wanted.items()
        ],
        ignore_conflicts=True,
    )
    return {form.digest: form for form in EForm.objects.filter(digest__in=wanted)}


def write_parts(pairs: Sequence[tuple[ProcedureVersion, VersionContent]]) -> None:
    """Writes the rows below versions that are drafts, or not saved yet (references are checked at commit)."""
    cases: list[ProcedureCase] = []
    components: list[CaseComponent] = []
    limits: list[CaseLimit] = []
    fees: list[CaseFee] = []
    results: list[VersionResult] = []
    bases: list[VersionLegalBasis] = []
    for version, content in pairs:
        for position, case in enumerate(content.cases):
            row = ProcedureCase(
                version=version, position=position, key=case.key, name=case.name, name_en=case.name_en
            )
            cases.append(row)
            components += [_component(row, at, component) for at, component in enumerate(case.components)]
            limits += [_limit(row, at, limit) for at, limit in enumerate(case.limits)]
            fees += [_fee(row, at, fee) for at, fee in enumerate(case.fees)]
        results += [
            VersionResult(
                version=version,
                position=at,
                code=r.code,
                name=r.name,
                name_en=r.name_en,
                kind_code=r.kind_code,
            )
            for at, r in enumerate(content.results)
        ]
        bases += [
            VersionLegalBasis(version=version, position=at, number=basis.number, title=basis.title)
            for at, basis in enumerate(content.legal_bases)
        ]
    ProcedureCase.objects.bulk_create(cases, _BATCH)
    CaseComponent.objects.bulk_create(components, _BATCH)
    CaseLimit.objects.bulk_create(limits, _BATCH)
    CaseFee.objects.bulk_create(fees, _BATCH)
    VersionResult.objects.bulk_create(results, _BATCH)
    VersionLegalBasis.objects.bulk_create(bases, _BATCH)
    VersionProcess.objects.bulk_create(
        [
            VersionProcess(version=version, start=graph["start"], steps=graph["steps"])
            for version, content in pairs
            for graph in (codec.process_out(content.process),)
        ],
        _BATCH,
    )


def drop_parts(version: ProcedureVersion) -> None:
    """Removes the rows below a draft."""
    for rows in (version.cases, version.result_rows, version.legal_rows):
        rows.all().delete()
    VersionProcess.objects.filter(version=version).delete()


def content_of(version: ProcedureVersion) -> VersionContent:
    """The content of a version, read from its rows."""
    field = version.procedure.field
    process = version.process
    return VersionContent(
        code=version.procedure.code,
        title=version.title,
        title_en=version.title_en,
        field_code=field.code,
        field_name=field.name,
        field_name_en=field.name_en,
        summary=version.summary,
        summary_en=version.summary_en,
        level=OnlineLevel(version.level),
        agency_level=AgencyLevel(version.agency_level),
        audience=tuple(version.audience),
        agencies=tuple(version.agencies),
        has_written_result=version.has_written_result,
        results=tuple(ResultKind(r.code, r.name, r.kind_code, r.name_en) for r in version.result_rows.all()),
        cases=tuple(_case(case) for case in version.cases.prefetch_related("components", "limits", "fees")),
        form=_form(version.form),
        process=codec.process_in({"start": process.start, "steps": process.steps}),
        cutoff=version.cutoff,
        supplement_policy=Policy(version.supplement_policy),
        supplements_allowed=version.supplements_allowed,
        is_same_day=version.is_same_day,
        legal_bases=tuple(LegalBasis(basis.number, basis.title) for basis in version.legal_rows.all()),
        conditions=version.conditions,
        sequence=version.sequence,
        origin=version.origin,
    )


def _form(row: EForm | None) -> Form | None:
    return None if row is None else Form(row.key, row.schema, row.ui, row.digest)


def _component(case: ProcedureCase, at: int, component: Component) -> CaseComponent:
    return CaseComponent(
        case=case,
        position=at,
        key=component.key,
        name=component.name,
        name_en=component.name_en,
        kind_code=component.kind_code,
        originals=component.originals,
        copies=component.copies,
        electronic=component.electronic,
        is_required=component.is_required,
        is_shown_only=component.is_shown_only,
        must_digitize=component.must_digitize.value if component.must_digitize else None,
        condition=component.condition,
        form_file=component.form_file,
    )


def _limit(case: ProcedureCase, at: int, row: LimitRow) -> CaseLimit:
    return CaseLimit(
        case=case,
        position=at,
        channel=row.channel.value,
        amount=row.limit.amount,
        unit=row.limit.unit.value,
        note=row.note,
    )


def _fee(case: ProcedureCase, at: int, row: FeeRow) -> CaseFee:
    return CaseFee(
        case=case,
        position=at,
        channel=row.channel.value,
        code=row.code,
        name=row.name,
        kind=row.kind.value,
        amount=row.amount,
        exemptions=list(row.exemptions),
        note=row.note,
    )


def _case(case: ProcedureCase) -> Case:
    return Case(
        key=case.key,
        name=case.name,
        name_en=case.name_en,
        components=tuple(
            Component(
                key=row.key,
                name=row.name,
                name_en=row.name_en,
                kind_code=row.kind_code,
                originals=row.originals,
                copies=row.copies,
                electronic=row.electronic,
                is_required=row.is_required,
                is_shown_only=row.is_shown_only,
                must_digitize=DigitizationClass(row.must_digitize) if row.must_digitize else None,
                condition=row.condition,
                form_file=row.form_file,
            )
            for row in case.components.all()
        ),
        limits=tuple(
            LimitRow(Channel(row.channel), Limit(_trimmed(row.amount), LimitUnit(row.unit)), row.note)
            for row in case.limits.all()
        ),
        fees=tuple(
            FeeRow(
                Channel(row.channel),
                row.code,
                row.name,
                FeeKind(row.kind),
                row.amount,
                tuple(row.exemptions),
                row.note,
            )
            for row in case.fees.all()
        ),
    )


def _trimmed(amount: Decimal) -> Decimal:
    """3.00 of the column is 3 of the law."""
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()
