"""The agencies' issued sets of forms, as data: which set is in force on a day, and what it holds."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from plan.errors import PlanError

FOLDER: Final = Path(__file__).parent / "data" / "forms"
SHOWN: Final = 8


@dataclass(frozen=True, kw_only=True)
class FormPaper:
    """One form of a set: the paper it is for, its own number and title."""

    slot: str
    number: str
    title: str


@dataclass(frozen=True, kw_only=True)
class FormSet:
    """An issued set. `digest` covers everything that the set says."""

    version: str
    title: str
    issued_on: date
    by: str
    clause: str
    papers: tuple[FormPaper, ...]
    digest: str

    @property
    def short_digest(self) -> str:
        """As much of the digest as a page or paper prints."""
        return self.digest[:SHOWN]

    def paper(self, slot: str) -> FormPaper | None:
        """The form for a paper, if the set has one."""
        return next((paper for paper in self.papers if paper.slot == slot), None)


@dataclass(frozen=True, kw_only=True)
class FormSets:
    """All sets of a province, the oldest first."""

    sets: tuple[FormSet, ...]

    def on(self, day: date) -> FormSet:
        """The set in force on a day; before the first one, the first."""
        return next((each for each in reversed(self.sets) if each.issued_on <= day), self.sets[0])

    def version(self, version: str) -> FormSet | None:
        """The set of that version."""
        return next((each for each in self.sets if each.version == version), None)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Paper(_Strict):
    slot: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    number: Annotated[str, Field(min_length=1)]
    title: Annotated[str, Field(min_length=1)]


class _Set(_Strict):
    version: Annotated[str, Field(pattern=r"^[0-9][0-9.]*$", max_length=12)]
    title: Annotated[str, Field(min_length=1)]
    issued_on: date
    by: Annotated[str, Field(min_length=1)]
    clause: Annotated[str, Field(min_length=1)]
    papers: Annotated[tuple[_Paper, ...], Field(min_length=1)]


class _File(_Strict):
    sets: Annotated[tuple[_Set, ...], Field(min_length=1)]


def load_form_sets(name: str, *, folder: Path | str = FOLDER) -> FormSets:
    """The sets in `<folder>/<name>.toml`. Raises PlanError for a file that is missing or not understood."""
    path = Path(folder) / f"{name}.toml"
    if not re.fullmatch(r"\w+", name) or not path.is_file():
        raise PlanError("no such form sets", file=f"{name}.toml")
    return _read(path.name, path.read_bytes())


@lru_cache(maxsize=8)
def _read(file: str, content: bytes) -> FormSets:
    try:
        parsed = _File.model_validate(tomllib.loads(content.decode()))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise PlanError(f"is no file of form sets: {error}", file=file) from error
    found = tuple(_set(each) for each in parsed.sets)
    if len({each.version for each in found}) < len(found):
        raise PlanError("a version stands twice", file=file, table="sets")
    if any(later.issued_on <= earlier.issued_on for earlier, later in pairwise(found)):
        raise PlanError("sets must be in the order of their days", file=file, table="sets")
    return FormSets(sets=found)


def _set(given: _Set) -> FormSet:
    papers = tuple(FormPaper(slot=each.slot, number=each.number, title=each.title) for each in given.papers)
    said = {
        "version": given.version, "title": given.title, "issued_on": given.issued_on.isoformat(),
        "by": given.by, "clause": given.clause, "papers": [asdict(paper) for paper in papers],
    }  # fmt: skip
    digest = sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    return FormSet(
        version=given.version, title=given.title, issued_on=given.issued_on, by=given.by,
        clause=given.clause, papers=papers, digest=digest,
    )  # fmt: skip
