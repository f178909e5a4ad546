"""Whether every Vietnamese source string of the portal has an English translation that nobody doubts.

The strings are gathered in a temporary copy, so a check never changes the catalogue. Called by `make check` and
by tests/test_translations.py. To bring the catalogue up to date: python manage.py makemessages -l en --no-location
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns(
    ".*", "node_modules", "var", "tests", "bench", "scripts", "docs", "static", "*.mo", "__pycache__"
)
CATALOGUE = Path("locale", "en", "LC_MESSAGES", "django.po")


def _output(command: list[str], folder: Path) -> str:
    # Without settings, makemessages knows only the folder that it stands in.
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _sources(catalogue: str) -> list[str]:
    """The msgids of a catalogue in gettext's text form, its header left out."""
    found: list[str] = []
    for entry in catalogue.split("\n\n"):
        lines = entry.splitlines()
        starts = [number for number, line in enumerate(lines) if line.startswith("msgid ")]
        if not starts:
            continue
        source = lines[starts[0]].removeprefix("msgid ").strip('"')
        for line in lines[starts[0] + 1 :]:
            if not line.startswith('"'):
                break
            source += line.strip('"')
        if source:
            found.append(source)
    return found


def gather(root: Path, target: Path) -> Path:
    """Copy the sources under `root` to `target`, gather their strings there; the path of the merged catalogue."""
    shutil.copytree(root, target, ignore=LEFT_OUT, dirs_exist_ok=True)
    (target / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
    admin = str(Path(sys.executable).parent / "django-admin")
    told = _output([admin, "makemessages", "--locale", "en", "--no-location", "--no-obsolete"], target)
    if "without plural and with plural" in told:  # a translation could then only be right for one of the two
        raise RuntimeError(told)
    return target / CATALOGUE


def untranslated(root: Path = ROOT) -> list[str]:
    """Source strings whose English is missing or fuzzy, in the order of the catalogue."""
    with tempfile.TemporaryDirectory(prefix="portal-strings-") as folder:
        merged = gather(root, Path(folder, "copy"))
        _output(["msgfmt", "--check-format", "-o", "/dev/null", merged.name], merged.parent)
        missing = _output(["msgattrib", "--untranslated", "--no-obsolete", merged.name], merged.parent)
        doubted = _output(["msgattrib", "--only-fuzzy", "--no-obsolete", merged.name], merged.parent)
    return list(dict.fromkeys([*_sources(missing), *_sources(doubted)]))


def main() -> int:
    if not shutil.which("xgettext"):
        print("gettext is missing: translations are not checked")
        return 1
    missing = untranslated()
    for source in missing[:40]:
        print(f"no English for: {source}")
    if missing:
        print(f"{len(missing)} strings lack English; see the head of scripts/check_translations.py")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
