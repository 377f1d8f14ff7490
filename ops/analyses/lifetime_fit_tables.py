"""The tables of a fit of lives."""

from ops.analyses.lifetime_fit_result import (
    FitCandidate,
    FitLife,
    FitRecord,
    FitReported,
    LifetimeFitResult,
)
from ops.analyses.lifetime_fit_words import b_name
from ops.page_table import Cell, Column, Table

METHODS = {
    "likelihood-ratio": "likelihood ratio",
    "calibrated": "likelihood ratio, calibrated",
    "pivot": "exact pivots",
    "wald": "Wald",
    "chi-square": "chi-square",
    "weibayes": "Weibayes",
    "bayes": "Bayes",
}
_SCALES = {"log": ", log scale", "linear": ", linear scale"}


def lives(title: str, shown: tuple[FitLife, ...], unit: str) -> Table:
    """Lives with bounds: the one-sided one first."""
    times = ("Lower bound", "Estimate", "from", "to")
    return Table(
        title=title,
        columns=(
            Column(label="Life"),
            Column(label="Distribution"),
            *(Column(label=label, unit=unit) for label in times),
            Column(label="Bounds by"),
        ),
        rows=tuple(
            (b_name(one.p), one.family, cut(one.lower_one_sided), cut(one.estimate),
             cut(one.lower), cut(one.upper), _method(one))
            for one in shown
        ),
    )  # fmt: skip


def _method(one: FitLife) -> str:
    said = METHODS.get(one.method, one.method) + _SCALES.get(one.scale, "")
    more = ["approximate"] if one.approximate else []
    more += [one.words] if one.words and not one.words.startswith("approximate") else []
    return "; ".join([said, *more])


def tail(result: LifetimeFitResult) -> Table:
    """Early lives under the two best distributions, and how far they part."""
    names = list(dict.fromkeys(one.family for one in result.tail))
    at = {(one.p, one.family): one for one in result.tail}
    shares = dict.fromkeys(one.p for one in result.tail)
    columns = [Column(label="Life")]
    for name in names:
        columns += [
            Column(label=name, unit=result.unit),
            Column(label="from", unit=result.unit),
            Column(label="to", unit=result.unit),
        ]
    return Table(
        title="Early failures: what the two best say",
        columns=(*columns, Column(label="Ratio", decimals=2)),
        rows=tuple(_tail_row(p, [at[p, name] for name in names]) for p in shares),
    )


def _tail_row(p: float, found: list[FitLife]) -> tuple[Cell, ...]:
    cells = [cut(v) for one in found for v in (one.estimate, one.lower, one.upper)]
    known = [one.estimate for one in found if one.estimate]
    ratio = max(known) / min(known) if len(known) == 2 else None
    return (b_name(p), *cells, ratio)


def survivals(result: LifetimeFitResult) -> Table:
    """Surviving shares at the asked times."""
    labels = ("Lower bound, one-sided", "Estimate", "Two-sided lower", "Two-sided upper")
    return Table(
        title="Share that lasts",
        columns=(
            Column(label="Time", unit=result.unit),
            Column(label="Distribution"),
            *(Column(label=label, unit="%", decimals=2) for label in labels),
        ),
        rows=tuple(
            (cut(one.t), one.family, *(_percent(v) for v in
             (one.lower_one_sided, one.estimate, one.lower, one.upper)))
            for one in result.survivals
        ),
    )  # fmt: skip


def candidates(result: LifetimeFitResult) -> Table:
    """Compare the candidates by likelihood, criteria and what they say at the main share."""
    name = b_name(result.main)
    return Table(
        title="Candidates, the best first",
        columns=(
            Column(label="Distribution"),
            Column(label="Log-likelihood", decimals=3),
            Column(label="k"),
            Column(label="AICc", decimals=2),
            Column(label="BIC", decimals=2),
            Column(label="Behind the best", decimals=2),
            Column(label="Delta BIC", decimals=2),
            Column(label="Anderson-Darling", decimals=2),
            Column(label=name, unit=result.unit),
            Column(label="from", unit=result.unit),
            Column(label="to", unit=result.unit),
        ),
        rows=tuple(_candidate(one) for one in result.candidates),
    )


def remarks(result: LifetimeFitResult) -> Table | None:
    """List what must be known of candidates; None where there is nothing."""
    rows = tuple(
        (one.family, "; ".join((*one.notes, one.reason)).strip("; "))
        for one in result.candidates
        if one.notes or one.reason
    )
    columns = (Column(label="Distribution"), Column(label="To know"))
    return Table(title="What to know of them", columns=columns, rows=rows) if rows else None


def _candidate(one: FitCandidate) -> tuple[Cell, ...]:
    return (
        one.family,
        one.loglik,
        one.k,
        one.aicc,
        one.bic,
        one.delta,
        one.delta_bic,
        one.anderson_darling,
        cut(one.life),
        cut(one.lower),
        cut(one.upper),
    )


def parameters(result: LifetimeFitResult) -> Table:
    """Parameters of every candidate that has a fit."""
    return Table(
        title="Parameters",
        columns=tuple(
            Column(label=label) for label in ("Distribution", "Parameter", "Estimate", "from", "to")
        ),
        rows=tuple(
            (one.family, n.name, cut(n.estimate, 5), cut(n.lower, 5), cut(n.upper, 5))
            for one in result.candidates
            for n in one.parameters
        ),
    )


def ratios(result: LifetimeFitResult) -> Table:
    """Likelihood ratios of models of which one holds the other."""
    return Table(
        title="Likelihood ratios",
        columns=(
            Column(label="Smaller model"),
            Column(label="Larger model"),
            Column(label="Twice the gain", decimals=2),
            Column(label="p", decimals=4),
            Column(label="By"),
        ),
        rows=tuple((r.null, r.alternative, r.statistic, r.p_value, r.law) for r in result.ratios),
    )


def record(result: LifetimeFitResult) -> Table:
    """Put the reported lives side by side: bound, estimate, and how far beyond the test."""
    unit = result.unit
    times = ("Bound to use", "Estimate", "from", "to")
    return Table(
        title="Record of the reported lives",
        columns=(
            Column(label="Life"),
            *(Column(label=label, unit=unit) for label in times),
            Column(label="Quoted"),
            Column(label="Bound of"),
            Column(label="Life / longest time", decimals=2),
            Column(label="Share asked / failed", decimals=3),
        ),
        rows=tuple(
            (b_name(one.p), cut(one.lower), cut(one.life.estimate), cut(one.life.lower),
             cut(one.life.upper), one.life.family, one.record.bound_family,
             one.record.extrapolation_time, one.record.extrapolation_probability)
            for one in result.reported
        ),
    )  # fmt: skip


def grounds(quoted: FitReported, result: LifetimeFitResult) -> Table:
    """Put on record what every reported life rests on."""
    one = quoted.record
    by = "nobody yet" if one.approved_by is None else one.approved_by
    when = "" if one.approved_at is None else f"{one.approved_at:%Y-%m-%d %H:%M}"
    rows: tuple[tuple[str, Cell], ...] = (
        ("Bounds by", _method(quoted.life)),
        ("Why these bounds", quoted.life.reason),
        ("Choice", one.verdict),
        ("Mechanism", result.mechanism.title),
        ("Source of its physics", one.mechanism_source),
        ("Set aside", one.overridden),
        ("Waiver", one.waiver),
        ("Approved by", f"{by} {when}".strip()),
    )
    return Table(
        title="What they rest on",
        columns=(Column(label="What"), Column(label="On record")),
        rows=tuple(row for row in rows if row[1] not in (None, "")),
    )


def rivals(result: LifetimeFitResult) -> Table:
    """List what every other candidate would have said of each reported life."""
    return Table(
        title="Rivals of the reported lives",
        columns=(
            Column(label="Life"),
            Column(label="Rival"),
            Column(label="Behind the best", decimals=2),
            Column(label="Its estimate", unit=result.unit),
            Column(label="from", unit=result.unit),
            Column(label="to", unit=result.unit),
            Column(label="Why not"),
        ),
        rows=tuple(row for one in result.reported for row in _rivals(one)),
    )


def _rivals(one: FitReported) -> list[tuple[Cell, ...]]:
    record: FitRecord = one.record
    return [
        (b_name(one.p), r.family, r.delta, cut(r.life), cut(r.lower), cut(r.upper), r.reason)
        for r in record.rivals
    ]


def cut(value: float | None, digits: int = 4) -> float | None:
    """Cut a number to the digits that are known."""
    return None if value is None else float(f"{value:.{digits}g}")


def _percent(value: float | None) -> float | None:
    return None if value is None else 100.0 * value
