"""What to do where the likelihood has no maximum: which bound serves, and what to give for it."""

from ops.lifetime.data import LifeData
from ops.lifetime.existence import NoMaximum, Reason

SHAPE_WORDS = (
    "give a shape that is known of this mechanism (Weibayes), or a range or prior of the shape"
    " (Bayesian Weibull): both bound the life from these data"
)

_WORDS = {
    Reason.NO_ROWS: "give times to failure, or times that units have lasted without one",
    Reason.NO_FAILURES: f"nothing has failed: {SHAPE_WORDS}",
    Reason.ALL_BEFORE_READOUT: (
        "every unit had failed when it was first looked at: no method bounds the life from below;"
        " look earlier, or test more units"
    ),
    Reason.ONE_INSTANT: f"the failures do not tell how lives spread: {SHAPE_WORDS}",
    Reason.REVERSE_ORDER: (
        f"the looks do not tell how lives spread: {SHAPE_WORDS}; or look at more units, earlier"
        " and later"
    ),
    Reason.TRUNCATION: (
        "the truncated rows do not tell how lives spread: count the units that were at risk and"
        f" have not failed too, or {SHAPE_WORDS}"
    ),
    Reason.NOT_CONVERGED: f"the fit did not come to rest: check the rows, or {SHAPE_WORDS}",
}


def instead(data: LifeData, found: NoMaximum) -> str:
    """Say which bound serves instead of a fit, and what to give for it.

    Parameters
    ----------
    data
        The sample that has no maximum.
    found
        What `ops.lifetime.fit.fit` raised.
    """
    never_alive = data.lower.size > 0 and not bool((data.lower > 0.0).any())
    return _WORDS[Reason.ALL_BEFORE_READOUT if never_alive else found.reason]
