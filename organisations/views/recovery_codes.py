"""Recovery codes: shown to somebody who has just said who they are. allauth's own page writes on a GET."""

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from organisations import reauthentication


@login_required
@never_cache
@require_GET
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes that are still good."""
    return _codes(request, "mfa/recovery_codes/index.html")


@login_required
@never_cache
@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """The same as a text file to print."""
    answer = _codes(request, "mfa/recovery_codes/download.txt", content_type="text/plain; charset=utf-8")
    if answer.status_code == 200:
        answer["Content-Disposition"] = 'attachment; filename="ma-du-phong.txt"'
    return answer


def _codes(request: HttpRequest, template: str, content_type: str | None = None) -> HttpResponse:
    if not reauthentication.recently(request):
        return reauthentication.ask(request)
    row = get_object_or_404(Authenticator, user=request.user, type=Authenticator.Type.RECOVERY_CODES)
    context = {"unused_codes": row.wrap().get_unused_codes(), "total_count": app_settings.RECOVERY_CODE_COUNT}
    return render(request, template, context, content_type=content_type)
