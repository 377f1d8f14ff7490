"""A life test in a real browser: added, tried with a wrong row, filled, brought up to date."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Watched

ROWS = "serial,hours,status,temperature [degC]\nU1,412,F,175\nU2,500,S,175\n"


def _file(folder: Path, name: str, text: str) -> str:
    path = folder / f"{name}.csv"
    path.write_text(text)
    return str(path)


def test_a_life_test_is_added_tried_and_filled(visitor: Watched, tmp_path: Path) -> None:
    page = visitor.open("/life-tests")
    page.get_by_label("Code").fill("BROWSER-1")
    page.get_by_label("Site").fill("DEMO-PG")
    page.get_by_text("What was tested, and what a failure is").click()
    page.get_by_label("Product").fill("QFN <48>")
    page.get_by_role("button", name="Add the life test").click()
    expect(page).to_have_url(re.compile("/life-tests/BROWSER-1"))
    expect(page.get_by_text("It has no rows yet")).to_be_visible()
    visitor.settle()  # until the page listens
    page.set_input_files("[data-file]", _file(tmp_path, "wrong", ROWS + "U3,0,F,175\n"))
    outcome = page.locator("[data-outcome]")
    expect(outcome).to_contain_text("rows in the file: 3, can be kept: 2")
    expect(outcome).to_contain_text("zero is not a time to failure")
    page.get_by_role("button", name="Store as a new revision").click()
    expect(outcome).to_contain_text("row 3, hours (0): zero is not a time to failure")
    visitor.faults.clear()  # the refusal itself
    page.set_input_files("[data-file]", _file(tmp_path, "mended", ROWS))
    expect(outcome).to_contain_text("can be kept: 2")
    page.get_by_role("button", name="Store as a new revision").click()
    expect(page.get_by_text("revision 1 of 1")).to_be_visible()
    expect(page.locator("figure.chart canvas, figure.chart svg").first).to_be_visible()
    page.get_by_label("What becomes of the rows there are").select_option("merge")
    later = _file(tmp_path, "later", "serial,hours,status\nU2,700,F\n")
    page.set_input_files("[data-file]", later)
    expect(outcome).to_contain_text("units: 2, failures: 2")
    page.get_by_role("button", name="Store as a new revision").click()
    expect(page.get_by_text("revision 2 of 2")).to_be_visible()


def test_the_life_of_the_demo_is_read_from_test_to_report(visitor: Watched) -> None:
    page = visitor.open("/life-tests")
    page.get_by_role("link", name="High-temperature storage of QFN32-CU20").click()
    expect(page.get_by_text("revision 3 of 3")).to_be_visible()
    page.locator("a[href^='/runs/']").filter(has_text="Lifetime fit").first.click()
    expect(page.get_by_text("B10 is at least").first).to_be_visible()
    expect(page.get_by_text("Weibull paper").first).to_be_visible()
    expect(page.locator("figure.chart canvas, figure.chart svg").first).to_be_visible()
