"""Who pays what of a lane, and duties, by hand."""

import pytest

from solvers.network.customs import SELLER_PAYS, DutyTable, Split, ours
from solvers.scenario.movement import Duty, Incoterm
from solvers.scenario.place import SiteKind

BOTH, NONE = Split(freight=True, duty=True), Split(freight=False, duty=False)
FREIGHT, DUTY = Split(freight=True, duty=False), Split(freight=False, duty=True)

# Incoterms 2020 of the International Chamber of Commerce: who contracts carriage, who clears
CASES: list[tuple[Incoterm | None, SiteKind, SiteKind, Split]] = [
    ("EXW", "supplier", "plant", BOTH),
    ("FCA", "supplier", "die-bank", BOTH),
    ("FOB", "supplier", "dc", BOTH),
    ("CFR", "supplier", "plant", DUTY),
    ("CIF", "supplier", "plant", DUTY),
    ("CPT", "supplier", "plant", DUTY),
    ("DAP", "supplier", "plant", DUTY),
    ("DDP", "supplier", "plant", NONE),
    ("EXW", "dc", "customer", NONE),
    ("FOB", "plant", "customer", NONE),
    ("CIF", "dc", "customer", FREIGHT),
    ("DAP", "dc", "customer", FREIGHT),
    ("DPU", "dc", "customer", FREIGHT),
    ("DDP", "dc", "customer", BOTH),
    ("DDP", "supplier", "customer", BOTH),
    ("EXW", "plant", "dc", BOTH),
    (None, "supplier", "plant", BOTH),
    (None, "dc", "customer", BOTH),
]


@pytest.mark.parametrize(("term", "origin", "destination", "split"), CASES)
def test_the_term_splits_freight_and_duty(
    term: Incoterm | None, origin: SiteKind, destination: SiteKind, split: Split
) -> None:
    assert ours(term, origin, destination) == split


@pytest.mark.parametrize("term", SELLER_PAYS)
def test_what_we_pay_as_seller_we_do_not_pay_as_buyer(term: Incoterm) -> None:
    sold, bought = ours(term, "dc", "customer"), ours(term, "supplier", "plant")
    assert (sold.freight, sold.duty) == (not bought.freight, not bought.duty)


def test_the_most_exact_row_of_duties_counts() -> None:
    table = DutyTable(
        (
            Duty(origin="", destination="US", rate=0.05),
            Duty(origin="MY", destination="US", rate=0.04),
            Duty(origin="MY", destination="US", duty_class="chip", rate=0.0),
            Duty(origin="", destination="US", duty_class="toy", rate=0.2),
        )
    )
    asked = [("MY", "US", "chip"), ("MY", "US", "toy"), ("VN", "US", "toy"), ("VN", "US", "tape")]
    assert [table.rate(*a) for a in asked] == [0.0, 0.04, 0.2, 0.05]


def test_goods_that_cross_no_border_pay_no_duty_unless_a_row_says_so() -> None:
    wide = DutyTable((Duty(origin="", destination="US", rate=0.05),))
    inside = DutyTable((Duty(origin="IN", destination="IN", rate=0.01),))
    assert wide.rate("US", "US", "") == 0.0
    assert inside.rate("IN", "IN", "") == 0.01
    assert DutyTable(()).rate("MY", "US", "") == 0.0
