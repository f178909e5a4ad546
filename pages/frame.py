"""What stands around every page: the bar, the name menu, the foot. The context gives it as `frame`."""

from dataclasses import dataclass
from datetime import datetime

from pages.parts import Entry

BOTTOM_BAR = 5


@dataclass(frozen=True, slots=True)
class Frame:
    """Without `who` the bar is the public one; with `work` it is the low bar of officials.

    `at` is the moment the page was made; on paper it stands at the foot with who printed it."""

    province: str
    authority: str
    phone: str
    phone_hours: str
    entries: tuple[Entry, ...] = ()
    menu: tuple[Entry, ...] = ()
    foot: tuple[Entry, ...] = ()
    who: str = ""
    work: bool = False
    home_url: str = "/"
    search_url: str = ""
    login_url: str = ""
    logout_url: str = ""
    language_url: str = ""
    demo: bool = False
    at: datetime | None = None

    @property
    def initial(self) -> str:
        """First letter of the given name, which in Vietnamese comes last."""
        return self.who.split()[-1][0].upper() if self.who.strip() else ""

    @property
    def bottom(self) -> tuple[Entry, ...]:
        """What the phone's bar shows at once: all if they fit, else four."""
        return self.entries if len(self.entries) <= BOTTOM_BAR else self.entries[: BOTTOM_BAR - 1]

    @property
    def more(self) -> tuple[Entry, ...]:
        """What the phone's bar keeps behind its last button."""
        return self.entries[len(self.bottom) :]

    @property
    def more_is_current(self) -> bool:
        """Whether the page being shown is behind that button."""
        return any(entry.current for entry in self.more)
