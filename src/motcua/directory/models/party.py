"""Persons and organisations that deal with the administration. Separate from log-in accounts."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from motcua.directory.models.territory import Fold, Territory
from motcua.directory.words import PartyKind, Sex
from motcua.kernel.ids import new_id


class Party(models.Model):
    """What a person and an organisation have in common."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.TextField(choices=[(kind.value, kind.value) for kind in PartyKind])
    full_name = models.TextField()
    phone = models.TextField(default="", blank=True)
    email = models.TextField(default="", blank=True)
    address = models.TextField(default="", blank=True)
    territory = models.ForeignKey(Territory, null=True, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    #: Recorded twice: the other record stands for both (`services.merge_people`); nothing of this one is changed by it.
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    search_name = models.GeneratedField(
        expression=Fold(F("full_name")), output_field=models.TextField(), db_persist=True
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(full_name=""), name="party_named")]
        indexes = [
            GinIndex(OpClass(F("search_name"), name="gin_trgm_ops"), name="party_search"),
            models.Index(fields=["phone"], name="party_phone", condition=~Q(phone="")),
        ]


class PersonDetail(models.Model):
    """What only a person has."""

    party = models.OneToOneField(Party, primary_key=True, on_delete=models.CASCADE, related_name="person")
    personal_number = models.TextField(null=True, unique=True)
    old_number = models.TextField(null=True)
    #: As much as is known: `1956-03-12`, `1956-03` or `1956` (`kernel.values.PartialDate`).
    born = models.TextField(null=True)
    sex = models.TextField(null=True, choices=[(sex.value, sex.value) for sex in Sex])
    nationality = models.TextField(default="VN")
    #: Of people without a number of this country: the passport and the state that issued it (ISO 3166-1, two letters).
    passport_number = models.TextField(null=True)
    passport_country = models.TextField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(personal_number=None) | Q(personal_number__regex=r"^\d{12}$"),
                name="personal_number_shape",
            ),
            models.CheckConstraint(
                condition=Q(old_number=None) | Q(old_number__regex=r"^\d{9}$"), name="old_number_shape"
            ),
            models.CheckConstraint(
                condition=Q(born=None) | Q(born__regex=r"^\d{4}(-\d{2}(-\d{2})?)?$"), name="person_born_shape"
            ),
            models.CheckConstraint(
                condition=Q(passport_number=None, passport_country=None)
                | Q(passport_number__regex=r"^[A-Z0-9]{5,20}$", passport_country__regex=r"^[A-Z]{2}$"),
                name="person_passport_shape",
            ),
            models.UniqueConstraint(
                fields=["passport_country", "passport_number"],
                condition=Q(passport_number__isnull=False),
                name="person_passport_once",
            ),
        ]
        indexes = [models.Index(fields=["old_number"], name="person_old_number")]


class OrganisationDetail(models.Model):
    """What only an organisation has."""

    party = models.OneToOneField(
        Party, primary_key=True, on_delete=models.CASCADE, related_name="organisation"
    )
    tax_code = models.TextField(null=True, unique=True)
    enterprise_number = models.TextField(null=True, unique=True)
    trade_name = models.TextField(default="", blank=True)
    legal_representative = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")


class PartyCorrection(models.Model):
    """One corrected detail: what it said, what it says, who and why. Never edited."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="corrections")
    detail = models.TextField()
    before = models.TextField(null=True)
    after = models.TextField(null=True)
    reason = models.TextField()
    by_account_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    search_before = models.GeneratedField(
        expression=Fold(F("before")), output_field=models.TextField(null=True), db_persist=True
    )

    class Meta:
        indexes = [
            GinIndex(
                OpClass(F("search_before"), name="gin_trgm_ops"),
                name="party_former_name",
                condition=Q(detail="full_name"),
            )
        ]


class PartyMerge(models.Model):
    """Two records of one person became one: which stands, which gave way, what moved, who and why; and its undoing.

    `changes` holds each value that the merge wrote: `[{"record": id, "detail": …, "before": …, "after": …}]`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    standing = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    former = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    changes = models.JSONField(default=list)
    reason = models.TextField()
    by_account_id = models.UUIDField(null=True)
    by_name = models.TextField(default="", blank=True)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by_account_id = models.UUIDField(null=True)
    undone_by_name = models.TextField(default="", blank=True)
    undone_reason = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["former"], condition=Q(undone_at=None), name="party_merged_into_one"
            ),
            models.CheckConstraint(condition=~Q(standing=F("former")), name="party_merge_of_two"),
        ]
