"""What the enterprise declared beside its papers, and what the visit and the advice added, as rows of facts."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from applications.cross_checks import cap_words, grouped
from applications.models import Advice, Decision, Dossier, PaperPermit, Sheet
from applications.retracting import gone_words
from applications.sheets import signed_words
from applications.states import State
from organisations.models import AdminUnit, Permit
from organisations.models.enterprise import Representative
from organisations.models.permit import Mode
from pages.parts import Fact
from pages.templatetags.ui import vn_date, vn_moment, vn_number, vn_phone, vn_time

NONE = "–"


def site_facts(dossier: Dossier, *, on: date) -> list[Fact]:
    """Who asks, for which place, and what the place was permitted on paper."""
    firm, site = dossier.site.enterprise, dossier.site
    places = AdminUnit.objects.in_bulk([site.commune_id, site.district_id])
    units = [places[code].full_name for code in (site.commune_id, site.district_id)]
    place = ", ".join([site.address, *units])
    return [
        Fact(_("Doanh nghiệp"), firm.name),
        Fact(_("Mã số thuế"), grouped(firm.tax_code)),
        Fact(_("Cơ sở"), f"{site.name}\n{place}"),
        Fact(_("Khu, cụm công nghiệp"), site.zone.name if site.zone else _("Ngoài khu, cụm công nghiệp")),
        Fact(_("Cơ quan tiếp nhận"), dossier.receiving_agency.name),
        Fact(_("Giai đoạn"), str(dossier.phase)),
        *(
            _on_paper(each, on=on)
            for each in PaperPermit.objects.filter(permit__site=site).select_related("permit")
        ),
    ]


def _on_paper(entered: PaperPermit, *, on: date) -> Fact:
    """A permit of the site from before the portal."""
    url = reverse("dossiers:paper_permit_one", args=[entered.pk])
    return Fact(_("Văn bản đồng ý đã có"), on_paper_words(entered, on=on), link_url=url)


def on_paper_words(entered: PaperPermit, *, on: date) -> str:
    """Number, day and terms of a permit that was given on paper."""
    permit = entered.permit
    return _("%(number)s ngày %(signed)s, nhập từ giấy: %(terms)s") % {
        "number": entered.number,
        "signed": vn_date(entered.signed_on),
        "terms": permit_terms(permit.phase, permit.starts_on, permit.until, on=on),
    }


def permit_terms(phase: int, since: date, until: date | None, *, on: date) -> str:
    """For which phase a permit is, from when, and its last day: still to come, or gone."""
    words = _("giai đoạn %(phase)s, từ %(since)s")
    if until is not None:
        words = (
            _("giai đoạn %(phase)s, từ %(since)s đến hết %(until)s")
            if until >= on
            else _("giai đoạn %(phase)s, từ %(since)s, đã hết hiệu lực sau ngày %(until)s")
        )
    return words % {"phase": phase, "since": vn_date(since), "until": vn_date(until)}


def permit_start(permit: Permit) -> str:
    """From which hour and day a permit holds; the day alone where it names no hour."""
    day = vn_date(permit.starts_on)
    return f"{vn_time(permit.starts_at_hour)}, {day}" if permit.starts_at_hour else day


def cap_line(permit: Permit) -> str:
    """How many may work under a permit."""
    if permit.cap is None:
        return _("Không giới hạn số người")
    return _("Tối đa %(n)s người") % {"n": vn_number(permit.cap)}


def baseline_fact(dossier: Dossier) -> Fact:
    """How many are employed at the site, with the day of the payroll."""
    as_of = vn_date(dossier.baseline_as_of)
    baseline = _("%(count)s người, ngày %(day)s") % {"count": vn_number(dossier.baseline), "day": as_of}
    return Fact(_("Số lao động hiện có"), baseline if as_of else NONE)


def count_facts(dossier: Dossier) -> list[Fact]:
    """The other numbers declared, and the cap that follows from them."""
    cap = NONE if dossier.cap is None else f"{vn_number(dossier.cap)} ({cap_words(dossier)})"
    return [
        Fact(_("Cả doanh nghiệp tại tỉnh"), vn_number(dossier.enterprise_total)),
        Fact(_("Số người trong danh sách"), vn_number(dossier.listed_workers)),
        Fact(_("Số người tối đa"), cap),
        Fact(_("Số phiếu tiêm"), _lines(vn_number(dossier.slips_count), dossier.slips_missing_reason)),
    ]


def answer_facts(dossier: Dossier, *, opens: bool) -> list[Fact]:
    """The answers that no paper carries; `opens` says whether the reader may open the files behind them."""
    proof = _("Chứng minh số lao động")
    return [
        Fact(_("Hình thức sản xuất"), str(Mode(dossier.mode).label) if dossier.mode else NONE),
        Fact(_("Muốn bắt đầu từ"), vn_date(dossier.requested_start_on) or NONE),
        baseline_fact(dossier),
        _evidence(proof, dossier, "baseline", opens) if dossier.baseline_evidence_id else Fact(proof, NONE),
        *count_facts(dossier),
        Fact(_("Giấy chứng nhận"), _lines(dossier.get_certificate_display() or NONE, dossier.certificate_reason)),
        Fact(_("Suất ăn"), str(dossier.get_caterer_display() or NONE)),
    ]  # fmt: skip


def _lines(*texts: object) -> str:
    """What there is, one a line."""
    return "\n".join(str(text) for text in texts if text)


def signer_facts(dossier: Dossier, *, opens: bool) -> list[Fact]:
    """Who signed the papers, and whom to call; `opens` as above."""
    capacity = dossier.signer_capacity and str(Representative.Capacity(dossier.signer_capacity).label)
    facts = [
        Fact(_("Người ký"), _lines(dossier.signer_name, dossier.signer_title, capacity) or NONE),
        Fact(_("Ký ngày"), vn_date(dossier.signed_on) or NONE),
    ]
    if dossier.signer_authorisation_id:
        facts.append(_evidence(_("Giấy ủy quyền"), dossier, "authorisation", opens))
    if dossier.signer_authorised_since:
        until = vn_date(dossier.signer_authorised_until) or _("không ghi ngày hết hạn")
        facts.append(Fact(_("Ủy quyền"), f"{vn_date(dossier.signer_authorised_since)} – {until}"))
    contact = ", ".join(filter(None, [dossier.contact_name, vn_phone(dossier.contact_phone)]))
    return [*facts, Fact(_("Người liên hệ"), contact or NONE)]


def _evidence(label: str, dossier: Dossier, which: str, opens: bool) -> Fact:
    """A file behind an answer, as a link for those who may open it; the others learn that it is there."""
    if not opens:
        return Fact(label, _("Có tệp"))
    file = dossier.baseline_evidence if which == "baseline" else dossier.signer_authorisation
    if file is not None and (gone := gone_words(file)):
        return Fact(label, gone)
    url = reverse("dossiers:evidence", args=[dossier.reference, which])
    return Fact(label, _("Mở tệp"), link_url=url)


def visit_facts(dossier: Dossier) -> list[Fact]:
    """The team proposed or assigned, and when it comes or came."""
    proposal = dossier.proposals.select_related("team", "by").first()
    facts = []
    if proposal is not None:
        words = _("%(team)s, %(when)s") % {"team": proposal.team.name, "when": vn_moment(proposal.visit_at)}
        facts.append(Fact(_("Đề xuất"), _lines(words, proposal.note, proposal.by.full_name)))
    if dossier.team_id is not None:
        as_proposed = proposal is not None and proposal.team_id == dossier.team_id
        team = proposal.team if as_proposed else dossier.team
        facts.append(Fact(_("Tổ được phân công"), team.name))
        facts.append(Fact(_("Hẹn kiểm tra"), vn_moment(dossier.visit_planned_at) or NONE))
    return facts


def sheet_facts(sheet: Sheet, *, opens: bool) -> list[Fact]:
    """What the team confirmed on paper; `opens` says whether the reader may open the sheet itself."""
    facts = [
        Fact(_("Kết luận"), str(sheet.get_verdict_display())),
        Fact(_("Kiểm tra lúc"), vn_moment(sheet.visited_at)),
        Fact(_("Nhận xét"), sheet.remarks),
        Fact(_("Đã hướng dẫn"), sheet.guidance),
        Fact(_("Ký"), signed_words(sheet)),
    ]
    if opens:
        url = reverse("documents:letter", args=[sheet.letter_id])
        facts.append(Fact(_("Phiếu xác nhận"), _("Mở phiếu"), link_url=url))
    return facts


def advice_facts(advice: Advice) -> list[Fact]:
    """What the agency advised; one that was voided says so."""
    facts = [
        Fact(_("Ý kiến"), str(advice.get_verdict_display())),
        Fact(_("Số tờ trình"), advice.number),
    ]
    if advice.verdict == Advice.Verdict.APPROVE:
        facts += [
            Fact(_("Bắt đầu"), f"{vn_time(advice.hour)}, {vn_date(advice.starts_on)}"),
            Fact(_("Số người tối đa"), vn_number(advice.cap)),
            Fact(_("Hình thức sản xuất"), str(advice.get_mode_display())),
        ]
        facts += [Fact(_("Điều kiện thêm"), "\n".join(advice.conditions))] if advice.conditions else []
    else:
        facts += _reasons(advice.reasons)
    if advice.note:
        facts.append(Fact(_("Ghi thêm"), advice.note))
    facts.append(Fact(_("Người trình"), f"{advice.by.full_name}, {vn_moment(advice.at)}"))
    return [*facts, *_voided(advice.voided_at)]


def result_facts(dossier: Dossier) -> list[Fact]:
    """How it ended: the decision, or the reasons for which it was not received."""
    decided = Decision.objects.filter(dossier=dossier, recalled_at__isnull=True)
    decision = decided.select_related("letter", "decided_by").first()
    if decision is not None:
        letter = decision.letter
        return [
            Fact(_("Quyết định"), str(decision.get_verdict_display())),
            Fact(
                pgettext("one", "Văn bản"),
                letter.full_number,
                link_url=reverse("documents:letter", args=[letter.pk]),
            ),
            Fact(_("Người quyết định"), f"{decision.decided_by.full_name}, {vn_moment(decision.decided_at)}"),
            *_reasons(decision.reasons),
        ]
    move = dossier.moves.filter(to_state__in=[State.DECLINED, State.WITHDRAWN]).order_by("-at", "-pk").first()
    if move is None or dossier.state != move.to_state:
        return []
    return [
        Fact(str(State(move.to_state).label), f"{move.by_name}, {vn_moment(move.at)}"),
        *_reasons(move.reasons),
    ]


def _reasons(reasons: Iterable[Mapping[str, str]]) -> list[Fact]:
    return [Fact(each["clause"], _lines(each["text"], each.get("to_do"))) for each in reasons]


def _voided(at: datetime | None) -> list[Fact]:
    return [Fact(_("Không còn hiệu lực từ"), vn_moment(at))] if at else []
