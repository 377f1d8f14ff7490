"""Verdicts whose level changed between two runs of the same thing."""

from collections.abc import Iterator, Mapping, Sequence

from ops.advise.case import Case
from ops.advise.claim import Claim, Slot
from ops.advise.digest.alerts import alert_on, open_alerts
from ops.advise.digest.item import DigestItem, ItemKind, is_graver
from ops.advise.digest.news import News, NewsAlert, RunPair
from ops.advise.evidence import Evidence
from ops.advise.read.any_page import page_cases
from ops.page import Subject
from ops.page_value import Phrase

_Alerts = Sequence[tuple[Subject, NewsAlert]]
MODELS = ("classifier-monitor",)  # their verdicts are of models


def verdict_items(news: News) -> Iterator[DigestItem]:
    """Items of subjects that are judged otherwise than before."""
    alerts = open_alerts(news)
    for pair in news.pairs:
        yield from _of_pair(news, pair, alerts)


def _of_pair(news: News, pair: RunPair, alerts: _Alerts) -> Iterator[DigestItem]:
    before = _by_subject(() if pair.before is None else page_cases(pair.before))
    for what, case in _by_subject(page_cases(pair.after)).items():
        then = before.get(what)
        if then is None and (case.level != "bad" or case.subject is None):
            continue
        old = "good" if then is None else then.level
        if is_graver(case.level, old) or (then is not None and is_graver(old, case.level)):
            alert = None if case.subject is None else alert_on(alerts, case.subject)
            if alert is None or alert.alert.opened <= news.since:  # else the new alert says it
                yield _changed(pair, case, then, alert)


def _changed(pair: RunPair, case: Case, then: Case | None, alert: NewsAlert | None) -> DigestItem:
    kind: ItemKind = "model" if pair.after.analysis in MODELS else "verdict"
    link = case.link
    worse = is_graver(case.level, "good" if then is None else then.level)
    if alert is not None and worse:
        kind, link = "finding-graver", f"/alerts/{alert.alert.id}"
    title = _title(case, alert)
    claims = [_claim(_template(then, worse=worse), case)]
    evidence = list(case.evidence)
    if then is not None:
        claims.append(_claim("Before: {said}", then))
        evidence += then.evidence
    return DigestItem(
        id=f"{kind}/{case.id}", kind=kind, level=case.level,
        title=" ".join(p.english() for p in title), title_phrases=title,
        claims=tuple(claim for claim in claims if claim is not None), evidence=tuple(evidence),
        link=link, at=pair.finished, subject=case.subject,
    )  # fmt: skip


def _template(then: Case | None, *, worse: bool) -> str:
    if then is None:
        return "New: {said}"
    return "Worse: {said}" if worse else "Better: {said}"


def _title(case: Case, alert: NewsAlert | None) -> tuple[Phrase, ...]:
    name = case.title_phrases or (Phrase.of("{title}", title=case.title),)
    if alert is not None:
        return Phrase.of("Alert {id}:", id=str(alert.alert.id)), *name
    return name if case.subject else (Phrase.of("{title}", title=case.analysis), *name)


def _claim(template: str, case: Case) -> Claim | None:
    """Say the gravest sentence of a case."""
    said = [one for one in case.evidence if one.quantity == "verdict"]
    gravest = next((one for one in said if one.level == case.level), None) or _first(said)
    if gravest is None:
        return None
    slots = {"said": Slot(evidence=gravest.id)}
    return Claim(role="finding", template=template, slots=slots, case=case.id)


def _first(said: list[Evidence]) -> Evidence | None:
    return said[0] if said else None


def _by_subject(cases: tuple[Case, ...]) -> Mapping[str, Case]:
    return {case.id.partition("/")[2]: case for case in cases}
