"""Who pays freight and duty of a lane, and what duty is levied on."""

from collections.abc import Mapping
from dataclasses import dataclass

from solvers.scenario.movement import Duty, Incoterm
from solvers.scenario.place import SiteKind


@dataclass(frozen=True, slots=True)
class Split:
    """What the seller pays under a term: the main carriage, the import duty."""

    freight: bool
    duty: bool


# International Chamber of Commerce, Incoterms 2020: the E and F terms leave the main carriage to
# the buyer, the C and D terms to the seller; import clearance is the buyer's but for DDP.
SELLER_PAYS: Mapping[Incoterm, Split] = {
    "EXW": Split(freight=False, duty=False),
    "FCA": Split(freight=False, duty=False),
    "FOB": Split(freight=False, duty=False),
    "CFR": Split(freight=True, duty=False),
    "CIF": Split(freight=True, duty=False),
    "CPT": Split(freight=True, duty=False),
    "CIP": Split(freight=True, duty=False),
    "DAP": Split(freight=True, duty=False),
    "DPU": Split(freight=True, duty=False),
    "DDP": Split(freight=True, duty=True),
}

# Customs value is the value of the goods alone where a country levies free on board; everywhere
# else freight counts too (article 8.2 of the WTO Agreement on Customs Valuation lets each choose).
FREE_ON_BOARD = frozenset({"AU", "BW", "CA", "LS", "NA", "NZ", "SZ", "US", "ZA"})

BOTH_OURS = Split(freight=True, duty=True)


def ours(term: Incoterm | None, origin: SiteKind, destination: SiteKind) -> Split:
    """Split of a lane: what we pay of it.

    Towards a customer we are the seller, from a supplier the buyer (on a lane from a supplier to a
    customer: the seller); between our own places, and without a term, both are ours.

    Examples
    --------
    >>> ours("FCA", "supplier", "plant"), ours("DAP", "dc", "customer")
    (Split(freight=True, duty=True), Split(freight=True, duty=False))
    """
    if term is None or (destination != "customer" and origin != "supplier"):
        return BOTH_OURS
    seller = SELLER_PAYS[term]
    if destination == "customer":
        return seller
    return Split(freight=not seller.freight, duty=not seller.duty)


class DutyTable:
    """Rates of duty by country of origin, of destination, and class; the most exact row counts."""

    def __init__(self, duties: tuple[Duty, ...]) -> None:
        self._rates = {(d.origin, d.destination, d.duty_class): d.rate for d in duties}

    def rate(self, origin: str, destination: str, duty_class: str) -> float:
        """Share of the customs value; 0 where no row tells one. An empty country is any."""
        if not self._rates:
            return 0.0
        for o, d in ((origin, destination), ("", destination), (origin, ""), ("", "")):
            if origin == destination and (o, d) != (origin, destination):
                return 0.0  # goods that cross no border
            for c in (duty_class, ""):
                if (o, d, c) in self._rates:
                    return self._rates[o, d, c]
        return 0.0
