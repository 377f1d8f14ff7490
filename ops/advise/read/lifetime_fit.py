"""A fit of lives as evidence.

Quantities: b10, life-share, b10-lower, life-share-lower, approved-life, shape, eta, failures,
units, longest-time, survival, family, runner-up, family-lead, verdict. Facts: life-test, family,
shape-below-one, no-life, mechanism, choice, approval, departure.
"""

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.stored import Stored
from ops.advise.read.told_life import ToldLife, below_one, life_test_title, tell_life
from ops.page import Subject
from ops.page_value import Number, Phrase


class _Reported(Stored):
    p: float
    lower: float | None = None
    life: ToldLife


class _Parameter(Stored):
    name: str
    estimate: float | None = None
    lower: float | None = None
    upper: float | None = None


class _Candidate(Stored):
    family: str = ""
    aicc: float | None = None
    chosen: bool = False
    parameters: tuple[_Parameter, ...] = ()


class _Approval(Stored):
    lower: float | None = None
    stands: bool | None = None


class _Departure(Stored):
    kind: str = ""
    shown: bool = False


class _Mechanism(Stored):
    code: str = ""


class _Survival(Stored):
    t: float
    estimate: float | None = None
    lower: float | None = None
    upper: float | None = None


class _Fit(Stored):
    code: str = ""
    title: str = ""
    site: str | None = None
    unit: str = ""
    confidence: float | None = None
    units: float | None = None
    failures: float | None = None
    longest_time: float | None = None
    main: float = 0.1
    verdict: str = ""
    chosen: tuple[str, ...] = ()
    mechanism: _Mechanism | None = None
    reported: tuple[_Reported, ...] = ()
    candidates: tuple[_Candidate, ...] = ()
    survivals: tuple[_Survival, ...] = ()
    departures: tuple[_Departure, ...] = ()
    approval: _Approval | None = None


def read_lifetime_fit(run: StoredRun) -> tuple[Case, ...]:
    """Case of a life test: its lives, its shape, how many failed."""
    fit = _Fit.model_validate(run.result)
    subject = Subject(site=fit.site, factors={"life test": fit.code} if fit.code else {})
    of = Dossier(run, fit.code or "fit", "lifetime", subject)
    for one in sorted(fit.reported, key=lambda r: abs(r.p - fit.main)):
        bounded = one.life.model_copy(update={"lower_one_sided": one.lower})
        tell_life(of, bounded, fit.unit, fit.confidence)
    if fit.approval is not None:
        of.number("approved-life", "approved lower bound", fit.approval.lower, fit.unit)
    shape = _shape(of, fit)
    _add_families(of, fit)
    of.number("failures", "units that failed", fit.failures, decimals=0)
    of.number("units", "units on test", fit.units, decimals=0)
    of.number("longest-time", "longest time on test", fit.longest_time, fit.unit)
    for s in fit.survivals:
        of.number(
            "survival",
            Phrase.of("share that lasts {time} {unit}", time=Number(value=s.t), unit=fit.unit),
            s.estimate,
            lower=s.lower, upper=s.upper, confidence=fit.confidence, percent=True,
        )  # fmt: skip
    level = tell_verdicts(of, run, fit.title)
    return (of.case(life_test_title(fit.code), level, _facts(fit, shape)),)


def _shape(of: Dossier, fit: _Fit) -> str:
    """Add shape and scale of the Weibull of the comparison; whether the shape is below 1."""
    found = next((c for c in fit.candidates if c.family == "Weibull"), None)
    named = {} if found is None else {p.name: p for p in found.parameters}
    scale, shape = named.get("eta"), named.get("beta")
    if scale is not None:
        of.number(
            "eta", "characteristic life", scale.estimate, fit.unit,
            lower=scale.lower, upper=scale.upper, confidence=fit.confidence,
        )  # fmt: skip
    if shape is None:
        return ""
    of.number(
        "shape", "Weibull shape", shape.estimate, lower=shape.lower, upper=shape.upper,
        confidence=fit.confidence, reference=1.0, reference_label="constant rate",
    )  # fmt: skip
    return below_one(shape.lower, shape.upper)


def _add_families(of: Dossier, fit: _Fit) -> None:
    """Add the two families that fit best, and by how much their AICc differ."""
    known = sorted((c.aicc, c.family) for c in fit.candidates if c.aicc is not None and c.family)
    if len(known) > 1:
        (best, family), (other, runner_up) = known[:2]
        of.name("family", "distribution that fits best", family)
        of.name("runner-up", "distribution that fits next", runner_up)
        of.number("family-lead", "lead in AICc", other - best, decimals=1)


def _facts(fit: _Fit, shape: str) -> dict[str, str]:
    stands = None if fit.approval is None else fit.approval.stands
    approval = {None: "", True: "stands", False: "lost"}[stands]
    return {
        "life-test": fit.code,
        "family": fit.chosen[0] if fit.chosen else "",
        "shape-below-one": shape,
        "no-life": "" if fit.reported else "yes",
        "mechanism": fit.mechanism.code if fit.mechanism else "",
        "choice": fit.verdict,
        "approval": approval,
        "departure": next((d.kind for d in fit.departures if d.shown), ""),
    }
