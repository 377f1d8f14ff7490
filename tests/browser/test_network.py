"""What a planner of a network does, in a real browser on a real service."""

import json
import re
import time
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import httpx
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from solvers.scenario.document import Scenario
from solvers.scenario.example import example_scenario
from tests.browser.conftest import Watched
from tests.solvers.orlib import Facilities

FORM = "/analyses/network-plan"
QUICK = {"scenario": "packaging", "gap": 0.01, "worths": 1, "entries": 0}


def long_scenario() -> Scenario:
    """Single sources under tight capacities: a first plan at once, a proof after minutes."""
    rng = np.random.default_rng(7)
    places, customers = rng.random((40, 2)), rng.random((90, 2))
    away = np.linalg.norm(places[:, None] - customers[None], axis=2)
    demand = rng.integers(5, 36, 90)
    capacity = rng.integers(60, 160, 40)
    facilities = Facilities(
        capacity=tuple(map(float, capacity)),
        fixed=tuple(map(float, rng.integers(80, 200, 40))),
        demand=tuple(map(float, demand)),
        cost=tuple(map(tuple, (8.0 * away * demand).tolist())),
    )
    return facilities.scenario(single_source=True)


def create(service: str, code: str, scenario: Scenario) -> None:
    """Add a scenario, if it is not there yet."""
    body = {"code": code, "title": code, "document": scenario.model_dump(mode="json")}
    answer = httpx.post(f"{service}/v1/scenarios", json=body, timeout=100)
    assert answer.status_code in (201, 409), answer.text


def planned(service: str) -> str:
    """Path of a finished run of the small network's plan."""
    create(service, "packaging", example_scenario())
    answer = httpx.post(f"{service}/v1/analyses/network-plan/runs", json=QUICK, timeout=100).json()
    path = f"/runs/{answer['id']}"
    until = time.monotonic() + 200
    while (state := httpx.get(f"{service}/v1{path}", timeout=100).json()["state"]) in (
        "queued",
        "running",
    ):
        assert time.monotonic() < until
        time.sleep(0.1)
    assert state == "succeeded"
    return path


def ask(page: Page, **params: object) -> None:
    """Run a plan from the form, filled by the address."""
    page.goto(page.url.split("/analyses")[0] + f"{FORM}?params={quote(json.dumps(params))}")
    expect(page.locator("form[data-wired]").first).to_be_attached()
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page).to_have_url(re.compile(r"/runs/[0-9a-f-]{36}"))


def test_a_scenario_is_brought_in_edited_and_planned(visitor: Watched, tmp_path: Path) -> None:
    file = tmp_path / "network.json"
    file.write_text(example_scenario().model_dump_json())
    page = visitor.open("/scenarios")
    page.get_by_label("Code").fill("brought-in")
    page.set_input_files("#scenario-file", str(file))
    page.get_by_role("button", name="Bring it in").click()
    expect(page).to_have_url(re.compile("/scenarios/brought-in"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Packaging network")
    cell = page.locator("[data-cell='/sites/5/throughput']")
    expect(cell).to_have_attribute("data-wired", "1")  # before, the page does not hear of an edit
    cell.fill("1300")
    page.get_by_label("Edits in words, one a line").fill("demand of customer group europe +20 %")
    page.get_by_role("button", name="Try").click()
    outcome = page.locator("[data-outcome]")
    expect(outcome).to_contain_text("it can be planned")
    page.get_by_role("button", name="Save as a new revision").click()
    expect(page.locator(".head").first).to_contain_text("revision 2 of 2")
    expect(page.locator("[data-cell='/sites/5/throughput']")).to_contain_text("1300")
    expect(page.locator("form[data-wired]").first).to_be_attached()
    page.get_by_role("button", name="Plan it").click()
    expect(page).to_have_url(re.compile(r"/runs/[0-9a-f-]{36}"))
    expect(page.locator("section.verdicts")).to_contain_text("The plan costs", timeout=120_000)


def test_a_plan_shows_its_map_its_money_and_its_bottleneck(visitor: Watched) -> None:
    page = visitor.open(planned(visitor.service))
    expect(page.locator("section.verdicts")).to_contain_text("P-SAIGON is the bottleneck")
    drawn = page.locator("figure.map svg").first
    expect(drawn).to_contain_text("DC-SINGAPORE")
    assert drawn.locator("path[stroke-dasharray]").count() > 0
    chart = page.locator("figure.chart").first
    chart.scroll_into_view_if_needed()
    expect(page.locator("figure.chart[data-drawn]").first).to_be_visible()
    expect(page.get_by_role("region", name="What more capacity is worth")).to_contain_text("hours")


def test_a_scenario_without_a_plan_says_what_is_short(visitor: Watched) -> None:
    create(visitor.service, "packaging", example_scenario())
    page = visitor.open(FORM)
    ask(page, scenario="packaging", edits=["close P-PENANG"])
    verdicts = page.locator("section.verdicts")
    expect(verdicts).to_contain_text("Short", timeout=120_000)
    expect(verdicts).to_contain_text("planned again")
    expect(page.get_by_role("region", name="Ways out, the cheapest first")).to_be_visible()


def test_a_cancelled_solve_keeps_its_plan(visitor: Watched) -> None:
    create(visitor.service, "long", long_scenario())
    page = visitor.open(FORM)
    ask(page, scenario="long", gap=0.0)
    expect(page.locator("[data-climb][data-drawn] canvas")).to_be_visible(timeout=120_000)
    expect(page.locator("[data-best-value]")).to_have_text(re.compile(r"\d"), timeout=120_000)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".state").first).to_have_text("cancelled")
    verdicts = page.locator("section.verdicts")
    expect(verdicts).to_contain_text("a request to stop ended the search")


def test_the_form_offers_what_there_is_and_keeps_sentences_whole(visitor: Watched) -> None:
    create(visitor.service, "packaging", example_scenario())
    page = visitor.open(f"{FORM}?params={quote(json.dumps({'time_s': None}))}")
    assert "packaging" in page.locator("datalist option").evaluate_all("o => o.map(x => x.value)")
    expect(page.locator("[data-pointer='/time_s']")).to_have_value("")
    page.get_by_label("Scenario").fill("packaging")
    typed = {"kind": "set", "pointer": "/title", "value": "One, two"}
    page.get_by_label("Edits").fill(f"close DC-DALLAS\n{json.dumps(typed)}")
    page.get_by_label("Validate only").check()
    with page.expect_request(re.compile("network-plan/runs")) as sent:
        page.get_by_role("button", name="Run", exact=True).click()
    body = sent.value.post_data_json
    assert body is not None
    assert body["edits"] == ["close DC-DALLAS", typed]
    assert body["time_s"] is None
    expect(page.locator("section.verdicts")).to_contain_text("no flaw", timeout=120_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_pages_are_accessible_and_fit_a_phone(
    browser: Browser, service: str, scheme: Literal["light", "dark"]
) -> None:
    run = planned(service)
    others = ("/scenarios", "/scenarios/packaging", f"{FORM}?params=%7B%7D")
    paths = (run, *others) if scheme == "light" else (run, "/scenarios/packaging")
    context = browser.new_context(
        bypass_csp=True, color_scheme=scheme, viewport={"width": 390, "height": 800}
    )
    visitor, faults = Watched(context, service), list[str]()
    for path in paths:
        page = visitor.open(path)
        found = Axe().run(page).response["violations"]
        faults += [f"{path} {v['id']}: {v['nodes'][0]['html'][:150]}" for v in found
                   if v["impact"] in ("serious", "critical")]  # fmt: skip
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{path} is wider than a phone")
    context.close()
    assert faults == []
    assert visitor.faults == []
