"""What memories may say to a judged case: a word beside the evidence, a choice within it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ops.advise.claim import Claim, Slot
from ops.advise.evidence import Evidence
from ops.advise.memory import Remembered
from ops.advise.rules import memory_words as words
from ops.advise.rules.judgement import Judgement
from ops.advise.rules.view import View

TRUSTED = 0.5  # below it a memory has been wrong about as often as right
MOST = 2  # memories that are told; more would drown the evidence
_ANY = ("kind", "topic", "site", "run", "advice", "source")  # tags that name nothing to be about


@dataclass(frozen=True, slots=True)
class Heard:
    """A memory, what becomes of it, and whether it was used."""

    memory: Remembered
    template: str
    used: bool


def chosen(found: Judgement, view: View, memories: Sequence[Remembered], now_us: int) -> Judgement:
    """Let the surest preference choose among the actions that the evidence supports.

    It never brings in another action. Where costs have ranked the actions they decide, and not a
    preference.
    """
    if found.action == view.fact("policy-action") and view.number("saving") > 0:
        return found
    options = (found.action, *found.alternatives)
    for memory in _surest(memories):
        wanted = memory.action
        if memory.kind != "preference" or wanted is None or not _holds(memory, view, now_us):
            continue
        if wanted in options and wanted != found.action:
            rest = tuple(one for one in options if one != wanted)
            return replace(found, action=wanted, alternatives=rest)
    return found


def heard(
    found: Judgement, view: View, memories: Sequence[Remembered], now_us: int
) -> tuple[Heard, ...]:
    """Tell what becomes of each memory that is about a case, used ones first, at most a few."""
    about = [one for one in _surest(memories) if is_about(one, view)]
    replaced = {one.supersedes for one in memories if one.supersedes is not None}
    told = [_one(one, found, now_us, gone=one.id in replaced) for one in about]
    return tuple(sorted(told, key=lambda one: not one.used)[:MOST])


def remembered_text(memory: Remembered, view: View) -> Evidence:
    """Text of a memory as evidence: quoted, so that its numbers have a source and no authority."""
    case = view.case
    return Evidence(
        id=f"{case.id}.memory.{memory.id}"[:300],
        case=case.id,
        topic=case.topic,
        kind="text",
        quantity="memory",
        label="memory",
        value=memory.text.strip(),
        link=f"/memories/{memory.id}",
        at=memory.written,
        quoted=True,
        personal=memory.provenance == "person",
    )


def memory_claim(one: Heard, text: Evidence) -> Claim:
    """Sentence of a memory; its text is a quotation."""
    slots = {"memory": Slot(evidence=text.id, part="value")}
    return Claim(
        role="memory", template=one.template, slots=slots, evidence=(text.id,), case=text.case
    )


def is_about(memory: Remembered, view: View) -> bool:
    """Whether nothing that a memory is tagged with contradicts the case, and something is of it."""
    here = {"tool": view.tool, "characteristic": view.characteristic, **view.case.facts}
    tags = {tag: code for tag, code in memory.tags.items() if tag not in _ANY and code}
    if any(here.get(tag, "") not in ("", code) for tag, code in tags.items()):
        return False
    return any(here.get(tag) == code for tag, code in tags.items()) or (
        not tags and memory.relevance > 0
    )


def _one(memory: Remembered, found: Judgement, now_us: int, *, gone: bool) -> Heard:
    if gone or not _valid(memory, now_us):
        return Heard(memory, words.STALE, used=False)
    if _conflicts(memory, found):
        forbidden = memory.kind == "preference"
        return Heard(memory, words.FORBIDDEN if forbidden else words.CONFLICTING, used=False)
    if memory.trust < TRUSTED:
        return Heard(memory, words.DOUBTED, used=False)
    return Heard(memory, _accord(memory, found), used=True)


def _accord(memory: Remembered, found: Judgement) -> str:
    same = memory.action == found.action
    if memory.kind == "outcome" and same and memory.helped is not None:
        return words.HELPED if memory.helped else words.NOT_HELPED
    if memory.kind == "preference" and memory.action is not None:
        return words.PREFERRED if same else words.DEARER
    return words.KNOWN if memory.cause == found.cause or same else words.NOTED


def _conflicts(memory: Remembered, found: Judgement) -> bool:
    """Whether it names a cause or an action that the evidence of the case does not support."""
    causes, actions = (found.cause, *found.also), (found.action, *found.alternatives)
    if memory.cause is not None and memory.cause not in causes:
        return True
    return memory.kind != "outcome" and memory.action is not None and memory.action not in actions


def _holds(memory: Remembered, view: View, now_us: int) -> bool:
    return memory.trust >= TRUSTED and _valid(memory, now_us) and is_about(memory, view)


def _valid(memory: Remembered, now_us: int) -> bool:
    begun = memory.valid_from <= now_us
    return begun and (memory.valid_to is None or now_us < memory.valid_to)


def _surest(memories: Sequence[Remembered]) -> list[Remembered]:
    """Outcomes before what was only said; then by trust and relevance, newest first."""
    return sorted(
        memories,
        key=lambda one: (one.kind != "outcome", -one.trust, -one.relevance, -one.written, one.id),
    )
