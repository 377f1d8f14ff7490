"""What the pages say is so: every setting is documented, every link leads somewhere."""

import re
from pathlib import Path

import pytest

from ops.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def test_every_setting_is_documented() -> None:
    documented = set(re.findall(r"LONGRUN_[A-Z_]+", (ROOT / "docs/operations.md").read_text()))
    wanted = {f"LONGRUN_{name.upper()}" for name in Settings.model_fields}
    assert wanted <= documented


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text()):
        if not target.startswith(("http:", "https:")):
            assert (page.parent / target).exists(), target
