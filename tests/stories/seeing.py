"""What a page must be for everybody: no fault that axe knows of, and no sideways scroll at any width."""

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AA = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],  # what passed is not written up: that takes longer than the looking
}
ASK = "options => axe.run(document, options).then(found => found.violations)"
WIDTHS = {1366: True, 820: False, 390: True, 320: False}  # whether axe looks too
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Seen:
    """Faults found so far; a story ends by asking for none."""

    page: Page
    portal: str
    axe: Axe = field(default_factory=Axe)
    faults: list[str] = field(default_factory=list)

    def look(self, name: str) -> None:
        """The page as it stands, at each width."""
        self.page.evaluate(self.axe.axe_script)
        for width, with_axe in WIDTHS.items():
            self.page.set_viewport_size({"width": width, "height": 900})
            if (over := self.page.evaluate(TOO_WIDE)) > 0:
                self.faults.append(f"{name} at {width}: {over} px too wide")
            if with_axe:
                self._ask_axe(f"{name} at {width}")
        self.page.set_viewport_size({"width": 1366, "height": 900})

    def _ask_axe(self, name: str) -> None:
        for fault in self.page.evaluate(ASK, AA):
            nodes = "; ".join(node["html"][:160] for node in fault["nodes"][:3])
            self.faults.append(f"{name}: {fault['id']}: {nodes}")

    def visit(self, *paths: str) -> None:
        """Each address as it opens."""
        for path in paths:
            answer = self.page.goto(f"{self.portal}{path}")
            assert answer is not None
            if answer.status >= 500 or (answer.status >= 400 and "khong-co" not in path):
                self.faults.append(f"{path}: answered {answer.status}")
            self.look(path)

    def spoil(self, *pairs: tuple[str, str]) -> None:
        """Each form sent as it opens, with nothing entered: the page in error."""
        for path, button in pairs:
            self.page.goto(f"{self.portal}{path}")
            self.page.get_by_role("main").get_by_role("button", name=button, exact=True).first.click()
            self.page.wait_for_load_state()
            if self.page.locator("[data-error-summary]").count() == 0:
                self.faults.append(f"{path}: {button} with nothing entered shows no summary of errors")
            self.look(f"{path} in error")

    def finds_nothing(self) -> None:
        """The story's end."""
        assert not self.faults, "\n".join(self.faults)
