import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ActivationCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "kode aktivasi",
            },
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_index=True)),
                ("actor_label", models.CharField(max_length=280)),
                ("acting_as", models.CharField(blank=True, max_length=200)),
                ("kind", models.CharField(max_length=64)),
                ("kind_label", models.CharField(max_length=120)),
                ("target", models.CharField(max_length=120)),
                ("target_label", models.CharField(blank=True, max_length=280)),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
                ("request_id", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "verbose_name": "jejak audit",
            },
        ),
        migrations.CreateModel(
            name="LoginGuard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("last_attempt_at", models.DateTimeField(db_index=True)),
                ("locked_until", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "penjaga masuk",
            },
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("text", models.CharField(max_length=400)),
                ("link", models.CharField(blank=True, max_length=300)),
                ("read_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "pemberitahuan",
            },
        ),
        migrations.CreateModel(
            name="OutboxMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=200, unique=True)),
                ("channel", models.CharField(choices=[("email", "E-mail")], max_length=16)),
                ("to", models.CharField(max_length=254)),
                ("subject", models.CharField(max_length=200)),
                ("body", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Menunggu"),
                            ("sending", "Sedang dikirim"),
                            ("sent", "Terkirim"),
                            ("failed", "Gagal"),
                            ("uncertain", "Tidak pasti"),
                        ],
                        default="waiting",
                        max_length=16,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("last_error", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "verbose_name": "pesan keluar",
            },
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("email_confirmed_at", None), models.Q(("email", ""), _negated=True), _connector="OR"
                ),
                name="user_confirmed_email_given",
            ),
        ),
        migrations.AddField(
            model_name="activationcode",
            name="issued_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="activationcode",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="activation_codes",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="auditevent",
            name="actor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notifications",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "sending"])),
                fields=["due_at"],
                name="outbox_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="outboxmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "sending", "sent", "failed", "uncertain"])),
                name="outbox_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="outboxmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["email"])), name="outbox_channel_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="outboxmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                    models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at", None)),
                    _connector="OR",
                ),
                name="outbox_sent_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="outboxmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "sending"), _negated=True),
                    ("lease_until__isnull", False),
                    _connector="OR",
                ),
                name="outbox_sending_has_lease",
            ),
        ),
        migrations.AddConstraint(
            model_name="activationcode",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("issued_at"))),
                name="activation_expires_after_issue",
            ),
        ),
        migrations.AddConstraint(
            model_name="activationcode",
            constraint=models.CheckConstraint(
                condition=models.Q(("used_at", None), ("revoked_at", None), _connector="OR"),
                name="activation_used_or_revoked",
            ),
        ),
        migrations.AddConstraint(
            model_name="activationcode",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at", None), ("used_at", None)),
                fields=("user",),
                name="activation_one_open_code",
            ),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["target", "-at"], name="audit_by_target"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["actor", "-at"], name="audit_by_actor"),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(fields=["user", "-at"], name="notification_by_user"),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("read_at", None)), fields=["user"], name="notification_unread"
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("link", ""),
                    models.Q(("link__startswith", "/"), models.Q(("link__startswith", "//"), _negated=True)),
                    _connector="OR",
                ),
                name="notification_link_inside",
            ),
        ),
    ]
