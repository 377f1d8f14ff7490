"""Lives of groups compared as evidence: a case for each pair, and one for all.

Quantities: life-ratio, p-value, b10, life-share and their -lower bounds, verdict. Facts:
life-test, family, group, reference-group, finding, group-means.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.stored import Stored, verdict_on, verdicts_of
from ops.advise.read.told_life import ToldLife, life_test_title, tell_life
from ops.page import Subject
from ops.page_value import Level, Phrase

MOST = 20  # pairs: those that differ first


class _Pair(Stored):
    one: str
    other: str
    ratio: float | None = None
    lower: float | None = None
    upper: float | None = None
    adjusted_p: float | None = None
    finding: str = ""


class _Family(Stored):
    family: str = ""
    pairs: tuple[_Pair, ...] = ()


class _Group(Stored):
    name: str
    life: float | None = None
    lower_one_sided: float | None = None
    lower: float | None = None
    upper: float | None = None


class _Compared(Stored):
    title: str = ""
    unit: str = ""
    group_means: str = ""
    site: str | None = None
    share: float = 0.1
    confidence: float | None = None
    chosen: str = ""
    families: tuple[_Family, ...] = ()
    groups: tuple[_Group, ...] = ()


def read_lifetime_compare(run: StoredRun) -> Iterator[Case]:
    """Cases of a comparison of groups."""
    found = _Compared.model_validate(run.result)
    code = str(run.params.get("life_test") or "")
    about = Subject(site=found.site, factors={"life test": code} if code else {})
    of = Dossier(run, code or "groups", "lifetime", about)
    for group in found.groups[:MOST]:
        life = ToldLife(
            p=found.share, estimate=group.life, lower_one_sided=group.lower_one_sided,
            lower=group.lower, upper=group.upper,
        )  # fmt: skip
        tell_life(of, life, found.unit, found.confidence, group=group.name)
    level = tell_verdicts(of, run, found.title)
    facts = {"life-test": code, "family": found.chosen, "group-means": found.group_means}
    yield of.case(life_test_title(code), level, facts)
    chosen = next((f for f in found.families if f.family == found.chosen), None)
    pairs = () if chosen is None else sorted(chosen.pairs, key=lambda p: p.finding == "open")
    for pair in pairs[:MOST]:
        yield _pair(run, found, pair, code)


def _pair(run: StoredRun, found: _Compared, pair: _Pair, code: str) -> Case:
    verdict = verdict_on(verdicts_of(run), level=pair.one)
    about = verdict.subject if verdict else None
    subject = about or Subject(site=found.site, factors={found.group_means or "group": pair.one})
    what = "/".join(filter(None, (code, f"{pair.one}-{pair.other}".replace(" ", "-"))))
    of = Dossier(run, what, "lifetime", subject)
    of.number(
        "life-ratio",
        Phrase.of("life of {one} over that of {other}", one=pair.one, other=pair.other),
        pair.ratio,
        lower=pair.lower, upper=pair.upper, confidence=found.confidence, reference=1.0,
        reference_label="alike",
    )  # fmt: skip
    of.number("p-value", "p-value over all pairs", pair.adjusted_p)
    of.verdict(verdict)
    levels: dict[str, Level] = {"shorter": "bad", "longer": "good", "alike": "good"}
    facts = {
        "life-test": code, "family": found.chosen, "group": pair.one,
        "reference-group": pair.other, "finding": pair.finding,
        "group-means": found.group_means,
    }  # fmt: skip
    level = verdict.level if verdict else levels.get(pair.finding, "info")
    return of.case(Phrase.of("{one} against {other}", one=pair.one, other=pair.other), level, facts)
