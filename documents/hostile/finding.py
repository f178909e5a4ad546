"""What a reader in the child tells the parent: how many pages, or what is wrong. Words come later."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """`fault` is empty when the file may be taken; `facts` are the numbers and names the words will need."""

    pages: int = 0
    fault: str = ""
    facts: dict[str, str | int] = field(default_factory=dict)


def fault(code: str, **facts: str | int) -> Finding:
    return Finding(fault=code, facts=facts)
