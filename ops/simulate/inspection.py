"""Counts that inspections give: wires that did not stick on their pad, lot by lot."""

import numpy as np

from ops.simulate.bonder import Line
from ops.simulate.chance import stream
from ops.simulate.record import Measured
from ops.values import Factor


def lot_inspections(line: Line) -> Measured:
    """Non-sticking wires of each lot of a bonder that was finished, with the wires inspected.

    The share of a lot is beta distributed about the nominal one, the count binomial about the
    share: lots differ by more than chance within a lot explains.
    """
    law, code = line.plant.inspection, line.bonder.code
    rng = stream(line.plant.seed, "non-stick", code)
    part = np.arange(line.lots.height_um.size) + 0.99  # inspected just before it is finished
    hours = np.multiply(part, line.lots.hours, dtype=np.float64)
    hours = hours[hours < line.clock.total]
    lots = hours.size
    certainty = (1 - law.share) / (law.share * law.spread**2) - 1  # alpha + beta of the beta
    share = rng.beta(law.share * certainty, (1 - law.share) * certainty, lots)
    inspected = rng.integers(law.fewest, law.most + 1, lots)
    same = np.zeros(lots, np.int64)
    return Measured(
        site=line.site.code,
        kind="non-stick",
        product="",
        ts=line.clock.at(hours),
        value=rng.binomial(inspected, share).astype(np.float64),
        n=inspected.astype(np.float64),
        unit=np.full(lots, -1),
        position=same,
        factors={
            "tool": Factor(same, (code,)),
            "product": Factor(same, (line.product.code,)),
            "lot": Factor(np.arange(lots), line.lots.codes()[:lots]),
        },
    )
