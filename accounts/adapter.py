"""How allauth behaves here: nobody signs up, one lock for each login name, every sign-in is recorded."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User
from accounts.services.passwords import password_change
from accounts.services.signin import (
    SignInLocked,
    locked_until,
    sign_in_attempt,
    sign_in_failed,
    sign_in_forgive,
    sign_in_record,
    sign_out_record,
)
from config.lib import clock


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": (
            "NIP atau kata sandi tidak cocok. Jika Anda belum pernah masuk, aktifkan akun dengan kode pada "
            "slip aktivasi."
        ),
        "account_inactive": (
            "Akun ini tidak aktif. Hubungi pengelola kepegawaian OPD Anda jika seharusnya masih aktif."
        ),
        "enter_current_password": "Kata sandi sekarang tidak cocok.",
        "incorrect_password": "Kata sandi tidak cocok.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        """A password is all there is: no code, no e-mail, no phone to verify."""
        return []

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The user, or None when the password does not fit; the lock of the login name is asked first.

        Serves signing in and asking again. Raises ValidationError with the sentence to show while
        the name is locked, and for an account that is switched off when the password was right.
        """
        name = str(credentials.get("username", ""))
        try:
            sign_in_attempt(name=name, now=clock.now())
        except SignInLocked as error:
            raise ValidationError(str(error), code="locked") from error
        user: User | None = super().authenticate(request, **credentials)
        if user is None:
            moment = clock.now()
            sign_in_failed(name=name, now=moment, address=self.get_client_ip(request))
            until = locked_until(name=name, now=moment)
            if until is not None:
                raise ValidationError(str(SignInLocked(until)), code="locked")
            return None
        sign_in_forgive(user=user)
        if not user.is_active:
            raise self.validation_error("account_inactive")
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        sign_in_record(user=user, now=clock.now(), address=self.get_client_ip(request))

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        super().logout(request)
        if isinstance(user, User):
            sign_out_record(user=user, now=clock.now())

    def set_password(self, user: User, password: str) -> None:
        password_change(user=user, new_password=password, now=clock.now())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:profile")
