"""Nevada charts and dated returns become cohorts and their returns."""

from datetime import date

import pytest

from ops.errors import BadData
from ops.ingest.life_period import period_of
from ops.lifetime.field.data import FieldData
from ops.lifetime.from_rows import field_of
from tests.ops.ingest.life_reading import read, reasons

NEVADA = """shipped,quantity,2026-01,2026-02,Mar-2026
2026-01,1000,1,2,3
2026-02,500,,,4
"""


def _day(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal() - date(1970, 1, 1).toordinal()


def _nevada(text: str = NEVADA, **mapping: object) -> FieldData:
    return field_of(read(text, "field", **mapping).rows)


def test_cells_of_a_nevada_chart_are_returns_within_their_month() -> None:
    data = _nevada()
    january, february, march = (_day(2026, m, 1) for m in (1, 2, 3))
    assert data.quantity.tolist() == [1000, 500]
    assert data.shipped.tolist() == [(january + february) / 2, (february + march) / 2]
    assert data.cohort.tolist() == [0, 0, 0, 1]
    assert data.returned.tolist() == [1, 2, 3, 4]
    assert data.failed_from.tolist() == [data.shipped[0], february, march, march]
    assert data.failed_to.tolist() == [february, march, _day(2026, 4, 1), _day(2026, 4, 1)]
    assert data.until == _day(2026, 4, 1)


def test_first_column_is_the_period_of_shipping_whatever_it_is_called() -> None:
    assert _nevada(NEVADA.replace("shipped,", "Vintage,")).quantity.tolist() == [1000, 500]


def test_day_until_which_is_known_can_be_later_not_earlier() -> None:
    assert _nevada(until="2026-04-30").until == _day(2026, 5, 1)
    with pytest.raises(BadData, match="leave that column out"):
        _nevada(until="2026-03-01")


def test_wrong_rows_of_a_chart_are_named() -> None:
    text = NEVADA + "2026-03,10,1,,\n2026-13,5,,,\n2026-02,5,,,\n2026-04,,,,\n2026-05,2,,,-1\n"
    text = text.replace("2026-02,500,,,4", "2026-02,500,,600,4")
    assert {row: why.split(":")[0] for row, why in reasons(read(text, "field")).items()} == {
        2: "is less than what came back",
        3: "came back before it was shipped",
        4: "is no month such as 2026-01, no week such as 2026-W05 and no day",
        5: "is there already",
        6: "is empty",
        7: "a number of returns cannot be negative",
    }


RETURNS = """ship date,return date,report date,qty,mode,lot
2026-01-05,,,100,,A
2026-01-05,2026-02-05,2026-02-20,2,crack,A
2026-02-01,,,50,,B
"""


def test_dated_returns_belong_to_the_shipment_of_their_day_and_group() -> None:
    data = _nevada(RETURNS)
    assert data.quantity.tolist() == [100, 50]
    assert (data.cohort.tolist(), data.returned.tolist()) == ([0], [2])
    assert data.failed_from.tolist() == data.failed_to.tolist() == [_day(2026, 2, 5)]
    assert data.reported.tolist() == [_day(2026, 2, 20)]
    assert (data.modes, data.groups, data.until) == (("crack",), ("A", "B"), _day(2026, 2, 20))


def test_one_row_for_each_unit_counts_it_as_shipped() -> None:
    text = "serial,shipped on,returned on\n1,2026-01-05,\n2,2026-01-05,2026-03-01\n3,2026-02-01,\n"
    data = _nevada(text)
    assert data.quantity.tolist() == [2, 1]
    assert (data.cohort.tolist(), data.returned.tolist()) == ([0], [1])


def test_wrong_returns_are_named() -> None:
    text = (
        "ship date,return date,report date,qty\n2026-01-05,,,1\n2026-01-05,2026-01-01,,1\n"
        "2026-01-05,2026-01-05,,1\n2026-01-05,2026-03-01,2026-02-01,1\n2026-01-06,2026-03-01,,1\n"
        "2026-01-05,2026-03-01,,2\nlately,,,1\n"
    )
    assert {row: why.split(":")[0] for row, why in reasons(read(text, "field")).items()} == {
        2: "lies before it was shipped",
        3: "is the day of shipping",
        4: "lies before it failed",
        5: "no row says how many were shipped on that day (in that group)",
        6: "more came back than was shipped",
        7: "is not an ISO 8601 time",
    }


def test_shipments_without_returns_need_a_last_day() -> None:
    text = "ship date,return date,qty\n2026-01-05,,10\n"
    with pytest.raises(BadData, match="nothing came back") as refused:
        read(text, "field")
    assert refused.value.problems[0].pointer == "/mapping/until"
    assert _nevada(text, until="2026-06-30").until == _day(2026, 7, 1)


@pytest.mark.parametrize(
    ("text", "first", "days"),
    [
        ("2026-02", (2026, 2, 1), 28),
        ("2026-02-01 00:00:00", (2026, 2, 1), 28),
        ("2026/12", (2026, 12, 1), 31),
        ("February 2026", (2026, 2, 1), 28),
        ("Feb-26", (2026, 2, 1), 28),
        ("2026-W01", (2025, 12, 29), 7),
        ("2026-02-03", (2026, 2, 3), 1),
    ],
)
def test_periods_are_read(text: str, first: tuple[int, int, int], days: int) -> None:
    found = period_of(text)
    assert found is not None
    assert (found.start, found.end - found.start) == (_day(*first), days)


@pytest.mark.parametrize("text", ["", "quantity", "2026-13", "2026-W60", "12", "mode 26"])
def test_what_is_no_period_is_none(text: str) -> None:
    assert period_of(text) is None


def test_periods_of_a_chart_are_not_said_to_be_ignored() -> None:
    assert read(NEVADA.replace("2026-02,Mar", "note,Mar"), "field").layout.ignored == ("note",)
