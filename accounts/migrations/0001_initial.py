from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "username",
                    models.CharField(max_length=64, unique=True, verbose_name="NIP atau nama pengguna"),
                ),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="nama")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("email_confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("is_active", models.BooleanField(default=True)),
                ("must_change_password", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "pengguna",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("username", ""), _negated=True), name="user_username_given"
                    )
                ],
            },
        ),
    ]
