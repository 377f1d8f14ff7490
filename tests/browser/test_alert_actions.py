"""What was done about an alert in a real browser: recorded by form, its outcome told later."""

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Watched


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_was_done_is_recorded_and_its_outcome_told(
    browser: Browser, service: str, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,  # axe is a script of ours
    )
    watched = Watched(context, service)
    alert = httpx.get(f"{service}/v1/alerts?state=open&limit=1", timeout=100).json()["items"][0][
        "id"
    ]
    page = watched.open(f"/alerts/{alert}")
    names = page.locator("[data-pointer='/actions']")
    names.first.fill(f"Clean the clamp, dry, {scheme}")
    names.nth(1).fill("Turn it")
    page.get_by_label("Note", exact=True).fill("it was worn")
    page.get_by_role("button", name="Record", exact=True).click()
    entry = page.locator(".entries li", has_text=scheme)
    expect(entry).to_contain_text(f"Clean the clamp, dry, {scheme}, Turn it")
    expect(entry).to_contain_text("it was worn")
    assert [v["id"] for v in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    entry.get_by_label("Did it help?").select_option("no")
    entry.get_by_role("button", name="Tell the outcome").click()
    expect(entry).to_contain_text("did not help")
    context.close()
    assert watched.faults == []
    assert watched.foreign == []
