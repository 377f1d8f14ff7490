"""What the page of any run says: read where no reader knows its result.

Quantities: verdict (text: a sentence of the page), figure (number of a figure block, with its
interval). One case for each subject of its verdicts; figures belong to the page as a whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from ops.advise.case import Case, StoredRun
from ops.advise.catalogue import Topic
from ops.advise.read.dossier import Dossier
from ops.advise.read.stored import level_of
from ops.page import Figure, Subject, Verdict

MOST_VERDICTS, MOST_FIGURES = 60, 60
_WORDS: tuple[tuple[str, Topic], ...] = (  # in the name of an analysis, the first that is there
    ("drift", "drift"), ("chart", "drift"), ("stream", "drift"), ("matching", "drift"),
    ("gauge", "gauge"), ("agreement", "gauge"), ("life", "lifetime"), ("warranty", "lifetime"),
    ("repairable", "lifetime"), ("reliability", "lifetime"), ("qualification", "lifetime"),
    ("network", "plan"), ("plan", "plan"), ("inventory", "plan"), ("greenfield", "plan"),
    ("forecast", "forecast"), ("ledger", "forecast"), ("classifier", "classifier"),
    ("metrology", "classifier"), ("ranking", "alert"),
)  # fmt: skip


def topic_of(analysis: str) -> Topic:
    """Topic that the name of an analysis stands for; capability where it says nothing.

    Examples
    --------
    >>> topic_of("network-plan"), topic_of("wire-sweep")
    ('plan', 'capability')
    """
    for word, topic in _WORDS:
        if word in analysis:
            return topic
    return "capability"


def page_cases(run: StoredRun) -> tuple[Case, ...]:
    """Cases of a page: the page as a whole, then each subject of its verdicts.

    Whatever cannot be read is passed over; a page without anything to read has no case.
    """
    by_subject: dict[str, list[Verdict]] = {"page": []}
    for verdict in _verdicts(run.page):
        by_subject.setdefault(_what(verdict.subject), []).append(verdict)
    found = [_case(run, what, verdicts) for what, verdicts in by_subject.items()]
    return tuple(case for case in found if case.evidence)


def _case(run: StoredRun, what: str, verdicts: Sequence[Verdict]) -> Case:
    subject = verdicts[0].subject if verdicts else None
    of = Dossier(run, what, topic_of(run.analysis), subject)
    for verdict in verdicts:
        of.verdict(verdict)
    if what == "page":
        for one in _figures(run.page):
            of.number(
                "figure", one.label, one.value, one.unit,
                lower=one.lower, upper=one.upper, decimals=one.decimals,
            )  # fmt: skip
    title = str(run.page.get("title") or run.analysis)
    named = [] if subject is None else [subject.characteristic or "", *subject.factors.values()]
    facts = {} if subject is None else {"mechanism": subject.mechanism, **subject.factors}
    return of.case(" ".join([title, *filter(None, named)]), level_of(tuple(verdicts)), facts)


def _what(subject: Subject | None) -> str:
    if subject is None:
        return "page"
    named = (subject.site, subject.characteristic, *subject.factors.values(), subject.mechanism)
    return "/".join(["page", *(one.replace(" ", "-") for one in named if one)])


def _verdicts(page: Mapping[str, Any]) -> Iterator[Verdict]:
    places = [*_list(page.get("verdicts")), *(s.get("verdict") for s in _sections(page))]
    for stored in places[:MOST_VERDICTS]:
        try:
            yield Verdict.model_validate(stored)
        except ValidationError:
            continue


def _figures(page: Mapping[str, Any]) -> Iterator[Figure]:
    blocks = [block for section in _sections(page) for block in _list(section.get("blocks"))]
    wanted = [b for b in blocks if isinstance(b, Mapping) and b.get("kind") == "figure"]
    for stored in wanted[:MOST_FIGURES]:
        try:
            yield Figure.model_validate(stored)
        except ValidationError:
            continue


def _sections(page: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (one for one in _list(page.get("sections")) if isinstance(one, Mapping))


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []
