"""What one does on a page before its scripts are there is done once they are."""

import re
import time

import pytest
from playwright.sync_api import Page, Route, expect

from browser.conftest import Watched

LATE = 1.5  # seconds: long after the page is drawn, and everything below is typed


@pytest.fixture
def slow(visitor: Watched) -> Watched:
    """A visitor on a line where modules arrive late."""

    def late(route: Route) -> None:
        time.sleep(LATE)
        route.continue_()

    visitor.page.route(re.compile(r"/static/.*app\.js"), late)
    return visitor


def _go(visitor: Watched, path: str) -> Page:
    visitor.page.goto(visitor.service + path, wait_until="commit")
    return visitor.page


def _unwired(page: Page) -> None:
    assert page.locator("form[data-wired]").count() == 0, "the scripts were there before"


def test_a_form_sent_early_is_sent_once_and_whole(slow: Watched) -> None:
    page = _go(slow, "/schedules/new?analysis=capability")
    page.get_by_label("Name").fill("Sent early")
    page.get_by_label("Cron").fill("0 6 * * 1")
    page.get_by_role("button", name="Set the schedule").click()
    _unwired(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sent early")
    page.get_by_label("Name").fill("Sent early again")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sent early again")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete").click()
    expect(page).to_have_url(re.compile("/schedules$"))
    slow.settle()


def test_an_early_click_on_the_theme_is_kept(slow: Watched) -> None:
    page = _go(slow, "/schedules")
    page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate("document.documentElement.dataset.theme") is None
    expect(page.locator("html")).to_have_attribute("data-theme", re.compile("dark|light"))
    slow.settle()


def test_an_early_choice_of_a_filter_is_kept(slow: Watched) -> None:
    page = _go(slow, "/runs")
    page.get_by_label("State").select_option("succeeded")
    expect(page).to_have_url(re.compile("state=succeeded"))
    slow.settle()


def test_an_example_opened_early_is_fetched(slow: Watched) -> None:
    page = _go(slow, "/analyses/capability")
    page.locator("details.example summary").click()
    expect(page.locator("#example")).to_be_visible()
    slow.settle()
