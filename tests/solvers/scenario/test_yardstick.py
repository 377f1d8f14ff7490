"""Amounts in base units: weights for pieces, money at its dated rate."""

from datetime import date

import numpy as np
import pytest

from solvers.scenario.document import Scenario
from solvers.scenario.goods import Commodity
from solvers.scenario.policy import ExchangeRate, Period, Units
from solvers.scenario.units import UnitError
from solvers.scenario.yardstick import Yardstick

PIECE = Commodity(code="A", weight="250 g", volume=0.001)
WIRE = Commodity(code="W", unit="m")
SALT = Commodity(code="S", unit="t")
RATES = (
    ExchangeRate(currency="EUR", rate=1.1),
    ExchangeRate(currency="EUR", rate=1.2, valid_from=date(2027, 2, 1)),
)
MONTHS = (
    Period(code="1", start=date(2027, 1, 1), days=31),
    Period(code="2", start=date(2027, 2, 1), days=28),
)


def stick(**parts: object) -> Yardstick:
    """Yardstick of a scenario of two months."""
    return Yardstick(Scenario.model_validate({"periods": MONTHS, "exchange_rates": RATES} | parts))


def test_a_weight_counts_pieces() -> None:
    assert stick().quantity("420 t", PIECE) == 420_000 / 0.25
    assert stick().quantity("2 m^3", PIECE) == pytest.approx(2000.0)
    assert stick().quantity("7 pieces", PIECE) == 7.0


def test_a_unit_of_pint_is_converted_to_the_own_one() -> None:
    assert stick().quantity("2 km", WIRE) == pytest.approx(2000.0)
    assert stick().quantity("500 kg", SALT) == pytest.approx(0.5)
    assert stick().weight_of(SALT) == pytest.approx(1000.0)


def test_a_weight_of_what_weighs_nothing_is_refused() -> None:
    with pytest.raises(UnitError, match=r"'3 t' does not count 'W'.*weight or volume"):
        stick().quantity("3 t", WIRE)


def test_bare_numbers_follow_the_units_of_the_scenario() -> None:
    pounds = stick(units=Units(weight="lb", duration="week", distance="mile", volume="l"))
    assert pounds.plain(2.0, "weight") == pytest.approx(0.90718474)
    assert pounds.plain(2.0, "duration") == 14.0
    assert pounds.plain(1.0, "distance") == pytest.approx(1.609344)
    assert pounds.plain(1.0, "volume") == pytest.approx(0.001)
    assert pounds.rate(1.0, "weight") == pytest.approx(1 / 0.45359237)


def test_money_is_worth_what_its_rate_says_in_each_period() -> None:
    assert np.asarray(stick().money("10 EUR")) == pytest.approx([11.0, 12.0])
    assert stick().money("10 USD") == 10.0
    assert stick().money_once("10 EUR") == pytest.approx(11.0)


def test_a_price_by_weight_goes_by_the_weight_of_a_unit() -> None:
    assert np.asarray(stick().price("4 EUR/kg", PIECE)) == pytest.approx([1.1, 1.2])
    assert stick().price("4 USD/piece", PIECE) == 4.0
    assert stick().rate("100 USD/t", "weight") == pytest.approx(0.1)


def test_a_price_of_carbon_is_for_a_tonne_unless_it_says_otherwise() -> None:
    texts = (80.0, "80 USD", "80 USD/t", "0.08 USD/kg")
    assert [stick().carbon_price(t) for t in texts] == pytest.approx([0.08] * 4)


@pytest.mark.parametrize(
    ("text", "said"),
    [("5 GBP", "no rate of GBP"), ("5 kg", "is not money"), ("5 EUR/kg", "is a rate")],
)
def test_what_is_no_money_is_refused(text: str, said: str) -> None:
    with pytest.raises(UnitError, match=said):
        stick().money(text)


def test_a_rate_that_begins_later_is_refused() -> None:
    late = stick(exchange_rates=RATES[1:])
    with pytest.raises(UnitError, match="no rate is in force on 2027-01-01"):
        late.money("5 EUR")


def test_a_dated_rate_needs_dated_periods() -> None:
    with pytest.raises(UnitError, match="give the periods a start"):
        stick(periods=(Period(code="1"),)).money("5 EUR")


def test_a_unit_of_the_scenario_must_measure_what_it_is_for() -> None:
    with pytest.raises(UnitError, match="'km' is no unit of weight"):
        stick(units=Units(weight="km"))
