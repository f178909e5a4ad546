"""The embedded portal sends static files as small as the province's does."""

import os
import subprocess
import sys
from pathlib import Path

from scripts import setup

ROOT = Path(setup.__file__).resolve().parent.parent
COLLECT = "import run; run.django.setup(); run.collect_static()"


def test_collected_static_files_are_named_by_their_digest_and_packed(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "PORTAL_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "restart_portal.settings",
    }
    subprocess.run([sys.executable, "-c", COLLECT], cwd=ROOT / "scripts", env=environment, check=True)
    (packed,) = (tmp_path / "static" / "css").glob("app.????????????.css.gz")
    assert packed.stat().st_size < packed.with_suffix("").stat().st_size / 4
