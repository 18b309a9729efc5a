"""Who gets what from the start page, the account, jobs and probes."""

from collections.abc import Mapping

from django.contrib.auth.hashers import make_password

from accounts.models import User
from documents.enums import JobState
from documents.models import Job
from tests.access.row import COLUMNS, Row, everyone
from tests.people import NOW, People


def with_passwords(people: People) -> Mapping[str, object]:
    """For pages that only people with a password reach."""
    password = make_password("rahasia-yang-panjang")
    for column in COLUMNS[1:]:
        # The very rows with which the test signs in: a session is bound to its password.
        user: User = getattr(people, column).user
        user.password = password
        user.save(update_fields=["password"])
    return {}


def a_token(people: People) -> Mapping[str, object]:
    return {"token": "bukan-token"}


def owners_job(people: People) -> Mapping[str, object]:
    job = Job.objects.create(
        owner=people.owner.user,
        kind="test",
        title="Pekerjaan",
        payload="{}",
        state=JobState.DONE,
        created_at=NOW,
        finished_at=NOW,
    )
    return {"public_id": job.public_id}


FRAME = (
    everyone("start", 302, 200),
    everyone("theme_css", 200, 200),
    everyone("appearance", 302, 302, method="post"),
    everyone("gallery", 302, 200),
    everyone("healthz", 200, 200),
    everyone("readyz", 200, 200),
)
# The own account only: nobody reaches another one by these addresses.
ACCOUNTS = (
    everyone("account_login", 200, 302),
    everyone("account_logout", 302, 200),
    everyone("account_reauthenticate", 302, 200, with_passwords),
    everyone("account_change_password", 302, 200, with_passwords),
    everyone("usersessions_list", 302, 200),
    everyone("accounts:profile", 302, 200),
    everyone("accounts:activate", 200, 302),
    everyone("accounts:email_confirm", 200, 200, a_token),
    everyone("accounts:notifications", 302, 200),
    everyone("accounts:mark_read", 302, 302, method="post"),
    everyone("accounts:history", 302, 200),
)
# Columns:            anon own  appr supr opdA othA strg bkpS insp lead
DOCUMENTS = (
    everyone("documents:jobs", 302, 200),
    Row("documents:job", "302 200 404 404 404 404 404 404 404 404", owners_job),
    Row("documents:job_cancel", "302 403 404 404 404 404 404 404 404 404", owners_job, "post"),
    # The job has no result yet.
    everyone("documents:job_result", 302, 404, owners_job),
)
