"""What happened to a dossier, in public words; what only officials read is marked as internal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from applications import moving_visits
from applications.declared import cap_line, permit_terms
from applications.models import AgencyMove, Apology, Correction, Decision, Dossier, Move
from applications.slot_states import slots_of
from journal.models import AuditEvent
from pages import parts
from pages.deadline_words import LOCAL
from pages.templatetags.ui import vn_date

# Title in public words, tone of the point; the move's words stay out unless they are meant for the enterprise.
PUBLIC: dict[str, tuple[str | Promise, str]] = {
    "submit": (gettext_lazy("Doanh nghiệp nộp hồ sơ"), "ok"),
    "request_supplement": (gettext_lazy("Cơ quan tiếp nhận yêu cầu bổ sung"), "wait"),
    "decline": (gettext_lazy("Không được tiếp nhận"), "late"),
    "accept": (gettext_lazy("Đã tiếp nhận hồ sơ"), "ok"),
    "propose_team": (pgettext_lazy("event", "Đề xuất tổ kiểm tra"), "info"),
    "assign_team": (gettext_lazy("Đã phân công tổ kiểm tra"), "info"),
    "conclude_visit": (gettext_lazy("Đã kiểm tra tại cơ sở"), "ok"),
    "reinspect": (gettext_lazy("Sẽ kiểm tra lại"), "wait"),
    "forward": (gettext_lazy("Đã trình Chủ tịch UBND tỉnh"), "info"),
    "send_back": (gettext_lazy("Đang làm rõ thêm"), "wait"),
    "approve": (gettext_lazy("Được đồng ý hoạt động"), "ok"),
    "refuse": (gettext_lazy("Chưa được đồng ý"), "late"),
    "record_approval": (gettext_lazy("Được đồng ý hoạt động"), "ok"),
    "record_refusal": (gettext_lazy("Chưa được đồng ý"), "late"),
    "recall": (gettext_lazy("Văn bản được thu hồi, hồ sơ xét lại"), "wait"),
    "withdraw": (gettext_lazy("Doanh nghiệp rút hồ sơ"), ""),
}
DECIDES = frozenset({"approve", "refuse", "record_approval", "record_refusal"})
TO_ENTERPRISE = frozenset({"request_supplement", "reinspect", "move_visit", "recall", "withdraw"})
INTERNAL: dict[str, str | Promise] = {
    "paper.checked": gettext_lazy("Đối chiếu một giấy tờ"),
    "opinion.asked": gettext_lazy("Hỏi ý kiến cơ quan khác"),
    "opinion.answered": gettext_lazy("Cơ quan khác trả lời ý kiến"),
    "paper.marked": gettext_lazy("Đánh giá một giấy tờ"),
    "paper.opened": gettext_lazy("Mở giấy tờ có tên người lao động"),
}
MOST_INTERNAL = 200


Row = tuple[datetime, int, parts.Event]


def events_of(dossier: Dossier, *, inside: bool) -> list[parts.Event]:
    """The log, newest first; `inside` adds the rows that only officials read."""
    rows: list[Row] = [_begun(dossier, dossier.site.name)]
    moves = list(dossier.moves.order_by("at", "pk"))
    teams = _teams(moves, [dossier])
    for index, move in enumerate(moves, start=1):
        rows.append((move.at, 2 * index, _moved(move, teams, inside=inside)))
        if inside and move.note and move.name not in TO_ENTERPRISE:
            rows.append(
                (move.at, 2 * index + 1, parts.Event(when(move.at), _("Ghi chú"), move.note, internal=True))
            )
    rows += _replacements(dossier) + [row for _dossier, row in _beside([dossier])]
    if inside:
        rows += _internal(dossier) + _hands(dossier)
    return newest_first(rows)


def newest_first(rows: list[Row]) -> list[parts.Event]:
    """Events by their instant; of one instant, the later row first."""
    return [event for _at, _index, event in sorted(rows, key=lambda row: row[:2], reverse=True)]


def public_rows(dossiers: Sequence[Dossier], *, inside: bool) -> list[Row]:
    """The public rows of many dossiers, each linked to its own, in five queries; dossiers come with their team.

    A decision's row names its letter. Papers that were put again stay in the log of their dossier.
    """
    by_key = {row.pk: row for row in dossiers}
    found = [(row.pk, _begun(row, "")) for row in dossiers]
    letters = _letters(by_key)
    moves = list(Move.objects.filter(dossier__in=by_key).order_by("at", "pk"))
    teams = _teams(moves, dossiers)
    for index, move in enumerate(moves, start=1):
        event = _moved(move, teams, inside=inside)
        if move.name in DECIDES:  # each such move wrote one decision
            letter = next(letters[move.dossier_id], "")
            event = replace(event, line=" · ".join(filter(None, [event.line, letter])))
        found.append((move.dossier_id, (move.at, index, event)))
    about = {row.pk: _linked(row) for row in dossiers}
    return [(at, n, replace(event, about=about[pk])) for pk, (at, n, event) in found + _beside(dossiers)]


def _letters(dossiers: Iterable[UUID]) -> dict[UUID, Iterator[str]]:
    """Of each dossier its decisions in their order: number and day of the letter, and what it permits."""
    words: dict[UUID, list[str]] = {pk: [] for pk in dossiers}
    rows = Decision.objects.filter(dossier__in=words).select_related("permit", "letter")
    for row in rows.order_by("pk"):
        letter, permit = row.letter, row.permit
        values = {"number": letter.full_number, "day": vn_date(letter.dated)}
        said = [_("Văn bản số %(number)s ngày %(day)s") % values]
        if permit is not None:
            said += [
                permit_terms(permit.phase, permit.starts_on, None, on=permit.starts_on),
                cap_line(permit),
            ]
        words[row.dossier_id].append(" · ".join(said))
    return {pk: iter(each) for pk, each in words.items()}


def _linked(dossier: Dossier) -> parts.Entry:
    url = reverse("dossiers:detail", args=[dossier.reference])
    return parts.Entry(dossier.code or _("bản nháp"), url)


def _begun(dossier: Dossier, line: str) -> Row:
    event = parts.Event(when(dossier.created_at), pgettext("event", "Lập hồ sơ"), line)
    return dossier.created_at, 0, event


def when(instant: datetime) -> str:
    """The time and day of a row."""
    local = instant.astimezone(LOCAL)
    return f"{local:%H:%M}, {local:%d/%m/%Y}"


def _teams(moves: Iterable[Move], dossiers: Sequence[Dossier]) -> dict[int, str]:
    """By the key of each row that named a team its name; moves come in the order of time.

    A team to which the visit was moved since, or which makes the second visit, is not the one that was assigned.
    An expired case file no longer says which that was.
    """
    expired = {row.pk for row in dossiers if row.expired_at is not None}
    present = {row.pk: row.team.name if row.team is not None else "" for row in dossiers}
    last: dict[UUID, int] = {}
    found: dict[int, str] = {}
    for move in moves:
        if move.name == "assign_team":
            last[move.dossier_id] = move.pk
            found[move.pk] = present[move.dossier_id]
        elif move.name == moving_visits.NAME or (
            move.name == "reinspect" and (move.reasons or move.dossier_id in expired)
        ):
            moved = moving_visits.moved_of(move)
            if assigned := last.pop(move.dossier_id, None):
                found[assigned] = moved.was.team_name if moved is not None else ""
            if move.name == "reinspect":
                last[move.dossier_id], found[move.pk] = move.pk, present[move.dossier_id]
    return found


def _moved(move: Move, teams: Mapping[int, str], *, inside: bool) -> parts.Event:
    if move.name == moving_visits.NAME:
        moved, who = moving_visits.moved_of(move), _who(move, inside=inside)
        if moved is None:
            return parts.Event(when(move.at), _("Đổi lịch kiểm tra"), who, "wait")
        reason = _("lý do: %(reason)s") % {"reason": moved.reason}
        return parts.Event(when(move.at), moved.title, f"{who} · {reason}", "wait")
    title, tone = PUBLIC[move.name]
    lines = [_who(move, inside=inside)]
    lines.append(teams.get(move.pk, ""))
    if move.note and move.name in TO_ENTERPRISE:
        lines.append(move.note)
    lines += [reason.get("text", "") for reason in move.reasons]
    return parts.Event(when(move.at), str(title), " · ".join(filter(None, lines)), tone)


def _who(move: Move, *, inside: bool) -> str:
    """The office for the enterprise, the person too for officials; the enterprise's own people by name."""
    if not move.by_post:
        return move.by_name
    return f"{move.by_name}, {move.by_post}" if inside else move.by_post


def _replacements(dossier: Dossier) -> list[Row]:
    """Papers put again after the first submission."""
    first = dossier.moves.filter(name="submit").order_by("at", "pk").first()
    if first is None:
        return []
    papers = dossier.papers.filter(uploaded_at__gt=first.at).select_related("uploaded_by")
    titles = {slot.code: slot.title for slot in slots_of(dossier, at=first.at)}
    return [
        (
            paper.uploaded_at,
            0,
            parts.Event(
                when(paper.uploaded_at),
                _("Nộp bản mới: %(paper)s") % {"paper": titles.get(paper.slot, paper.slot)},
                paper.uploaded_by.full_name,
            ),
        )
        for paper in papers.order_by("uploaded_at", "pk")
    ]


def _beside(dossiers: Sequence[Dossier]) -> list[tuple[UUID, Row]]:
    """What happened beside the road, for both sides: moved to another agency, put right, a new date."""
    of_these = {"dossier__in": [row.pk for row in dossiers]}
    found = [
        (
            row.dossier_id,
            row.at,
            _("Chuyển sang %(agency)s, thời hạn giữ nguyên") % {"agency": row.to_agency.name},
            row.reason,
            "wait",
        )
        for row in AgencyMove.objects.filter(**of_these).select_related("to_agency")
    ]
    found += [
        (row.dossier_id, row.at, _("Cơ quan sửa lỗi nhập, giá trị cũ được giữ"), row.reason, "")
        for row in Correction.objects.filter(**of_these)
    ]
    found += [
        (
            row.dossier_id,
            row.confirmed_at,
            _("Cơ quan xin lỗi, hẹn lại %(day)s") % {"day": when(row.new_due_at)},
            row.reason,
            "wait",
        )
        for row in Apology.objects.filter(confirmed_at__isnull=False, **of_these)
    ]
    return [
        (dossier, (at, 1, parts.Event(when(at), title, line, tone)))
        for dossier, at, title, line, tone in found
    ]


def _hands(dossier: Dossier) -> list[Row]:
    """Who had it in hand, from whom to whom, with what words."""
    rows: list[Row] = []
    for row in dossier.handlings.select_related("from_user", "to_user", "by"):
        names = [each.full_name for each in (row.from_user, row.to_user) if each is not None]
        line = " · ".join(filter(None, [" → ".join(names), row.note]))
        rows.append((row.at, 0, parts.Event(when(row.at), str(row.get_kind_display()), line, internal=True)))
    return rows


def _internal(dossier: Dossier) -> list[Row]:
    """Rows of the journal that the desk reads: who took it, which paper was marked or opened."""
    audited = AuditEvent.objects.filter(subject_kind="dossier", subject_id=str(dossier.pk), verb__in=INTERNAL)
    titles = {slot.code: slot.title for slot in slots_of(dossier, at=dossier.created_at)}
    rows: list[Row] = []
    for event in audited.order_by("-at", "-pk")[:MOST_INTERNAL]:
        named = [titles[field] for field in event.fields if field in titles]
        line = " · ".join(filter(None, [event.actor_name, event.actor_post, *named]))
        rows.append(
            (event.at, 0, parts.Event(when(event.at), str(INTERNAL[event.verb]), line, internal=True))
        )
    return rows
