"""Codes of the agencies that the code itself names; data/agencies.toml describes each of them, and all others."""

from typing import Final

PROVINCE: Final = "PPC"  # the People's Committee, whose Chairman decides
OFFICE: Final = "PPCO"
LABOUR: Final = "DOLISA"
ZONES: Final = "EZB"
HEALTH: Final = "DOH"
PLANNING: Final = "DPI"
POLICE: Final = "POL"
UNION: Final = "UNION"
DISTRICT: Final = "DIST-"  # and the number of the district
RECEIVING: Final = frozenset({LABOUR, ZONES})
