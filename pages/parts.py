"""What components are given: plain, frozen rows that a view prepares and a template lays out.

Each component in templates/components/ names the part it takes in the comment at its head.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of a bar or menu; only counts that ask for action."""

    label: str
    url: str
    icon: str = "chevron-right"
    count: int = 0
    current: bool = False
    short: str = ""
    post: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """One state: icon and word. Tones: info, ok, wait, late, calm."""

    text: str
    tone: str = "calm"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Unmet:
    """What keeps an action locked: the thing, linked, then what is wrong with it."""

    thing: str
    what: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """The law behind a requirement or refusal: clause, value used, the day it was used for, our reading."""

    clause: str
    clause_url: str = ""
    value: str = ""
    on: date | None = None
    reading: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """Verb and thing; the next one stands out."""

    label: str
    url: str = ""
    hint: str = ""
    icon: str = "file-earmark-text"
    tag: Tag | None = None
    is_next: bool = False


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has it now, and the telephone."""

    title: str
    name: str
    line: str = ""
    phone: str = ""
    usual: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a summary list; `icon` (with tone) turns it into a row of papers.

    `change_url` links to where the answer is given; `change_to` is a field's id in the form that `read_back`
    posts back with everything typed.
    """

    label: str
    value: str
    change_url: str = ""
    change_to: str = ""
    why: Why | None = None
    icon: str = ""
    tone: str = ""
    link_url: str = ""

    @property
    def tone_css(self) -> str:
        """The icon's colour class."""
        return f"t-{self.tone}" if self.tone else ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of a dossier's road; state is "done", "now" or "" (still to come)."""

    label: str
    line: str = ""
    state: str = ""
    tone: str = "info"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A line of a timeline in public words; `internal` rows only for officials.

    `about` links to the thing, where one timeline tells of many.
    """

    when: str
    title: str
    line: str = ""
    tone: str = ""
    internal: bool = False
    about: Entry | None = None


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of a message; `gone` stands in place of its link, `retract_url` is for who may withdraw it."""

    label: str
    url: str
    gone: str = ""
    retract_url: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a thread, or a note that only officials see."""

    who: str
    side: str
    when: str
    text: str
    own: bool = False
    note: bool = False
    files: tuple[SentFile, ...] = ()


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file in a slot; `error` says in plain words why it was not taken."""

    name: str
    line: str = ""
    tag: Tag | None = None
    url: str = ""
    remove_url: str = ""
    error: str = ""
    progress: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A line of the case on one page: what holds, or needs a look; `about` is a code of what it compares."""

    title: str
    line: str = ""
    tone: str = "ok"
    url: str = ""
    link: str = ""
    why: Why | None = None
    about: str = ""

    @property
    def icon(self) -> str:
        """Tone said a second way."""
        return {"ok": "check-circle-fill", "late": "x-circle-fill"}.get(
            self.tone, "exclamation-triangle-fill"
        )


@dataclass(frozen=True, slots=True)
class Count:
    """A number over a list that filters it."""

    number: int
    label: str
    url: str
    tone: str = ""
    icon: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a data table; `sorted` is "ascending" or "descending" when the list is in its order."""

    label: str
    numeric: bool = False
    sort_url: str = ""
    sorted: str = ""
    check: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """A count with target and trend. Shares are percent of the bar; None leaves the bar out."""

    label: str
    figure: str
    url: str = ""
    of: str = ""
    share: float | None = None
    target: float | None = None
    cap: float | None = None
    target_line: str = ""
    trend: str = ""
    trend_icon: str = "dash"
    second: str = ""
    second_url: str = ""
    alarm: bool = False

    @property
    def bar_width(self) -> float:
        """Width of the value in a bar of 184."""
        return round(184 * (self.share or 0) / 100, 1)

    @property
    def target_x(self) -> float:
        """Where the target's tick stands."""
        return round(min(184 * (self.target or 0) / 100 - 1, 182), 1)

    @property
    def cap_x(self) -> float:
        """Where the tick of what the caps allow stands."""
        return round(min(184 * (self.cap or 0) / 100 - 1, 182), 1)
