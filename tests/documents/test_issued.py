"""Issued documents: dense numbers, succession, bytes made once, the public page."""

import json
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from config.lib.canonical import text_hash
from documents.enums import DocumentKind, IssuedState
from documents.models import IssuedDocument
from documents.services import Subject, document_bytes, document_issue, document_response
from documents.tasks import render_document
from tests.people import NOW
from tests.skp.specimens import plan

SUBJECT = Subject("skp.skp", "7", "SKP 2026 BUDI RAHASIA", "B. R.", "Dinas Pertama", 1)


def issue(kind=DocumentKind.D5, subject=SUBJECT, **values) -> IssuedDocument:
    with transaction.atomic():
        text = json.dumps(plan(**values))
        return document_issue(kind=kind, subject=subject, content_text=text, actor_id=None, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_a_document_needs_the_transaction_of_its_move():
    with pytest.raises(transaction.TransactionManagementError):
        document_issue(kind=DocumentKind.D5, subject=SUBJECT, content_text="{}", actor_id=None, now=NOW)


@pytest.mark.django_db
def test_numbers_are_dense_for_each_kind_and_a_rollback_gives_its_number_back():
    first = issue()
    with transaction.atomic():
        issue()
        transaction.set_rollback(True)
    second, other = issue(), issue(DocumentKind.D1)
    assert [row.shown_number for row in (first, second, other)] == [
        "D5/2026/000001",
        "D5/2026/000002",
        "D1/2026/000001",
    ]


@pytest.mark.django_db
def test_a_later_issue_takes_the_place_of_the_earlier_one_of_its_kind():
    first, other = issue(), issue(DocumentKind.D1)
    second = issue(owner={**plan()["owner"], "name": "NAMA BARU"})
    first.refresh_from_db()
    assert first.state == IssuedState.SUPERSEDED
    assert second.supersedes == first
    other.refresh_from_db()
    assert other.state == IssuedState.PENDING


@pytest.mark.django_db
def test_bytes_are_made_once_from_the_frozen_content_and_never_change(settings):
    issued = issue()
    assert issued.content_hash == text_hash(issued.content_text)
    data = document_bytes(issued)
    assert data[:5] == b"%PDF-"
    assert issued.state == IssuedState.RENDERED
    settings.PAPER_SIZE = "F4"
    again = IssuedDocument.objects.get(pk=issued.pk)
    assert document_bytes(again) == data
    render_document.func(issued.pk)
    assert document_bytes(IssuedDocument.objects.get(pk=issued.pk)) == data


@pytest.mark.django_db
def test_a_superseded_document_can_still_be_read_and_stays_superseded():
    first = issue()
    issue()
    first.refresh_from_db()
    assert document_bytes(first)[:5] == b"%PDF-"
    first.refresh_from_db()
    assert first.state == IssuedState.SUPERSEDED


@pytest.mark.django_db
def test_the_worker_is_told_of_plans_but_not_of_receipts():
    issued = issue()
    issue(DocumentKind.D15, receipt="TT/2026/000001", received_at=NOW.isoformat())
    told = [row.args_kwargs["args"] for row in DBTaskResult.objects.all()]
    assert told == [[issued.pk]]


@pytest.mark.django_db
def test_the_download_is_an_attachment_that_nobody_keeps():
    response = document_response(issue())
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'attachment; filename="D5-2026-000001.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db(transaction=True)
def test_of_two_renders_at_once_one_set_of_bytes_stays():
    issued = issue()
    before = set(stored_files())
    barrier, made = Barrier(2), []

    def render() -> None:
        mine = IssuedDocument.objects.get(pk=issued.pk)
        barrier.wait()
        made.append(document_bytes(mine))
        connection.close()

    threads = [Thread(target=render) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made[0] == made[1]
    issued.refresh_from_db()
    assert {f"documents/{name}" for name in set(stored_files()) - before} == {issued.stored_name}


def stored_files() -> list[str]:
    return default_storage.listdir("documents")[1] if default_storage.exists("documents") else []


@pytest.mark.django_db
class TestThePublicPage:
    """Open to everybody who has the address, and silent about names."""

    def ask(self, public_id):
        return Client().get(reverse("verify", args=[public_id]))

    def test_it_tells_what_counts_without_a_name(self):
        issued = issue()
        answer = self.ask(issued.public_id)
        text = answer.content.decode()
        assert answer.status_code == 200
        for words in ("berlaku", "D5/2026/000001", "B. R.", "Dinas Pertama", issued.content_hash, "Lampiran"):
            assert words in text
        for secret in ("RAHASIA", "BUDI SANTOSO", "19900101"):
            assert secret not in text

    def test_it_names_the_document_that_took_its_place(self):
        first = issue()
        issue()
        assert "digantikan oleh D5/2026/000002" in self.ask(first.public_id).content.decode()

    def test_a_withdrawn_document_does_not_count(self):
        issued = issue()
        IssuedDocument.objects.update(state=IssuedState.WITHDRAWN)
        text = self.ask(issued.public_id).content.decode()
        assert "Ditarik" in text
        assert "sudah tidak berlaku" in text

    def test_an_unknown_address_says_so(self):
        issue()
        answer = self.ask(uuid4())
        assert answer.status_code == 404
        assert "Dokumen tidak dikenal" in answer.content.decode()

    def test_one_address_may_not_ask_for_ever(self, settings):
        settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "verify": "2/m/ip"}
        issued = issue()
        assert [self.ask(issued.public_id).status_code for _ in range(3)] == [200, 200, 429]

    @pytest.mark.parametrize("renewals", [0, 2])
    def test_the_number_of_queries_does_not_grow(self, renewals, django_assert_num_queries):
        issued = issue()
        for _ in range(renewals):
            issue()
        self.ask(issued.public_id)
        # Twelve of them count the asker in the cache.
        with django_assert_num_queries(13):
            self.ask(issued.public_id)
