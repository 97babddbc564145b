"""What a version says: cases with their papers, limits and fees; results, legal bases, the process."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from motcua.catalogue.models.procedure import ProcedureVersion
from motcua.catalogue.words import Channel, DigitizationClass, FeeKind
from motcua.kernel.calendar import LimitUnit
from motcua.kernel.ids import new_id

CHANNELS = [(channel.value, channel.value) for channel in Channel]


class ProcedureCase(models.Model):
    """A case (trường hợp) of a version."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="cases")
    position = models.PositiveSmallIntegerField()
    key = models.TextField()
    name = models.TextField(blank=True)
    name_en = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="case_key_once")]


class CaseComponent(models.Model):
    """A paper of a case. Counts as the law states them; 0 and 0 is a paper only shown, or a remark of the source."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(ProcedureCase, on_delete=models.CASCADE, related_name="components")
    position = models.PositiveSmallIntegerField()
    key = models.TextField()
    name = models.TextField()
    name_en = models.TextField(blank=True)
    kind_code = models.TextField(blank=True)
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    electronic = models.PositiveSmallIntegerField(default=0)
    is_required = models.BooleanField(default=True)
    is_shown_only = models.BooleanField(default=False)
    must_digitize = models.TextField(null=True, choices=[(c.value, c.value) for c in DigitizationClass])
    condition = models.TextField(blank=True)
    form_file = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="component_key_once")]


class CaseLimit(models.Model):
    """The time limit of a case on a channel; several rows for one channel are sub-cases told apart by `note`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(ProcedureCase, on_delete=models.CASCADE, related_name="limits")
    position = models.PositiveSmallIntegerField()
    channel = models.TextField(choices=CHANNELS)
    amount = models.DecimalField(max_digits=8, decimal_places=2)
    unit = models.TextField(choices=[(unit.value, unit.value) for unit in LimitUnit])
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.CheckConstraint(name="limit_is_positive", condition=Q(amount__gte=0))]


class CaseFee(models.Model):
    """A fee or charge of a case on a channel, in đồng. Null amount: a `rule` reckons it, or the source states none."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(ProcedureCase, on_delete=models.CASCADE, related_name="fees")
    position = models.PositiveSmallIntegerField()
    channel = models.TextField(choices=CHANNELS)
    code = models.TextField()
    name = models.TextField(blank=True)
    kind = models.TextField(choices=[(kind.value, kind.value) for kind in FeeKind])
    amount = models.BigIntegerField(null=True)
    exemptions = ArrayField(models.TextField(), default=list)
    note = models.TextField(blank=True)
    name_en = models.TextField(blank=True, default="")
    rule = models.JSONField(null=True)
    reliefs = models.JSONField(default=list)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(name="fee_is_not_negative", condition=Q(amount=None) | Q(amount__gte=0))
        ]


class VersionResult(models.Model):
    """A paper that the procedure ends in, by its result type code."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="result_rows")
    position = models.PositiveSmallIntegerField()
    code = models.TextField(db_index=True)
    name = models.TextField()
    name_en = models.TextField(blank=True)
    kind_code = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]


class VersionLegalBasis(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="legal_rows")
    position = models.PositiveSmallIntegerField()
    number = models.TextField(db_index=True)
    title = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]


class VersionProcess(models.Model):
    """The process graph of a version, proved sound at publication; steps as the JSON of the frozen snapshot."""

    version = models.OneToOneField(
        ProcedureVersion, primary_key=True, on_delete=models.CASCADE, related_name="process"
    )
    start = models.TextField()
    steps = models.JSONField()
