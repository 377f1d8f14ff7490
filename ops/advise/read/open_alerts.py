"""How many alerts are open, as a case: of all that were looked up, and not of those told."""

from collections.abc import Sequence

from ops.advise.case import Case
from ops.advise.evidence import Evidence
from ops.advise.question import Intent
from ops.advise.sources import AlertRecord
from ops.page_value import Phrase

CASE = "alerts/open"
_DAY_US = 86_400_000_000


def has_window(intent: Intent) -> bool:
    """Whether a stretch of time is asked about."""
    return intent.days is not None or intent.older is not None


def within(
    intent: Intent, alerts: Sequence[AlertRecord], *, now_us: int
) -> tuple[AlertRecord, ...]:
    """Alerts that were opened in the stretch of time that is asked about; all if none is."""
    first = None if intent.days is None else now_us - intent.days * _DAY_US
    last = None if intent.older is None else now_us - intent.older * _DAY_US
    return tuple(
        one
        for one in alerts
        if (first is None or one.opened >= first) and (last is None or one.opened < last)
    )


def open_alert_cases(
    intent: Intent, alerts: Sequence[AlertRecord], *, now_us: int, more: int = 0
) -> tuple[Case, ...]:
    """Case that counts open alerts, if a question is about alerts and names none of them.

    Parameters
    ----------
    alerts
        What was looked up; those of other sites than are named do not count.
    more
        Alerts that are open beside these.
    """
    if intent.topics != ("alert",) or any(one.kind == "alert" for one in intent.named):
        return ()
    sites = {one.code for one in intent.named if one.kind == "site"}
    standing = [a for a in alerts if a.state != "closed" and (not sites or a.site in sites)]
    meant = within(intent, standing, now_us=now_us)
    late = sum(1 for one in standing if one.due is not None and one.due < now_us)
    counts: tuple[tuple[str, Phrase, int], ...] = (
        ("open-alerts", Phrase.of("open alerts"), len(standing) + more),
        ("overdue-alerts", Phrase.of("overdue alerts"), late),
    )
    if has_window(intent):
        counts += (("window-alerts", Phrase.of("open alerts of the time asked about"), len(meant)),)
    told = tuple(
        Evidence(
            id=f"{CASE}.{quantity}", case=CASE, topic="alert", kind="number", quantity=quantity,
            label=label.english(), label_phrase=label, value=float(count), decimals=0,
            link="/alerts", at=now_us,
        )
        for quantity, label, count in counts
    )  # fmt: skip
    title = Phrase.of("Open alerts")
    return (
        Case(CASE, "alert", "", title.english(), "info", now_us, "/alerts", told, None, None, {},
             (title,)),
    )  # fmt: skip
