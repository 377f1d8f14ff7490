"""The ranker: scores of items for a context, and the order that is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np

from ops.classify.ranking.case import CaseTable, PastCase, head_of, tabled
from ops.classify.ranking.cooccurrence import co_occurrence
from ops.classify.ranking.helps import Chance, Helps, learned_helps
from ops.classify.ranking.logistic import multinomial_use
from ops.classify.ranking.rerank import Gain, Slots, mmr, reranked, score_order, xquad
from ops.classify.ranking.similarity import aspects_of, similarity
from ops.values import BoolArray, FloatArray, IntArray

UseMethod = Literal["co-occurrence", "logistic"]
Rerank = Literal["none", "mmr", "xquad"]
FITS = 1.5  # a context that makes an item so much more likely than usual speaks for it


class UseModel(Protocol):
    """What says which items people use in a context."""

    @property
    def items(self) -> tuple[str, ...]:
        """Items that it knows, sorted."""
        ...

    def log_use(self, context: Mapping[str, str]) -> FloatArray:
        """Log of the share of each item, shape (a,)."""
        ...

    def reasons(self, context: Mapping[str, str]) -> dict[str, FloatArray]:
        """Tell what each feature adds, by name, each of shape (a,)."""
        ...


@dataclass(frozen=True, slots=True)
class RankSettings:
    """How scores are made and re-ranked.

    Parameters
    ----------
    method, strength
        Model of use; temper of co-occurrence, or inverse penalty of the logistic one.
    habit
        Weight of what people chose, 0 to 1, against the chance that it helps.
    lambda_
        Weight of the score against diversity, 0 to 1.
    aspects
        Features of the context whose levels are aspects of the items.
    """

    method: UseMethod = "co-occurrence"
    strength: float = 1.0
    habit: float = 0.75
    lambda_: float = 0.7
    k: int = 5
    reserved: int = 1
    aspects: frozenset[str] = frozenset({"mechanism"})
    safety: frozenset[str] = frozenset()
    given: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])


@dataclass(frozen=True, slots=True)
class Scored:
    """Items of one context: score (0 to 1, the best has 1), and what it is made of."""

    items: tuple[str, ...]
    score: FloatArray
    use: FloatArray
    chance: Chance
    fits: BoolArray


@dataclass(frozen=True, slots=True)
class Ranker:
    """What was learned from past cases.

    Parameters
    ----------
    head
        Items that make the upper 80 % of the uses.
    aspects : shape (a, z)
    """

    table: CaseTable
    use: UseModel
    helps: Helps
    similar: FloatArray
    aspects: FloatArray
    aspect_names: tuple[str, ...]
    head: frozenset[str]
    settings: RankSettings

    def scored(self, context: Mapping[str, str], *, level: float = 0.95) -> Scored:
        """Score every item: ``use^habit * chance that it helps``, over the largest."""
        log_use = self.use.log_use(context)
        chance = self.helps.chance(context, level=level)
        log_score = self.settings.habit * log_use + np.log(chance.mean)
        share = self.table.y.sum(axis=0) / max(float(self.table.y.sum()), 1.0)
        return Scored(
            items=self.table.items,
            score=np.exp(log_score - log_score.max()) if log_score.size else log_score,
            use=np.exp(log_use),
            chance=chance,
            fits=np.exp(log_use) > FITS * share,
        )

    def order(self, scored: Scored, how: Rerank) -> IntArray:
        """Order the items as they are shown: indices, shape (a,)."""
        if how == "none":
            return score_order(scored.score, scored.items)
        lambda_ = self.settings.lambda_
        gain: Gain = (
            mmr(scored.score, self.similar, lambda_=lambda_)
            if how == "mmr"
            else xquad(scored.score, self.aspects, lambda_=lambda_)
        )
        return reranked(scored.score, scored.items, gain, self.slots(scored))

    def slots(self, scored: Scored) -> Slots:
        """Protected items and fitting rare ones."""
        items, settings = scored.items, self.settings
        protected = np.array([item in settings.safety for item in items], dtype=np.bool_)
        tail = np.array([item not in self.head for item in items], dtype=np.bool_) & scored.fits
        reserved = settings.reserved if settings.lambda_ < 1.0 else 0
        return Slots(protected, tail, settings.k, reserved)


def learned(cases: Sequence[PastCase], settings: RankSettings) -> Ranker:
    """Learn from cases; those in which nothing is known to have been done teach nothing."""
    table = tabled([case for case in cases if case.items])
    aspects = aspects_of(table, settings.aspects, settings.given)
    names = tuple(sorted(frozenset().union(*aspects.values())))
    has = np.array([[name in aspects[item] for name in names] for item in table.items], dtype=float)
    uses = dict(zip(table.items, table.y.sum(axis=0).tolist(), strict=True))
    return Ranker(
        table=table,
        use=use_model(table, settings),
        helps=learned_helps(table),
        similar=similarity(table),
        aspects=has.reshape(len(table.items), len(names)),
        aspect_names=names,
        head=head_of(uses),
        settings=settings,
    )


def use_model(table: CaseTable, settings: RankSettings) -> UseModel:
    """Fit the model of use that the settings name."""
    if settings.method == "logistic":
        return multinomial_use(table, strength=settings.strength)
    return co_occurrence(table, temper=settings.strength)
