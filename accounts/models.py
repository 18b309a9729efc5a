"""Identity and mechanics that every other app stands on."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

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
            models.CheckConstraint(name="user_username_given", condition=~models.Q(username="")),
        ]

    def __str__(self) -> str:
        return self.name or self.username
