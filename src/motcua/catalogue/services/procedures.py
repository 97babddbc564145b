"""The procedure row: made with its first version, and always showing the version in force."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from motcua.catalogue.errors import ProcedureUnknown
from motcua.catalogue.models import Field, Procedure, ProcedureTag, ProcedureVersion, VersionState
from motcua.catalogue.queries.versions import ask_again
from motcua.catalogue.rules.codec import VersionContent
from motcua.catalogue.services.revision import searched_text_changed
from motcua.catalogue.words import LifeEvent, PriorityList
from motcua.kernel.authority import Actor, authorise


def fields_for(contents: Iterable[VersionContent]) -> dict[str, Field]:
    """The fields of administration of the contents by the name each content gives, made where they are new.

    Names that differ only in punctuation ("Thi đua, khen thưởng", "Thi đua - khen thưởng") share a code and a field.
    """
    wanted = {content.field_name: content for content in contents}
    codes = {content.field_code for content in wanted.values()}
    held = list(Field.objects.filter(Q(name__in=wanted) | Q(code__in=codes)))
    by_name, by_code = {field.name: field for field in held}, {field.code: field for field in held}
    fresh: dict[str, Field] = {}
    for name, content in wanted.items():
        if name not in by_name and content.field_code not in by_code and content.field_code not in fresh:
            fresh[content.field_code] = Field(
                code=content.field_code, name=name, name_en=content.field_name_en
            )
    Field.objects.bulk_create(fresh.values())
    by_code |= fresh
    return {name: by_name.get(name) or by_code[content.field_code] for name, content in wanted.items()}


def procedures_for(contents: Sequence[VersionContent], *, offer_new: bool = False) -> dict[str, Procedure]:
    """The procedures of the contents by code, made where they are new, locked for the rest of the transaction.

    `offer_new`: new ones are shown at once, because their first version is published in the same transaction.
    """
    known = {
        procedure.code: procedure
        for procedure in Procedure.objects.select_for_update()
        .filter(code__in=[content.code for content in contents])
        .order_by("pk")
    }
    fields = fields_for(contents)
    fresh = [
        _procedure(content, fields[content.field_name], offer_new)
        for content in contents
        if content.code not in known
    ]
    Procedure.objects.bulk_create(fresh, 2000)
    return known | {procedure.code: procedure for procedure in fresh}


def procedure_for(content: VersionContent) -> Procedure:
    return procedures_for([content])[content.code]


def show_current(procedure_ids: Collection[UUID], *, on: date) -> None:
    """Brings titles, level and search text up to the version in force on that day (or the next to come)."""
    transaction.on_commit(ask_again)
    searched_text_changed()
    shown: dict[UUID, ProcedureVersion] = {}
    published = (
        ProcedureVersion.objects.filter(procedure__in=procedure_ids, state=VersionState.PUBLISHED)
        .defer("snapshot", "changes", "sequence", "conditions")
        .order_by("number")
    )
    for version in published:
        current = shown.get(version.procedure_id)
        if current is None or on not in current.effective:
            shown[version.procedure_id] = version
    procedures = list(Procedure.objects.filter(pk__in=procedure_ids))
    for procedure in procedures:
        version_now = shown.get(procedure.pk)
        procedure.is_offered = version_now is not None
        if version_now is not None:
            procedure.title, procedure.title_en = version_now.title, version_now.title_en
            procedure.level, procedure.agency_level = version_now.level, version_now.agency_level
            procedure.audience = version_now.audience
    Procedure.objects.bulk_update(
        procedures, ["title", "title_en", "level", "agency_level", "audience", "is_offered"], 500
    )


@transaction.atomic
def tag_procedure(
    *,
    actor: Actor,
    code: str,
    value: LifeEvent | PriorityList,
    valid_from: date,
    valid_to: date | None = None,
) -> None:
    """Files a procedure under a life event or a list of priority services from `valid_from` (to before `valid_to`).

    Doing it again changes nothing. Refuses: PermissionRefused, ProcedureUnknown.
    """
    authorise(actor, "catalogue.manage")
    procedure = Procedure.objects.filter(code=code).first()
    if procedure is None:
        raise ProcedureUnknown(code=code)
    add_tags([(procedure.pk, value, DateRange(valid_from, valid_to))])


def add_tags(wanted: Sequence[tuple[UUID, LifeEvent | PriorityList, DateRange]]) -> None:
    """Adds the tags whose procedure does not carry the same value already."""
    held = set(
        ProcedureTag.objects.filter(
            procedure__in={procedure_id for procedure_id, _, _ in wanted}
        ).values_list("procedure_id", "value")
    )
    fresh = {(procedure_id, value.value): (value, valid) for procedure_id, value, valid in wanted}
    ProcedureTag.objects.bulk_create(
        [
            ProcedureTag(procedure_id=procedure_id, kind=_kind(value), value=name, valid=valid)
            for (procedure_id, name), (value, valid) in fresh.items()
            if (procedure_id, name) not in held
        ],
        2000,
    )
    searched_text_changed()


def _kind(value: LifeEvent | PriorityList) -> ProcedureTag.Kind:
    return ProcedureTag.Kind.LIFE_EVENT if isinstance(value, LifeEvent) else ProcedureTag.Kind.PRIORITY_LIST


def _procedure(content: VersionContent, field: Field, is_offered: bool) -> Procedure:
    return Procedure(
        is_offered=is_offered,
        code=content.code,
        title=content.title,
        title_en=content.title_en,
        field=field,
        agency_level=content.agency_level.value,
        level=content.level.value,
        audience=list(content.audience),
    )
