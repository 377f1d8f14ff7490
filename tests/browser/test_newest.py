"""An answer that comes late does not stand over what was asked after it."""

from playwright.sync_api import Route, expect

from browser.conftest import Watched

NEVER, DAILY = "0 0 31 2 *", "0 6 * * *"


def test_fire_times_are_those_of_what_was_typed_last(visitor: Watched) -> None:
    page = visitor.open("/schedules/new?analysis=capability")
    held: list[Route] = []

    def hold(route: Route) -> None:
        if NEVER in (route.request.post_data or "") and not held:
            held.append(route)
        else:
            route.continue_()

    page.route("**/v1/schedules/preview**", hold)
    fires = page.locator("[data-next]")
    page.get_by_label("Cron").fill(NEVER)
    while not held:
        page.wait_for_timeout(20)
    page.get_by_label("Cron").fill(DAILY)
    expect(fires.locator("li")).to_have_count(5)
    with page.expect_response("**/v1/schedules/preview**"):
        held[0].continue_()
    visitor.settle()
    expect(fires.locator("li")).to_have_count(5)
    visitor.faults.clear()  # the refusal of a day that never comes
