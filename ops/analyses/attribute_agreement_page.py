"""The page of an attribute agreement study: appraisers, pairs, thresholds."""

from ops.analyses.attribute_agreement_result import (
    AgreementEstimate,
    AppraiserOutcome,
    AttributeAgreementResult,
    KappaOutcome,
)
from ops.gauge.appraisal import EFFECTIVE
from ops.page import Block, Page, Section, Text
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Cell, Column, Table
from ops.page_value import Number, Phrase

_APPRAISERS = (
    Column(label="Appraiser"),
    Column(label="Parts"),
    Column(label="Judgements"),
    Column(label="Agrees with itself", unit="%", decimals=1),
    Column(label="from", unit="%", decimals=1),
    Column(label="Effectiveness", unit="%", decimals=1),
    Column(label="from", unit="%", decimals=1),
    Column(label="Misses", unit="%", decimals=1),
    Column(label="to", unit="%", decimals=1),
    Column(label="False alarms", unit="%", decimals=1),
    Column(label="to", unit="%", decimals=1),
    Column(label="Kappa, standard", decimals=3),
    Column(label="Judged"),
)
_KAPPAS = (
    Column(label="Between"),
    Column(label="Kappa", decimals=3),
    Column(label="from", decimals=3),
    Column(label="to", decimals=3),
    Column(label="z", decimals=1),
    Column(label="Agree", unit="%", decimals=1),
)


def view(result: AttributeAgreementResult) -> Page:
    """Show an attribute agreement study."""
    rows = tuple(_row(a) for a in (*result.appraisers, result.all))
    blocks: list[Block] = []
    if result.known:
        blocks.append(_effectiveness(result))
    blocks.append(Table(title="Appraisers", columns=_APPRAISERS, rows=rows))
    kappas = [_kappa(f"{a.name}: own trials", a.kappa_within) for a in result.appraisers]
    kappas.append(_kappa("all judgements", result.all.kappa_within))
    kappas += [_kappa(f"{a.name} and standard", a.kappa_standard) for a in result.appraisers]
    kappas += [_kappa(f"{p.first} and {p.second}", p.kappa) for p in result.pairs]
    table = Table(title="Kappa", columns=_KAPPAS, rows=tuple(k for k in kappas if k is not None))
    return Page(
        title="Attribute agreement",
        verdicts=(result.verdict,),
        sections=(
            Section(title="Appraisers", blocks=tuple(blocks)),
            Section(title="Agreement beyond chance", blocks=(table,)),
            Section(title="Method", blocks=(_method(result),)),
        ),
    )


def _row(found: AppraiserOutcome) -> tuple[Cell, ...]:
    within, right = found.within, found.effectiveness
    miss, alarm, kappa = found.miss, found.false_alarm, found.kappa_standard
    return (
        found.name,
        found.parts,
        found.ratings,
        _percent(within, "value"),
        _percent(within, "lower"),
        _percent(right, "value"),
        _percent(right, "lower"),
        _percent(miss, "value"),
        _percent(miss, "upper"),
        _percent(alarm, "value"),
        _percent(alarm, "upper"),
        None if kappa is None else kappa.value,
        found.grade,
    )


def _percent(estimate: AgreementEstimate | None, part: str) -> float | None:
    value: float | None = None if estimate is None else getattr(estimate, part)
    return None if value is None else 100 * value


def _kappa(between: str, kappa: KappaOutcome | None) -> tuple[Cell, ...] | None:
    if kappa is None:
        return None
    return between, kappa.value, kappa.lower, kappa.upper, kappa.z, 100 * kappa.agreement


def _effectiveness(result: AttributeAgreementResult) -> Chart:
    found = [a for a in result.appraisers if a.effectiveness is not None]
    return Chart(
        title="Parts always judged right",
        x=Axis(label="Appraiser", scale="category"),
        y=Axis(label="Effectiveness", unit="%"),
        layers=(
            Layer(
                mark="bars",
                label="effectiveness",
                x=tuple(a.name for a in found),
                y=tuple(_percent(a.effectiveness, "value") for a in found),
            ),
            Layer(mark="rule", label="acceptable", role="limit", y=(100 * EFFECTIVE[0],)),
            Layer(mark="rule", label="marginal", role="limit", y=(100 * EFFECTIVE[1],)),
        ),
    )


def _method(result: AttributeAgreementResult) -> Text:
    phrases = [
        Phrase.of(
            "{n} judgements of {parts} parts in the categories {categories}; {known} parts have a"
            " standard.",
            n=Number(value=result.n),
            parts=Number(value=result.parts),
            categories=", ".join(result.names.get(c, c) for c in result.categories),
            known=Number(value=result.known),
        ),
        Phrase.of(
            "Shares with exact intervals of Clopper and Pearson at {level}; kappa of Cohen with the"
            " large-sample error, of Fleiss with a jackknife over parts.",
            level=Number(value=result.confidence, percent=True),
        ),
        Phrase.of(
            "AIAG: effectiveness 90 and 80 %, misses 2 and 5 %, false alarms 5 and 10 %; kappa"
            " above 0.75 is good, below 0.40 poor. Categories are nominal: their order is not used."
        ),
    ]
    if result.without:
        phrases.append(Phrase.of("Judgements left out: {n}.", n=Number(value=result.without)))
    return Text.of(*phrases)
