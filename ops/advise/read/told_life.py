"""A life of a stored result: the time by which a share has failed, with its bounds."""

from ops.advise.read.dossier import Dossier
from ops.advise.read.stored import Stored


class ToldLife(Stored):
    """Time by which a share has failed; null bounds: it has none."""

    p: float
    estimate: float | None = None
    lower_one_sided: float | None = None
    lower: float | None = None
    upper: float | None = None


def tell_life(
    of: Dossier,
    life: ToldLife,
    unit: str,
    confidence: float | None,
    *,
    beside: str = "",
    target: float | None = None,
) -> None:
    """Add a life and its one-sided lower bound.

    Quantities are b10 and b10-lower for a share of 10 %, else life-share and life-share-lower.

    Parameters
    ----------
    beside
        What follows the name of the life in its label: `` at use``.
    target
        Life that is required; the bound is held against it.
    """
    quantity = "b10" if abs(life.p - 0.1) < 1e-9 else "life-share"
    label = f"B{100 * life.p:g} life{beside}"
    of.number(
        quantity, label, life.estimate, unit,
        lower=life.lower, upper=life.upper, confidence=confidence,
    )  # fmt: skip
    of.number(
        f"{quantity}-lower", f"lower bound of the {label}", life.lower_one_sided, unit,
        lower=life.lower_one_sided, confidence=confidence, reference=target,
        reference_label="required life" if target is not None else "",
    )  # fmt: skip


def below_one(lower: float | None, upper: float | None) -> str:
    """Whether a shape lies below 1: yes or no where its interval shows it, else open.

    Examples
    --------
    >>> below_one(0.6, 0.9), below_one(0.8, 1.2), below_one(1.3, 2.0)
    ('yes', 'open', 'no')
    """
    if upper is not None and upper < 1.0:
        return "yes"
    return "no" if lower is not None and lower >= 1.0 else "open"


def meets(bound: float | None, target: float | None) -> str:
    """Whether a lower bound meets what is asked: yes or no; empty where nothing is asked."""
    if target is None:
        return ""
    return "yes" if bound is not None and bound >= target else "no"
