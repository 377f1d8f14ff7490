"""How fast something moves, said by the week where a day's move is too small to picture.

The numbers of a result are by the day. Where a week's move is less than what counts as nothing,
the pace is said by the week first (seven times the day, bounds and reference alike), and as the
result has it after that.
"""

from math import copysign
from typing import Unpack

from ops.advise.read.dossier import Details, Dossier, Label

WEEK = 7.0  # days


def add_pace(
    of: Dossier,
    label: Label,
    per_day: float | None,
    unit: str,
    *,
    nothing: float | None = None,
    quantity: str = "slope",
    **more: Unpack[Details],
) -> None:
    """Add a pace.

    Parameters
    ----------
    per_day, unit
        Change a day, in a unit whose name ends in ``/d``.
    nothing
        Change that counts as nothing, in the unit without the day; None: always by the day.
    """
    if per_day is None:
        return
    reference = more.get("reference")
    if reference is not None:  # what counts as nothing lies on the side of the move
        more["reference"] = copysign(reference, per_day)
    if unit.endswith("/d") and nothing is not None and abs(per_day) * WEEK < nothing:
        by_week = dict(more)
        for name in ("lower", "upper", "reference"):
            bound = more.get(name)
            by_week[name] = bound * WEEK if isinstance(bound, int | float) else None
        of.number(quantity, label, per_day * WEEK, f"{unit.removesuffix('/d')}/week", **by_week)  # type: ignore[arg-type]
    of.number(quantity, label, per_day, unit, **more)
