"""A person's unfinished application; it never vanishes until sent or thrown away by its owner."""

from django.db import models

from motcua.kernel.ids import new_id


class Draft(models.Model):
    """`version_id` and `form_digest` say which procedure version and form it was begun on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner_id = models.UUIDField(db_index=True)
    version_id = models.UUIDField()
    case_key = models.TextField()
    receiving_id = models.UUIDField(null=True)
    form_digest = models.TextField(default="")
    form_data = models.JSONField(default=dict)
    papers = models.JSONField(default=list)
    applicant_id = models.UUIDField(null=True)
    mandate = models.JSONField(default=dict)
    contact = models.JSONField(default=dict)
    return_way = models.TextField(default="counter")
    revision = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    dossier_id = models.UUIDField(null=True)
