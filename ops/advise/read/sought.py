"""Things that a question seeks, counted and listed as a case: of all that was read, not of a few.

What is counted is what the cases say: nothing is judged anew here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ops.advise.case import Case
from ops.advise.catalogue import Topic
from ops.advise.evidence import Evidence
from ops.advise.question import Intent, Named, Sought, SoughtKind, Stance
from ops.page_value import Level, Phrase

CASE = "sought"
_LONGEST = 280  # characters of a list
_DAYS: Mapping[str, float] = {"/week": 7.0, "/month": 30.0}
_PAGES: Mapping[SoughtKind, str] = {
    "tool": "/tools", "gauge": "/tools", "characteristic": "/characteristics", "model": "/models",
}  # fmt: skip
_TOPIC: Mapping[SoughtKind, Topic] = {
    "tool": "drift", "gauge": "gauge", "characteristic": "capability", "model": "classifier",
}  # fmt: skip
_MOVED: Mapping[Topic, tuple[str, ...]] = {"drift": ("shift", "step", "departure"),
                                           "capability": ("ppk", "cpk")}  # fmt: skip


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
        return _beyond(intent, asked, fit, now_us)
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
    those = [one for one, found in stands.items() if found != turned]
    told = () if turned else tuple(case for case in fit if _name(case, asked.kind) in those)
    of = [case for case in fit if _name(case, asked.kind) in those]
    counted = _case(asked.kind, asked.stance, those, len(stands), of, now_us)
    unsure = _unsure(fit) if asked.stance in ("capable", "incapable") else []
    return SoughtThings((_with_open(counted, unsure),), told)


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
    if stance in ("capable", "incapable"):
        capable = case.facts.get("capable", "") if case.analysis == "capability" else ""
        return capable == ("yes" if stance == "capable" else "no") if capable else None
    topics = intent.topics or ((_TOPIC[kind],) if kind != "tool" else ("drift", "gauge"))
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


def _beyond(intent: Intent, asked: Sought, cases: Sequence[Case], now_us: int) -> SoughtThings:
    """Count the cases whose number is beyond a bound, each thing once, by its newest case."""
    quantities = intent.quantities[:1] or _by_topic(intent, asked)
    held: dict[tuple[str, str], tuple[Case, Evidence]] = {}
    for case in cases:
        one = _number(case, quantities, asked.unit)
        if one is not None:
            site = "" if case.subject is None else case.subject.site or ""
            held.setdefault((case.title, site), (case, one))
    if not held:
        return SoughtThings()
    in_order = sorted(held.values(), key=lambda e: (-abs(_shown(e[1])), e[0].id))
    those = [e for e in in_order if _is_beyond(e[1], asked)]
    if not asked.above:
        those.reverse()
    first = in_order[0][1]
    index = first.quantity in ("cpk", "ppk")
    label = Phrase.of("Cpk or Ppk") if index else first.label_phrase or Phrase.of(first.label)
    members = _titles([case for case, _ in those])
    kind: SoughtKind = "characteristic" if "capability" in intent.topics else "tool"
    counted = _case(kind, "bound", members, len(held), [case for case, _ in those], now_us)
    bound = _evidence("bound", label, now_us, _PAGES[kind]).model_copy(
        update={"value": asked.value, "unit": asked.unit}
    )
    facts = {**counted.facts, "above": "yes" if asked.above else "no"}
    whole = _replaced(counted, (*counted.evidence, bound), facts)
    return SoughtThings((whole,), tuple(case for case, _ in those))


def _titles(cases: Sequence[Case]) -> list[str]:
    """Titles of cases, with their sites where two of them have the same."""
    titles = [case.title for case in cases]
    sites = ["" if case.subject is None else case.subject.site or "" for case in cases]
    return [
        f"{title} ({site})" if site and titles.count(title) > 1 else title
        for title, site in zip(titles, sites, strict=True)
    ]


def _by_topic(intent: Intent, asked: Sought) -> tuple[str, ...]:
    if "/" in asked.unit:
        return ("slope",)
    return next((_MOVED[one] for one in intent.topics if one in _MOVED), ())


def _number(case: Case, quantities: Sequence[str], unit: str) -> Evidence | None:
    found = (case.stand_in(one) for one in quantities)
    one = next((e for e in found if e is not None and e.number is not None), None)
    if one is None or (unit and unit != ("%" if one.percent else one.unit)):
        return None
    return one


def _shown(one: Evidence) -> float:
    return (one.number or 0.0) * (100.0 if one.percent else 1.0)


def _is_beyond(one: Evidence, asked: Sought) -> bool:
    """Whether a number is beyond a bound; of what moves, however it moves."""
    moves = one.quantity in ("slope", "shift", "step", "departure", "offset")
    value = abs(_shown(one)) if moves and asked.value >= 0 else _shown(one)
    return value > asked.value if asked.above else value < asked.value


def _case(
    kind: SoughtKind, stance: Stance, those: Sequence[str], of: int, cases: Sequence[Case],
    now_us: int,
) -> Case:  # fmt: skip
    """Case of how many of how many, and which."""
    link = _PAGES[kind]
    counts = (
        ("count", Phrase.of("of what is sought"), len(those)),
        ("of", Phrase.of("of all that were looked at"), of),
    )
    told = [_evidence(q, label, now_us, link).model_copy(update={"value": float(number)})
            for q, label, number in counts]  # fmt: skip
    if those:
        told.append(_members("members", those, now_us, link))
    levels = {case.level for case in cases}
    level: Level = "bad" if "bad" in levels else "warn" if "warn" in levels else "info"
    title = Phrase.of("what is sought")
    return Case(
        CASE, _TOPIC[kind], "", title.english(), level, now_us, link, tuple(told), None, None,
        {"kind": kind, "stance": stance}, (title,),
    )  # fmt: skip


def _with_open(case: Case, unsure: Sequence[str]) -> Case:
    if not unsure:
        return case
    more = _members("open-members", unsure, case.found, case.link)
    return _replaced(case, (*case.evidence, more), case.facts)


def _replaced(case: Case, evidence: tuple[Evidence, ...], facts: Mapping[str, str]) -> Case:
    return Case(
        case.id, case.topic, case.analysis, case.title, case.level, case.found, case.link,
        evidence, None, None, facts, case.title_phrases,
    )  # fmt: skip


def _members(quantity: str, names: Sequence[str], now_us: int, link: str) -> Evidence:
    """As many names as there is place for, and an ellipsis for the others."""
    listed = ""
    for one in names:
        longer = f"{listed}, {one}" if listed else one
        if len(longer) > _LONGEST:
            listed += ", …"
            break
        listed = longer
    one = _evidence(quantity, Phrase.of("which these are"), now_us, link)
    return one.model_copy(update={"kind": "name", "value": listed})


def _evidence(quantity: str, label: Phrase, now_us: int, link: str) -> Evidence:
    return Evidence(
        id=f"{CASE}.{quantity}", case=CASE, topic="drift", kind="number", quantity=quantity,
        label=label.english(), label_phrase=label, value=0.0,
        link=link, at=now_us,
    )  # fmt: skip
