"""What the long-term capability of a characteristic comes to, in one sentence."""

from ops.analyses.long_term_capability_result import LongTermOfCharacteristic
from ops.page import Subject, Verdict
from ops.page_value import Level, Number, Phrase

PENDING = Verdict(level="info", sentence="Not judged yet.")


def verdict(of: LongTermOfCharacteristic, requirement: float, confidence: float) -> Verdict:
    """Index beside the requirement, then what the pool hides."""
    factors = dict[str, str]()
    level, first = _index(of, requirement, confidence)
    clauses = [first]
    if of.over_aggregated:
        worst = next(s for s in of.strata if s.below)
        clauses.append(
            Phrase.of(
                "{n} strata are surely below it: {factor} {stratum} reaches {upper} at most",
                n=Number(value=of.strata_below),
                factor=worst.factor,
                stratum=worst.level,
                upper=Number(value=round(worst.upper, 2), decimals=2),
            )
        )
        factors[worst.factor] = worst.level
    if of.trend is not None and of.trend.upper is not None and of.trend.upper < 0:
        clauses.append(
            Phrase.of(
                "it falls by {slope} a month",
                slope=Number(value=round(-of.trend.value, 3), decimals=3),
            )
        )
    unstable = of.stability is not None and of.stability.unstable
    if of.stability is not None and unstable:
        rule = min(of.stability.rules, key=lambda r: r.p)
        clauses.append(
            Phrase.of(
                "the process is not stable: {count} points break the rule '{rule}', {expected} are"
                " expected",
                count=Number(value=rule.count),
                rule=rule.sentence,
                expected=Number(value=round(rule.expected, 1), decimals=1),
            )
        )
    if level == "good" and len(clauses) > 1:
        level = "warn"
    site = of.sites[0] if len(of.sites) == 1 else None
    subject = Subject(site=site, characteristic=of.code, factors=factors)
    return Verdict.of(level, *clauses, subject=subject)


def _index(
    of: LongTermOfCharacteristic, requirement: float, confidence: float
) -> tuple[Level, Phrase]:
    if of.ppk is None:
        template = "{name}: no index without specification limits; sigma is {sigma} {unit}"
        sigma = Number(value=round(of.sigma, 4))
        return "info", Phrase.of(template, name=of.title, sigma=sigma, unit=of.unit)
    lower = of.ppk.lower if of.ppk.lower is not None else -1.0
    about: dict[str, Number | str] = {
        "name": of.title,
        "value": _shown(of.ppk.value, requirement),
        "level": Number(value=confidence, percent=True),
        "lower": _shown(lower, requirement),
        "upper": _shown(of.ppk.upper, requirement),
        "low": Number(value=requirement),
    }
    if of.ppk.value < requirement:
        template = "{name}: long-term Ppk {value} ({level} {lower} to {upper}) is below {low}"
        return "bad", Phrase.of(template, **about)
    if lower < requirement:
        template = (
            "{name}: long-term Ppk {value} ({level} {lower} to {upper}) is above {low}, but its"
            " lower bound is not"
        )
        return "warn", Phrase.of(template, **about)
    template = "{name}: long-term Ppk {value} ({level} {lower} to {upper}) is above {low}"
    return "good", Phrase.of(template, **about)


def _shown(value: float | None, requirement: float) -> Number:
    """Two decimals, or as many as show on which side of the requirement it lies."""
    if value is None:
        return Number(value=None)
    sides = (d for d in range(2, 6) if round(value, d) != round(requirement, d))
    decimals = 2 if value == requirement else next(sides, 6)
    return Number(value=round(value, decimals), decimals=decimals)
