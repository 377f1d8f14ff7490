"""Items of a digest: one change of one thing each."""

from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import Field

from ops.advise.claim import Claim
from ops.advise.evidence import Evidence
from ops.page import Subject
from ops.page_value import Level, PageValue, Phrase, is_empty

ItemKind = Literal[
    "finding-new", "finding-closed", "finding-graver", "plan", "model", "forecast", "verdict",
    "failed-run",
]  # fmt: skip
_RANK: dict[Level, int] = {"bad": 0, "warn": 1, "info": 2, "good": 3}


class DigestItem(PageValue):
    """One change of one thing, in claims whose numbers are evidence."""

    id: str = Field(description="Stable within a digest.")
    kind: ItemKind = Field(description="What sort of change.")
    level: Level = Field(description="How good or bad it is now.")
    title: str = Field(description="What it is about.")
    title_phrases: tuple[Phrase, ...] = Field(
        default=(),
        exclude_if=is_empty,
        description="Parts of the title, for other languages; empty: only the title.",
    )
    claims: tuple[Claim, ...] = Field(description="What changed, in reading order.")
    evidence: tuple[Evidence, ...] = Field(description="All that the claims cite.")
    link: str = Field(description="Page that shows it, a path of this service.")
    at: int = Field(description="When it changed, microseconds since 1970 UTC.")
    subject: Subject | None = Field(default=None, description="What it is about, if one thing.")


class Digest(PageValue):
    """What is new between two moments, the gravest and newest first."""

    since: int = Field(description="Begin, microseconds since 1970 UTC.")
    until: int = Field(description="End, microseconds since 1970 UTC.")
    items: tuple[DigestItem, ...] = Field(description="The gravest first, then the newest.")
    left_out: int = Field(default=0, description="Changes beyond those that are listed.")


def in_order(items: tuple[DigestItem, ...]) -> tuple[DigestItem, ...]:
    """Sort items: the gravest first, the newest of these first, then by id."""
    return tuple(sorted(items, key=lambda item: (_RANK[item.level], -item.at, item.id)))


def joined(items: Iterable[DigestItem]) -> Iterator[DigestItem]:
    """Make one item of those about the same subject: the gravest, with the claims of all.

    One without a subject stays by itself.
    """
    found: dict[tuple[str, ...], DigestItem] = {}
    for item in items:
        key = _key(item)
        first = found.get(key)
        found[key] = item if first is None else _both(first, item)
    yield from found.values()


def _key(item: DigestItem) -> tuple[str, ...]:
    about = item.subject
    if about is None:
        return (item.id,)
    factors = [f"{name}={level}" for name, level in sorted(about.factors.items())]
    return (item.kind, about.site or "", about.characteristic or "", *factors)


def _both(first: DigestItem, other: DigestItem) -> DigestItem:
    graver, lesser = (other, first) if is_graver(other.level, first.level) else (first, other)
    known = {one.id for one in graver.evidence}
    more = tuple(one for one in lesser.evidence if one.id not in known)
    update = {
        "claims": (*graver.claims, *lesser.claims),
        "evidence": (*graver.evidence, *more),
        "at": max(first.at, other.at),
    }
    return graver.model_copy(update=update)


def is_graver(now: Level, then: Level) -> bool:
    """Whether a level is worse than another; good and info judge alike.

    Examples
    --------
    >>> is_graver("bad", "warn"), is_graver("info", "good")
    (True, False)
    """
    return min(_RANK[now], 2) < min(_RANK[then], 2)
