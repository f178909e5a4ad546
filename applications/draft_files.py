"""PDFs and pictures of drafted papers, made when asked for and kept until the paper changes."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings

from applications.drafting import Draft
from applications.models import Dossier
from documents import letterforms, page_cache, pdf
from documents.page_images import page_count, page_png

WIDTH = 900


def pdf_of(dossier: Dossier, draft: Draft) -> Path:
    """The file of a drafted paper; an older one of the same slot goes. Raises RenderError."""
    html = letterforms.html(draft.paper)
    digest = sha256(html.encode()).hexdigest()[:24]
    path = _folder(dossier) / f"{draft.slot}-{digest}.pdf"
    if not path.is_file():
        page_cache.put(path, pdf.render(html))
        for old in path.parent.glob(f"{draft.slot}-*"):
            if digest not in old.name:
                old.unlink(missing_ok=True)
    return path


def picture_of(path: Path, page: int) -> bytes:
    """A page as PNG. Raises PageMissing and ChildFailed as page_images does."""
    kept = path.with_name(f"{path.stem}-{page}.png")
    if not kept.is_file():
        page_cache.put(kept, page_png(path, page=page, width=WIDTH))
    return kept.read_bytes()


def pages_of(path: Path) -> int:
    """How many pages it has."""
    return page_count(path)


def _folder(dossier: Dossier) -> Path:
    folder = Path(settings.VAR) / "drafts" / str(dossier.pk)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
