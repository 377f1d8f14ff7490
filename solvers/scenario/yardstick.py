"""How the amounts of one scenario are read into base units: kg, m^3, km, days, its own money."""

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from solvers.scenario.document import Scenario
from solvers.scenario.goods import Commodity
from solvers.scenario.movement import Basis
from solvers.scenario.part import Amount, ByPeriod
from solvers.scenario.policy import ExchangeRate
from solvers.scenario.units import CURRENCY, Measured, UnitError, factor, kind_of, parsed
from solvers.values import FloatArray


class Yardstick:
    """Reads amounts of a scenario; bare numbers are in `Scenario.units`, texts in their own.

    Money of a text in another currency is worth what the rate says that was in force on the first
    day of the period; a money method returns one number if that is the same in all periods, else
    one for each period.

    Raises
    ------
    UnitError
        Every method, for a text that does not fit: the value and the mend.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.periods = {p.code: t for t, p in enumerate(scenario.periods)}
        self.money_name = scenario.units.money
        self._starts = tuple(p.start for p in scenario.periods)
        self._bare = {
            kind: _named(kind, getattr(scenario.units, kind))
            for kind in ("weight", "volume", "distance", "duration")
        } | {"hours": 1.0, "share": 1.0, "count": 1.0}
        self._rates: dict[str, list[ExchangeRate]] = {}
        for rate in scenario.exchange_rates:
            self._rates.setdefault(rate.currency, []).append(rate)
        for rates in self._rates.values():
            rates.sort(key=lambda r: r.valid_from or date.min)

    def bare(self, kind: str) -> float:
        """Size in base units of a bare 1 of a kind of `solvers.scenario.units.BASES`."""
        return self._bare[kind]

    def plain(self, amount: Amount, kind: str) -> float:
        """Amount of a kind of `BASES`, in its base unit."""
        if not isinstance(amount, str):
            return amount * self._bare[kind]
        read = parsed(amount)
        if not read.unit:
            return read.value * self._bare[kind]
        size = factor(read.unit, kind) if not read.per else None
        if size is None:
            unit = "a bare number" if kind == "count" else f"a number or a unit of {kind}"
            raise UnitError(f"{amount!r} is no {kind}; give {unit}")
        return read.value * size

    def quantity(self, amount: Amount, commodity: Commodity) -> float:
        """Units of a commodity; a weight or a volume is divided by that of one unit."""
        if not isinstance(amount, str):
            return amount
        read = parsed(amount)
        if read.per:
            raise UnitError(f"{amount!r} is no quantity of {commodity.code!r}; leave out the '/'")
        return read.value * self._units_in(read.unit, commodity, amount)

    def load(self, amount: Amount, basis: Basis, sole: Commodity | None = None) -> float:
        """Load in the basis of a lane: units, kg or m^3; `sole` is the one commodity it carries."""
        if basis != "quantity":
            return self.plain(amount, basis)
        if sole is not None:
            return self.quantity(amount, sole)
        return self.plain(amount, "count")

    def money(self, amount: Amount) -> float | FloatArray:
        """Money."""
        if not isinstance(amount, str):
            return amount
        read = parsed(amount)
        if read.per:
            raise UnitError(f"{amount!r} is a rate; give money without '/{read.per}'")
        return read.value * self._worth(read, amount)

    def money_once(self, amount: Amount) -> float:
        """Money that is paid once, or that no period tells: at the rate of the first period."""
        worth = self.money(amount)
        return float(worth[0]) if isinstance(worth, np.ndarray) else worth

    def price(self, amount: Amount, commodity: Commodity) -> float | FloatArray:
        """Money for one unit of a commodity; "EUR/kg" goes by its weight."""
        if not isinstance(amount, str):
            return amount
        read = parsed(amount)
        worth = read.value * self._worth(read, amount)
        return worth / self._units_in(read.per, commodity, amount) if read.per else worth

    def price_once(self, amount: Amount, commodity: Commodity) -> float:
        """`price` at the rate of the first period."""
        worth = self.price(amount, commodity)
        return float(worth[0]) if isinstance(worth, np.ndarray) else worth

    def rate(self, amount: Amount, kind: str, sole: Commodity | None = None) -> float | FloatArray:
        """Money for one base unit of a kind of `BASES`, or of the sole commodity of a lane."""
        if not isinstance(amount, str):
            return amount / self._bare[kind]
        read = parsed(amount)
        worth = read.value * self._worth(read, amount)
        if not read.per:
            return worth / self._bare[kind]
        if kind == "count" and sole is not None:
            return worth / self._units_in(read.per, sole, amount)
        size = factor(read.per, kind)
        if size is None:
            raise UnitError(f"{amount!r} is no money for a {kind}; give it per unit of {kind}")
        return worth / size

    def carbon_price(self, amount: Amount) -> float:
        """Money for a kg of CO2; a bare number, and a text without '/', is for a tonne."""
        if not isinstance(amount, str):
            return amount / 1000.0
        read = parsed(amount)
        worth = read.value * self._worth(read, amount)
        first = float(worth[0]) if isinstance(worth, np.ndarray) else worth
        size = factor(read.per or "t", "weight")
        if size is None:
            raise UnitError(f"{amount!r} is no money for a weight; give it like '80 EUR/t'")
        return first / size

    def by_period(
        self,
        base: Amount | None,
        exceptions: Sequence[ByPeriod],
        read: Callable[[Amount], float],
        absent: float = np.inf,
    ) -> FloatArray:
        """Amounts of all periods, shape (T,): the base, or `absent`, with its exceptions."""
        row = np.full(len(self.periods), absent if base is None else read(base))
        for exception in exceptions:
            row[self.periods[exception.period]] = read(exception.amount)
        return row

    def weight_of(self, commodity: Commodity) -> float:
        """Kg of one unit; told by the unit itself if it is one of weight."""
        return self._size_of(commodity, "weight", commodity.weight)

    def volume_of(self, commodity: Commodity) -> float:
        """m^3 of one unit; told by the unit itself if it is one of volume."""
        return self._size_of(commodity, "volume", commodity.volume)

    def _size_of(self, commodity: Commodity, kind: str, amount: Amount) -> float:
        size = self.plain(amount, kind)
        if size or kind_of(commodity.unit) != kind:
            return size
        return factor(commodity.unit, kind) or 0.0

    def _units_in(self, unit: str, commodity: Commodity, amount: str) -> float:
        """How many units of the commodity one `unit` is."""
        if unit in {"", commodity.unit, commodity.unit + "s"}:
            return 1.0
        own = kind_of(commodity.unit)
        if own:
            size = factor(unit, own)
            if size is not None:
                return size / (factor(commodity.unit, own) or 1.0)
        for kind, one in (
            ("weight", self.weight_of(commodity)),
            ("volume", self.volume_of(commodity)),
        ):
            size = factor(unit, kind)
            if size is not None and one > 0:
                return size / one
        raise UnitError(
            f"{amount!r} does not count {commodity.code!r}: give it in {commodity.unit!r}, or "
            f"give the commodity a weight or volume"
        )

    def _worth(self, read: Measured, amount: str) -> float | FloatArray:
        """Money that one of the currency of a text is worth in the scenario's money."""
        if read.unit in {"", self.money_name}:
            return 1.0
        if not CURRENCY.fullmatch(read.unit):
            raise UnitError(f"{amount!r} is not money; give it like '12.5 {self.money_name}'")
        rates = self._rates.get(read.unit)
        if not rates:
            raise UnitError(f"{amount!r}: no rate of {read.unit}; add it to exchange_rates")
        row = np.array([_in_force(rates, start, amount) for start in self._starts])
        return float(row[0]) if (row == row[0]).all() else row


def _named(kind: str, unit: str) -> float:
    size = factor(unit, kind)
    if size is None:
        raise UnitError(f"{unit!r} is no unit of {kind}; name one of pint's")
    return size


def _in_force(rates: list[ExchangeRate], start: date | None, amount: str) -> float:
    """Rate in force on a day; `rates` in order of their first day."""
    undated = [r for r in rates if r.valid_from is None]
    if start is None:
        if len(rates) > len(undated):
            raise UnitError(f"{amount!r}: its rate is dated; give the periods a start")
        return undated[-1].rate
    past = [r for r in rates if r.valid_from is None or r.valid_from <= start]
    if not past:
        raise UnitError(f"{amount!r}: no rate is in force on {start}; add an earlier one")
    return past[-1].rate
