"""Become one process of the Procfile: python scripts/start.py web|worker|beat.

For containers and supervisors: signals reach the process itself, so a worker ends its task before it leaves.
"""

import os
import sys
from pathlib import Path

PROCFILE = Path(__file__).resolve().parent.parent / "Procfile"


def processes() -> dict[str, str]:
    """The command of each process by its name."""
    lines = (line for line in PROCFILE.read_text().splitlines() if line.strip())
    return dict(line.split(": ", 1) for line in lines)


if __name__ == "__main__":
    os.execvp("sh", ["sh", "-c", f"exec {processes()[sys.argv[1]]}"])
