"""Signing in: who may, and where the secrets of the second factor rest."""

import base64
import hashlib
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from cryptography.fernet import Fernet
from django.conf import settings


class Backend(AuthenticationBackend):
    """E-mail and password; demo accounts only where the portal is a demo, sessions begun earlier included."""

    def user_can_authenticate(self, user: Any) -> bool:
        return super().user_can_authenticate(user) and (settings.DEMO or not user.is_demo)


def _box() -> Fernet:
    # A key of its own, outside the database: who reads the tables cannot make codes.
    digest = hashlib.sha256(b"second factor\n" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def encrypt(text: str) -> str:
    """A secret as it may rest in the database."""
    return _box().encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    """The secret again."""
    return _box().decrypt(text.encode()).decode()
