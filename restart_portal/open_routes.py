"""The one list of addresses that need no sign-in, each with its reason.

Everything else answers with the sign-in page. Adding a row is a decision to review.
"""

OPEN_ROUTES: dict[str, str] = {
    "/": "the public front page, this address only",
    "/guide/": "anyone may ask what the plan asks of them before having an account",
    "/plan/": "the law is public",
    "/check/": "whoever holds a letter may ask whether it is genuine; rate limited by address",
    "/track/": "whoever holds a dossier code and its tax code may ask where it stands; rate limited",
    "/accounts/": "sign-in, sign-up, password reset and invitations; rate limited by allauth",
    "/health/": "probes of the load balancer; say nothing but ok",
    "/i18n/": "the language switch",
    "/static/": "style, script and fonts; no data",
}


def is_open(path: str) -> bool:
    """Whether a path needs no sign-in."""
    return path == "/" or any(path.startswith(prefix) for prefix in OPEN_ROUTES if prefix != "/")
