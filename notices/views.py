"""The inbox."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from notices.models import Message

PER_PAGE = 25


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """The person's messages, newest first."""
    rows = Message.objects.filter(user=request.user).order_by("-at", "-pk")
    return render(
        request, "notices/inbox.html", {"page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))}
    )


@require_POST
def open_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks a message read and goes to what it is about."""
    message = get_object_or_404(Message, pk=pk, user=request.user)
    Message.objects.filter(pk=pk, user=request.user, read_at__isnull=True).update(read_at=timezone.now())
    return redirect(message.path)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Marks everything read."""
    Message.objects.filter(user=request.user, read_at__isnull=True).update(read_at=timezone.now())
    return redirect("notices:inbox")
