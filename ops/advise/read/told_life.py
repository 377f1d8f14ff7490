"""A life of a stored result: the time by which a share has failed, with its bounds."""

from ops.advise.read.dossier import Dossier, Label
from ops.advise.read.stored import Stored
from ops.page_value import Phrase


class ToldLife(Stored):
    """Time by which a share has failed; null bounds: it has none."""

    p: float
    estimate: float | None = None
    lower_one_sided: float | None = None
    lower: float | None = None
    upper: float | None = None


_WHOSE = {  # name of a life, and of its lower bound, whole: they are translated
    "": ("{life} life", "lower bound of the {life} life"),
    "use": ("{life} life at use", "lower bound of the {life} life at use"),
    "system": ("{life} life of the system", "lower bound of the {life} life of the system"),
    "group": ("{life} life of {group}", "lower bound of the {life} life of {group}"),
}


def tell_life(
    of: Dossier,
    life: ToldLife,
    unit: str,
    confidence: float | None,
    *,
    whose: str = "",
    group: str = "",
    target: float | None = None,
) -> None:
    """Add a life and its one-sided lower bound.

    Quantities are b10 and b10-lower for a share of 10 %, else life-share and life-share-lower.

    Parameters
    ----------
    whose
        One of `_WHOSE`: what life it is, if it is not that of the units on test.
    group
        Name of the group whose life it is; empty: of none.
    target
        Life that is required; the bound is held against it.
    """
    quantity = "b10" if abs(life.p - 0.1) < 1e-9 else "life-share"
    label, bound = _WHOSE["group" if group else whose]
    parts = {"life": f"B{100 * life.p:g}"} | ({"group": group} if group else {})
    of.number(
        quantity, Phrase.of(label, **parts), life.estimate, unit,
        lower=life.lower, upper=life.upper, confidence=confidence,
    )  # fmt: skip
    of.number(
        f"{quantity}-lower", Phrase.of(bound, **parts), life.lower_one_sided, unit,
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


def life_test_title(code: str) -> Label:
    """Title of a case of a life test."""
    return Phrase.of("life test {code}", code=code) if code else "life test"


def part_of_test_title(part: str, code: str) -> Label:
    """Title of a case of a part of a life test: a mode of failure, a lot."""
    if not code:
        return Phrase.of("{part}, life test", part=part)
    return Phrase.of("{part}, life test {code}", part=part, code=code)
