"""Alerts of a stretch: opened, closed, or graver: they rose, or their time ran out."""

from collections.abc import Iterable, Iterator, Sequence

from ops.advise.case import Case
from ops.advise.claim import Claim, Slot
from ops.advise.digest.item import DigestItem, ItemKind
from ops.advise.digest.news import News, NewsAlert
from ops.advise.read.alert import alert_case
from ops.page import Subject
from ops.page_value import Level

_OUTCOMES = {  # whole templates: they are translated
    "confirmed": "Closed, it was real: {title}",
    "false-alarm": "Closed, a false alarm: {title}",
    "unclear": "Closed, unclear whether it was real: {title}",
}


def alert_items(news: News) -> Iterator[DigestItem]:
    """Items of alerts; one that was opened and closed in the stretch is one item."""
    for one in news.alerts:
        alert = one.alert
        if alert.closed is not None and news.since < alert.closed <= news.now:
            template = _OUTCOMES.get(one.outcome, "Closed: {title}")
            yield _item(one, "finding-closed", template, alert.closed, "good")
        elif alert.closed is not None:
            continue
        elif news.since < alert.opened <= news.now:
            yield _item(one, "finding-new", "New: {title}", alert.opened)
        elif alert.due is not None and news.since < alert.due <= news.now:
            template = "Its time ran out on {due}: {title}"
            yield _item(one, "finding-graver", template, alert.due, "bad")
        elif one.raised is not None and news.since < one.raised <= news.now:
            template = "It rose from a warning to a hold: {title}"
            yield _item(one, "finding-graver", template, one.raised)


def open_alerts(news: News) -> Sequence[tuple[Subject, NewsAlert]]:
    """Alerts that are open, each with what it is about."""
    found = [(alert_case(one.alert).subject, one) for one in news.alerts if not one.alert.closed]
    return [(about, one) for about, one in found if about is not None and about.factors]


def alert_on(alerts: Iterable[tuple[Subject, NewsAlert]], subject: Subject) -> NewsAlert | None:
    """Find the open alert on a subject: of its site and guilty level, and its characteristic.

    An alert names one characteristic; a subject that is whole is one alert for all of them.
    """
    for about, one in alerts:
        same = about.site == subject.site and about.factors == subject.factors
        codes = {about.characteristic, subject.characteristic}
        alike = subject.whole or len(codes - {None}) < 2
        if same and alike and about.mechanism == subject.mechanism:
            return one
    return None


def _item(
    one: NewsAlert, kind: ItemKind, template: str, at: int, level: Level | None = None
) -> DigestItem:
    case = alert_case(one.alert)
    return DigestItem(
        id=f"{kind}/{one.alert.id}", kind=kind, level=level or case.level,
        title=case.title, title_phrases=case.title_phrases,
        claims=(_claim(case, template),), evidence=case.evidence, link=case.link, at=at,
        subject=case.subject,
    )  # fmt: skip


def _claim(case: Case, template: str) -> Claim:
    slots = {"title": case.named()}
    title = case.get("title")
    if title is not None:
        slots["title"] = Slot(evidence=title.id)
    due = case.get("due")
    if "{due}" in template and due is not None:
        slots["due"] = Slot(evidence=due.id)
    rests = tuple(e.id for e in (case.get("points"),) if e is not None)
    return Claim(role="finding", template=template, slots=slots, evidence=rests, case=case.id)
