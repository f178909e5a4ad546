"""Unguessable tokens."""

import secrets

# Capitals and digits without look-alikes: 32 letters, 5 bits each.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_token(length: int = 12) -> str:
    """A token of 5 bits a letter: 60 bits by default."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
