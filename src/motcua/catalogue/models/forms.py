"""E-forms, kept once per content: a form is named by its digest and never edited."""

from __future__ import annotations

from django.db import models

from motcua.kernel.ids import new_id


class EForm(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.TextField()
    schema = models.JSONField()
    ui = models.JSONField()
    digest = models.TextField(unique=True)
