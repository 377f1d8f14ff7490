"""Layers against the whole, shown: the price of isolation, and where it is paid."""

from ops.analyses.plan_comparison_charts import waterfall
from ops.analyses.plan_comparison_result import LayerComparison, LayeredPlan
from ops.page import Block, Section, Text, Verdict
from ops.page_table import Column, Table
from ops.page_value import Number, Phrase

_SMALL = 1e-3  # share of the cost below which isolation costs nothing to speak of


def layer_verdicts(found: LayerComparison) -> tuple[Verdict, ...]:
    """Sentences: the dearest order of layers, and those that end without a plan."""
    said = [_stuck(way) for way in found.ways if way.failed is not None]
    priced = [way for way in found.ways if way.price is not None]
    if found.joint is None:
        none = Phrase.of("The scenario has no joint plan ({status})", status=found.status)
        return (Verdict.of("bad", none),)
    if priced:
        said.insert(0, _price(found, max(priced, key=lambda way: way.price or 0.0)))
    return tuple(said)


def _price(found: LayerComparison, way: LayeredPlan) -> Verdict:
    share = way.share or 0.0
    said = Phrase.of(
        "Planned layer by layer ({first}, then {second}, then {third}, then {fourth}) the network"
        " costs {price} {money} ({share}) more than planned at once ({joint})",
        **_order(way),
        price=Number(value=way.price, decimals=0),
        money=found.money,
        share=Number(value=way.share, percent=True, decimals=1),
        joint=Number(value=found.joint, decimals=0),
    )
    return Verdict.of("warn" if share > _SMALL else "good", said)


def _stuck(way: LayeredPlan) -> Verdict:
    said = Phrase.of(
        "Planned layer by layer ({first}, then {second}, then {third}, then {fourth}) the layer"
        " {layer} has no plan: what came before bars it",
        **_order(way),
        layer=way.failed or "",
    )
    return Verdict.of("warn", said)


def _order(way: LayeredPlan) -> dict[str, str]:
    """Places of the four layers of a network, in the order in which they were decided."""
    return dict(zip(("first", "second", "third", "fourth"), way.order, strict=True))


def layer_section(found: LayerComparison) -> Section:
    """Orders that were tried, and the waterfall of the dearest one."""
    money = found.money
    columns = (
        Column(label="Order"),
        Column(label="Landed cost", unit=money, decimals=0),
        Column(label="Price of isolation", unit=money, decimals=0),
        Column(label="Share", unit="%", decimals=2),
        Column(label="Without a plan"),
    )
    rows = tuple(
        (
            ", ".join(way.order),
            way.total,
            way.price,
            None if way.share is None else 100.0 * way.share,
            way.failed or "",
        )
        for way in found.ways
    )
    blocks: list[Block] = [Table(title="Orders of layers", columns=columns, rows=rows)]
    priced = [way for way in found.ways if way.price is not None]
    if priced and found.joint is not None:
        worst = max(priced, key=lambda way: way.price or 0.0)
        blocks.append(waterfall(worst.excess, found.joint, money, "layered", "joint"))
    blocks.append(_method(found))
    return Section(title="Layer by layer against at once", blocks=tuple(blocks))


def _method(found: LayerComparison) -> Text:
    said = [
        Phrase.of(
            "Each layer minimises its own money and that of service, under what earlier layers"
            " settled; revision {revision} of {scenario}.",
            revision=Number(value=found.revision, decimals=0),
            scenario=found.scenario,
        )
    ]
    if any(way.blind for way in found.ways):
        said.append(Phrase.of("A layer saw its own rules and those of earlier layers only."))
    if found.gap is not None:
        gap = Number(value=found.gap, percent=True, decimals=3)
        said.append(Phrase.of("The joint plan is within {gap} of the bound.", gap=gap))
    return Text.of(*said)
