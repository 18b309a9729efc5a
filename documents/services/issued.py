"""Issuing documents: number, content and hash inside the move, the bytes after it, once for ever.

What a document says is frozen as canonical text when it is issued; the function named for its kind in
``settings.DOCUMENT_RENDERERS`` makes the PDF from that text alone, so that it is the same whenever it
is rendered: by the worker, or at the first download.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.module_loading import import_string

from config.lib.canonical import text_hash
from config.lib.dates import office_date
from config.lib.jobs import enqueue
from config.lib.prepared import Given, Prepared
from config.lib.privatefiles import private_delete, private_response, private_save
from documents.enums import DocumentKind, IssuedState
from documents.models import IssuedDocument
from documents.services.counters import counter_next

RENDER_TASK = "documents.tasks.render_document"
FOLDER = "documents"
VALID = (IssuedState.PENDING, IssuedState.RENDERED)
CURRENT = Prepared(
    lambda: IssuedDocument.objects.filter(
        kind=Given("kind"), subject_type=Given("type"), subject_id=Given("id"), state__in=VALID
    ).order_by("pk")[:1]
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a document is about: a row of an upper app, and what the public page may say of it.

    ``kind`` and ``key`` name the row as text; ``initials`` stand for the person's name.
    """

    kind: str
    key: str
    title: str
    initials: str
    opd_name: str
    revision: int


@dataclass(frozen=True, slots=True)
class Print:
    """What a renderer gets: the frozen content, and the signs of the issue; None before it is issued."""

    kind: DocumentKind
    content: Mapping[str, Any]
    issue: "IssueSigns | None"


@dataclass(frozen=True, slots=True)
class IssueSigns:
    """The signs that every issued document prints."""

    number: str
    verify_url: str
    content_hash: str
    revision: int
    issued_at: datetime


def document_issue(
    *, kind: DocumentKind, subject: Subject, content_text: str, actor_id: int | None, now: datetime
) -> IssuedDocument:
    """Issue a document inside the caller's transaction; call it as the last step of the move.

    ``content_text`` is canonical text. A valid earlier document of the same subject and kind becomes
    superseded. The bytes follow after the commit. The number is taken last, since its row stays locked
    until the commit. Raises TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("document_issue needs the transaction of the move")
    earlier = current_document(kind=kind, subject_type=subject.kind, subject_id=subject.key)
    if earlier is not None:
        IssuedDocument.objects.filter(pk=earlier.pk, state__in=VALID).update(state=IssuedState.SUPERSEDED)
    year = office_date(now).year
    issued = IssuedDocument(
        kind=kind,
        year=year,
        subject_type=subject.kind,
        subject_id=subject.key,
        title=subject.title,
        initials=subject.initials,
        opd_name=subject.opd_name,
        revision=subject.revision,
        content_text=content_text,
        content_hash=text_hash(content_text),
        supersedes=earlier,
        issued_at=now,
        issued_by_id=actor_id,
    )
    issued.number = counter_next(kind=f"document.{kind}", key="", year=year)
    issued.save()
    if kind.rendered_ahead:
        enqueue(RENDER_TASK, issued.pk)
    return issued


def current_document(*, kind: DocumentKind, subject_type: str, subject_id: str) -> IssuedDocument | None:
    """The valid document of the kind about that row."""
    return CURRENT.first(kind=kind, type=subject_type, id=subject_id)


def document_bytes(issued: IssuedDocument) -> bytes:
    """The PDF, rendered and kept now if it never was; of two renders at once one set of bytes stays.

    Raises FileNotFoundError when the storage has lost it: what was handed out is never made anew.
    """
    if not issued.stored_name:
        _render(issued)
    with default_storage.open(issued.stored_name, "rb") as stored:
        data: bytes = stored.read()
    return data


def document_response(issued: IssuedDocument) -> HttpResponse:
    """The PDF as a download; the caller has found ``issued`` in the viewer's visible set."""
    if not issued.stored_name:
        _render(issued)
    return private_response(issued.stored_name, name=file_name(issued), content_type="application/pdf")


def file_name(issued: IssuedDocument) -> str:
    """ "D1-2026-000123.pdf"."""
    return f"{issued.shown_number.replace('/', '-')}.pdf"


def draft_bytes(kind: DocumentKind, content: Mapping[str, Any]) -> bytes:
    """The document as it would look, marked as a draft: no number, nothing to verify, not stored."""
    return _renderer(kind)(Print(kind, content, None))


def verify_url(issued: IssuedDocument) -> str:
    """The public address behind the document's QR code."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{reverse('verify', args=[issued.public_id])}"


def _renderer(kind: DocumentKind) -> Callable[[Print], bytes]:
    function: Callable[[Print], bytes] = import_string(settings.DOCUMENT_RENDERERS[kind])
    return function


def _render(issued: IssuedDocument) -> None:
    """Make and store the bytes unless somebody else was first; ``issued`` then names those that stay."""
    kind = DocumentKind(issued.kind)
    signs = IssueSigns(
        issued.shown_number, verify_url(issued), issued.content_hash, issued.revision, issued.issued_at
    )
    data = _renderer(kind)(Print(kind, json.loads(issued.content_text), signs))
    name = private_save(FOLDER, data)
    try:
        with transaction.atomic():
            kept = IssuedDocument.objects.filter(pk=issued.pk, stored_name="").update(
                stored_name=name, file_hash=hashlib.sha256(data).hexdigest()
            )
            IssuedDocument.objects.filter(pk=issued.pk, state=IssuedState.PENDING).update(
                state=IssuedState.RENDERED
            )
    except BaseException:
        private_delete(name)
        raise
    if not kept:
        private_delete(name)
    issued.refresh_from_db(fields=["stored_name", "file_hash", "state"])
