"""Texts of e-mails, from templates/emails: the first line is the subject, the rest the body."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string

from accounts.services.outbox import outbox_put


def email_put(template: str, *, key: str, to: str, context: Mapping[str, object], now: datetime) -> bool:
    """Render ``templates/emails/<template>.txt`` and put it into the outbox once for ``key``."""
    text = render_to_string(
        f"emails/{template}.txt", {**context, "regency_name": settings.REGENCY_NAME}
    ).strip()
    subject, _, body = text.partition("\n")
    return outbox_put(key=key, to=to, subject=subject, body=body.strip() + "\n", now=now)
