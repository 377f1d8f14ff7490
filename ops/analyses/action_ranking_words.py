"""What a ranking of actions says: the best item, rare ones, what re-ranking costs and brings."""

from collections.abc import Iterator

from ops.analyses.action_ranking_result import ActionMeasure, ActionRankingResult, RankedAction
from ops.page import Text, Verdict
from ops.page_value import Number, Phrase

GOOD = 0.5  # chance from which an item is called likely to help


def verdicts(result: ActionRankingResult) -> Iterator[Verdict]:
    """Say what to do first, and how well such lists did in the past."""
    if result.source == "reaction-plan":
        yield _cold(result)
    elif result.source == "cases":
        yield _first(result, result.ranked[0])
        if result.of_kind < result.fewest:
            yield _thin(result)
        rare = next((item for item in result.ranked[: result.k] if item.rare), None)
        if rare is not None:
            yield _rare(rare, result)
    yield _past(result)


def _cold(result: ActionRankingResult) -> Verdict:
    if not result.kind:
        said = Phrase.of(
            "the finding has no mechanism and no characteristic to compare; the {n} steps of the"
            " reaction plan are shown",
            n=Number(value=len(result.plan)),
        )
    else:
        said = Phrase.of(
            "only {n} past cases of the kind {kind} say what was done; the {steps} steps of the"
            " reaction plan are shown instead",
            n=Number(value=result.of_kind),
            kind=result.kind,
            steps=Number(value=len(result.plan)),
        )
    return Verdict.of("info", said)


def _thin(result: ActionRankingResult) -> Verdict:
    said = Phrase.of(
        "only {n} past cases are of its kind, {least} are asked for, and there is no reaction plan:"
        " the list rests on cases of other kinds",
        n=Number(value=result.of_kind),
        least=Number(value=result.fewest),
    )
    return Verdict.of("warn", said)


def _first(result: ActionRankingResult, item: RankedAction) -> Verdict:
    said = Phrase.of(
        "{name} stands first of {n} items: it helps with a chance of {helps} ({lower} to {upper}),"
        " on average {overall}",
        name=item.name,
        n=Number(value=result.catalogue),
        helps=_share(item.helps),
        lower=_share(item.helps_lower),
        upper=_share(item.helps_upper),
        overall=_share(result.overall),
    )
    return Verdict.of("good" if item.helps >= GOOD else "warn", said)


def _rare(item: RankedAction, result: ActionRankingResult) -> Verdict:
    said = Phrase.of(
        "{name} was used in {uses} of {n} cases only and fits this one: a chance of {helps}"
        " ({lower} to {upper})",
        name=item.name,
        uses=Number(value=item.uses),
        n=Number(value=result.cases),
        helps=_share(item.helps),
        lower=_share(item.helps_lower),
        upper=_share(item.helps_upper),
    )
    return Verdict.of("info", said)


def _past(result: ActionRankingResult) -> Verdict:
    shown = measure(result, "recall", _order(result))
    usual = measure(result, "recall", "popularity")
    if shown is None or usual is None or shown.value is None:
        said = Phrase.of(
            "{n} of {all} past findings say what was done: too few later ones to try a list on",
            n=Number(value=result.cases),
            all=Number(value=result.findings),
        )
        return Verdict.of("info", said)
    said = Phrase.of(
        "Of what helped in {n} later cases, {recall} ({lower} to {upper}) stood among the first"
        " {k}; by popularity alone {usual}",
        n=Number(value=shown.n),
        recall=_share(shown.value),
        lower=_share(shown.lower),
        upper=_share(shown.upper),
        k=Number(value=result.k),
        usual=_share(usual.value),
    )
    better = shown.value >= (usual.value or 0.0)
    return Verdict.of("good" if better else "warn", said)


def change(result: ActionRankingResult) -> Text | None:
    """Say what re-ranking costs and brings against the scores alone; None where it is not known."""
    order = _order(result)
    pairs = [
        (measure(result, name, "scores"), measure(result, name, order))
        for name in ("recall of the head", "recall of the tail", "coverage", "gini")
    ]
    values = [None if m is None else m.value for pair in pairs for m in pair]
    if order == "scores" or any(value is None for value in values):
        return None
    names = ("head", "head2", "tail", "tail2", "shown", "shown2", "gini", "gini2")
    numbers = {
        name: Number(value=value, decimals=2) if "gini" in name else _share(value)
        for name, value in zip(names, values, strict=True)
    }
    return Text.of(
        Phrase.of(
            "Re-ranking moves the recall of the head from {head} to {head2} and that of the tail"
            " from {tail} to {tail2}; of the catalogue {shown} were shown before and {shown2}"
            " after; the Gini index of exposure goes from {gini} to {gini2}.",
            **numbers,
        )
    )


def measure(result: ActionRankingResult, name: str, order: str) -> ActionMeasure | None:
    """One measure of one order; None if it was not taken."""
    found = (m for m in result.measures if m.name == name and m.order == order)
    return next(found, None)


def _order(result: ActionRankingResult) -> str:
    return "scores" if result.diversity == "none" else result.diversity


def _share(value: float | None) -> Number:
    return Number(value=value, percent=True, decimals=0)
