"""How many alerts are open, as a case: of all that were looked up, and not of those told."""

from collections.abc import Sequence

from ops.advise.case import Case
from ops.advise.evidence import Evidence
from ops.advise.question import Intent
from ops.advise.sources import AlertRecord
from ops.page_value import Phrase

CASE = "alerts/open"


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
    late = sum(1 for one in standing if one.due is not None and one.due < now_us)
    counts = (
        ("open-alerts", Phrase.of("open alerts"), len(standing) + more),
        ("overdue-alerts", Phrase.of("overdue alerts"), late),
    )
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
