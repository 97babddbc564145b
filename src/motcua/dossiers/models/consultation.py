"""Opinions asked of other agencies; they run beside the dossier and never stop its clock."""

from django.db import models

from motcua.dossiers.models.dossier import Dossier
from motcua.kernel.ids import new_id


class Consultation(models.Model):
    """One question to one agency with its own term (Decree 61/2018 art. 17: content, deadline, silence reported)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="consultations")
    agency = models.ForeignKey("directory.Agency", models.PROTECT, related_name="+", db_index=False)
    agency_name = models.TextField()
    question = models.TextField()
    asked_at = models.DateTimeField()
    asked_by_id = models.UUIDField(null=True)
    due_at = models.DateTimeField()
    answer = models.TextField(default="")
    is_agreed = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.TextField(default="")
    file_id = models.UUIDField(null=True)

    class Meta:
        ordering = ["asked_at"]
        indexes = [
            models.Index(
                fields=["agency", "due_at", "id"],
                condition=models.Q(answered_at__isnull=True),
                name="consultation_open",
            )
        ]
