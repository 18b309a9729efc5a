"""The append-only record of who did what.

``target`` names the thing by type and id, "user:12", since upper apps own most things and a
foreign key could not point up; ``before`` and ``after`` are what changed, never secrets.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum
from typing import Required, TypedDict, Unpack

import structlog
from django.db.models import CharField

from accounts.models import AuditEvent, User
from config.lib.canonical import canonical_text

SCHEMA_VERSION = 1
NOBODY = "Tanpa akun"
SYSTEM = "Sistem"


def user_target(user: User) -> str:
    """The target text of an account; by key, since a NIP may change."""
    return f"user:{user.pk}"


def _label(user: User | None, otherwise: str) -> str:
    return f"{user.name} ({user.username})" if user and user.name else user.username if user else otherwise


def _fitting(column: str, text: str) -> str:
    """As much of ``text`` as its column holds: a name with all its titles can be longer than a label."""
    field = AuditEvent._meta.get_field(column)
    assert isinstance(field, CharField)
    return text[: field.max_length]


def _text(content: Mapping[str, object] | None) -> str:
    return "" if content is None else canonical_text(content, schema_version=SCHEMA_VERSION)


class EventData(TypedDict, total=False):
    """What an event tells; see the module's text for ``target``, ``before`` and ``after``."""

    actor: Required[User | None]
    now: Required[datetime]
    # A member of a TextChoices, whose label people will read, or a plain word.
    kind: Required[Enum | str]
    target: Required[str]
    target_label: str
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
    acting_as: str
    # The label of the actor when there is none.
    nobody: str


def event(**data: Unpack[EventData]) -> AuditEvent:
    """The unsaved event, for ``record_many``; raises TypeError when a value has no canonical form."""
    kind = data["kind"]
    value = str(kind.value) if isinstance(kind, Enum) else kind
    return AuditEvent(
        at=data["now"],
        actor=data["actor"],
        actor_label=_fitting("actor_label", _label(data["actor"], data.get("nobody", SYSTEM))),
        acting_as=data.get("acting_as", ""),
        kind=value,
        kind_label=str(getattr(kind, "label", value)),
        target=data["target"],
        target_label=_fitting("target_label", data.get("target_label", "")),
        before=_text(data.get("before")),
        after=_text(data.get("after")),
        # A client may send an id of its own, of whatever length.
        request_id=_fitting("request_id", str(structlog.contextvars.get_contextvars().get("request_id", ""))),
    )


def record(**data: Unpack[EventData]) -> AuditEvent:
    """Write one event in the caller's transaction."""
    row = event(**data)
    row.save()
    return row


class UserEventData(TypedDict, total=False):
    """As EventData, without the target: the account."""

    actor: Required[User | None]
    now: Required[datetime]
    kind: Required[Enum | str]
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
    nobody: str


def user_event(user: User, **data: Unpack[UserEventData]) -> AuditEvent:
    """The unsaved event about an account."""
    return event(target=user_target(user), target_label=_label(user, ""), **data)


def record_user(user: User, **data: Unpack[UserEventData]) -> AuditEvent:
    """Write one event about an account in the caller's transaction."""
    row = user_event(user, **data)
    row.save()
    return row


def record_many(events: Iterable[AuditEvent]) -> None:
    """Write the events of a bulk move at once."""
    AuditEvent.objects.bulk_create(list(events), batch_size=500)
