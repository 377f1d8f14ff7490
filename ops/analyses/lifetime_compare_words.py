"""The sentences of a comparison of the lives of groups."""

from ops.analyses.lifetime_compare_result import (
    ComparedPair,
    ComparedTest,
    LifetimeCompareResult,
)
from ops.page import Subject, Verdict
from ops.page_value import Number, Phrase

NAMES = {"weibull": "Weibull", "lognormal": "lognormal"}
TINY = 0.0001  # p-values are not told below it
SHOWN = 6  # pairs that are said in sentences

_NO_BOUND = "The data do not bound the life of {one} over that of {other}"
_SHARE_KNOWN = {  # sentences of a ratio at a share, by what is known of it
    "both": "The B{share} life of {one} is {ratio} times that of {other} ({low} to {high},"
    " {level})",
    "low": "The B{share} life of {one} is {ratio} times that of {other} (at least {low_once},"
    " {level} one-sided)",
    "high": "The B{share} life of {one} is {ratio} times that of {other} (at most {high_once},"
    " {level} one-sided)",
    "neither": "The B{share} life of {one} is {ratio} times that of {other} (the data bound it on"
    " neither side)",
    "low-only": "The B{share} life of {one} is at least {low_once} times that of {other} ({level}"
    " one-sided)",
    "high-only": "The B{share} life of {one} is at most {high_once} times that of {other} ({level}"
    " one-sided)",
    "neither-only": _NO_BOUND,
}
_LIFE_KNOWN = {  # of a ratio that is the same at every share: one shape
    "both": "The life of {one} is {ratio} times that of {other} ({low} to {high}, {level})",
    "low": "The life of {one} is {ratio} times that of {other} (at least {low_once}, {level}"
    " one-sided)",
    "high": "The life of {one} is {ratio} times that of {other} (at most {high_once}, {level}"
    " one-sided)",
    "neither": "The life of {one} is {ratio} times that of {other} (the data bound it on neither"
    " side)",
    "low-only": "The life of {one} is at least {low_once} times that of {other} ({level}"
    " one-sided)",
    "high-only": "The life of {one} is at most {high_once} times that of {other} ({level}"
    " one-sided)",
    "neither-only": _NO_BOUND,
}
_KNOWN = {False: _SHARE_KNOWN, True: _LIFE_KNOWN}


def verdicts(result: LifetimeCompareResult) -> tuple[Verdict, ...]:
    """Say which groups differ and by how much, whether they scatter alike, by which distribution.

    Pairs that differ come first, then those that are shown to be alike, then what is open.
    """
    pairs = sorted(result.families[0].pairs, key=lambda pair: pair.p)
    telling = [pair for pair in pairs if pair.finding != "open"]
    shown = (telling or pairs)[:SHOWN]
    if telling and result.reference:
        shown = pairs[:SHOWN]
    found = sorted((of_pair(pair, result) for pair in shown), key=lambda said: said.level != "bad")
    rest = len(pairs) - len(shown)
    if rest:
        said = "Further comparisons in the table of pairs: {n}"
        found.append(Verdict.of("info", Phrase.of(said, n=Number(value=rest))))
    side = result.families[0]
    if side.shape is not None and side.joint is not None:
        found += [_joint(side.joint, result), _shape(side.shape, result)]
    found.append(_family(result))
    if result.stresses_differ:
        found.append(_stresses(result))
    missing = [group for group in result.groups if group.why]
    if missing:
        found.append(_missing(result))
    return tuple(found)


def of_pair(pair: ComparedPair, result: LifetimeCompareResult) -> Verdict:
    """Say how the lives of two groups compare; beside a reference, a good one settles an alert."""
    phrases = [_ratio(pair, result), _chance(pair, result)]
    if pair.finding == "open":
        return Verdict.of("info", *phrases, Phrase.of("not told apart"))
    beside = bool(result.reference)
    if pair.finding == "alike":
        margin = Number(value=result.margin)
        alike = Phrase.of("shown to be alike within a factor of {margin}", margin=margin)
        about = _about(pair.one, result) if beside else None
        return Verdict.of("good", *phrases, alike, subject=about, settled=beside)
    worse = pair.one if pair.finding == "shorter" else pair.other
    if worse == result.reference:
        return Verdict.of("good", *phrases, subject=_about(pair.one, result), settled=True)
    return Verdict.of("bad", *phrases, subject=_about(worse, result))


def _about(group: str, result: LifetimeCompareResult) -> Subject:
    return Subject(
        site=result.site, factors={result.group_means: group}, mechanism="life", whole=True
    )


def _ratio(pair: ComparedPair, result: LifetimeCompareResult) -> Phrase:
    known = _KNOWN[pair.shapes == "common"]
    values: dict[str, Number | str] = {
        "one": pair.one,
        "other": pair.other,
        "share": Number(value=100.0 * result.share),
        "ratio": Number(value=pair.ratio, decimals=2),
        "low": Number(value=pair.lower, decimals=2),
        "high": Number(value=pair.upper, decimals=2),
        "low_once": Number(value=pair.lower_one_sided, decimals=2),
        "high_once": Number(value=pair.upper_one_sided, decimals=2),
        "level": Number(value=result.confidence, percent=True),
    }
    return Phrase.of(known[_bounded(pair)], **values)


def _bounded(pair: ComparedPair) -> str:
    """Tell what is known of a ratio: both ends, one of them, or none; with an estimate or not."""
    ends = "neither"
    if pair.ratio is not None and pair.lower is not None and pair.upper is not None:
        ends = "both"
    elif pair.lower_one_sided is not None:
        ends = "low"
    elif pair.upper_one_sided is not None:
        ends = "high"
    return ends if pair.ratio is not None else f"{ends}-only"


def _chance(pair: ComparedPair, result: LifetimeCompareResult) -> Phrase:
    n = len(result.families[0].pairs)
    values = {"p": Number(value=max(pair.adjusted_p, TINY), decimals=4), "n": Number(value=n)}
    tiny = pair.adjusted_p < TINY
    if n == 1:
        return Phrase.of("p is below {p}" if tiny else "p = {p}", **values)
    below, equal = (
        "p is below {p} allowing for {n} comparisons",
        "p = {p} allowing for {n} comparisons",
    )
    return Phrase.of(below if tiny else equal, **values)


def _joint(test: ComparedTest, result: LifetimeCompareResult) -> Verdict:
    grounds = _grounds(test)
    if test.p >= 1.0 - result.confidence:
        return Verdict.of("info", Phrase.of("All at once, the groups can be of one kind"), grounds)
    said = Phrase.of("All at once, the groups do not last alike")
    side = result.families[0]
    blunt = all(pair.finding == "open" and pair.shapes == "own" for pair in side.pairs)
    one = side.shape is not None and side.shape.p >= 1.0 - result.confidence
    if not (blunt and one):
        return Verdict.of("info", said, grounds)
    hint = "no pair is told apart at this share alone; with one shape for all ratios are sharper"
    return Verdict.of("warn", said, grounds, Phrase.of(hint))


def _grounds(test: ComparedTest) -> Phrase:
    below = "likelihood ratio {statistic}, degrees of freedom: {df}, p is below {p}"
    equal = "likelihood ratio {statistic}, degrees of freedom: {df}, p = {p}"
    return Phrase.of(
        below if test.p < TINY else equal,
        statistic=Number(value=test.statistic, decimals=2),
        df=Number(value=test.df),
        p=Number(value=max(test.p, TINY), decimals=4),
    )


def _shape(test: ComparedTest, result: LifetimeCompareResult) -> Verdict:
    grounds = _grounds(test)
    if test.p >= 1.0 - result.confidence:
        said = "The groups can have one shape: nothing shows that they fail in another way"
        return Verdict.of("info", Phrase.of(said), grounds)
    said = (
        "The groups do not have one shape: they may fail by other mechanisms, and the ratio of"
        " their lives is not the same at every share"
    )
    return Verdict.of("warn", Phrase.of(said), grounds)


def _family(result: LifetimeCompareResult) -> Verdict:
    one, other = result.families
    values: dict[str, Number | str] = {
        "one": NAMES[one.family],
        "other": NAMES[other.family],
        "delta": Number(value=result.delta, decimals=1),
    }
    if result.asked:
        asked = (
            "Compared by the {one}, as asked: twice its log-likelihood is {delta} above that of"
            " the {other}"
        )
        return Verdict.of("info", Phrase.of(asked, **values))
    if result.distinguishable:
        favoured = (
            "Compared by the {one}, which the data favour: twice the log-likelihood is {delta}"
            " above that of the {other}"
        )
        return Verdict.of("info", Phrase.of(favoured, **values))
    said = (
        "The data do not tell {one} and {other} apart (twice the log-likelihood differs by"
        " {delta}): both are shown"
    )
    agree = _findings(result, 0) == _findings(result, 1)
    added = "they find the same of every pair" if agree else "they do not agree on every pair"
    return Verdict.of("info" if agree else "warn", Phrase.of(said, **values), Phrase.of(added))


def _findings(result: LifetimeCompareResult, side: int) -> list[tuple[str, str, str]]:
    return [(pair.one, pair.other, pair.finding) for pair in result.families[side].pairs]


def _stresses(result: LifetimeCompareResult) -> Verdict:
    said = (
        "The groups were not all tested at the same {stresses}: what differs may be the stress, not"
        " the group; compare groups of one level, or fit an accelerated life"
    )
    return Verdict.of("warn", Phrase.of(said, stresses=", ".join(result.stresses_differ)))


def _missing(result: LifetimeCompareResult) -> Verdict:
    names = ", ".join(group.name for group in result.groups if group.why)
    said = (
        "{names}: no life of its own, for want of failures that tell one; its ratios hold if all"
        " groups have one shape, and it is left out of the tests of all groups"
    )
    return Verdict.of("info", Phrase.of(said, names=names))
