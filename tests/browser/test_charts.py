"""What the script of charts makes of the options that the server wrote, and of long lists."""

from typing import Any

from tests.browser.conftest import Watched

DRESSED = """async ([option, width]) => {
    const source = document.querySelector("script[src*='/static/app.js']").src;
    const { dressed } = await import(new URL("charts.js", source).href);
    const made = dressed(option, width);
    return { x: made.xAxis, rules: made.series.map((one) => one.markLine.data[0].label) };
}"""
LISTS = "[...document.querySelectorAll('main > .scroll')]"
FITS = LISTS + ".every((e) => e.scroll{0} <= e.client{0} + 1)"
NAMES = ["QFN-32 @ DC-ROTTERDAM", "SOT-23 @ DC-SINGAPORE", "DIE-Q @ DB-SINGAPORE"]


def _dressed(visitor: Watched, width: int) -> dict[str, Any]:
    rule = {"type": "line", "data": [], "role": "event", "markLine": {"data": [{"xAxis": 0}]}}
    option = {
        "xAxis": {"type": "category", "data": NAMES, "name": "Place"},
        "yAxis": {"type": "value"},
        "series": [{**rule, "name": "now"}, {**rule, "name": "best day"}],
    }
    made: dict[str, Any] = visitor.open("/").evaluate(DRESSED, [option, width])
    return made


def test_every_bar_is_named_where_there_is_room(visitor: Watched) -> None:
    wide, narrow, tight = (_dressed(visitor, width)["x"] for width in (1200, 400, 150))
    assert wide["axisLabel"]["interval"] == 0
    assert narrow["axisLabel"]["interval"] == 0
    assert narrow["nameGap"] > wide["nameGap"], "the name of the axis stands below all lines"
    assert "interval" not in tight["axisLabel"]


def test_rules_at_one_place_are_named_at_either_end_and_clear_of_the_axis(visitor: Watched) -> None:
    first, second = (rule["position"] for rule in _dressed(visitor, 1200)["rules"])
    assert (first, second) == ("insideEndBottom", "insideStartBottom")


def test_a_list_is_as_high_as_its_rows(visitor: Watched) -> None:
    page = visitor.open("/schedules")
    assert page.evaluate(FITS.format("Height"))


def test_a_list_needs_no_sideways_scrolling_on_a_phone(visitor: Watched) -> None:
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    for path in ("/alerts", "/runs", "/schedules"):
        page = visitor.open(path)
        assert page.evaluate(FITS.format("Width")), path
