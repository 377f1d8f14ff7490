"""The advisor in a real browser: asked on any page, answered with evidence, judged by people."""

import json
import re
from typing import Literal

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Watched
from tests.browser.test_network import planned

ATTENTION = "What needs attention?"


def _drifting(service: str) -> str:
    """Address of a characteristic that a tool moves away from its target."""
    items = httpx.get(f"{service}/v1/characteristics", timeout=100).json()["items"]
    drifting = next(one["id"] for one in items if one["code"] == "LOOP-QFN32-AU25")
    return f"/characteristics/{drifting}?days=0&where=tool%3AWB-05"


def _asked(service: str, text: str = ATTENTION) -> str:
    answer = httpx.post(f"{service}/v1/advice", json={"text": text}, timeout=100)
    return str(answer.json()["id"])


def _drawer(page: Page, text: str) -> None:
    page.keyboard.press("Alt+a")
    page.locator("#ask textarea").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator("#ask .answer")).to_be_visible()


def test_the_keyboard_asks_reads_and_goes_back(visitor: Watched) -> None:
    page = visitor.open("/runs")
    before = page.get_by_label("State").first
    before.focus()
    page.keyboard.press("Alt+a")  # in a field it may write a letter
    expect(page.locator("#ask")).to_be_hidden()
    link = page.locator("main a").first
    link.focus()
    _drawer(page, ATTENTION)
    expect(page.locator("#ask .verdict").first).to_be_visible()
    expect(page.locator("#ask")).to_contain_text("A person decides and acts")
    expect(page.locator("#ask [role=status]")).to_have_text("The answer is there.")
    page.keyboard.press("Escape")
    expect(page.locator("#ask")).to_be_hidden()
    expect(link).to_be_focused()


def test_a_number_tells_where_it_comes_from_and_leads_there(visitor: Watched) -> None:
    page = visitor.open("/runs")
    _drawer(page, ATTENTION)
    number = page.locator("#ask a.proof", has_text=re.compile(r"\d")).first
    number.hover()
    card = page.locator("#ask .proof-card:not([hidden])")
    expect(card).to_contain_text(re.compile("run [0-9a-f]{8}"))
    assert card.get_attribute("id") == number.get_attribute("aria-describedby")
    number.focus()
    page.keyboard.press("Escape")  # closes the card alone
    expect(card).to_have_count(0)
    expect(page.locator("#ask")).to_be_visible()
    said = number.inner_text().split(" ")[0]
    number.click()
    expect(page).to_have_url(re.compile(r"/advice/[0-9a-f-]{36}#e\d+$"))
    row = page.locator("tr:target")
    expect(row).to_contain_text(said)
    row.get_by_role("link").click()
    expect(page).to_have_url(re.compile("/runs/|/alerts/"))


def test_a_question_is_about_the_page_unless_one_unticks_it(visitor: Watched) -> None:
    page = visitor.open(_drifting(visitor.service))
    page.get_by_role("link", name="Ask", exact=True).click()
    chips = page.locator("#ask .about .chip")
    expect(chips).to_have_text(["characteristic LOOP-QFN32-AU25", "tool WB-05"])
    chips.last.get_by_role("checkbox").uncheck()
    with page.expect_request("**/v1/advice") as sent:
        page.get_by_role("button", name="Is it capable?").click()
    about = json.loads(sent.value.post_data or "{}")["about"]
    assert [(one["kind"], one["code"]) for one in about] == [("characteristic", "LOOP-QFN32-AU25")]
    expect(page.locator("#ask .answer")).to_contain_text(re.compile("QFN32.AU25"))


def test_without_scripts_a_form_asks(browser: Browser, service: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(service + _drifting(service))
    page.get_by_role("link", name="Ask", exact=True).click()
    expect(page.locator(".about .chip")).to_have_count(2)
    page.get_by_label("Your question").fill("Is it capable?")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it capable?")
    expect(page.locator(".answer .verdict").first).to_contain_text(re.compile("QFN32.AU25"))
    expect(page.locator("main .head")).to_contain_text("WB-05")
    context.close()


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (429, {"detail": "more"}, "ask again in 7 s"),
        (503, {"detail": "x"}, "does not answer"),
        (0, {}, "does not answer"),
        (422, {"detail": "1 field", "errors": [{"detail": "too long"}]}, "1 field · too long"),
    ],
)
def test_what_goes_wrong_is_said_in_words(
    visitor: Watched, status: int, body: dict[str, object], said: str
) -> None:
    def refuse(route: Route) -> None:
        if status == 0:
            return route.abort()
        return route.fulfill(status=status, json=body, headers={"Retry-After": "7"})

    page = visitor.open("/advice")
    page.route("**/v1/advice", refuse)
    page.get_by_label("Your question").fill(ATTENTION)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text(said)
    expect(page.get_by_label("Your question")).to_have_value(ATTENTION)
    visitor.faults.clear()  # the refusal itself


def test_an_advice_is_accepted_and_its_outcome_told(visitor: Watched) -> None:
    asked = f"What needs attention now, {visitor.service[-4:]}?"
    page = visitor.open(f"/advice/{_asked(visitor.service, asked)}")
    page.get_by_label("Why").fill("as last time")
    page.get_by_role("button", name="Accept it").click()
    expect(page.locator(".state", has_text="accepted")).to_be_visible()
    expect(page.get_by_text("as last time")).to_be_visible()
    page.get_by_label("What happened").fill("back on target")
    page.get_by_role("button", name="Tell the outcome").click()
    expect(page.locator(".state", has_text="It helped")).to_be_visible()
    page = visitor.open("/advice")
    page.get_by_label("Became of it").select_option("rejected")
    expect(page).to_have_url(re.compile("verdict=rejected"))
    expect(page.get_by_role("link", name=asked)).to_have_count(0)
    page.get_by_label("Became of it").select_option("accepted")
    expect(page.get_by_role("row", name=re.compile(re.escape(asked)))).to_contain_text("It helped")


def test_an_advice_is_rejected(visitor: Watched) -> None:
    page = visitor.open(f"/advice/{_asked(visitor.service)}")
    page.get_by_role("button", name="Reject it").click()
    expect(page.locator(".state", has_text="rejected")).to_be_visible()
    expect(page.get_by_label("Did it help?")).to_have_count(0)


def test_a_plan_is_asked_about_solved_and_compared(visitor: Watched) -> None:
    planned(visitor.service)
    page = visitor.open("/scenarios/packaging")
    _drawer(page, "What if the demand of C-MUNICH rises by 20 %?")
    expect(page.locator("#ask .answer")).to_contain_text("C-MUNICH")
    expect(page.locator("#ask .verdict").first).to_contain_text("plan costs", timeout=120_000)
    expect(page.locator("#ask .coming")).to_have_count(0)
    page.get_by_role("link", name="All the evidence").click()
    page.get_by_role("link", name="The run of the plan").click()
    expect(page).to_have_url(re.compile("/runs/"))


def test_what_is_new_is_told_once_and_seen(visitor: Watched) -> None:
    page = visitor.open("/")
    news = page.locator("#digest")
    expect(news.get_by_role("heading")).to_have_text("What is new in the last 7 days")
    expect(news.locator("li").first).to_be_visible()
    news.get_by_role("button", name="Seen").click()
    expect(page.locator("#digest")).to_contain_text("nothing new")
    expect(page.locator("#digest").get_by_role("button")).to_have_count(0)


def test_what_nobody_knows_is_refused(visitor: Watched) -> None:
    page = visitor.open("/runs")
    _drawer(page, "What is the weather?")
    expect(page.locator("#ask .verdict")).to_contain_text("nothing to answer from")
    expect(page.locator("#ask .to-do")).to_have_count(0)


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (1280, "light")])
def test_every_page_of_it_is_for_everybody(
    browser: Browser, service: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    visitor = Watched(context, service)
    faults: dict[str, list[str]] = {}

    def look(name: str, page: Page) -> None:
        found = Axe().run(page).response["violations"]
        faults[name] = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults[name].append("wider than the window")

    for path in ("/advice", f"/advice/{_asked(service)}", "/advice/server", "/digest"):
        look(path, visitor.open(path))
    page = visitor.open("/runs")
    _drawer(page, ATTENTION)
    page.locator("#ask a.proof").first.hover()
    expect(page.locator("#ask .proof-card:not([hidden])")).to_be_visible()
    look("drawer", page)
    context.close()
    assert {name: found for name, found in faults.items() if found} == {}
    assert visitor.faults == []
