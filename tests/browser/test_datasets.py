"""A dataset in a real browser: added, tried with a wrong row, filled, appended to."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Watched

ROWS = "lift,bonded_at,power [mW]\n" + "".join(
    f"{'yes' if i % 4 == 0 else 'no'},2026-03-{1 + i // 2:02d}T08:00:00Z,{80 + i}\n"
    for i in range(40)
)


def _file(folder: Path, name: str, text: str) -> str:
    path = folder / f"{name}.csv"
    path.write_text(text)
    return str(path)


def test_a_dataset_is_added_tried_and_filled(visitor: Watched, tmp_path: Path) -> None:
    page = visitor.open("/datasets")
    page.get_by_label("Code").fill("BROWSER-LIFT")
    page.get_by_text("What a row is, and what to know of the rows").click()
    page.get_by_label("Subject").fill("a bond <x>")
    page.get_by_role("button", name="Add the dataset").click()
    expect(page).to_have_url(re.compile("/datasets/BROWSER-LIFT"))
    expect(page.get_by_text("It has no rows yet")).to_be_visible()
    page.get_by_label("Column of the label").fill("lift")
    page.get_by_label("Label that counts as the event").fill("yes")
    wrong = _file(tmp_path, "wrong", ROWS + "no,2026-13-01T00:00:00Z,80\n" * 2)
    page.get_by_label("Column of the time: splits go by it").fill("bonded_at")
    visitor.settle()  # until the page listens
    page.set_input_files("[data-file]", wrong)
    outcome = page.locator("[data-outcome]")
    expect(outcome).to_contain_text("rows in the file: 42")
    page.set_input_files("[data-file]", _file(tmp_path, "mended", ROWS))
    expect(outcome).to_contain_text("can be kept: 40")
    expect(outcome).to_contain_text("no: 30, yes: 10")
    page.get_by_role("button", name="Store as a new revision").click()
    expect(page.get_by_text("revision 1 of 1")).to_be_visible()
    expect(page.locator("figure.chart canvas, figure.chart svg").first).to_be_visible()
    page.get_by_label("What becomes of the rows there are").select_option("append")
    more = _file(tmp_path, "more", ROWS + "no,2026-04-01T08:00:00Z,99\n")
    page.set_input_files("[data-file]", more)
    expect(outcome).to_contain_text("rows: 41 (")
    page.get_by_role("button", name="Store as a new revision").click()
    expect(page.get_by_text("revision 2 of 2")).to_be_visible()
    expect(page.get_by_text("40 rows were there already")).to_be_visible()
