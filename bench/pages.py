"""Pages of officials over 5,000 dossiers, each against an empty page of the same frame, asked for in turns.

A child of bench/__main__.py: it finds an empty database in DATABASE_URL and a folder of its own in PORTAL_VAR.
Queries are counted with three dossiers and again with all of them: the two numbers must be the same.
"""

import gc
import os
import sys
import time
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from applications import worker_rows  # noqa: E402
from applications.models import Dossier  # noqa: E402
from bench import journal_figures  # noqa: E402
from bench.cases import FIRST, cases  # noqa: E402
from bench.dossiers import LIST, WORKER_LIST  # noqa: E402
from bench.figures import Figure, figure, hand_over, seconds  # noqa: E402
from bench.lists import write_list  # noqa: E402
from bench.province import Province  # noqa: E402
from bench.urls import EMPTY  # noqa: E402
from organisations.plan_in_force import rules_at  # noqa: E402

DOSSIERS, ENTERPRISES = 5_000, 2_500
MOST_RATIO = 3.0
WARM, ROUNDS = 3, int(os.environ.get("BENCH_ROUNDS", "40"))
# A word that fills the page, and three that few dossiers have together.
COMMON, RARE = "cuu", "giay+da+my"


def addresses() -> dict[str, dict[str, str]]:
    """Who asks for which pages. The case and the decision are of the first dossiers, which are always there."""
    forwarded, assigned, submitted = (
        Dossier.objects.filter(state=state, receiving_agency__code="DOLISA").order_by("created_at", "pk")
        for state in FIRST
    )
    decided, visited, new = (rows.latest("search").code for rows in (forwarded, assigned, submitted))
    district = Dossier.objects.get(code=visited).site.district_id
    slots = [slot.code for slot in rules_at(forwarded[0].submitted_at).phase(1).slots()]
    list_number = slots.index(LIST) + 1
    return {
        "officer": {
            "queue": "/dossiers/",
            "queue, two filters": f"/dossiers/?state=team_assigned&district={district}",
            "queue, a count of it": "/dossiers/?group=visit",
            "queue, last page": "/dossiers/?page=9999",
            "search in the queue, many found": f"/dossiers/?q={COMMON}",
            "search in the queue, few found": f"/dossiers/?q={RARE}",
            "search in the queue, one code": f"/dossiers/?q={visited}",
            "search over everything": f"/search/?q={COMMON}",
            "case, a paper": f"/dossiers/{new}/?paper=1",
            "case, the worker list": f"/dossiers/{new}/?paper={list_number}",
            "case, what was declared": f"/dossiers/{new}/?tab=answers",
            "case, visit and advice": f"/dossiers/{decided}/?tab=visit",
            "home of the receiving agency": "/home/",
        },
        "Chairman": {
            "queue": "/dossiers/",
            "search in the queue, many found": f"/dossiers/?q={COMMON}",
            "decisions that wait": "/decisions/",
            "case, a paper": f"/dossiers/{decided}/?paper=1",
            "decision": f"/dossiers/{decided}/decide/",
            "home of the Chairman": "/home/",
        },
    }


def counted(client: Client, pages: Mapping[str, str]) -> dict[str, int]:
    """Queries of each page that answers, nothing remembered; BENCH_SQL=name prints those of one page."""
    found = {}
    for name, address in pages.items():
        worker_rows.forget()
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        if answer.status_code != HTTPStatus.OK:
            print(f"bench: {address} answers {answer.status_code}", file=sys.stderr)
            continue
        if os.environ.get("BENCH_SQL") == name:
            print(*(f"{row['time']} {row['sql'][:1500]}" for row in queries), sep="\n", file=sys.stderr)
        found[name] = len(queries)
    return found


def timed(client: Client, pages: Mapping[str, str]) -> dict[str, list[float]]:
    """Seconds of each page, all pages in turns so that a busy moment of the machine meets all of them."""
    for _ in range(WARM):
        for address in pages.values():
            client.get(address)
    gc.collect()
    gc.freeze()
    times: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(ROUNDS):
        for name, address in pages.items():
            times[name].append(seconds(lambda to=address: client.get(to)))
    return times


def figures(part: str) -> list[Figure]:
    """Makes the province, small and then whole, and measures."""
    gc.disable()  # rows by the hundred thousand are kept until they are written
    now = timezone.now()
    wanted = list(cases(dossiers=DOSSIERS, enterprises=ENTERPRISES))
    province = Province(at=now)
    clients = {who: Client(raise_request_exception=False) for who in ("officer", "Chairman")}
    clients["officer"].force_login(province.users["dolisa"])
    clients["Chairman"].force_login(province.users["chairman"])
    write_list(Path(settings.MEDIA_ROOT, WORKER_LIST), rows=200)
    province.add(wanted[: len(FIRST)])
    asked = addresses()
    small = {who: counted(clients[who], pages) for who, pages in asked.items()}
    started = time.perf_counter()
    province.add(wanted[len(FIRST) :])
    made = [
        Figure(part, f"making {DOSSIERS:,} dossiers of {ENTERPRISES:,} firms", time.perf_counter() - started)
    ]
    gc.enable()
    if connection.vendor == "postgresql":  # what autovacuum does within a minute or so of such an import
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    for who, pages in asked.items():
        made += compared(part, who, clients[who], pages, small[who])
    return made


def compared(
    part: str, who: str, client: Client, pages: Mapping[str, str], small: Mapping[str, int]
) -> list[Figure]:
    """The pages of one person, beside that person's empty page; a page that does not answer says so."""
    large = counted(client, pages)
    answering = {name: address for name, address in pages.items() if name in large}
    times = timed(client, {"empty page": EMPTY, **answering})
    empty = figure(part, f"{who}: empty page", times.pop("empty page"))
    found = [
        figure(
            part,
            f"{who}: {name}",
            spent,
            base=empty.seconds,
            most=MOST_RATIO,
            queries=_both(name, small, large),
        )
        for name, spent in times.items()
    ]
    failed = [Figure(part, f"{who}: {name}", 0, fails=True) for name in pages if name not in answering]
    return [empty, *found, *failed]


def _both(name: str, small: Mapping[str, int], large: Mapping[str, int]) -> tuple[int, ...]:
    return (small[name], large[name]) if name in small else (large[name],)


def main(part: str) -> None:
    started = time.perf_counter()
    call_command("migrate", verbosity=0)
    hand_over([Figure(part, "migrating an empty database", time.perf_counter() - started)])
    hand_over(figures(part))
    hand_over(journal_figures.figures(part))


if __name__ == "__main__":
    main(sys.argv[1])
