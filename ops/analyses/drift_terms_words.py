"""Words for what the drift analysis knows by code: mechanisms, methods, events, outcomes."""

MECHANISM_WORDS: dict[str, str] = {
    "trend": "trend",
    "step": "step",
    "level": "level",
    "spread": "spread",
    "corrections": "corrections",
    "near-limit": "near a limit",
    "group": "the whole group",
    "shape": "shape",
}
METHOD_WORDS: dict[str, str] = {
    "bend": "line since the bend",
    "ar-gls": "line under noise that remembers",
    "theil-sen": "Theil-Sen slope",
    "mann-kendall": "Mann-Kendall test",
    "mann-kendall hamed-rao": "Mann-Kendall test, correlation allowed for",
    "local-linear-trend": "local linear trend, now",
    "changepoint": "changepoint on straight lines",
    "baseline-mean": "mean against the baseline",
    "baseline-variance-ratio": "variance against the baseline",
    "anchor-mean": "mean against the level it returned to",
    "anderson-darling-aligned": "shape against the baseline",
    "cusum": "CUSUM chart",
    "ewma": "EWMA chart",
    "stability index": "population stability index",
    "kolmogorov-smirnov": "Kolmogorov-Smirnov distance",
    "wasserstein": "Wasserstein distance",
    "page-hinkley": "Page-Hinkley test",
    "cochran-armitage": "share near a limit",
    "rate-growth": "rate of corrections",
    "size-trend": "size of corrections",
    "cumulative-offset": "sum of corrections",
    "offset-trend": "line through the program offsets",
    "group-common-shift": "shift common to all",
    "group-single-members": "shift of single members",
    "group-correlation": "relations between members",
}
EVENT_WORDS: dict[str, str] = {
    "capillary-change": "capillary change",
    "component-change": "component change",
    "material-change": "material change",
    "tool-change": "tool change",
    "maintenance": "maintenance",
    "calibration": "calibration",
    "correction": "correction",
    "cleaning": "cleaning",
    "refurbishment": "refurbishment",
}
ACTION_WORDS: dict[str, str] = {
    "keep": "keep going",
    "recalibrate": "recalibrate",
    "clean": "clean",
    "replace-component": "replace a component",
    "refurbish": "refurbish",
    "replace-tool": "replace the tool",
}
TARGET_WORDS: dict[str, str] = {
    "mean": "mean at the limit",
    "p99": "1 % of the values beyond",
    "p1": "1 % of the values beyond",
    "cpk-1.33": "Cpk below 1.33",
    "cpk-1.00": "Cpk below 1.00",
}
SIDE_WORDS: dict[str, str] = {
    "upper": "upper limit",
    "lower": "lower limit",
    "either": "either limit",
}
AGREES_WORDS: dict[str, str] = {
    "shape": "the shape of the course",
    "level": "the level",
    "course": "the whole course",
}
OUTCOME_WORDS: dict[str, str] = {
    "fixed": "that fixed it",
    "better": "it got better",
    "not fixed": "that did not fix it",
    "worse": "it got worse",
    "unknown": "what came of it is unknown",
}
SAYS_WORDS: dict[str, str] = {
    "drift": "drift",
    "absent": "no drift, shown",
    "none": "none shown",
    "untold": "cannot be told",
}
REMARK_WORDS: dict[str, str] = {
    "not-finite": "values that are no numbers were left out",
    "duplicate-stamps": "values of one instant are one point",
    "gaps": "long gaps; the longest, in days",
    "repeated-hour": "an hour lies twice: the source wrote local time",
    "single-value": "one value is all there is",
    "saturation": "the sensor was at its stop",
    "unit-change": "the unit changed by this factor; only what came after is judged",
    "none-approved": "there is no approved baseline",
    "other-levels": "the baseline is of other levels",
    "other-unit": "the baseline is in another unit",
    "too-few": "the baseline holds too few values",
    "too-few-left": "nearly all that is judged lies in the baseline",
    "in-the-future": "the baseline begins after the record",
    "due-for-review": "the baseline is due for review",
    "overlaps": "the baseline overlaps what is judged",
    "longer-than-data": "the baseline is longer than what is judged",
    "other-limits": "the limits were others then",
    "not-qualified": "the first stretch of the record stands in for a baseline",
    "re-anchored": "it is back at an earlier level, and is held against that too",
}


def event_word(kind: str) -> str:
    """Word for the kind of an event; a kind that a plant made up is its own word."""
    return EVENT_WORDS.get(kind, kind)
