"""Telling the people of a plan what happened to it."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from accounts.models import Notification, User
from accounts.services.notifications import notifications_add
from skp.models import Skp

MAX_TEXT = Notification._meta.get_field("text").max_length or 400


def owner_told(skp: Skp, text: str, now: datetime) -> None:
    """A notice to the plan's owner that leads to the plan; nobody is told where there is no account."""
    owners_told([skp], text, now)


def owners_told(plans: Iterable[Skp], text: str, now: datetime) -> None:
    """The same notice to the owner of each plan, leading to that plan."""
    cut = text if len(text) <= MAX_TEXT else f"{text[: MAX_TEXT - 1]}…"
    for skp in plans:
        users = User.objects.filter(employee=skp.owner_id)
        notifications_add(users=users, text=cut, now=now, link=reverse("skp:plan", args=[skp.pk]))
