"""The embedded cache: files, of which a full folder loses the expired ones first.

Django's own throws out any third of 300 entries, and with them the counters that bound guessing. Where the portal
is more than a demo, CACHE_URL names a Redis.
"""

from django.core.cache.backends.filebased import FileBasedCache


class ExpiredFirst(FileBasedCache):
    """Throws out what nobody may read any more before anything else."""

    def _cull(self) -> None:
        names = self._list_cache_files()  # type: ignore[attr-defined]
        if len(names) < self._max_entries:
            return
        for name in names:
            try:
                with open(name, "rb") as file:
                    self._is_expired(file)  # type: ignore[attr-defined]
            except FileNotFoundError:
                continue
        super()._cull()  # type: ignore[misc]
