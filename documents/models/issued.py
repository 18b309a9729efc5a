"""What was issued: its number, its content and hash, and the bytes once they are rendered."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from documents.enums import DocumentKind, IssuedState


class IssuedDocument(models.Model):
    """A document with a number; the move that issues it stores content and hash, the bytes follow.

    ``subject_type`` and ``subject_id`` name the row of the upper app that it is about, as text. ``initials``,
    ``opd_name`` and ``revision`` are what the public verification page may show. The bytes are rendered
    once and never change; a later issue of the same subject supersedes this one.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("jenis", max_length=4, choices=DocumentKind)
    year = models.PositiveSmallIntegerField("tahun")
    number = models.PositiveIntegerField("nomor")
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    title = models.CharField("judul", max_length=200)
    initials = models.CharField("inisial", max_length=20, blank=True)
    opd_name = models.CharField("OPD", max_length=255, blank=True)
    revision = models.PositiveSmallIntegerField("revisi", default=0)
    content_text = models.TextField()
    content_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=IssuedState, default=IssuedState.PENDING)
    stored_name = models.CharField(max_length=120, blank=True)
    file_hash = models.CharField(max_length=64, blank=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    issued_at = models.DateTimeField("diterbitkan")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "number"], name="issued_number_once"),
            models.CheckConstraint(condition=Q(state__in=IssuedState.values), name="issued_state_known"),
            models.CheckConstraint(
                condition=Q(stored_name="", file_hash="") | (~Q(stored_name="") & ~Q(file_hash="")),
                name="issued_bytes_with_hash",
            ),
            models.CheckConstraint(
                condition=~Q(state=IssuedState.RENDERED) | ~Q(stored_name=""),
                name="issued_rendered_has_bytes",
            ),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="issued_subject")]

    def __str__(self) -> str:
        return self.shown_number

    @property
    def shown_number(self) -> str:
        """ "D1/2026/000123"."""
        return f"{self.kind}/{self.year}/{self.number:06d}"
