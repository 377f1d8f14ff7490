"""The list of a ranking: past cases in, items with their reasons and evidence out."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from ops.action_query import ActionCase, ActionData
from ops.analyses.action_ranking_result import ActionReason, LikeCase, RankedAction
from ops.classify.ranking.case import PastCase
from ops.classify.ranking.helps import likeness
from ops.classify.ranking.ranker import Ranker, Rerank
from ops.values import FloatArray

SHOWN = 25  # items of a list
LIKE = 12  # past cases
REASONS = 3
CASES = 5  # of an item
_KINDS = ("mechanism", "characteristic")  # the first that the finding has makes its kind


class Wanted(Protocol):
    """What is wanted of the list."""

    @property
    def diversity(self) -> Rerank:
        """Re-ranking."""
        ...

    @property
    def confidence(self) -> float:
        """Level of intervals."""
        ...


def past_cases(cases: Sequence[ActionCase]) -> list[PastCase]:
    """Cases of which it is known what was done, the oldest first; equal ones by id."""
    done = [case for case in cases if case.actions or case.parts]
    done.sort(key=lambda case: (case.opened_at, case.finding))
    return [
        PastCase(
            id=case.finding,
            context=case.context,
            items=tuple(dict.fromkeys((*case.actions, *case.parts))),
            helped=case.helped,
            opened=case.opened_at.timestamp(),
            known=np.inf if case.closed_at is None else case.closed_at.timestamp(),
        )
        for case in done
    ]


def aspects_given(data: ActionData) -> dict[str, frozenset[str]]:
    """Aspects of items that the plant gives: module, family; of a part its first word."""
    found: dict[str, set[str]] = {}
    for name in sorted({part for case in data.cases for part in case.parts}):
        found.setdefault(name, set()).add(f"part {name.split()[0].lower()}")
    for name, said in data.catalogue.items():
        known: Mapping[str, object] = said if isinstance(said, Mapping) else {}
        of_name = {f"{key} {known[key]}" for key in ("module", "family") if known.get(key)}
        found.setdefault(name, set()).update(of_name)
    return {name: frozenset(aspects) for name, aspects in found.items()}


def of_kind(cases: Sequence[PastCase], finding: ActionCase | None) -> tuple[str, int]:
    """Tell what the kind of a finding is, and how many cases are of it."""
    for name in _KINDS if finding is not None else ():
        level = finding.context.get(name) if finding is not None else None
        if level:
            return f"{name} {level}", sum(case.context.get(name) == level for case in cases)
    return "", 0 if finding is not None else len(cases)


def ranked_actions(data: ActionData, ranker: Ranker, params: Wanted) -> tuple[RankedAction, ...]:
    """Rank items for the finding in question, the first `SHOWN` of them."""
    context = {} if data.finding is None else data.finding.context
    scored = ranker.scored(context, level=params.confidence)
    by_score = ranker.order(scored, "none").tolist()
    reasons = ranker.use.reasons(context)
    like = likeness(ranker.table, context)
    ids = [case.finding for case in _used(data)]
    parts = {part for case in data.cases for part in case.parts}
    parts -= {action for case in data.cases for action in case.actions}
    slots = ranker.slots(scored)
    chance = scored.chance
    return tuple(
        RankedAction(
            name=scored.items[i],
            kind="part" if scored.items[i] in parts else "action",
            score=float(scored.score[i]),
            score_place=by_score.index(i) + 1,
            use=float(scored.use[i]),
            helps=float(chance.mean[i]),
            helps_lower=float(chance.lower[i]),
            helps_upper=float(chance.upper[i]),
            like=float(chance.effective[i]),
            uses=int(ranker.table.y[:, i].sum()),
            rare=scored.items[i] not in ranker.head,
            protected=bool(slots.protected[i]),
            reasons=_reasons(reasons, context, i),
            cases=_cases(ranker.table.y[:, i], like, ids),
        )
        for i in ranker.order(scored, params.diversity).tolist()[:SHOWN]
    )


def _used(data: ActionData) -> list[ActionCase]:
    done = [case for case in data.cases if case.actions or case.parts]
    return sorted(done, key=lambda case: (case.opened_at, case.finding))


def _reasons(
    reasons: Mapping[str, FloatArray], context: Mapping[str, str], item: int
) -> tuple[ActionReason, ...]:
    every = [
        ActionReason(feature=name, level=context[name], worth=float(worth[item]))
        for name, worth in reasons.items()
    ]
    every.sort(key=lambda reason: (-abs(reason.worth), reason.feature))
    return tuple(every[:REASONS])


def _cases(used: FloatArray, like: FloatArray, ids: Sequence[str]) -> tuple[str, ...]:
    rows = [int(row) for row in np.flatnonzero(used)]
    rows.sort(key=lambda row: (-like[row], -row))
    return tuple(ids[row] for row in rows[:CASES])


def like_cases(data: ActionData, ranker: Ranker) -> tuple[LikeCase, ...]:
    """Past cases that have most in common with the finding; of equal ones the newest first."""
    if data.finding is None:
        return ()
    context = data.finding.context
    like = likeness(ranker.table, context)
    cases = _used(data)
    rows = sorted(range(len(cases)), key=lambda row: (-like[row], -row))[:LIKE]
    return tuple(
        LikeCase(
            finding=cases[row].finding,
            opened=cases[row].opened_at.date().isoformat(),
            done=(*cases[row].actions, *cases[row].parts),
            helped=cases[row].helped,
            likeness=float(like[row]),
            shared=tuple(
                f"{name} {level}"
                for name, level in sorted(context.items())
                if cases[row].context.get(name) == level
            ),
        )
        for row in rows
        if like[row] > 0
    )
