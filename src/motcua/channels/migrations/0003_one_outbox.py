"""Deliveries and letters leave by the outbox of the kernel, which alone counts tries; people choose their ways."""

from django.db import migrations, models

import motcua.kernel.ids

# What waits, and what failed so far, is put out anew; a way of the past has arrived or not, and keeps its record.
_DELIVERIES = """
INSERT INTO kernel_outboxmessage (destination, key, subject, reference, digest, state, attempts, next_try_at, expires_at,
  last_error, receipt, put_at, tried_at, ended_at, reason)
SELECT 'channels.' || d.way, d.id::text, n.dossier_id || ':' || n.party_id, 'delivery:' || d.id, '',
  CASE d.state WHEN 'sent' THEN 'sent' ELSE 'waiting' END, d.attempts, now(), now() + interval '12 days',
  d.last_error, '', n.made_at, NULL, CASE d.state WHEN 'sent' THEN coalesce(d.sent_at, n.made_at) END, ''
FROM channels_delivery d JOIN channels_notice n ON n.id = d.notice_id
ORDER BY d.id;
UPDATE channels_delivery d SET message_id = m.id
FROM kernel_outboxmessage m WHERE m.destination = 'channels.' || d.way AND m.key = d.id::text;
"""
_LETTERS = """
INSERT INTO kernel_outboxmessage (destination, key, subject, reference, digest, state, attempts, next_try_at, expires_at,
  last_error, receipt, put_at, tried_at, ended_at, reason)
SELECT 'channels.email', l.id::text, '', 'letter:' || l.id, '',
  CASE l.state WHEN 'sent' THEN 'sent' ELSE 'waiting' END, l.attempts, now(), now() + interval '12 days',
  l.last_error, '', l.written_at, NULL, CASE l.state WHEN 'sent' THEN coalesce(l.sent_at, l.written_at) END, ''
FROM channels_officialletter l
ORDER BY l.id;
UPDATE channels_officialletter l SET message_id = m.id
FROM kernel_outboxmessage m WHERE m.destination = 'channels.email' AND m.key = l.id::text;
"""
# Their work is the outbox's now; a worker would not know these jobs.
_OLD_JOBS = """
DELETE FROM procrastinate_jobs
WHERE status IN ('todo', 'failed') AND (task_name IN ('channels.send_email', 'channels.send_official_letter')
  OR args ->> 'listener' = 'channels.official_letter');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0002_official_letters"),
        ("kernel", "0003_outbox"),
        ("procrastinate", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery", name="message_id", field=models.BigIntegerField(null=True, unique=True)
        ),
        migrations.AddField(
            model_name="delivery", name="subject", field=models.TextField(blank=True, default="")
        ),
        migrations.AddField(
            model_name="delivery", name="body", field=models.TextField(blank=True, default="")
        ),
        migrations.AddField(
            model_name="officialletter",
            name="message_id",
            field=models.BigIntegerField(null=True, unique=True),
        ),
        migrations.RunSQL(_DELIVERIES, migrations.RunSQL.noop),
        migrations.RunSQL(_LETTERS, migrations.RunSQL.noop),
        migrations.RunSQL(_OLD_JOBS, migrations.RunSQL.noop),
        migrations.AlterField(model_name="delivery", name="way", field=models.TextField()),
        migrations.RemoveField(model_name="delivery", name="attempts"),
        migrations.RemoveField(model_name="delivery", name="last_error"),
        migrations.RemoveField(model_name="delivery", name="sent_at"),
        migrations.RemoveField(model_name="delivery", name="state"),
        migrations.RemoveField(model_name="officialletter", name="attempts"),
        migrations.RemoveField(model_name="officialletter", name="last_error"),
        migrations.RemoveField(model_name="officialletter", name="sent_at"),
        migrations.RemoveField(model_name="officialletter", name="state"),
        migrations.CreateModel(
            name="ContactChoice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("party_id", models.UUIDField()),
                ("way", models.TextField()),
                ("is_wanted", models.BooleanField()),
                ("chosen_at", models.DateTimeField()),
                ("chosen_by_id", models.UUIDField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["party_id", "way", "-id"], name="contact_choice_of_party")],
            },
        ),
    ]
