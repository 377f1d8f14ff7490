"""Cases of several runs side by side: of the same thing the newest counts, and sites are told."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ops.advise.case import Case
from ops.page_value import Phrase

_Key = tuple[str, str, str, str]


def newest(cases: Sequence[Case]) -> tuple[Case, ...]:
    """Cases without those that a later run of the same analysis found of the same thing.

    A night's run and one by hand tell the same twice. Plans are left: one that is asked about
    stands beside the one that it is held against.
    """
    latest: dict[_Key, int] = {}
    for case in cases:
        key = _key(case)
        latest[key] = max(latest.get(key, case.found), case.found)
    return tuple(
        case
        for case in cases
        if not case.analysis or case.topic == "plan" or case.found == latest[_key(case)]
    )


def with_sites(cases: Sequence[Case]) -> tuple[Case, ...]:
    """Cases whose titles name their site where another site has a case of the same title."""
    sites = Counter(title for title, _ in {(case.title, _site(case)) for case in cases})
    return tuple(
        _at(case, _site(case)) if sites[case.title] > 1 and _site(case) else case for case in cases
    )


def _at(case: Case, site: str) -> Case:
    title = case.title_phrases or (Phrase.of("{title}", title=case.title),)
    at = Phrase.of("at {site}", site=site)
    return replace(case, title=f"{case.title} {at.english()}", title_phrases=(*title, at))


def _key(case: Case) -> _Key:
    return case.analysis, _site(case), case.id.partition("/")[2], case.title


def _site(case: Case) -> str:
    return (case.subject.site or "") if case.subject is not None else ""
