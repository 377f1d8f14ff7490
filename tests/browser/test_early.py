"""What one does on a page before its scripts are there is done once they are."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Watched


class Slow:
    """A visitor on a line where the modules of a page arrive when a test lets them."""

    def __init__(self, visitor: Watched) -> None:
        self._visitor, self._held = visitor, list[Route]()
        visitor.page.route(re.compile(r"/static/.*app\.js"), self._hold)

    def _hold(self, route: Route) -> None:
        self._held.append(route)

    def go(self, path: str) -> Page:
        page = self._visitor.page
        page.goto(self._visitor.service + path, wait_until="commit")
        return page

    def let_arrive(self) -> None:
        """Let the modules of this page arrive; those of the next one wait again."""
        page = self._visitor.page
        assert page.locator("form[data-wired]").count() == 0, "the scripts were there before"
        while not self._held:
            page.wait_for_timeout(20)
        self._held.pop().continue_()

    def end(self) -> None:
        """Let all that comes arrive, and look on until nothing more does."""
        for route in self._held:
            route.continue_()
        self._visitor.page.unroute_all()
        self._visitor.settle()


@pytest.fixture
def slow(visitor: Watched) -> Iterator[Slow]:
    """It ends with a page that is at rest."""
    on_a_slow_line = Slow(visitor)
    yield on_a_slow_line
    on_a_slow_line.end()


def test_a_form_sent_early_is_sent_once_and_whole(slow: Slow) -> None:
    page = slow.go("/schedules/new?analysis=capability")
    page.get_by_label("Name").fill("Sent early")
    page.get_by_label("Cron").fill("0 6 * * 1")
    page.get_by_role("button", name="Set the schedule").click()
    slow.let_arrive()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sent early")
    page.get_by_label("Name").fill("Sent early again")
    page.get_by_role("button", name="Save").click()
    slow.let_arrive()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sent early again")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete").click()
    slow.let_arrive()
    expect(page).to_have_url(re.compile("/schedules$"))


def test_an_early_click_on_the_theme_is_kept(slow: Slow) -> None:
    page = slow.go("/schedules")
    page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate("document.documentElement.dataset.theme") is None
    slow.let_arrive()
    expect(page.locator("html")).to_have_attribute("data-theme", re.compile("dark|light"))


def test_an_early_choice_of_a_filter_is_kept(slow: Slow) -> None:
    page = slow.go("/runs")
    page.get_by_label("State").select_option("succeeded")
    slow.let_arrive()
    expect(page).to_have_url(re.compile("state=succeeded"))


def test_an_example_opened_early_is_fetched(slow: Slow) -> None:
    page = slow.go("/analyses/capability")
    page.locator("details.example summary").click()
    slow.let_arrive()
    expect(page.locator("#example")).to_be_visible()
