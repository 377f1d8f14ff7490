"""Pictures of the main pages for the documentation: ``make screenshots``."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.browser.conftest import Watched
from tests.browser.test_browser import newest_run

TARGET = Path(__file__).parents[2] / "docs" / "screenshots"
COLOURS = 192  # a page has few: the file is a quarter of the size


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: a page at a size, in a scheme."""

    name: str
    path: str
    width: int = 1440
    height: int = 900
    scheme: Literal["light", "dark"] = "light"


SHOTS = (
    Shot("overview", "/"),
    Shot("overview-dark", "/", scheme="dark"),
    Shot("characteristic", "/characteristics/{drifting}?days=30&where=tool:WB-05", height=1250),
    Shot("characteristic-phone", "/characteristics/{drifting}", width=390, height=844),
    Shot("run", "/runs/{run}", height=1250),
    Shot("analyses", "/analyses"),
    Shot("schedules", "/schedules"),
    Shot("advice", "/advice/{advice}", width=1280),
    Shot("data", "/data"),
    Shot("settings", "/settings"),
)


def _advice(service: str) -> str:
    """Ask what the pictured plant is about; the answer is the same each time."""
    question = {"text": "Why does WB-05 drift, and what should we do?"}
    return str(httpx.post(f"{service}/v1/advice", json=question, timeout=100).json()["id"])


@pytest.mark.screenshots
@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_screenshot(browser: Browser, service: str, shot: Shot) -> None:
    items = httpx.get(f"{service}/v1/characteristics", timeout=100).json()["items"]
    drifting = next(c["id"] for c in items if c["code"] == "LOOP-QFN32-AU25")
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme=shot.scheme,
        locale="en-GB",
        timezone_id="Asia/Kuala_Lumpur",
    )
    visitor = Watched(context, service)
    names = {"drifting": drifting, "run": newest_run(service)}
    if "{advice}" in shot.path:
        names["advice"] = _advice(service)
    page = visitor.open(shot.path.format_map(names))
    page.wait_for_timeout(500)  # charts are drawn
    taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    TARGET.mkdir(exist_ok=True)
    taken.quantize(COLOURS).save(TARGET / f"{shot.name}.png", optimize=True)
    context.close()
    assert visitor.faults == []
