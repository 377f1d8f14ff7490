"""Models that moved: aliases and new versions, one item for each alias and each version."""

from collections.abc import Iterator

from ops.advise.claim import Claim, Slot
from ops.advise.digest.item import DigestItem
from ops.advise.digest.news import AliasMove, News, NewVersion
from ops.advise.evidence import Evidence
from ops.page import Subject
from ops.page_value import Phrase


def model_items(news: News) -> Iterator[DigestItem]:
    """Items of models; several moves of one alias are one, from where it stood to where it is."""
    moves: dict[tuple[str | None, str, str], list[AliasMove]] = {}
    for move in sorted(news.moves, key=lambda one: (one.at, one.id)):
        moves.setdefault((move.site, move.model, move.alias), []).append(move)
    promoted = set[tuple[str | None, str, int | None]]()
    for several in moves.values():
        first, last = several[0], several[-1]
        if first.previous != last.number:
            promoted.add((last.site, last.model, last.number))
            yield _moved(first, last)
    for version in news.versions:
        if (version.site, version.model, version.number) not in promoted:
            yield _registered(version)


def _moved(first: AliasMove, last: AliasMove) -> DigestItem:
    what = f"model/{last.model}/{last.alias}"
    facts = [
        _version(f"{what}/{last.id}.version", last, last.number),
        _version(f"{what}/{last.id}.version.2", last, first.previous),
    ]
    now, before = facts
    slots = {"alias": Slot(name=last.alias), "model": Slot(name=last.model)}
    if now is None:
        template = "{alias} of {model} was taken away"
    elif before is None:
        template = "{alias} of {model} is now version {now}"
        slots["now"] = Slot(evidence=now.id)
    else:
        template = "{alias} of {model} is now version {now}, it was version {before}"
        slots |= {"now": Slot(evidence=now.id), "before": Slot(evidence=before.id)}
    evidence = tuple(one for one in facts if one is not None)
    return _item(f"{what}/{last.id}", last, template, slots, evidence)


def _registered(version: NewVersion) -> DigestItem:
    what = f"model/{version.model}/version-{version.number}"
    fact = _version(f"{what}.version", version, version.number)
    slots = {"model": Slot(name=version.model)}
    if fact is not None:
        slots["now"] = Slot(evidence=fact.id)
    evidence = () if fact is None else (fact,)
    return _item(what, version, "Version {now} of {model} was registered", slots, evidence)


def _item(
    what: str,
    of: AliasMove | NewVersion,
    template: str,
    slots: dict[str, Slot],
    evidence: tuple[Evidence, ...],
) -> DigestItem:
    claim = Claim(role="finding", template=template, slots=slots)
    title = Phrase.of("model {model}", model=of.model)
    return DigestItem(
        id=what, kind="model", level="info", title=title.english(),
        title_phrases=(title,), claims=(claim,),
        evidence=evidence, link=_link(of), at=of.at, subject=_subject(of),
    )  # fmt: skip


def _version(id_: str, of: AliasMove | NewVersion, number: int | None) -> Evidence | None:
    if number is None:
        return None
    label = Phrase.of("version of {model}", model=of.model)
    run = of.run_id if isinstance(of, NewVersion) else None
    return Evidence(
        id=id_, case=id_.rpartition(".version")[0], topic="classifier", kind="number",
        quantity="version", label=label.english(), label_phrase=label, value=number, decimals=0,
        run_id=run, link=_link(of), subject=_subject(of), at=of.at,
    )  # fmt: skip


def _subject(of: AliasMove | NewVersion) -> Subject:
    return Subject(site=of.site, factors={"model": of.model})


def _link(of: AliasMove | NewVersion) -> str:
    return f"/models/{of.model}"
