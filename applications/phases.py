"""Which phase a new dossier is for."""

from datetime import date

from organisations.models import PhaseOpening


def phase_on(day: date) -> int:
    """Phase 2 from the day the Chairman's document opens it (III.2.2-a), before that phase 1."""
    return 2 if PhaseOpening.objects.filter(phase=2, opens_on__lte=day).exists() else 1
