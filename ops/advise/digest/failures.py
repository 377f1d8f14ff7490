"""Runs that failed."""

from collections.abc import Iterator

from ops.advise.claim import Claim, Slot
from ops.advise.digest.item import DigestItem
from ops.advise.digest.news import FailedRuns, News
from ops.advise.evidence import Evidence
from ops.advise.read.any_page import topic_of


def failure_items(news: News) -> Iterator[DigestItem]:
    """Items of failed runs: one for each thing that is computed; good again is worth less."""
    for one in news.failed:
        yield _item(one)


def _item(one: FailedRuns) -> DigestItem:
    case = f"{one.id[:8]}/failed"
    slots = {"analysis": Slot(name=one.analysis), "count": Slot(evidence=f"{case}.failures")}
    if one.recovered:
        template = "{analysis} failed {count} times, and succeeded since"
    else:
        template = "{analysis} failed {count} times, the last run too: {message}"
        slots["message"] = Slot(evidence=f"{case}.message")
    claim = Claim(role="finding", template=template, slots=slots, case=case)
    return DigestItem(
        id=f"failed-run/{one.id}", kind="failed-run", level="info" if one.recovered else "warn",
        title=one.analysis, claims=(claim,), evidence=_facts(one, case),
        link=f"/runs/{one.id}", at=one.at,
    )  # fmt: skip


def _facts(one: FailedRuns, case: str) -> tuple[Evidence, ...]:
    topic, link = topic_of(one.analysis), f"/runs/{one.id}"
    count = Evidence(
        id=f"{case}.failures", case=case, topic=topic, kind="number", quantity="failures",
        label="runs that failed", value=one.count, decimals=0, analysis=one.analysis,
        run_id=one.id, link=link, at=one.at,
    )  # fmt: skip
    message = Evidence(
        id=f"{case}.message", case=case, topic=topic, kind="text", quantity="message",
        label="message", value=one.message or "no message", analysis=one.analysis,
        run_id=one.id, link=link, at=one.at, quoted=True,
    )  # fmt: skip
    return count, message
