"""The choice of a life distribution: data, mechanism and rules, and who overruled whom."""

from dataclasses import dataclass
from typing import Literal

from ops.errors import NotEnoughData
from ops.lifetime.choice.clause import Clause
from ops.lifetime.choice.comparison import Comparison, Rival
from ops.lifetime.choice.mechanism import UNKNOWN, Mechanism
from ops.lifetime.choice.rules import GovernanceRules

Verdict = Literal["only", "not_distinguishable", "data", "agreed", "mechanism", "waived", "refused"]

VERDICTS: dict[Verdict, str] = {
    "only": "only one candidate has a fit",
    "not_distinguishable": "the data do not tell the candidates apart: all that are near are"
    " reported, and the lowest bound is used for low percentiles",
    "data": "the data prefer one candidate, and no mechanism speaks against it",
    "agreed": "data and mechanism name the same family",
    "mechanism": "the mechanism names another family than the data, and they allow it",
    "waived": "the mechanism overrides the data by a recorded waiver",
    "refused": "the mechanism names a family that the data reject, and no waiver is recorded",
}
"""What each verdict says."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A recorded decision to follow the mechanism against the data: who, and why."""

    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A chosen distribution and how it came to be.

    Parameters
    ----------
    verdict
        Code of `VERDICTS`.
    chosen
        Names of the families to report, the first to be quoted; several where the data do not
        tell them apart.
    best
        What the data alone prefer.
    runner_up
        The next of other families than the chosen ones, "" if there is none.
    delta
        How far the runner-up lies behind the data's best, by the criterion; None without one.
    override
        How far the family of the mechanism lies behind the best; None if it has no fit, or if the
        mechanism names none.
    lowest_bound
        Whether the lowest bound of all chosen ones is the one to use for low percentiles.
    mechanism
        What was named.
    waiver
        The waiver that was used, None if none was needed or given.
    overridden
        What the choice set aside, "" if nothing: the data's best, or the mechanism's family.
    words
        The rationale, clause by clause.
    """

    verdict: Verdict
    chosen: tuple[str, ...]
    best: str
    runner_up: str
    delta: float | None
    override: float | None
    lowest_bound: bool
    mechanism: Mechanism
    waiver: Waiver | None
    overridden: str
    words: tuple[Clause, ...]


def choose(
    comparison: Comparison,
    mechanism: Mechanism = UNKNOWN,
    rules: GovernanceRules | None = None,
    waiver: Waiver | None = None,
) -> Choice:
    """Choose the distribution to report.

    Models closer than `rules.indistinct_below` are all reported, that of the mechanism first. A
    mechanism moves the choice to its family as long as that lies no further behind than
    `rules.waiver_above`; beyond that only with a waiver, and without one the data stand.

    Raises
    ------
    NotEnoughData
        If no candidate has a fit.
    """
    rules = rules or GovernanceRules()
    if not comparison.rivals:
        raise NotEnoughData("no candidate has a fit: there is nothing to choose from")
    named = _named(comparison, mechanism)
    near = tuple(r for r in comparison.rivals if r.delta < rules.indistinct_below)
    verdict, chosen, overridden = _verdict(comparison, near, named, rules, waiver)
    rest = [r for r in comparison.rivals[1:] if r.name not in chosen[:1]]
    second = comparison.rivals[1] if len(comparison.rivals) > 1 else None
    return Choice(
        verdict=verdict,
        chosen=chosen,
        best=comparison.best.name,
        runner_up=rest[0].name if rest else "",
        delta=second.delta if second else None,
        override=named.delta if named else None,
        lowest_bound=len(chosen) > 1,
        mechanism=mechanism,
        waiver=waiver if verdict == "waived" else None,
        overridden=overridden,
        words=_words(comparison, mechanism, named, verdict, chosen, waiver),
    )


def _named(comparison: Comparison, mechanism: Mechanism) -> Rival | None:
    """Find the nearest rival of the families that the mechanism names."""
    return next((r for r in comparison.rivals if r.name in mechanism.families), None)


def _verdict(
    comparison: Comparison,
    near: tuple[Rival, ...],
    named: Rival | None,
    rules: GovernanceRules,
    waiver: Waiver | None,
) -> tuple[Verdict, tuple[str, ...], str]:
    best = comparison.best.name
    names = tuple(r.name for r in near)
    if len(comparison.rivals) == 1:
        return "only", (best,), ""
    if len(near) > 1 and (named is None or named.name in names):
        first = best if named is None else named.name
        return "not_distinguishable", (first, *(n for n in names if n != first)), ""
    if named is None:
        return "data", (best,), ""
    if named.name == best:
        return "agreed", (best,), ""
    if named.delta <= rules.waiver_above:
        return "mechanism", (named.name,), best
    if waiver is not None and waiver.reason.strip() and waiver.by.strip():
        return "waived", (named.name,), best
    return "refused", names, named.name


def _words(
    comparison: Comparison,
    mechanism: Mechanism,
    named: Rival | None,
    verdict: Verdict,
    chosen: tuple[str, ...],
    waiver: Waiver | None,
) -> tuple[Clause, ...]:
    said = [Clause(VERDICTS[verdict])]
    said += [
        Clause(
            "{rival} lies {delta} " + comparison.criterion + " behind {best} ({failures} failures)",
            {
                "rival": rival.title,
                "delta": rival.delta,
                "best": comparison.best.title,
                "failures": comparison.failures,
            },
        )
        for rival in comparison.rivals[1:3]
    ]
    said.append(
        Clause(
            "mechanism: {title}; {reason} ({source})",
            {"title": mechanism.title, "reason": mechanism.reason, "source": mechanism.source},
        )
    )
    if mechanism.families and named is None:
        said.append(
            Clause("none of its families has a fit: {names}", {"names": _list(mechanism.families)})
        )
    if verdict == "waived" and waiver is not None:
        said.append(Clause("waived by {by}: {reason}", {"by": waiver.by, "reason": waiver.reason}))
    if len(chosen) > 1:
        said.append(Clause("reported: {names}", {"names": _list(chosen)}))
    return tuple(said)


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(names)
