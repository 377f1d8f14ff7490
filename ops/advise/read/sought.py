"""Things that a question seeks, counted and listed as a case: of all that was read, not of a few.

What is counted is what the cases say: nothing is judged anew here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ops.advise.case import Case
from ops.advise.evidence import Evidence
from ops.advise.question import Intent, Named, SoughtKind, Stance
from ops.advise.read.sought_beyond import beyond
from ops.advise.read.sought_case import TOPIC, counted_case, members_told, replaced, sought_evidence
from ops.page_value import Phrase

_DAY_US = 86_400_000_000
_BY_FACT: Mapping[Stance, tuple[str, str]] = {  # of capability: fact and what it says
    "capable": ("capable", "yes"), "incapable": ("capable", "no"), "stable": ("stable", "yes"),
    "unstable": ("stable", "no"),
}  # fmt: skip
_OF_TOOLS = ("drift", "gauge")  # topics by which a tool is judged


@dataclass(frozen=True, slots=True)
class SoughtThings:
    """A case that counts what is sought, and the cases of what it lists."""

    counted: tuple[Case, ...] = ()
    members: tuple[Case, ...] = ()


def sought_things(
    intent: Intent, cases: Sequence[Case], names: Sequence[Named], *, now_us: int
) -> SoughtThings:
    """Count and list what a question seeks; nothing where nothing of the kind was judged.

    Parameters
    ----------
    cases
        All that was read, and not only what is told.
    names
        All that the asker may name: a tool counts also where no analysis found anything of it.
    """
    asked = intent.sought
    if asked is None:
        return SoughtThings()
    fit = [case for case in cases if not case.id.startswith("events/") and _of(intent, case)]
    if asked.stance == "bound":
        whole, members = beyond(intent, asked, fit, now_us)
        named = any(one.kind in ("tool", "characteristic") for one in intent.named)
        told = () if named else members  # of what is named all is told
        return SoughtThings(() if whole is None else (whole,), told)
    if asked.kind is None:
        return SoughtThings()
    stands = _standing(asked.kind, asked.stance, intent, fit)
    if asked.kind == "tool":
        stands = dict.fromkeys(_tools(intent, names), False) | stands
    if asked.kind == "gauge":
        stands = dict.fromkeys(_compared(fit), False) | stands
    if not stands:
        return SoughtThings()
    turned = asked.stance in ("still", "good")
    listed = asked.stance == "known"
    those = [one for one, found in stands.items() if listed or found != turned]
    of = tuple(case for case in fit if _name(case, asked.kind) in those)
    counted = counted_case(asked.kind, asked.stance, those, len(stands), of, now_us)
    unsure = _unsure(fit) if asked.stance in ("capable", "incapable") else []
    more = [members_told("open-members", unsure, now_us, counted.link)] if unsure else []
    if asked.stance == "drifts":
        more += _begun(intent, of, counted.link, now_us)
    shown = () if turned or listed else of
    return SoughtThings((replaced(counted, (*counted.evidence, *more), counted.facts),), shown)


def _begun(intent: Intent, cases: Sequence[Case], link: str, now_us: int) -> list[Evidence]:
    """How many tools began to move in the time that is asked about, and which."""
    if intent.days is None and intent.older is None:
        return []
    first = -1.0 if intent.days is None else now_us - intent.days * _DAY_US
    last = now_us - (intent.older or 0.0) * _DAY_US
    since: dict[str, float] = {}
    for case in cases:
        at = case.number("since") if case.facts.get("status") == "drifts" else None
        if at is not None:
            since[_name(case, "tool")] = min(at, since.get(_name(case, "tool"), at))
    those = [tool for tool, at in since.items() if first <= at <= last]
    count = sought_evidence("begun", Phrase.of("of these of the time asked about"), now_us, link)
    told = [count.model_copy(update={"value": float(len(those))})]
    return told + ([members_told("begun-members", those, now_us, link)] if those else [])


def _of(intent: Intent, case: Case) -> bool:
    """Whether a case is of the sites and things that a question names, if it names any."""
    sites = {one.code for one in intent.named if one.kind == "site"}
    things = {one.code for one in intent.named if one.kind in ("tool", "characteristic")}
    subject = case.subject
    if subject is None:
        return not sites and not things
    about = {subject.characteristic or "", *subject.factors.values(), *case.facts.values()}
    return (not sites or subject.site in sites) and (not things or bool(things & about))


def _tools(intent: Intent, names: Sequence[Named]) -> list[str]:
    sites = {one.code for one in intent.named if one.kind == "site"}
    named = {one.code for one in intent.named if one.kind == "tool"}
    return [
        one.code
        for one in names
        if one.kind == "tool"
        and (not sites or one.site in sites)
        and (not named or one.code in named)
    ]


def _compared(cases: Sequence[Case]) -> list[str]:
    """Gauges that were held against one another."""
    return [one for case in cases for one in case.facts.get("gauges", "").split(",") if one]


def _standing(
    kind: SoughtKind, stance: Stance, intent: Intent, cases: Sequence[Case]
) -> dict[str, bool]:
    """Whether each thing that a case is of stands as is asked, or as its opposite is."""
    found: dict[str, bool] = {}
    for case in cases:
        name = _name(case, kind)
        told = _tells(case, stance, kind, intent)
        if name and told is not None:
            found[name] = found.get(name, False) or told
    return found


def _tells(case: Case, stance: Stance, kind: SoughtKind, intent: Intent) -> bool | None:
    """Whether a case says it of its thing; None if it does not speak of it."""
    if stance in ("drifts", "still"):
        return case.facts.get("status") == "drifts" if case.topic == "drift" else None
    if stance in _BY_FACT:
        fact, wanted = _BY_FACT[stance]
        found = case.facts.get(fact, "") if case.analysis == "capability" else ""
        return found == wanted if found else None
    if stance == "alerted":
        return case.facts.get("state") != "closed" if case.topic == "alert" else None
    if stance == "known":
        return False
    topics = intent.topics or ((TOPIC[kind],) if kind != "tool" else _OF_TOOLS)
    if case.topic not in topics or case.level == "info":
        return None
    return case.level in ("bad", "warn")


def _name(case: Case, kind: SoughtKind) -> str:
    subject = case.subject
    factors = {} if subject is None else subject.factors
    if kind == "model":
        return case.facts.get("model", "")
    if kind == "gauge":
        return case.facts.get("gauge", "") or (
            factors.get("tool", "") if case.topic == "gauge" or _of_master(case) else ""
        )
    if kind == "tool":
        return factors.get("tool", "") or case.facts.get("tool", "")
    code = "" if subject is None else subject.characteristic or ""
    site = "" if subject is None or subject.site is None else f" ({subject.site})"
    return f"{code}{site}" if code else ""


def _of_master(case: Case) -> bool:
    subject = case.subject
    return subject is not None and (subject.characteristic or "").startswith("GAUGE")


def _unsure(cases: Iterable[Case]) -> list[str]:
    unsure = (c for c in cases if c.analysis == "capability" and c.facts.get("capable") == "open")
    return list(dict.fromkeys(_name(case, "characteristic") for case in unsure))
