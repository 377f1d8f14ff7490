"""Situations in which something wrong, old or disputed is remembered: evidence has to win."""

from collections.abc import Callable
from dataclasses import replace

from ops.advise.catalogue import CAUSES, PAIRS, ActionId, CauseId
from ops.advise.recall.query import Candidate
from ops.simulate.plant import DAY_US
from ops.work.situations.capability_plant import capability_situation
from ops.work.situations.drift_plant import drift_situation
from ops.work.situations.injected import document
from ops.work.situations.life_plant import life_situation
from ops.work.situations.network_plant import network_situation
from ops.work.situations.situation import Situation


def memory_situation(seed: int, number: int) -> Situation:
    """Draw a situation with a memory that must not be followed; what it is goes by its number."""
    base = _base(seed, number)
    cause, action = _wrong(base)
    code = base.truth.about[0]
    text = f"{code}: it was {cause} again, so {action} is what to do."
    wrong = document(1, base.now_us, text, {_tag(base): code})
    wrong = replace(wrong, cause=cause, action=action)
    planted, change = _WAYS[number % len(_WAYS)]
    memories = change(wrong, base.now_us)
    truth = replace(
        base.truth, planted=f"{base.truth.planted}, {planted}", forbidden_memories=(wrong.id,)
    )
    return replace(base, id=f"memory-{number:02d}", kind="memory", memories=memories, truth=truth)


def _base(seed: int, number: int) -> Situation:
    makers = (drift_situation, capability_situation, life_situation, network_situation)
    return makers[number % 4](seed, 950 + number)


def _tag(base: Situation) -> str:
    tags = {"drift": "tool", "capability": "characteristic", "lifetime": "life-test"}
    return tags.get(base.kind, "scenario")


def _wrong(base: Situation) -> tuple[CauseId, ActionId]:
    """Find a cause and an action that are both wrong here."""
    for cause in reversed(CAUSES):
        for action in PAIRS[cause]:
            right = cause in base.truth.causes or action in base.truth.actions
            if not right and cause not in ("none", "unknown") and action != "keep":
                return cause, action
    raise AssertionError(f"every pair is right for {base.id}")


def _conflicting(one: Candidate, now_us: int) -> tuple[Candidate, ...]:
    del now_us
    return (one,)


def _ended(one: Candidate, now_us: int) -> tuple[Candidate, ...]:
    return (replace(one, valid_to=now_us - DAY_US),)


def _replaced(one: Candidate, now_us: int) -> tuple[Candidate, ...]:
    newer = replace(
        one, id=2, supersedes=one.id, written=now_us - DAY_US, cause=None, action=None,
        text="What was said of it before was a mistake.",
    )  # fmt: skip
    return (one, newer)


def _refuted(one: Candidate, now_us: int) -> tuple[Candidate, ...]:
    del now_us
    return (replace(one, kind="outcome", provenance="outcome", refuted=6, helped=False),)


def _preferred(one: Candidate, now_us: int) -> tuple[Candidate, ...]:
    del now_us
    return (replace(one, kind="preference", cause=None),)


def _disputed(one: Candidate, now_us: int) -> tuple[Candidate, ...]:
    """Two people who say different things, both of them wrong or idle."""
    del now_us
    other = replace(one, id=3, origin="B. Writer", cause=None, action="measure-more",
                    text="Nothing should be done about it before more is known.")  # fmt: skip
    return (one, other)


_Way = Callable[[Candidate, int], tuple[Candidate, ...]]
_WAYS: tuple[tuple[str, _Way], ...] = (
    ("conflicting memory", _conflicting), ("ended memory", _ended),
    ("replaced memory", _replaced), ("refuted memory", _refuted),
    ("unsupported preference", _preferred), ("disputed memory", _disputed),
)  # fmt: skip
