"""The page of a ranking of actions: the list, why, past cases, how such lists did before."""

from collections.abc import Iterator

from ops.analyses.action_ranking_result import ActionRankingResult, RankedAction
from ops.analyses.action_ranking_words import change, verdicts
from ops.page import Block, Figure, Page, Section, Text
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Cell, Column, Table
from ops.page_value import Number, Phrase

_ORDERS = {
    "popularity": "Most used first",
    "scores": "Scores",
    "mmr": "Re-ranked, unlike items (MMR)",
    "xquad": "Re-ranked, all aspects (xQuAD)",
}
_MEASURES = {
    "recall": "Recall",
    "recall of the head": "Recall, often used items",
    "recall of the tail": "Recall, rare items",
    "ndcg": "nDCG",
    "diversity": "Diversity within a list",
    "coverage": "Share of the catalogue shown",
    "gini": "Gini index of exposure",
}
_HELPED = {True: "yes", False: "no", None: "not known"}
_METHODS = {"co-occurrence": "Co-occurrence", "logistic": "Multinomial logistic"}


def view(result: ActionRankingResult) -> Page:
    """Show a ranking of actions."""
    return Page(
        title="Action ranking",
        verdicts=tuple(verdicts(result)),
        sections=tuple(_sections(result)),
    )


def _sections(result: ActionRankingResult) -> Iterator[Section]:
    if result.source == "reaction-plan":
        yield Section(title="Reaction plan", blocks=(_plan(result),))
    if result.ranked:
        blocks = (_chart(result), _table(result), _why(result), _caution())
        yield Section(title="What to do", blocks=blocks)
    if result.like:
        yield Section(title="Past cases like it", blocks=(_like(result),))
    yield Section(title="The past", blocks=tuple(_past(result)))


def _plan(result: ActionRankingResult) -> Table:
    return Table(
        title="Steps",
        columns=(Column(label="Step"), Column(label="What is done")),
        rows=tuple((i, step) for i, step in enumerate(result.plan, 1)),
    )


def _chart(result: ActionRankingResult) -> Chart:
    items = result.ranked[: max(result.k, 10)]
    names = tuple(item.name for item in items)
    return Chart(
        title="Score, and chance that it helps",
        x=Axis(label="Item", scale="category"),
        y=Axis(label="Share"),
        layers=(
            Layer(mark="bars", label="score", x=names, y=tuple(item.score for item in items)),
            Layer(
                mark="spans",
                label="chance that it helps, interval",
                role="fit",
                x=names,
                y=tuple(item.helps_lower for item in items),
                y2=tuple(item.helps_upper for item in items),
            ),
            Layer(
                mark="points",
                label="chance that it helps",
                role="fit",
                x=names,
                y=tuple(item.helps for item in items),
            ),
        ),
    )


def _table(result: ActionRankingResult) -> Table:
    columns = (
        Column(label="Place"),
        Column(label="Item"),
        Column(label="Kind"),
        Column(label="Score", decimals=2),
        Column(label="Helps", decimals=2),
        Column(label="Helps from", decimals=2),
        Column(label="Helps to", decimals=2),
        Column(label="Like cases", decimals=1),
        Column(label="Share of use", decimals=3),
        Column(label="Uses"),
        Column(label="Place by score"),
        Column(label="Marks"),
        Column(label="Alerts"),
    )
    rows = (_row(i, item) for i, item in enumerate(result.ranked, 1))
    return Table(title="Ranking", columns=columns, rows=tuple(rows))


def _row(place: int, item: RankedAction) -> tuple[Cell, ...]:
    marks = [name for name, on in (("rare", item.rare), ("safety", item.protected)) if on]
    return (
        place,
        item.name,
        item.kind,
        item.score,
        item.helps,
        item.helps_lower,
        item.helps_upper,
        item.like,
        item.use,
        item.uses,
        item.score_place,
        ", ".join(marks),
        ", ".join(item.cases),
    )


def _why(result: ActionRankingResult) -> Table:
    rows = tuple(
        (item.name, reason.feature, reason.level, reason.worth)
        for item in result.ranked[: result.k]
        for reason in item.reasons
    )
    columns = (
        Column(label="Item"),
        Column(label="Context"),
        Column(label="Level"),
        Column(label="Adds to the log-odds of use", decimals=2),
    )
    return Table(title="Why", columns=columns, rows=rows)


def _caution() -> Text:
    return Text(
        text=(
            "What was done is what people chose: an action that was done often need not be one"
            " that helps, and one that was never tried in such a context cannot be judged. The"
            " chance that an item helps is drawn to its mean over all contexts, and that to the"
            " mean of all items; it is no proof of a cause."
        )
    )


def _like(result: ActionRankingResult) -> Table:
    columns = (
        Column(label="Alert"),
        Column(label="Opened"),
        Column(label="What was done"),
        Column(label="Helped"),
        Column(label="Likeness", decimals=2),
        Column(label="In common"),
    )
    rows = (
        (
            case.finding,
            case.opened,
            ", ".join(case.done),
            _HELPED[case.helped],
            case.likeness,
            ", ".join(case.shared),
        )
        for case in result.like
    )
    return Table(title="Cases", columns=columns, rows=tuple(rows))


def _past(result: ActionRankingResult) -> Iterator[Block]:
    yield Figure(label="Past findings", value=result.findings, decimals=0)
    yield Figure(label="With what was done", value=result.cases, decimals=0)
    yield Figure(label="With a known outcome", value=result.known, decimals=0)
    yield Figure(label="Different items", value=result.catalogue, decimals=0)
    yield Figure(label="Items of the upper 80 % of uses", value=result.head, decimals=0)
    if not result.measures:
        return
    yield _recalls(result)
    yield _measured(result)
    said = change(result)
    if said is not None:
        yield said
    yield Text.of(
        Phrase.of(
            "Each of {n} later cases was ranked by what was known before it; those that nothing"
            " helped are left out. Often used are the items that make the upper 80 % of the"
            " earlier uses. Intervals are bootstraps of the cases at {level}.",
            n=Number(value=result.asked),
            level=Number(value=result.confidence, percent=True),
        )
    )
    if result.trials:
        yield _trials(result)


def _recalls(result: ActionRankingResult) -> Chart:
    names = [name for name in _MEASURES if name.startswith("recall")]
    layers = []
    for order, label in _ORDERS.items():
        known = [m for m in result.measures if m.order == order and m.name in names]
        layers.append(
            Layer(
                mark="bars",
                label=label,
                x=tuple(_MEASURES[m.name] for m in known),
                y=tuple(m.value for m in known),
            )
        )
    return Chart(
        title="What helped, among the first of the list",
        x=Axis(label="Measure", scale="category"),
        y=Axis(label="Share"),
        layers=tuple(layers),
    )


def _measured(result: ActionRankingResult) -> Table:
    columns = (
        Column(label="Measure"),
        Column(label="Order"),
        Column(label="Value", decimals=3),
        Column(label="Lower", decimals=3),
        Column(label="Upper", decimals=3),
        Column(label="Cases"),
    )
    rows = tuple(
        (title, _ORDERS[m.order], m.value, m.lower, m.upper, m.n)
        for name, title in _MEASURES.items()
        for m in result.measures
        if m.name == name
    )
    return Table(title="Before and after re-ranking", columns=columns, rows=rows)


def _trials(result: ActionRankingResult) -> Table:
    columns = (
        Column(label="Model of use"),
        Column(label="Strength"),
        Column(label="Log-loss on later cases", unit="nat", decimals=3),
        Column(label="Items"),
        Column(label="Never seen before"),
    )
    rows = tuple(
        (_METHODS[t.method], t.strength, t.log_loss, t.n, t.unknown) for t in result.trials
    )
    return Table(title="Models that were tried", columns=columns, rows=rows)
