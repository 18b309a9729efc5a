import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0001_initial"),
        ("orgunits", "0003_import_jobs"),
        ("skp", "0005_deadline_proposals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("delivered_at", models.DateTimeField(verbose_name="disampaikan")),
                ("delivered_as", models.CharField(max_length=300)),
                ("deemed_at", models.DateTimeField(verbose_name="dianggap diterima")),
                ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="diterima")),
                ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="batas keberatan")),
            ],
        ),
        migrations.CreateModel(
            name="DistributionReason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="alasan")),
                ("given_at", models.DateTimeField()),
                ("given_label", models.CharField(max_length=300)),
            ],
            options={
                "ordering": ["-given_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoryResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="tahun")),
                (
                    "score",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="nilai"
                    ),
                ),
                ("predicate", models.CharField(max_length=40, verbose_name="predikat")),
                (
                    "appraiser_name",
                    models.CharField(blank=True, max_length=255, verbose_name="pejabat penilai"),
                ),
                ("imported_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-year"],
            },
        ),
        migrations.CreateModel(
            name="NewIdea",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="ide baru")),
                ("benefit", models.TextField(verbose_name="manfaat bagi organisasi")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="nama bukti")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="tautan bukti")),
                ("stored_name", models.CharField(blank=True, max_length=120)),
                ("content_type", models.CharField(blank=True, max_length=100)),
                ("size", models.PositiveIntegerField(default=0, help_text="bytes")),
                ("file_hash", models.CharField(blank=True, max_length=64)),
                ("entered_at", models.DateTimeField()),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Belum diperiksa"),
                            ("verified", "Terbukti bermanfaat bagi organisasi"),
                            ("refused", "Tidak terbukti"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                (
                    "verdict_note",
                    models.CharField(blank=True, max_length=300, verbose_name="catatan pemeriksaan"),
                ),
                ("verdict_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="NoPerformance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("never_sent", "Tidak pernah mengirim rencana SKP"),
                            ("no_evidence", "Tidak ada bukti dukung pada satu indikator pun"),
                        ],
                        max_length=12,
                        verbose_name="sebab",
                    ),
                ),
                ("set_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["set_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="OrgAchievement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "performance",
                    models.CharField(
                        choices=[
                            ("outstanding", "Istimewa"),
                            ("good", "Baik"),
                            ("needs_improvement", "Butuh Perbaikan"),
                            ("poor", "Kurang"),
                            ("very_poor", "Sangat Kurang"),
                        ],
                        max_length=20,
                        verbose_name="capaian organisasi",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="dasar")),
                ("set_at", models.DateTimeField()),
                ("set_as", models.CharField(blank=True, max_length=300)),
                ("version", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="ScoreDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("saved_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ScoreProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "new_skp_value",
                    models.DecimalField(decimal_places=2, max_digits=5, verbose_name="nilai SKP baru"),
                ),
                (
                    "new_final",
                    models.DecimalField(decimal_places=2, max_digits=5, verbose_name="nilai akhir baru"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Menunggu"),
                            ("applied", "Dilaksanakan"),
                            ("dismissed", "Tidak dilaksanakan"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_note", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["made_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ScoringVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("reason", models.CharField(max_length=300, verbose_name="alasan")),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="UnlockRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="alasan")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Menunggu"),
                            ("applied", "Dilaksanakan"),
                            ("dismissed", "Tidak dilaksanakan"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("requested_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["requested_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="YearResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("obliged", models.BooleanField()),
                ("parts_text", models.TextField(blank=True)),
                ("scored", models.BooleanField(default=False)),
                ("counts", models.BooleanField(default=False)),
                (
                    "final",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="nilai akhir"
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("very_good", "Sangat Baik"),
                            ("good", "Baik"),
                            ("fair", "Cukup"),
                            ("poor", "Kurang"),
                            ("very_poor", "Sangat Kurang"),
                        ],
                        max_length=20,
                        verbose_name="kategori nilai",
                    ),
                ),
                (
                    "national",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("very_good", "Sangat Baik"),
                            ("good", "Baik"),
                            ("needs_improvement", "Butuh Perbaikan"),
                            ("poor", "Kurang/Misconduct"),
                            ("very_poor", "Sangat Kurang"),
                        ],
                        max_length=20,
                        verbose_name="predikat kinerja",
                    ),
                ),
                (
                    "four",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("satisfactory", "Memuaskan"),
                            ("good", "Baik"),
                            ("bad", "Buruk"),
                            ("very_bad", "Sangat Buruk"),
                        ],
                        max_length=20,
                        verbose_name="predikat",
                    ),
                ),
                (
                    "no_performance",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("never_sent", "Tidak pernah mengirim rencana SKP"),
                            ("no_evidence", "Tidak ada bukti dukung pada satu indikator pun"),
                        ],
                        max_length=12,
                        verbose_name="sebab",
                    ),
                ),
                ("computed_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="assessment",
            name="assessment_status_known",
        ),
        migrations.RemoveConstraint(
            model_name="assessment",
            name="assessment_scored_has_version",
        ),
        migrations.RemoveConstraint(
            model_name="assessmentversion",
            name="assessmentversion_values_0_to_120",
        ),
        migrations.RemoveConstraint(
            model_name="behaviourscore",
            name="behaviourscore_0_to_120",
        ),
        migrations.AddField(
            model_name="assessment",
            name="delivered",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delivered_of",
                to="assessments.assessmentversion",
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="reopened_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="assessmentmove",
            name="about",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="moves",
                to="assessments.assessmentversion",
            ),
        ),
        migrations.AddField(
            model_name="assessmentversion",
            name="cause",
            field=models.CharField(
                choices=[
                    ("scored", "Penilaian oleh pejabat penilai"),
                    ("superior", "Nilai hasil kerja atasan berubah"),
                    ("unlocked", "Kunci hasil penilaian dibuka"),
                ],
                default="scored",
                max_length=12,
                verbose_name="sebab",
            ),
        ),
        migrations.AddField(
            model_name="assessmentversion",
            name="cause_note",
            field=models.CharField(blank=True, max_length=300, verbose_name="alasan"),
        ),
        migrations.AddField(
            model_name="assessmentversion",
            name="new_idea",
            field=models.BooleanField(default=False, verbose_name="ide baru terbukti"),
        ),
        migrations.AddField(
            model_name="assessmentversion",
            name="org_performance",
            field=models.CharField(
                blank=True,
                choices=[
                    ("outstanding", "Istimewa"),
                    ("good", "Baik"),
                    ("needs_improvement", "Butuh Perbaikan"),
                    ("poor", "Kurang"),
                    ("very_poor", "Sangat Kurang"),
                ],
                max_length=20,
                verbose_name="capaian organisasi",
            ),
        ),
        migrations.AddField(
            model_name="assessmentversion",
            name="recommendation",
            field=models.TextField(blank=True, verbose_name="catatan/rekomendasi"),
        ),
        migrations.AddField(
            model_name="behaviourscore",
            name="feedback",
            field=models.TextField(blank=True, verbose_name="umpan balik"),
        ),
        migrations.AddField(
            model_name="resultscore",
            name="feedback",
            field=models.TextField(blank=True, verbose_name="umpan balik"),
        ),
        migrations.AlterField(
            model_name="assessment",
            name="status",
            field=models.CharField(
                choices=[
                    ("open", "Belum dilaporkan"),
                    ("reported", "Menunggu penilaian"),
                    ("scored", "Sudah dinilai, belum disampaikan"),
                    ("delivered", "Disampaikan"),
                    ("objected", "Keberatan diajukan"),
                    ("accepted", "Diterima"),
                    ("final", "Final"),
                ],
                default="open",
                max_length=12,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            model_name="assessmentmove",
            name="action",
            field=models.CharField(
                choices=[
                    ("report", "Laporkan"),
                    ("score", "Nilai"),
                    ("deliver", "Sampaikan"),
                    ("accept", "Terima hasil"),
                    ("object", "Ajukan keberatan"),
                    ("settle", "Anggap diterima"),
                    ("finalise", "Tetapkan final"),
                    ("renew", "Sampaikan nilai baru"),
                    ("unlock", "Buka kunci"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="assessmentmove",
            name="actor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="assessmentversion",
            name="behaviour_value",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="nilai perilaku"
            ),
        ),
        migrations.AlterField(
            model_name="assessmentversion",
            name="category",
            field=models.CharField(
                blank=True,
                choices=[
                    ("very_good", "Sangat Baik"),
                    ("good", "Baik"),
                    ("fair", "Cukup"),
                    ("poor", "Kurang"),
                    ("very_poor", "Sangat Kurang"),
                ],
                max_length=20,
                verbose_name="kategori nilai",
            ),
        ),
        migrations.AlterField(
            model_name="assessmentversion",
            name="final",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="nilai akhir"
            ),
        ),
        migrations.AlterField(
            model_name="assessmentversion",
            name="made_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="assessmentversion",
            name="skp_value",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="nilai SKP"
            ),
        ),
        migrations.AlterField(
            model_name="behaviourscore",
            name="aspect",
            field=models.CharField(max_length=30),
        ),
        migrations.AlterField(
            model_name="behaviourscore",
            name="value",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True),
        ),
        migrations.AlterField(
            model_name="resultscore",
            name="value",
            field=models.DecimalField(blank=True, decimal_places=6, max_digits=12, null=True),
        ),
        migrations.AlterField(
            model_name="resultscore",
            name="weighted",
            field=models.DecimalField(blank=True, decimal_places=6, max_digits=12, null=True),
        ),
        migrations.AddIndex(
            model_name="assessment",
            index=models.Index(fields=["status"], name="assessment_status"),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        ["open", "reported", "scored", "delivered", "objected", "accepted", "final"],
                    )
                ),
                name="assessment_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("current__isnull", False),
                        ("status__in", ["accepted", "delivered", "final", "objected", "scored"]),
                    ),
                    models.Q(
                        models.Q(
                            ("status__in", ["accepted", "delivered", "final", "objected", "scored"]),
                            _negated=True,
                        ),
                        ("current__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="assessment_scored_has_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["accepted", "delivered", "final", "objected"]), _negated=True),
                    ("delivered__isnull", False),
                    _connector="OR",
                ),
                name="assessment_delivered_has_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("behaviour_value__range", (0, 120)),
                        ("final__range", (0, 120)),
                        ("skp_value__range", (0, 120)),
                    ),
                    models.Q(
                        ("behaviour_value__isnull", True),
                        ("final__isnull", True),
                        ("skp_value__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="assessmentversion_values_0_to_120",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("category", ""), ("final__isnull", True), ("regime", "quadrant")),
                    models.Q(
                        models.Q(("regime", "quadrant"), _negated=True),
                        ("final__isnull", False),
                        models.Q(("category", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="assessmentversion_numbers_by_regime",
            ),
        ),
        migrations.AddConstraint(
            model_name="behaviourscore",
            constraint=models.CheckConstraint(
                condition=models.Q(("value__isnull", True), ("value__range", (0, 120)), _connector="OR"),
                name="behaviourscore_0_to_120",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="delivered_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="version",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delivery",
                to="assessments.assessmentversion",
            ),
        ),
        migrations.AddField(
            model_name="distributionreason",
            name="given_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="distributionreason",
            name="period",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="distribution_reasons",
                to="skp.period",
            ),
        ),
        migrations.AddField(
            model_name="distributionreason",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgunits.orgunit"
            ),
        ),
        migrations.AddField(
            model_name="historyresult",
            name="employee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="history_results",
                to="orgunits.employee",
            ),
        ),
        migrations.AddField(
            model_name="historyresult",
            name="imported_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="newidea",
            name="entered_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="newidea",
            name="skp",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="new_idea", to="skp.skp"
            ),
        ),
        migrations.AddField(
            model_name="newidea",
            name="verdict_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="noperformance",
            name="employee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="no_performances",
                to="orgunits.employee",
            ),
        ),
        migrations.AddField(
            model_name="noperformance",
            name="period",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="no_performances", to="skp.period"
            ),
        ),
        migrations.AddField(
            model_name="orgachievement",
            name="period",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="org_achievements", to="skp.period"
            ),
        ),
        migrations.AddField(
            model_name="orgachievement",
            name="set_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="orgachievement",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="achievements",
                to="orgunits.orgunit",
            ),
        ),
        migrations.AddField(
            model_name="scoredraft",
            name="assessment",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="draft", to="assessments.assessment"
            ),
        ),
        migrations.AddField(
            model_name="scoredraft",
            name="saved_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="scoreproposal",
            name="assessment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="proposals",
                to="assessments.assessment",
            ),
        ),
        migrations.AddField(
            model_name="scoreproposal",
            name="based_on",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="assessments.assessmentversion",
            ),
        ),
        migrations.AddField(
            model_name="scoreproposal",
            name="cause",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="assessments.assessmentversion",
            ),
        ),
        migrations.AddField(
            model_name="scoreproposal",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="scoringversion",
            name="changed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="scoringversion",
            name="period",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="scoring_versions", to="skp.period"
            ),
        ),
        migrations.AddField(
            model_name="unlockrequest",
            name="assessment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="unlocks",
                to="assessments.assessment",
            ),
        ),
        migrations.AddField(
            model_name="unlockrequest",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="unlockrequest",
            name="requested_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="yearresult",
            name="employee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="year_results",
                to="orgunits.employee",
            ),
        ),
        migrations.AddField(
            model_name="yearresult",
            name="opd",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="orgunits.orgunit",
            ),
        ),
        migrations.AddField(
            model_name="yearresult",
            name="period",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="year_results", to="skp.period"
            ),
        ),
        migrations.AddField(
            model_name="yearresult",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="orgunits.orgunit",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["closes_at"], name="delivery_closes"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closes_at__isnull", True), ("received_at__isnull", True)),
                    models.Q(("closes_at__isnull", False), ("received_at__isnull", False)),
                    _connector="OR",
                ),
                name="delivery_clock_from_receipt",
            ),
        ),
        migrations.AddConstraint(
            model_name="historyresult",
            constraint=models.UniqueConstraint(fields=("employee", "year"), name="historyresult_once"),
        ),
        migrations.AddConstraint(
            model_name="historyresult",
            constraint=models.CheckConstraint(
                condition=models.Q(("score__isnull", True), ("score__range", (0, 120)), _connector="OR"),
                name="historyresult_0_to_120",
            ),
        ),
        migrations.AddConstraint(
            model_name="newidea",
            constraint=models.CheckConstraint(
                condition=models.Q(("url", ""), ("stored_name", ""), _connector="OR"),
                name="newidea_link_or_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="newidea",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict__in", ["", "verified", "refused"])), name="newidea_verdict_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="newidea",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict", ""), ("verdict_at__isnull", True), ("verdict_by__isnull", True)),
                    models.Q(
                        models.Q(("verdict", ""), _negated=True),
                        ("verdict_at__isnull", False),
                        ("verdict_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="newidea_verdict_at_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="noperformance",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at__isnull", True)),
                fields=("period", "employee"),
                name="noperformance_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="noperformance",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["never_sent", "no_evidence"])),
                name="noperformance_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="orgachievement",
            constraint=models.UniqueConstraint(fields=("period", "unit"), name="orgachievement_once"),
        ),
        migrations.AddConstraint(
            model_name="orgachievement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("performance__in", ["outstanding", "good", "needs_improvement", "poor", "very_poor"])
                ),
                name="orgachievement_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="scoreproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("assessment",), name="scoreproposal_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="scoreproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "applied", "dismissed"])),
                name="scoreproposal_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="scoreproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "open")),
                    models.Q(
                        models.Q(("state", "open"), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="scoreproposal_decided_at_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="scoringversion",
            constraint=models.UniqueConstraint(
                fields=("period", "number"), name="scoringversion_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="unlockrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("assessment",), name="unlockrequest_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="unlockrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "applied", "dismissed"])),
                name="unlockrequest_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="unlockrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "open")),
                    models.Q(
                        models.Q(("state", "open"), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="unlockrequest_decided_at_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="unlockrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "applied"), _negated=True),
                    models.Q(
                        ("decided_by__isnull", False),
                        models.Q(("decided_by", models.F("requested_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="unlockrequest_second_person",
            ),
        ),
        migrations.AddIndex(
            model_name="yearresult",
            index=models.Index(fields=["period", "opd", "obliged", "four"], name="yearresult_board"),
        ),
        migrations.AddConstraint(
            model_name="yearresult",
            constraint=models.UniqueConstraint(fields=("period", "employee"), name="yearresult_once"),
        ),
        migrations.AddConstraint(
            model_name="yearresult",
            constraint=models.CheckConstraint(
                condition=models.Q(("final__isnull", True), ("final__range", (0, 120)), _connector="OR"),
                name="yearresult_0_to_120",
            ),
        ),
        migrations.AddConstraint(
            model_name="yearresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("counts", False), models.Q(("no_performance", ""), ("scored", True)), _connector="OR"
                ),
                name="yearresult_counts_when_scored",
            ),
        ),
    ]
