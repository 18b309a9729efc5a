"""Pages of the own account."""

from typing import Any

from allauth.account.utils import perform_login
from allauth.account.views import PasswordChangeView as AllauthPasswordChangeView
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.forms import ActivationForm
from accounts.models import User
from accounts.selectors import events_visible_to, notifications_visible_to, sessions_visible_to
from accounts.services.contact import email_confirm
from accounts.services.notifications import notifications_mark_read
from accounts.services.passwords import activation_redeem
from accounts.services.sessions import sessions_end
from config.lib import clock
from config.lib.errors import DomainError, Incomplete, NotAllowed
from config.lib.http import answers_refusals, posted_int, refusal

PAGE_SIZE = 25
NOTHING_TO_CHANGE = (
    "Akun ini belum memiliki kata sandi yang dapat diganti. Keluar, lalu aktifkan akun dengan kode aktivasi "
    "dari pengelola kepegawaian OPD Anda."
)


def current_user(request: HttpRequest) -> User:
    """Who is signed in; for views behind LoginRequiredMiddleware."""
    assert isinstance(request.user, User)
    return request.user


def page_context(request: HttpRequest, rows: QuerySet[Any]) -> dict[str, Any]:
    """The page asked for and the numbers of its neighbours."""
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("halaman"))
    return {"page": page, "pages": page.paginator.get_elided_page_range(page.number, on_each_side=1)}


class PasswordChangeView(AllauthPasswordChangeView):  # type: ignore[misc]
    """allauth's page; a changed password also ends the user's other sessions."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # The library would lead to a page for a first password; here only activation sets one.
        if not current_user(request).has_usable_password():
            return refusal(request, NotAllowed(NOTHING_TO_CHANGE))
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        user = current_user(self.request)
        sessions_end(actor=user, user=user, now=clock.now(), keep=self.request.session.session_key)
        return response


@login_not_required
@never_cache
@sensitive_post_parameters("code", "password1", "password2")
@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """NIP and code open the account, a password is chosen, and the person is signed in."""
    if request.user.is_authenticated:
        return redirect("accounts:profile")
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="activate")
    if limited is not None:
        return limited
    form = ActivationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            user = activation_redeem(
                nip=data["nip"], code=data["code"], new_password=data["password1"], now=clock.now()
            )
        except Incomplete as error:
            for problem in error.problems:
                form.add_error("password1", problem)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            signed_in: HttpResponse = perform_login(request, user)
            return signed_in
    return render(request, "accounts/activate.html", {"form": form}, status=400 if form.errors else 200)


@require_GET
def profile(request: HttpRequest) -> HttpResponse:
    user = current_user(request)
    context = {"session_count": sessions_visible_to(user, clock.now()).count()}
    return render(request, "accounts/profile.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@answers_refusals
def confirm_email(request: HttpRequest, token: str) -> HttpResponse:
    """Opened from the mail: a button, since mail scanners open every link."""
    if request.method == "POST":
        user = email_confirm(token=token, now=clock.now())
        return render(request, "accounts/email_confirm.html", {"confirmed": user.email})
    return render(request, "accounts/email_confirm.html")


@require_http_methods(["GET", "POST"])
@answers_refusals
def sessions(request: HttpRequest) -> HttpResponse:
    """The own sessions; one of them, or all others, can be ended."""
    user = current_user(request)
    current = request.session.session_key
    if request.method == "POST":
        only = posted_int(request, "session") if "session" in request.POST else None
        ended = sessions_end(actor=user, user=user, now=clock.now(), keep=current, only=only)
        messages.success(
            request, f"{ended} sesi lain diakhiri." if ended else "Tidak ada sesi lain yang terbuka."
        )
        return redirect("usersessions_list")
    context = {"sessions": sessions_visible_to(user, clock.now()), "current": current}
    return render(request, "usersessions/usersession_list.html", context)


@require_GET
def notifications(request: HttpRequest) -> HttpResponse:
    context = page_context(request, notifications_visible_to(current_user(request)))
    return render(request, "accounts/notifications.html", context)


@require_POST
@answers_refusals
def mark_read(request: HttpRequest) -> HttpResponse:
    """Mark the notice named by ``notification``, or without it all of them."""
    only = posted_int(request, "notification") if "notification" in request.POST else None
    notifications_mark_read(actor=current_user(request), now=clock.now(), only=only)
    return redirect("accounts:notifications")


@require_GET
def history(request: HttpRequest) -> HttpResponse:
    """What the own account did and what was done to it."""
    context = page_context(request, events_visible_to(current_user(request)))
    return render(request, "accounts/history.html", context)
