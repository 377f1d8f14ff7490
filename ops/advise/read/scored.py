"""Scores of a classifier, and one model against another, as results keep them."""

from ops.advise.read.dossier import Dossier
from ops.advise.read.stored import Stored
from ops.page_value import Phrase


class Score(Stored):
    """A score with its interval."""

    name: str
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    better: str = ""


class Paired(Stored):
    """First less second of a score."""

    against: str = ""
    score: str = ""
    difference: float | None = None
    lower: float | None = None
    upper: float | None = None
    p: float | None = None
    verdict: str = ""


class Covered(Stored):
    """What conformal sets cover of a class."""

    name: str = ""
    conditional: float | None = None
    lower: float | None = None
    upper: float | None = None


def named(score: str) -> str:
    """Slug of the name of a score.

    Examples
    --------
    >>> named("average_precision")
    'average-precision'
    """
    return "".join(c if c.isalnum() else "-" for c in score.lower()).strip("-") or "score"


def said_score(score: str) -> str:
    """Name of a score as it is said.

    Examples
    --------
    >>> said_score("average_precision")
    'average precision'
    """
    return score.replace("_", " ")


def tell_scores(
    of: Dossier,
    scores: tuple[Score, ...],
    headline: str,
    *,
    base: float | None = None,
    unit: str = "",
    of_whom: str = "{score}",
) -> None:
    """Add scores, the headline first; it is held against who always says the base rate.

    Parameters
    ----------
    of_whom
        How a score is called, whole: it is translated.
    """
    for one in sorted(scores, key=lambda s: s.name != headline):
        first = one.name == headline and base is not None
        of.number(
            named(one.name), Phrase.of(of_whom, score=said_score(one.name)), one.value, unit,
            lower=one.lower, upper=one.upper, confidence=0.95,
            reference=base if first else None,
            reference_label="who always says the base rate" if first else "",
        )  # fmt: skip


def tell_coverage(of: Dossier, covered: tuple[Covered, ...], promised: float | None) -> None:
    """Add what conformal sets cover of each class."""
    for one in covered:
        of.number(
            "coverage", Phrase.of("coverage of {name}", name=one.name),
            one.conditional, percent=True,
            lower=one.lower, upper=one.upper, confidence=0.95, reference=promised,
            reference_label="" if promised is None else "promised",
        )  # fmt: skip


def on(tests: tuple[Paired, ...], headline: str) -> Paired:
    """Test of the headline score; an empty one if there is none."""
    return next((one for one in tests if one.score == headline), Paired())
