"""People who sign in, by e-mail."""

from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists

import plan
from organisations.roles import PERMISSIONS


class UserManager(BaseUserManager["User"]):
    """Users are made by e-mail; nobody is a Django superuser."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Makes one person; e-mail is stored in lower case."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=(email or "").strip().lower())


class User(AbstractBaseUser):
    """A person: official by dated posts, or at an enterprise by membership."""

    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=150)
    phone = models.CharField(max_length=20, default="", blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    date_joined = models.DateTimeField()

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        ordering = ["full_name", "pk"]

    def __str__(self) -> str:
        return self.full_name or self.email

    # A person has a handful of posts; one query a request, kept on the instance.
    @cached_property
    def all_posts(self) -> list[Any]:
        """Every post, past and present, with its agency; and whether the person belongs to an enterprise too."""
        member = Exists(self.memberships.filter(ended_at__isnull=True))
        rows = self.posts.select_related("agency").annotate(is_member=member)
        return list(rows.order_by("-since", "pk"))

    @cached_property
    def open_enterprises(self) -> list[Any]:
        """Ids of the enterprises that the person belongs to now; officials hardly ever do, and are not asked."""
        if self.all_posts and not self.all_posts[0].is_member:
            return []
        rows = self.memberships.filter(ended_at__isnull=True).order_by("pk")
        return list(rows.values_list("enterprise", flat=True))

    def posts_on(self, day: date) -> list[Any]:
        """Posts in force on a day, newest first."""
        return [post for post in self.all_posts if post.covers(day)]

    @property
    def is_official(self) -> bool:
        """Has, or had, a post at an agency."""
        return bool(self.all_posts)

    def may(self, permission: str, *, on: date | datetime) -> bool:
        """Whether a post in force that day gives the permission."""
        return any(permission in PERMISSIONS[post.role] for post in self.posts_on(_day(on)))

    def agencies_where(self, permission: str, *, on: date | datetime) -> list[int]:
        """Ids of agencies at which a post in force that day gives the permission."""
        return [p.agency_id for p in self.posts_on(_day(on)) if permission in PERMISSIONS[p.role]]

    def post_title(self, *, on: date | datetime) -> str:
        """Title and agency as text, for the journal and for letters; empty for people of enterprises."""
        posts = self.posts_on(_day(on))
        return f"{posts[0].title}, {posts[0].agency.short_name}" if posts else ""


def _day(on: date | datetime) -> date:
    return plan.local_day(on) if isinstance(on, datetime) else on
