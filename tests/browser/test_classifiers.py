"""Classifiers in a real browser: the demo's model read, watched and asked; a training started."""

import re

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Watched

SIZES = {"desk": (1440, 900), "phone": (390, 844)}
AT = "?site=DEMO-PG"
PAGES = (
    f"/datasets/bond-defects{AT}",
    f"/models/lifted-balls{AT}",
    f"/models/lifted-balls/versions/1{AT}",
    f"/models/lifted-balls/compare{AT}&versions=1,2",
    f"/models/lifted-balls/predict{AT}",
)


def _run(service: str, analysis: str) -> str:
    items = httpx.get(f"{service}/v1/runs?limit=200", timeout=100).json()["items"]
    return next(r["id"] for r in items if r["analysis"] == analysis)


@pytest.mark.parametrize("size", SIZES)
def test_pages_of_datasets_and_models_fit_the_screen(
    browser: Browser, service: str, size: str
) -> None:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="en-GB",
        bypass_csp=True,  # axe is a script of ours
    )
    watched = Watched(context, service)
    watch = f"/runs/{_run(service, 'classifier-monitor')}"
    for path in ("/datasets", "/models", *PAGES, watch):
        page = watched.open(path)
        expect(page.locator("h1")).to_be_visible()
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (path, wide)
        found = Axe().run(page).response["violations"]
        assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == [], path
    context.close()
    assert watched.faults == []


def test_a_bond_is_asked_about_and_what_moved_the_score_is_shown(visitor: Watched) -> None:
    page = visitor.open(f"/models/lifted-balls/predict{AT}")
    good = {
        "ball_diameter": 52, "ball_height": 14, "bond_force": 28, "ultrasonic_current": 70,
        "deformation": 9, "stitch_length": 40, "loop_height": 150,
    }  # fmt: skip
    for name, value in good.items():
        page.get_by_label(re.compile(f"^{name}")).fill(str(value))
    page.get_by_role("button", name="Predict").first.click()
    outcome = page.locator("[data-outcome]")
    expect(outcome).to_contain_text("What moved the score")
    expect(outcome.locator("tbody tr").first).to_contain_text("ultrasonic_current")
    page.get_by_label("Or paste rows, the header first").fill(
        ",".join(good) + "\n" + "\n".join([",".join(map(str, good.values()))] * 3)
    )
    page.get_by_role("button", name="Predict").last.click()
    expect(outcome).to_contain_text("3 rows")


def test_a_training_is_started_from_the_dataset_and_becomes_a_version(visitor: Watched) -> None:
    page = visitor.open(f"/datasets/bond-defects{AT}")
    page.get_by_role("link", name="Train a model").click()
    expect(page).to_have_url(re.compile("/analyses/classifier-train"))
    page.get_by_label("Model", exact=True).fill("browser-lift")
    page.get_by_role("button", name=re.compile("Run|Start|Compute")).first.click()
    expect(page).to_have_url(re.compile("/runs/"))
    expect(page.get_by_text("foretells inspection = lifted ball").first).to_be_visible(
        timeout=120_000
    )
    page = visitor.open("/models/browser-lift")
    expect(page.get_by_text("champion").first).to_be_visible()


def test_the_night_names_the_signal_that_moved(visitor: Watched) -> None:
    page = visitor.open(f"/runs/{_run(visitor.service, 'classifier-monitor')}")
    expect(page.get_by_text(re.compile("ultrasonic_current moved by")).first).to_be_visible()
    page = visitor.open(f"/models/lifted-balls{AT}")
    expect(page.get_by_text("champion").first).to_be_visible()
