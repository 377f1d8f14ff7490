"""Sentences of an accelerated life: what lasts how long, whether cells pool, how far it reaches."""

from collections.abc import Iterator
from math import floor, log10

from ops.analyses.accelerated_life_result import (
    AcceleratedLifeResult,
    AcceleratedMode,
    FittedConstant,
    LifeAtUse,
    PoolingTold,
)
from ops.page import Verdict
from ops.page_value import Level, Number, Phrase

_PUBLISHED = {  # outside of what is published, with a unit
    (True, True): "outside of the {from_} to {to} {unit} that are published for {material}",
    (True, False): "outside of the {from_} to {to} that are published for {material}",
    (False, True): "in agreement with the {from_} to {to} {unit} that are published for {material}",
    (False, False): "in agreement with the {from_} to {to} that are published for {material}",
}
FAR = 1.0  # reach beyond the tested stresses, in their width, that is warned of


def verdicts(result: AcceleratedLifeResult) -> Iterator[Verdict]:
    """Say life in use first, then what it rests on."""
    if result.together:
        yield _life(result, result.together[0], "", poolable=_all_pool(result))
    for mode in result.modes:
        yield _life(result, mode.lives[0], mode.mode, poolable=mode.poolable)
        yield _pooling(result, mode)
        yield from _constants(mode)
        yield _reach(result, mode)
    for one in result.refused:
        said = Phrase.of("{mode} is not fitted: {reason}", mode=one.mode or "-", reason=one.reason)
        yield Verdict.of("warn", said)


def use_words(result: AcceleratedLifeResult) -> str:
    """Say the use condition."""
    return ", ".join(f"{u.level:g} {u.unit}".strip() for u in result.use)


def time(value: float | None) -> Number:
    """Show a time with three digits at least."""
    if value is None or value <= 0:
        return Number(value=value)
    return Number(value=value, decimals=max(0, 2 - floor(log10(value))))


def _all_pool(result: AcceleratedLifeResult) -> bool | None:
    told = [m.poolable for m in result.modes]
    return False if False in told else None if None in told else True


def _life(
    result: AcceleratedLifeResult, life: LifeAtUse, mode: str, *, poolable: bool | None
) -> Verdict:
    share = Number(value=life.p, percent=True)
    what = mode or ("all modes together" if result.together else "all failures")
    use, level = use_words(result), Number(value=result.confidence, percent=True)
    if life.lower_one_sided is None or life.estimate is None:
        said = Phrase.of(
            "{what} at {use}: the time by which {share} fail has no lower bound that can be told,"
            " so no time is reported",
            what=what,
            use=use,
            share=share,
        )
        return Verdict.of("warn", said)
    said = Phrase.of(
        "{what} at {use}: {share} fail not before {lower} {unit} with {level} confidence"
        " (estimate {estimate}, two-sided {low} to {high})",
        what=what,
        use=use,
        share=share,
        lower=time(life.lower_one_sided),
        unit=result.unit,
        level=level,
        estimate=time(life.estimate),
        low=time(life.lower),
        high=time(life.upper),
    )
    phrases = [said]
    grade: Level = "info"
    if result.required_life is not None:
        reached = life.lower_one_sided >= result.required_life
        grade = "good" if reached else "bad"
        template = (
            "that reaches the {required} {unit} that are required"
            if reached
            else "that does not reach the {required} {unit} that are required"
        )
        phrases.append(Phrase.of(template, required=time(result.required_life), unit=result.unit))
    if life.approximate:
        phrases.append(Phrase.of("too few failed for more than an approximate bound"))
    if poolable is False:
        phrases.append(Phrase.of("the cells should not be pooled, so it is not to be relied on"))
        grade = "bad" if grade == "bad" else "warn"
    return Verdict.of(grade, *phrases)


def _pooling(result: AcceleratedLifeResult, mode: AcceleratedMode) -> Verdict:
    name = mode.mode or "all failures"
    shape, line = _test(mode.common_shape), _test(mode.lack_of_fit)
    limit = Number(value=result.test_level)
    if mode.poolable is None:
        said = Phrase.of(
            "{name}: nothing tells whether the cells may be pooled: too few cells with failures",
            name=name,
        )
        return Verdict.of("warn", said)
    values: dict[str, Number | str] = {"name": name, "shape": shape, "line": line, "limit": limit}
    if mode.poolable:
        said = Phrase.of(
            "{name}: the cells may be pooled: common shape p {shape}, lack of fit p {line}, neither"
            " below {limit}",
            **values,
        )
        return Verdict.of("good", said)
    said = Phrase.of(
        "{name}: the cells should not be pooled: common shape p {shape}, lack of fit p {line}, at"
        " least one below {limit}; look for another family, another mechanism in some cells, or"
        " another relation",
        **values,
    )
    return Verdict.of("bad", said)


def _test(test: PoolingTold) -> Number | str:
    return "(not testable)" if test.p is None else Number(value=test.p, decimals=3)


def _constants(mode: AcceleratedMode) -> Iterator[Verdict]:
    for one in mode.constants:
        if one.estimated:
            yield _estimated(mode, one)
        else:
            template = (
                "{name}: {symbol} = {value} {unit} [{lower}, {upper}] is assumed, not estimated"
                " ({source})"
                if one.unit
                else "{name}: {symbol} = {value} [{lower}, {upper}] is assumed, not estimated"
                " ({source})"
            )
            said = Phrase.of(template, **_values(mode, one), source=one.source)
            yield Verdict.of("info", said)


def _estimated(mode: AcceleratedMode, one: FittedConstant) -> Verdict:
    template = (
        "{name}: {symbol} = {value} {unit} [{lower}, {upper}] is estimated"
        if one.unit
        else "{name}: {symbol} = {value} [{lower}, {upper}] is estimated"
    )
    said = Phrase.of(template, **_values(mode, one))
    if one.upper is not None and one.upper < 0:
        wrong = Phrase.of("life would rise with the stress: the model does not hold")
        return Verdict.of("bad", said, wrong)
    if one.published_lower is None or one.published_upper is None:
        return Verdict.of("info", said)
    low, high = one.lower, one.upper
    apart = (low is not None and low > one.published_upper) or (
        high is not None and high < one.published_lower
    )
    beside = Phrase.of(
        _PUBLISHED[apart, bool(one.unit)],
        from_=Number(value=one.published_lower),
        to=Number(value=one.published_upper),
        unit=one.unit,
        material=mode.material,
    )
    return Verdict.of("warn" if apart else "good", said, beside)


def _values(mode: AcceleratedMode, one: FittedConstant) -> dict[str, Number | str]:
    digits = 0 if abs(one.value) >= 100 else 2 if abs(one.value) >= 1 else 3
    return {
        "name": mode.mode or "all failures",
        "symbol": one.symbol,
        "value": Number(value=one.value, decimals=digits),
        "lower": Number(value=one.lower, decimals=digits),
        "upper": Number(value=one.upper, decimals=digits),
        "unit": one.unit,
    }


def _reach(result: AcceleratedLifeResult, mode: AcceleratedMode) -> Verdict:
    beyond = mode.extrapolation
    name = mode.mode or "all failures"
    factor = Phrase.of(
        "{name}: from {cell} to {use} life is {factor} times as long [{low}, {high}]",
        name=name,
        cell=beyond.nearest,
        use=use_words(result),
        factor=Number(value=beyond.factor, decimals=1),
        low=Number(value=beyond.factor_lower, decimals=1),
        high=Number(value=beyond.factor_upper, decimals=1),
    )
    phrases, far = [factor], False
    for reach in beyond.reaches:
        if reach.ratio is None:
            far = True
            phrases.append(
                Phrase.of("only one level of {stress} had failures", stress=reach.stress)
            )
        elif reach.ratio > 0:
            far = far or reach.ratio > FAR
            phrases.append(
                Phrase.of(
                    "use lies {ratio} times the width of the tested {stress} beyond it",
                    ratio=Number(value=reach.ratio, decimals=2),
                    stress=reach.stress,
                )
            )
    phrases.append(
        Phrase.of(
            "the estimated life is {times} times the longest test, and {covered} times what its"
            " hours are worth in use",
            times=Number(value=beyond.test_ratio, decimals=1),
            covered=Number(value=beyond.time_ratio, decimals=2),
        )
    )
    if mode.lives[0].p < beyond.p_seen:
        phrases.append(
            Phrase.of(
                "{share} is less than any share that was seen to fail ({seen})",
                share=Number(value=mode.lives[0].p, percent=True),
                seen=Number(value=beyond.p_seen, percent=True, decimals=1),
            )
        )
    return Verdict.of("warn" if far else "info", *phrases)
