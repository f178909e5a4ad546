"""The screenshots of README and docs, made anew from a demo province of their own.

    .venv/bin/python scripts/pictures.py

Every page of every role at 1366, 820 and 390 px goes to var/pictures/; the few that README and docs show go,
compressed, to docs/pictures/. Needs Chromium and the built assets. The working province is not touched.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services import end_with_parent, free_port, leave_tidily

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.chdir(ROOT)
os.environ["DJANGO_SETTINGS_MODULE"] = "restart_portal.settings"
os.environ["PORTAL_VAR"] = tempfile.mkdtemp(prefix="portal-pictures-")
os.environ["PORTAL_ENV"] = "embedded"
os.environ.setdefault("LOG_LEVEL", "ERROR")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in this thread

import django  # noqa: E402

django.setup()

import pypdfium2  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from applications.models import Decision, Dossier  # noqa: E402
from inspections.models import Visit  # noqa: E402
from organisations import demo_accounts  # noqa: E402

ALL, SHOWN = ROOT / "var" / "pictures", ROOT / "docs" / "pictures"
WIDTHS = {1366: 768, 820: 1180, 390: 844}
COLOURS = 128
MOST_BYTES = 150_000
CHROMIUM_QUIET = (
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
# What README and docs show, as role-page-width; each is the page's first screen.
SELECTION = {
    "public-home-1366": "home-1366",
    "public-home-820": "home-820",
    "public-home-390": "home-390",
    "public-check-390": "check-390",
    "enterprise-home-1366": "enterprise-home-1366",
    "enterprise-home-820": "enterprise-home-820",
    "enterprise-home-390": "enterprise-home-390",
    "dolisa-queue-1366": "queue-1366",
    "dolisa-queue-820": "queue-820",
    "dolisa-queue-390": "queue-390",
    "dolisa-case-1366": "case-1366",
    "dolisa-case-820": "case-820",
    "dolisa-case-390": "case-390",
    "chairman-decide-1366": "decision-1366",
    "chairman-decide-820": "decision-820",
    "chairman-decide-390": "decision-390",
    "team-visit-1366": "visit-1366",
    "team-visit-820": "visit-820",
    "team-visit-390": "visit-390",
    "enterprise-plan-1366": "plan-questions-1366",
    "enterprise-drafts-1366": "drafts-1366",
    "enterprise-pack-1366": "signing-pack-1366",
    "enterprise-supplement-1366": "supplement-answer-1366",
    "dolisa-supplement-1366": "supplement-1366",
    "office-paper-1366": "paper-signature-1366",
    "chairman-annex-1366": "annex-1366",
}


PAGES = """
public      home        /
public      guide       /guide/
public      plan        /plan/
public      clause      /plan/III.1.2-a/
public      sign-in     /accounts/login/
public      sign-up     /accounts/signup/
public      track       /track/
public      check       /check/{token}/
enterprise  home        /home/
enterprise  dossiers    /dossiers/
enterprise  new         /dossiers/new/
enterprise  dossier     /dossiers/{firm}/
enterprise  list        /dossiers/{firm}/papers/worker_list/
enterprise  paper       /dossiers/{firm}/papers/screening_plan/
enterprise  answers     /dossiers/{firm}/answers/baseline/
enterprise  check       /dossiers/{firm}/check/
enterprise  submitted   /dossiers/{firm}/submitted/
enterprise  clock       /dossiers/{firm}/clock/
enterprise  plan        /dossiers/{draft}/plan/
enterprise  drafts      /dossiers/{draft}/drafts/
enterprise  pack        /dossiers/{draft}/pack/
enterprise  scan        /dossiers/{draft}/scan/
enterprise  supplement  /dossiers/{firm}/supplement/
enterprise  messages    /dossiers/{firm}/messages/
enterprise  letters     /letters/
enterprise  inbox       /inbox/
enterprise  sites       /sites/
dolisa      home        /home/
dolisa      queue       /dossiers/
dolisa      case        /dossiers/{submitted}/
dolisa      list        /dossiers/{submitted}/?paper=3
dolisa      answers     /dossiers/{submitted}/?tab=answers
dolisa      accept      /dossiers/{submitted}/accept/
dolisa      decline     /dossiers/{submitted}/decline/
dolisa      clock       /dossiers/{submitted}/clock/
dolisa      timeline    /dossiers/{inspected}/timeline/
dolisa      propose     /dossiers/{accepted}/propose-team/
dolisa      forward     /dossiers/{inspected}/forward/
dolisa      supplement  /dossiers/{submitted}/supplement/
dolisa      messages    /dossiers/{submitted}/messages/
dolisa      notes       /dossiers/{submitted}/notes/
dolisa      volume      /dossiers/{inspected}/volume/
dolisa      library     /dossiers/library/
dolisa      book        /dossiers/book/
dolisa      counter     /dossiers/counter/
dolisa      sites       /sites/
dolisa      letters     /letters/
office      home        /home/
office      decide      /dossiers/{forwarded}/decide/
office      paper       /dossiers/{forwarded}/decide/paper/
office      numbers     /letters/numbers/
office      register    /letters/register/
office      assign      /dossiers/{team_proposed}/assign-team/
chairman    home        /home/
chairman    decisions   /decisions/
chairman    decide      /dossiers/{forwarded}/decide/
chairman    session     /decisions/session/
chairman    annex       /decisions/annex/
chairman    refuse      /dossiers/{forwarded}/decide/refuse/
chairman    return      /dossiers/{forwarded}/return/
chairman    decided     /dossiers/{decided}/decided/
chairman    letter      /letters/{letter}/
team        home        /home/
team        visits      /visits/
team        visit       /visits/{visit}/
team        sign        /visits/{visit}/sign/
health      home        /home/
district    home        /home/
admin       home        /home/
admin       people      /people/
admin       invite      /people/invite/
admin       catalogues  /catalogues/
admin       holidays    /catalogues/holidays/
admin       system      /system/
admin       journal     /journal/
admin       components  /system/components/
"""


def a_dossier(state: str, agency: str = "DOLISA") -> Dossier:
    """The demo's first dossier in this state."""
    return Dossier.objects.filter(state=state, receiving_agency__code=agency).order_by("pk")[0]


def places() -> dict[str, str]:
    """What the addresses of PAGES leave open, from the demo province."""
    decision = Decision.objects.select_related("letter", "dossier").order_by("pk")[0]
    return {
        "firm": Dossier.objects.get(state="supplement_requested").reference,
        "draft": _own_draft(),
        "visit": str(Visit.objects.filter(sheet__isnull=True).order_by("pk")[0].pk),
        "decided": str(decision.dossier.code),
        "letter": str(decision.letter_id),
        "token": decision.letter.token,
        **{
            state: a_dossier(state).reference
            for state in ("submitted", "accepted", "team_proposed", "inspected", "forwarded")
        },
    }


def _own_draft() -> str:
    """A draft of the demo's enterprise account."""
    drafts = Dossier.objects.filter(
        state="draft", site__enterprise__memberships__user__email__startswith="enterprise@"
    )
    return drafts.order_by("created_at", "pk")[0].reference


def pages() -> dict[str, dict[str, str]]:
    """Role (an account of the demo, or public) to the names and addresses of its pages."""
    found: dict[str, dict[str, str]] = {}
    open_places = places()
    for line in PAGES.strip().splitlines():
        role, name, path = line.split()
        found.setdefault(role, {})[name] = path.format(**open_places)
    return found


@contextmanager
def portal() -> Iterator[str]:
    """A demo province, served on a free port until the pictures are taken."""
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("seed_demo", verbosity=0)
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "2",
               "--host", "127.0.0.1", "--port", str(port), "--no-ws", "restart_portal.wsgi:application"]  # fmt: skip
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, preexec_fn=end_with_parent(signal.SIGTERM))
    try:
        wait_for(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(address: str) -> None:
    """Until the server answers, at most a minute."""
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{address}/health/live", timeout=2)
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise RuntimeError("the server did not start")


def photograph(browser: Browser, address: str, role: str, paths: dict[str, str]) -> None:
    """One role's pages, whole at each width; those that are shown also as their first screen."""
    context = browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    page = context.new_page()
    if role != "public":
        page.goto(f"{address}/accounts/login/")
        page.get_by_label("Thư điện tử").fill(f"{role}@tra-vinh.example")
        page.get_by_label("Mật khẩu", exact=True).fill(demo_accounts.PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()
        page.wait_for_load_state()
    for name, path in paths.items():
        page.goto(f"{address}{path}")
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=ALL / f"{role}-{name}-{width}.png", full_page=True)
            if f"{role}-{name}-{width}" in SELECTION:
                page.screenshot(path=ALL / "shown" / f"{role}-{name}-{width}.png")
    context.close()


def compress(picture: Image.Image, target: Path) -> None:
    """As a PNG of few colours, fewer still until it is small enough for a repository."""
    for colours in (COLOURS, COLOURS // 2, COLOURS // 4, COLOURS // 8):
        picture.convert("RGB").quantize(colours, dither=Image.Dither.NONE).save(target, optimize=True)
        if target.stat().st_size < MOST_BYTES:
            return
    raise RuntimeError(f"{target.name} stays above {MOST_BYTES} bytes")


def show() -> None:
    """The selection, and the first page of the first letter, into docs/pictures/."""
    SHOWN.mkdir(exist_ok=True)
    for taken, name in SELECTION.items():
        with Image.open(ALL / "shown" / f"{taken}.png") as picture:
            compress(picture, SHOWN / f"{name}.png")
    letter = Decision.objects.select_related("letter__pdf").order_by("pk")[0].letter
    with letter.pdf.content.open("rb") as file, pypdfium2.PdfDocument(file.read()) as document:
        compress(document[0].render(scale=1.4).to_pil(), SHOWN / "letter-page-1.png")


def main() -> int:
    leave_tidily()
    shutil.rmtree(ALL, ignore_errors=True)
    (ALL / "shown").mkdir(parents=True)
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        print("pictures: Chromium is missing")
        return 1
    try:
        with portal() as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_QUIET))
            for role, paths in pages().items():
                photograph(browser, address, role, paths)
                print(f"pictures: {role}", flush=True)
            browser.close()
        show()
    finally:
        shutil.rmtree(os.environ["PORTAL_VAR"], ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
