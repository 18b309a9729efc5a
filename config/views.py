"""Start page, the regency's colours, the choice of light or dark, the gallery of components."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from config.context import THEME_COOKIE, THEMES
from config.gallery import samples
from config.lib.colour import theme_css
from config.lib.dates import format_date
from config.start import start_for
from orgunits.middleware import viewer_of

YEAR = 365 * 24 * 60 * 60


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What the person must do next, what runs, and the numbers of their duty."""
    viewer = viewer_of(request)
    content = start_for(viewer, viewer.now)
    greeting = f"{settings.REGENCY_NAME}, {format_date(viewer.today)}"
    return render(request, "start.html", {"start": content, "greeting": greeting, "current_place": "start"})


@login_not_required
@require_safe
@cache_control(public=True, max_age=YEAR, immutable=True)
def theme(request: HttpRequest) -> HttpResponse:
    """The regency's colour as CSS variables, readable in both schemes whatever was set."""
    return HttpResponse(theme_css(settings.REGENCY_COLOUR), content_type="text/css; charset=utf-8")


@login_not_required
@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Keep the choice of light, dark or the device's own in a cookie, and go back."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    chosen = request.POST.get("theme", "")
    if chosen == "auto":
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    elif chosen in THEMES:
        response.set_cookie(
            THEME_COOKIE, chosen, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    return response


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for those who build and check pages."""
    viewer = viewer_of(request)
    if settings.PRODUCTION and not viewer.is_bkpsdm:
        raise PermissionDenied("Galeri hanya untuk admin BKPSDM.")
    return render(request, "gallery.html", samples(viewer.now))
