"""What a visitor does, in a real browser on a real service."""

import re
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Watched

PAGES = (
    "/", "/characteristics", "/characteristics/1?days=0",
    "/characteristics/1?days=0&kind=cusum&rules_off=nelson-1", "/analyses", "/analyses/capability",
    "/runs", "/schedules", "/schedules/1", "/schedules/new?analysis=capability", "/data",
    "/settings", "/problems", "/chart-design", "/life-tests", "/life-tests/HTS-QFN32-CU20",
    "/events", "/reaction-plans", "/reaction-plans/1",
)  # fmt: skip
OF_COLOURS = ("/", "/characteristics/1?days=0", "/schedules", "/data")  # with every role of colour


def newest_run(service: str) -> str:
    asked = {"analysis": "capability", "state": "succeeded"}
    return str(httpx.get(f"{service}/v1/runs", params=asked, timeout=100).json()["items"][0]["id"])


@pytest.mark.parametrize(("scheme", "paths"), [("light", PAGES), ("dark", OF_COLOURS)])
def test_no_page_has_a_serious_accessibility_fault(
    browser: Browser, service: str, scheme: str, paths: tuple[str, ...]
) -> None:
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)  # axe is a script of ours
    visitor = Watched(context, service)
    faults: dict[str, list[str]] = {}
    for path in (*paths, f"/runs/{newest_run(service)}"):
        found = Axe().run(visitor.open(path)).response["violations"]
        serious = [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found
                   if v["impact"] in ("serious", "critical")]  # fmt: skip
        if serious:
            faults[path] = serious
    context.close()
    assert faults == {}
    assert visitor.faults == []


def test_every_page_fits_a_narrow_phone(browser: Browser, service: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    visitor = Watched(context, service)
    wide = {
        path
        for path in (*PAGES, f"/runs/{newest_run(service)}")
        if visitor.open(path).evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
    }
    context.close()
    assert wide == set()
    assert visitor.faults == []


def test_the_first_visit_leads_to_the_cause(visitor: Watched) -> None:
    page = visitor.open("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("What needs attention")
    page.get_by_role("link", name=re.compile("Loop height")).first.click()
    expect(page.locator("figure.control[data-drawn]")).to_be_visible()
    expect(page.get_by_role("heading", name="Capability of what is shown")).to_be_visible()
    page = visitor.open("/")
    page.locator(".concern").get_by_role("link", name="chart").first.click()
    expect(page).to_have_url(re.compile(r"/characteristics/\d+\?days=30"))
    expect(page.locator("figure.control[data-drawn]")).to_be_visible()


def test_dragging_over_a_chart_asks_for_the_points_of_that_stretch(visitor: Watched) -> None:
    page = visitor.open("/characteristics/1?days=0")
    plot = page.locator(".plot.tall")
    expect(page.locator("figure.control[data-drawn]")).to_be_visible()
    box = plot.bounding_box()
    assert box is not None
    with page.expect_response(re.compile(r"zoom_start=.*zoom_end=")) as answer:
        page.mouse.move(box["x"] + 300, box["y"] + 150)
        page.mouse.down()
        page.mouse.move(box["x"] + 500, box["y"] + 150, steps=5)
        page.mouse.up()
    chart = answer.value.json()
    assert 0 < chart["zoom_points"] < chart["window_points"]


def test_filters_stand_in_the_address_and_can_be_removed(visitor: Watched) -> None:
    page = visitor.open("/characteristics/1?days=0")
    expect(page.locator("select[name=where] option")).to_contain_text(["all", "WB-"])
    page.locator("select[name=where]").select_option(index=1)
    expect(page).to_have_url(re.compile(r"where=tool%3AWB-\d+"))
    expect(page.locator(".chips .chip")).to_contain_text("tool WB-")
    page.reload()
    page.locator(".chips .chip").first.click()
    expect(page).not_to_have_url(re.compile("where="))


def test_another_kind_of_chart_is_chosen_with_its_parameters_and_rules(visitor: Watched) -> None:
    page = visitor.open("/characteristics/1?days=0")
    expect(page.locator(".plot.side")).to_have_count(1)
    widths = page.eval_on_selector_all(".control .plot", "plots => plots.map(p => p.offsetWidth)")
    assert widths[1] == widths[0] > 300  # the chart of spread is read below the chart itself
    page.get_by_label("Kind of chart").select_option("cusum")
    expect(page).to_have_url(re.compile("kind=cusum"))
    expect(page.locator("figure.control[data-drawn]")).to_be_visible()
    expect(page.locator(".plot.side")).to_have_count(0)
    with page.expect_response(re.compile(r"/chart\?.*h=6")) as answer:
        page.get_by_label("Decision h").fill("6")
        page.keyboard.press("Enter")
    assert answer.value.json()["points"]["sums"]
    page.get_by_label("Kind of chart").select_option("xbar-r")
    expect(page.locator(".plot.side")).to_have_attribute("aria-label", re.compile("^Range"))
    expect(page.get_by_label("Decision h")).to_have_count(0)
    page.get_by_text("Switch rules off").click()
    page.get_by_label(re.compile("2: nine points")).check()
    expect(page).to_have_url(re.compile("rules_off=nelson-2"))
    expect(page.get_by_text(re.compile("^False alarm every"))).to_be_visible()
    page.get_by_role("link", name="Design a chart by its false alarms").click()
    page.get_by_label(re.compile("ARL0")).fill("500")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("with it$")).click()
    expect(page).to_have_url(re.compile("kind=ewma&rules=limits"))
    expect(page.locator("figure.control[data-drawn]")).to_be_visible()


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_unit_an_encoding_and_a_machine_are_found_in_a_file(
    visitor: Watched, tmp_path: Path, encoding: str
) -> None:
    found = httpx.get(f"{visitor.service}/v1/characteristics", timeout=100).json()["items"]
    code = next(c["code"] for c in found if c["unit"] in ("um", "µm"))
    day = {"cp1252": 1, "utf-16": 2}[encoding]
    lines = [f"{day:02}.02.2026 10:{i:02}:00;{code};0,15{i:02};M-{i % 2}" for i in range(20)]
    file = tmp_path / "export.csv"
    file.write_bytes(
        "\r\n".join(["Datum;Merkmal;Bogenhöhe [mm];Maschine", *lines, ""]).encode(encoding)
    )
    page = visitor.open("/data")
    page.set_input_files("[data-file]", str(file))
    expect(page.get_by_label("Unit of its values")).to_have_value("mm")
    expect(page.locator("[data-preview]")).to_contain_text("tool M-1")
    page.get_by_role("button", name="Bring it in").click()
    expect(page.locator("[data-outcome]")).to_contain_text("20 stored")


def test_a_file_is_mapped_tried_and_brought_in(visitor: Watched, tmp_path: Path) -> None:
    code = httpx.get(f"{visitor.service}/v1/characteristics", timeout=100).json()["items"][0][
        "code"
    ]
    lines = [
        f"{1 + i // 20:02}.03.2026 10:{i % 20:02}:00;{150 + i % 5},5;D{i};WB-01" for i in range(60)
    ]
    lines[7] = lines[7].replace(",5;", ",x;")
    file = tmp_path / "<scan>.csv"
    file.write_text("\n".join(["Datum;Hoehe;Geraet;tool", *lines]))
    page = visitor.open("/data")
    page.set_input_files("[data-file]", str(file))
    page.get_by_label("Characteristic of all rows").fill(code)
    expect(page.locator("[data-preview]")).to_contain_text("150.5")
    expect(page.locator("[data-preview]")).to_contain_text("is not a number")
    page.get_by_role("button", name="Bring it in").click()
    expect(page.locator("[data-outcome]")).to_contain_text("59 stored")
    page.get_by_role("link", name="What became of the file").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("<scan>.csv")
    expect(page.get_by_role("table").last).to_contain_text("is not a number")
    visitor.faults.clear()  # the mapping was refused while it was not complete


def test_a_run_is_asked_for_and_its_report_taken_home(visitor: Watched) -> None:
    page = visitor.open("/analyses/capability")
    page.get_by_label("Last", exact=False).first.fill("30d")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page).to_have_url(re.compile(r"/runs/[0-9a-f-]{36}"))
    expect(page.locator(".verdict").first).to_be_visible()
    page.get_by_text("Export").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename.endswith(".csv")
    address = page.get_by_role("link", name="Report (PDF)").get_attribute("href")
    assert httpx.get(visitor.service + str(address), timeout=100).content[:5] == b"%PDF-"


def test_a_run_is_followed_to_its_end(visitor: Watched, tmp_path: Path) -> None:
    page, end = visitor.open("/analyses/probe"), tmp_path / "end"
    page.get_by_label("Awaits").fill(str(end))
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("[data-percent]")).to_have_text("50 %")
    expect(page.locator("[data-message]")).to_contain_text("pid")
    expect(page.locator("progress")).to_have_js_property("value", 0.5)
    end.touch()
    expect(page.locator(".verdict")).to_contain_text("Probed.")


def test_a_run_is_cancelled(visitor: Watched) -> None:
    page = visitor.open("/analyses/probe")
    page.get_by_label("Seconds").fill("600")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("[data-percent]")).to_have_text("50 %")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".state")).to_have_text("cancelled")
    expect(page.get_by_text("cancelled before it had a result")).to_be_visible()


def test_limits_are_set_where_they_are_seen(visitor: Watched) -> None:
    page = visitor.open("/characteristics/2#limits")
    page.get_by_text("Set new limits").click()
    form = page.locator("form[data-api$='/limits']")
    form.get_by_label("Holds from").fill("2030-01-01T00:00:00")
    form.get_by_label("Upper").fill("1")
    form.get_by_label("Lower").fill("9")
    form.get_by_role("button", name="Set the limits").click()
    expect(form).to_contain_text("give less than the upper limit 1.0")
    form.get_by_label("Upper").fill("12.5")
    form.get_by_label("Target").fill("")
    form.get_by_role("button", name="Set the limits").click()
    expect(page.locator("#limits table")).to_contain_text("12.5")
    visitor.faults.clear()  # the refusal itself


def test_raw_rows_are_taken_home(visitor: Watched) -> None:
    page = visitor.open("/characteristics/1/rows")
    page.get_by_text("Export").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX").click()
    assert download.value.suggested_filename == "measurements.xlsx"
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"


def test_a_mark_of_ones_own_stands_on_every_page(visitor: Watched, tmp_path: Path) -> None:
    mark = tmp_path / "mark.svg"
    mark.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" onload="alert(1)">'
        '<rect width="40" height="20" fill="#7a1f3d"/></svg>'
    )
    page = visitor.open("/settings")
    brand = page.locator("#brand")
    brand.get_by_label("Name").fill("Straits Assembly")
    brand.get_by_role("button", name="Set name and colour").click()
    expect(page.locator(".brand")).to_contain_text("Straits Assembly")
    expect(brand.locator("form[data-wired]")).to_have_count(2)
    brand.get_by_label("Mark as SVG or PNG").set_input_files(str(mark))
    brand.get_by_role("button", name="Upload the mark").click()
    expect(brand).to_contain_text("An uploaded mark.")
    shown = visitor.open("/").locator(".brand img").first
    assert shown.evaluate("i => [i.naturalWidth / i.naturalHeight, i.complete]") == [2, True]
    page = visitor.open("/settings")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#brand form").first.get_by_role("button", name="Delete").click()
    expect(page.locator(".brand")).to_contain_text("Longrun")


def test_what_the_api_refuses_is_said_beside_the_field(visitor: Watched) -> None:
    page = visitor.open("/analyses/capability")
    page.get_by_label("Requirement").fill("99")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator(".field.wrong")).to_contain_text("less than or equal to 10")
    expect(page.get_by_label("Requirement")).to_be_focused()
    visitor.faults.clear()  # the refusal itself


def test_a_schedule_is_set_edited_paused_and_deleted(visitor: Watched) -> None:
    page = visitor.open("/schedules/new?analysis=capability")
    expect(page.locator("[data-next] li")).to_have_count(5)
    page.get_by_label("Name").fill("Each Monday")
    page.get_by_label("Cron").fill("0 6 * * 1")
    expect(page.locator("[data-next] li").first).to_contain_text(re.compile("Sun|Mon"))
    page.get_by_role("button", name="Set the schedule").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Each Monday")
    page.get_by_label("Name").fill("Every Monday")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Every Monday")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("It is paused")).to_be_visible()
    expect(page.locator("form[data-wired]").first).to_be_attached()  # the page is a new one
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete").click()
    expect(page).to_have_url(re.compile("/schedules$"))
    expect(page.get_by_text("Every Monday")).to_have_count(0)


def test_a_point_is_annotated_and_voided_with_a_reason(visitor: Watched) -> None:
    page = visitor.open("/characteristics/1/rows")
    page.get_by_role("link", name="look").first.click()
    page.get_by_label("Note an event at this time").fill("hair on the lens")
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_text("note: hair on the lens")).to_be_visible()
    box = page.locator("details.revise").first
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    box.get_by_label("What is said of it").select_option("void")
    box.get_by_label("Note").fill("measured twice")
    box.get_by_role("button", name="Mark").click()
    expect(page.get_by_text(re.compile("void: measured twice")).first).to_be_visible()


def test_the_language_is_kept(visitor: Watched) -> None:
    page = visitor.open("/")
    page.locator("details.menu summary").click()
    page.get_by_role("link", name="Deutsch").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Was Aufmerksamkeit braucht")
    expect(visitor.open("/runs").get_by_role("heading", level=1)).to_have_text("Läufe")


def test_light_and_dark_are_kept(visitor: Watched) -> None:
    page = visitor.open("/")
    before = _background(page)
    page.get_by_role("button", name="Light or dark").click()
    assert _background(page) != before
    assert _background(visitor.open("/runs")) != before


def _background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_the_keyboard_is_enough(visitor: Watched) -> None:
    page = visitor.open("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate("document.activeElement.closest('main') !== null")
    assert inside, "the next stop is in the content"
    menu = page.locator("details.menu summary")
    menu.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Deutsch")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Deutsch")).to_be_hidden()


def test_a_printed_page_is_without_its_menus(visitor: Watched) -> None:
    page = visitor.open(f"/runs/{newest_run(visitor.service)}")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.locator(".verdict").first).to_be_visible()
    assert len(page.pdf()) > 10_000


def test_little_is_sent_at_first_and_less_afterwards(visitor: Watched) -> None:
    devtools = visitor.page.context.new_cdp_session(visitor.page)
    devtools.send("Network.enable")
    sent: list[float] = []
    devtools.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))

    def load(path: str) -> float:
        sent.clear()
        page = visitor.open(path)
        expect(page.locator("figure.control[data-drawn]")).to_be_visible()
        return sum(sent)

    first, again = load("/characteristics/1?days=0"), load("/characteristics/2?days=0")
    assert 10_000 < first < 1_500_000
    assert 1_000 < again < 100_000
