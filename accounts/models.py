"""Identity and mechanics that every other app stands on."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.enums import Channel, OutboxState
from accounts.names import login_name


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, username: str, name: str = "", password: str | None = None, **fields: object
    ) -> "User":
        """A saved user; without ``password`` nobody can sign in until an activation code is redeemed."""
        user = self.model(username=login_name(username), name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Someone who can sign in; who this is in the regency, and in which role, is orgunits' business."""

    username = models.CharField("NIP atau nama pengguna", max_length=64, unique=True)
    name = models.CharField("nama", max_length=200, blank=True)
    # Contact data only: people share addresses, so it is neither unique nor a way to sign in.
    email = models.EmailField("e-mail", blank=True)
    email_confirmed_at = models.DateTimeField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"

    class Meta:
        verbose_name = "pengguna"
        constraints = [
            models.CheckConstraint(name="user_username_given", condition=~Q(username="")),
            models.CheckConstraint(
                name="user_confirmed_email_given",
                condition=Q(email_confirmed_at=None) | ~Q(email=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username


class ActivationCode(models.Model):
    """A one-time code with which its user chooses a password; only its keyed hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="activation_codes")
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    # Empty when a command issued it.
    issued_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "kode aktivasi"
        constraints = [
            models.CheckConstraint(
                name="activation_expires_after_issue", condition=Q(expires_at__gt=F("issued_at"))
            ),
            models.CheckConstraint(
                name="activation_used_or_revoked", condition=Q(used_at=None) | Q(revoked_at=None)
            ),
            models.UniqueConstraint(
                name="activation_one_open_code",
                fields=["user"],
                condition=Q(used_at=None, revoked_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Kode aktivasi {self.user_id}"


class LoginGuard(models.Model):
    """Failed sign-ins in a row for one login name, whether or not an account has that name."""

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_attempt_at = models.DateTimeField(db_index=True)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "penjaga masuk"

    def __str__(self) -> str:
        return self.key


class AuditEvent(AppendOnlyModel):
    """Who did what to what, when; written through ``accounts.audit`` only."""

    at = models.DateTimeField(db_index=True)
    # Empty when nobody was signed in or a command did it; the label says which.
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    actor_label = models.CharField(max_length=280)
    acting_as = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=64)
    kind_label = models.CharField(max_length=120)
    target = models.CharField(max_length=120)
    target_label = models.CharField(max_length=280, blank=True)
    # Canonical text, empty when there was nothing to tell.
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    request_id = models.CharField(max_length=64, blank=True)

    objects = AppendOnlyQuerySet["AuditEvent"].as_manager()

    class Meta:
        verbose_name = "jejak audit"
        indexes = [
            models.Index(fields=["target", "-at"], name="audit_by_target"),
            models.Index(fields=["actor", "-at"], name="audit_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.kind_label}: {self.target_label or self.target}"


class Notification(models.Model):
    """A line for one user inside the application."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notifications")
    at = models.DateTimeField()
    text = models.CharField(max_length=400)
    link = models.CharField(max_length=300, blank=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "pemberitahuan"
        constraints = [
            # A link leads to a page of this application and nowhere else.
            models.CheckConstraint(
                name="notification_link_inside",
                condition=Q(link="") | (Q(link__startswith="/") & ~Q(link__startswith="//")),
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-at"], name="notification_by_user"),
            models.Index(fields=["user"], name="notification_unread", condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return self.text


class OutboxMessage(models.Model):
    """A message to send once; the key names the occasion, so asking twice makes one message."""

    key = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=16, choices=Channel.choices)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=16, choices=OutboxState.choices, default=OutboxState.WAITING)
    created_at = models.DateTimeField()
    # Earliest instant of the next attempt.
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "pesan keluar"
        constraints = [
            models.CheckConstraint(name="outbox_state_known", condition=Q(state__in=OutboxState.values)),
            models.CheckConstraint(name="outbox_channel_known", condition=Q(channel__in=Channel.values)),
            models.CheckConstraint(
                name="outbox_sent_has_time",
                condition=Q(state=OutboxState.SENT, sent_at__isnull=False)
                | (~Q(state=OutboxState.SENT) & Q(sent_at=None)),
            ),
            models.CheckConstraint(
                name="outbox_sending_has_lease",
                condition=~Q(state=OutboxState.SENDING) | Q(lease_until__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="outbox_open",
                condition=Q(state__in=[OutboxState.WAITING, OutboxState.SENDING]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} → {self.to}"
