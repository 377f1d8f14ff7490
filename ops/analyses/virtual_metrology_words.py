"""Sentences of virtual metrology."""

from collections.abc import Iterator

from ops.analyses.champion_words import champion_verdict
from ops.analyses.classifier_words import SPLITS
from ops.analyses.virtual_metrology_result import VirtualMetrologyResult
from ops.page import Text, Verdict
from ops.page_value import Level, Number, Phrase

NUMBER_SCORES = {"rmse": "RMSE", "mae": "Mean absolute error", "r2": "Variance explained (R2)"}
NUMBER_KINDS = {
    "ridge": "Ridge regression",
    "elastic-net": "Elastic net",
    "gradient-boosting": "Gradient boosting",
    "quantile-boosting": "Boosting of quantiles",
}
INTERVALS = {
    "absolute": "one width for all",
    "normalised": "wider where two models disagree",
    "quantile": "from predicted quantiles",
}
CLEAR = 1.2  # RMSE of those doubted over that of those relied on
FEW = 5  # doubted rows below which their error says nothing


def verdicts(result: VirtualMetrologyResult) -> Iterator[Verdict]:
    """Say what it comes to."""
    yield _worth(result)
    yield _covers(result)
    yield _relies(result)
    if result.champion is not None:
        yield champion_verdict(
            result.champion,
            result.against_champion,
            result.headline,
            NUMBER_SCORES[result.headline],
        )
    if result.waiting:
        yield _waits(result)
    doubts = [w for w in result.warnings if w.severity == "warn"]
    if doubts:
        counted = Phrase.of("Doubts about the data: {n}", n=Number(value=len(doubts)))
        yield Verdict.of("warn", counted, Phrase.of("the table of warnings names them"))


def _worth(result: VirtualMetrologyResult) -> Verdict:
    line = next(s for s in result.scores if s.name == result.headline)
    base = next(s for s in result.mean_scores if s.name == result.headline)
    said = Phrase.of(
        "{kind} foretells {label} with {score} {value} {unit} ({lower} to {upper})",
        kind=NUMBER_KINDS[result.kind],
        label=result.label,
        score=NUMBER_SCORES[result.headline],
        value=Number(value=line.value, decimals=3),
        unit=result.unit,
        lower=Number(value=line.lower, decimals=3),
        upper=Number(value=line.upper, decimals=3),
    )
    test = next((p for p in result.against_mean if p.score == result.headline), None)
    verdict = "not told apart" if test is None else test.verdict
    told = Phrase.of(
        "who always says the mean so far gets {base} {unit}",
        base=Number(value=base.value, decimals=3),
        unit=result.unit,
    )
    levels: dict[str, Level] = {"better": "good", "worse": "bad"}
    last = next((s for s in result.last_scores if s.name == result.headline), None)
    if last is None:
        return Verdict.of(levels.get(verdict, "warn"), said, told)
    before = Phrase.of(
        "who says the value measured just before gets {base} {unit}",
        base=Number(value=last.value, decimals=3),
        unit=result.unit,
    )
    return Verdict.of(levels.get(verdict, "warn"), said, told, before)


def _covers(result: VirtualMetrologyResult) -> Verdict:
    kept = next(i for i in result.intervals if i.kept)
    said = Phrase.of(
        "Intervals hold {share} ({lower} to {upper}) of the tested rows, {nominal} were asked for",
        share=Number(value=kept.coverage, percent=True, decimals=1),
        lower=Number(value=kept.lower, percent=True, decimals=1),
        upper=Number(value=kept.upper, percent=True, decimals=1),
        nominal=Number(value=result.coverage, percent=True, decimals=0),
    )
    width = Phrase.of(
        "their mean width is {width} {unit}",
        width=Number(value=kept.width, decimals=3),
        unit=result.unit,
    )
    low = kept.upper is not None and kept.upper < result.coverage
    return Verdict.of("bad" if low else "good", said, width)


def _relies(result: VirtualMetrologyResult) -> Verdict:
    doubted = round((1.0 - result.relied_share) * result.tested)
    if doubted < FEW and (result.tolerance is None or result.reached):
        alike = Phrase.of(
            "{doubted} of {tested} tested rows are unlike what was learned from: whether the"
            " reliance index finds them cannot be told from these rows",
            doubted=Number(value=doubted),
            tested=Number(value=result.tested),
        )
        return Verdict.of("info", alike)
    said = Phrase.of(
        "{share} of the tested rows have a reliance of {least} or more: their RMSE is {relied}"
        " {unit}, that of the others {doubted} {unit}",
        share=Number(value=result.relied_share, percent=True, decimals=0),
        least=Number(value=result.least, decimals=3),
        relied=Number(value=result.relied_rmse, decimals=3),
        doubted=Number(value=result.doubted_rmse, decimals=3),
        unit=result.unit,
    )
    if result.relied_rmse is None or result.doubted_rmse is None:
        return Verdict.of("info", said)
    if result.tolerance is not None and not result.reached:
        missed = Phrase.of(
            "no reliance keeps the tolerance of {tolerance} {unit} often enough: measure",
            tolerance=Number(value=result.tolerance),
            unit=result.unit,
        )
        return Verdict.of("bad", said, missed)
    if result.doubted_rmse < CLEAR * result.relied_rmse:
        return Verdict.of("warn", said, Phrase.of("the index hardly tells errors apart"))
    return Verdict.of("good", said)


def _waits(result: VirtualMetrologyResult) -> Verdict:
    said = Phrase.of(
        "Of {waiting} rows that are not measured, {doubted} should be",
        waiting=Number(value=result.waiting),
        doubted=Number(value=result.waiting_doubted),
    )
    return Verdict.of("warn" if result.waiting_doubted else "good", said)


def interval_words(result: VirtualMetrologyResult) -> Text:
    """Say how an interval was chosen."""
    del result
    return Text.of(
        Phrase.of(
            "Margins are conformal: quantiles of errors on rows that were not learned from. The"
            " narrowest kind is served whose share inside is not below the wanted one beyond"
            " chance. They hold for rows like those tested: a new regime is for the reliance index."
        )
    )


def index_words(result: VirtualMetrologyResult) -> Text:
    """Say what the reliance index is."""
    return Text.of(
        Phrase.of(
            "The reliance index is the product of three shares: how near a row is to those of"
            " training, how far {kind} and {reference} agree, and how the allowed half-width of"
            " {allowed} {unit} compares to that of the interval.",
            kind=NUMBER_KINDS[result.kind],
            reference=NUMBER_KINDS[result.reference],
            allowed=Number(value=result.allowed, decimals=3),
            unit=result.unit,
        ),
        Phrase.of(
            "Below {least} a row should be measured; the threshold of each split was chosen on the"
            " other ones.",
            least=Number(value=result.least, decimals=3),
        ),
    )


def data_words(result: VirtualMetrologyResult) -> Text:
    """Say what was learned from."""
    return Text.of(
        Phrase.of(
            "{measured} of {rows} rows are measured, {tested} of them were tested; {label} has the"
            " mean {mean} {unit} and the standard deviation {sd} {unit}.",
            measured=Number(value=result.measured),
            rows=Number(value=result.rows),
            tested=Number(value=result.tested),
            label=result.label,
            mean=Number(value=result.label_mean, decimals=3),
            sd=Number(value=result.label_sd, decimals=3),
            unit=result.unit,
        ),
        Phrase.of(SPLITS[result.split]),
    )
