"""Whose a session is: read with a query kept ready, since every request asks it (docs/adr/0011)."""

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User
from config.lib.prepared import Given, Prepared

USER = Prepared(lambda: User.objects.filter(pk=Given("user")))


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's sign-in; the account of a session is read by a prepared query."""

    def get_user(self, user_id: int) -> User | None:
        """The account, None when it is gone or switched off."""
        user = USER.first(user=user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
