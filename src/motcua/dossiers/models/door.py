"""What people took home from the door: forms 02 and 03 that opened no dossier."""

from django.db import models

from motcua.kernel.ids import new_id


class DoorSlip(models.Model):
    """A request to complete (form 02) or a refusal to receive (form 03) at the desk. It is no dossier: it has a number of a
    series of its own, no clock and no state, and counts as a request or a refusal only.

    `content` is frozen, the PDF is typeset from it; `kept` is what the clerk had on the desk, so that nothing is typed twice
    when the person comes back; `dossier_id` the dossier that was received then.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.TextField(unique=True)
    code = models.TextField()
    agency_id = models.UUIDField()
    procedure_code = models.TextField()
    applicant_id = models.UUIDField()
    content = models.JSONField()
    kept = models.JSONField()
    request_key = models.TextField()
    issued_at = models.DateTimeField()
    issued_by_id = models.UUIDField()
    file_id = models.UUIDField(null=True)
    signed_file_id = models.UUIDField(null=True)
    dossier_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issued_by_id", "request_key"], name="door_slip_request_once")
        ]
        indexes = [models.Index(fields=["agency_id", "issued_at"], name="door_slip_of_desk")]
