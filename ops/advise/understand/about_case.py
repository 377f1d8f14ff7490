"""Whether a case is about a thing: what it says of itself, held against codes."""

import re

from ops.advise.case import Case
from ops.advise.question import AboutKind, Named

_OF_STREAMS: frozenset[AboutKind] = frozenset({"tool", "characteristic", "alert"})
_OTHERS: dict[str, frozenset[AboutKind]] = {
    "lifetime": frozenset({"life-test"}),
    "plan": frozenset({"scenario"}),
    "classifier": frozenset({"model", "dataset"}),
    "forecast": frozenset({"characteristic", "scenario"}),
}
_SEPARATORS = re.compile(r"[\s/>,;:|()=]+")


def kinds_of(case: Case) -> frozenset[AboutKind]:
    """Kinds of things that a case of its topic can be about."""
    return _OTHERS.get(case.topic, _OF_STREAMS)


def texts_of(case: Case) -> frozenset[str]:
    """All codes and levels that a case speaks of, folded; parts of its id and title are some."""
    subject = case.subject
    said = [*case.facts.values(), *_SEPARATORS.split(case.id), *_SEPARATORS.split(case.title)]
    said += _SEPARATORS.split(case.link.partition("?")[0])
    if subject is not None:
        said += [*subject.factors.values(), subject.characteristic or "", subject.site or ""]
    said += [e.value for e in case.evidence if e.kind == "name" and isinstance(e.value, str)]
    parts = [part for text in said for part in _SEPARATORS.split(text)]
    return frozenset(text.casefold() for text in (*said, *parts) if text)


def is_about(case: Case, texts: frozenset[str], one: Named) -> bool:
    """Whether a case, by its texts (`texts_of`), is about a thing."""
    if one.kind == "alert":
        return case.facts.get("alert") == one.code or f"/alerts/{one.code}" in case.link
    site = case.subject.site if case.subject is not None else None
    elsewhere = None not in (site, one.site) and site != one.site
    return one.code.casefold() in texts and not elsewhere


def silent_on_characteristic(case: Case) -> bool:
    """Whether a case is of a tool as a whole."""
    return case.subject is None or case.subject.characteristic is None
