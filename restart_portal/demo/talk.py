"""What people of the demo say to each other about dossiers: messages, notes, opinions asked and given."""

from datetime import datetime, timedelta

from applications import opinions, talking
from applications.models import Dossier, Opinion
from applications.states import State
from organisations import agency_codes
from organisations.models import Agency, User

HOUR = timedelta(hours=1)
QUESTION = "Khu cách ly của cơ sở có đủ phòng, có lối đi riêng không?"
ANSWER = "Khu cách ly đủ phòng, lối đi riêng; đề nghị ghi rõ người trông coi ca đêm."


def seed_talk(*, users: dict[str, User], at: datetime) -> None:
    """A thread and a note on what the desk has accepted, an opinion given on what was inspected, one still owed."""
    officer, colleague = users["dolisa"], users["dolisa2"]
    accepted, inspected = _first(State.ACCEPTED), _first(State.INSPECTED)
    if accepted is not None:
        owner = accepted.site.enterprise.claimed_by
        said = (
            (owner, "Đề nghị cho biết ngày tổ kiểm tra đến để công ty bố trí người tiếp.", 5),
            (officer, "Tổ sẽ hẹn trước một ngày. Anh/chị chuẩn bị bản gốc các giấy tờ và người ký.", 3),
        )
        for number, (by, text, hours) in enumerate(said):
            talking.send(dossier=accepted, text=text, sent_key=f"demo-{number}", by=by, at=at - hours * HOUR)
        talking.note(
            dossier=accepted, text="Đã gọi cho công ty; cổng sau đang sửa, tổ nên vào bằng cổng chính.",
            sent_key="demo", by=colleague, at=at - 2 * HOUR,
        )  # fmt: skip
        _ask(
            accepted,
            "DIST-842",
            "Đường vào cơ sở có chốt kiểm soát nào không?",
            days=2,
            by=officer,
            at=at - HOUR,
        )
    if inspected is not None:
        opinion = _ask(inspected, agency_codes.HEALTH, QUESTION, days=1, by=officer, at=at - 4 * HOUR)
        opinions.answer(opinion=opinion, agrees=True, text=ANSWER, by=users["health"], at=at - HOUR)


def _first(state: str) -> Dossier | None:
    rows = Dossier.objects.filter(state=state, receiving_agency__code=agency_codes.LABOUR)
    return rows.select_related("site__enterprise__claimed_by").order_by("code").first()


def _ask(dossier: Dossier, code: str, question: str, *, days: int, by: User, at: datetime) -> Opinion:
    agency = Agency.objects.get(code=code)
    return opinions.ask(dossier=dossier, agency=agency, question=question, days=days, by=by, at=at)
