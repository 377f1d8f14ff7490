"""What a question asks, by rules: topics, things named, and what is wanted of them.

A question is a text and nothing else: whatever it says, it can only name things out of the names
that the asker may see, so that it never widens what is read.
"""

from collections.abc import Sequence

from ops.advise.catalogue import TOPICS, Topic
from ops.advise.question import About, AboutKind, Asks, Intent, Named, Question, Wish
from ops.advise.understand.ago import window_of
from ops.advise.understand.analysis_words import analyses_in
from ops.advise.understand.heard import Heard, heard
from ops.advise.understand.naming import naming
from ops.advise.understand.nearest import nearest
from ops.advise.understand.numbered import with_numbered
from ops.advise.understand.of_page import of_page
from ops.advise.understand.sought import sought
from ops.advise.understand.spelling import spelled
from ops.advise.understand.supposing import supposes
from ops.advise.understand.topic_analyses import topic_of
from ops.advise.understand.wishes import wishes_in
from ops.advise.understand.wording import tidy

MOST_NAMED = 100
_IMPLIED: dict[AboutKind, Topic] = {  # what is asked of such a thing, if nothing is said
    "model": "classifier",
    "scenario": "plan",
    "life-test": "lifetime",
    "alert": "alert",
    "dataset": "classifier",
}


_ABOUT_PLANS: frozenset[Topic] = frozenset({"plan", "forecast"})
# Things of the shop floor: no plan changes with them, and what was done to them has many causes.
_FLOOR: frozenset[AboutKind] = frozenset({"tool", "model", "alert"})
_MADE: frozenset[AboutKind] = frozenset({"tool", "model", "scenario", "alert"})


def understood(question: Question, names: Sequence[Named], *, now_us: int | None = None) -> Intent:
    """Understand a question.

    Nothing is understood of a text that names nothing and asks nothing of the plant: its intent
    has no topics, no names and no asks, and `understood_nothing` of it is true.

    Parameters
    ----------
    names
        All that may be named: what the asker may see.
    now_us
        Now, microseconds since 1970 UTC, for "since Monday"; None: a week at most.

    Examples
    --------
    >>> bonder = Named(kind="tool", code="WB-07")
    >>> intent = understood(Question(text="Why does wb 07 drift?"), (bonder,))
    >>> intent.topics, intent.asks, intent.named[0].code
    (('drift',), ('cause',), 'WB-07')
    """
    tidied = tidy(question.text)
    seen = [n for n in names if question.site is None or n.site in (None, question.site)]
    read = with_numbered(naming(tidied, seen), seen)
    rest = spelled(read.rest.casefold())
    said = heard(rest)
    page = of_page(question.about, read, pointing=said.pointing, names=names)
    named = _of_sites_said((*page.text, *page.kept), read.families)
    subjects = _subjects(rest, said, bare=_without_tools(named))
    wishes = wishes_in(rest)
    topics = said.topics or _topics_of((*named, *subjects), question.about)
    topics = _fitting(_with_models(topics, read.named), said, wishes, named)
    means = bool(
        subjects or said.topics or read.named or read.unknown or read.factors or said.quantities
    )
    on_page = bool(question.about) and bool(said.asks or said.general or said.deictic)
    if said.foreign and not named and not read.unknown:
        return Intent(topics=(), asks=())
    asks = said.asks or (("status",) if means or said.general or on_page else ())
    plans = bool(read.unknown) or not _ABOUT_PLANS.isdisjoint(said.topics)
    asks = _supposing(asks, rest, wishes, named, plans=plans or bool(said.topics))
    if "what-if" in asks and not plans and _of_floor(named):
        asks = _without_what_if(asks)
    if not (means or said.general or on_page or "digest" in asks or "what-if" in asks):
        topics, named, asks = (), (), ()
    if "what-if" in asks and _ABOUT_PLANS.isdisjoint(said.topics):
        topics = ("plan",)
    unknown = () if "what-if" in asks and "plan" in topics else read.unknown  # of the scenario
    window = window_of(tidied, now_us=now_us)
    return Intent(
        topics=topics,
        asks=asks,
        named=(*named, *subjects)[:MOST_NAMED] if asks else (),
        excluded=read.excluded[:MOST_NAMED],
        passed_over=page.passed_over if asks else (),
        unknown=unknown,
        near={word: nearest(word, seen) for word in unknown},
        factors=read.factors,
        quantities=said.quantities,
        wishes=wishes,
        sought=sought(rest, topics=topics, asks=asks, wishes=wishes, named=named),
        days=window[0],
        older=window[1],
    )


def _fitting(
    topics: tuple[Topic, ...], said: Heard, wishes: Sequence[Wish], named: Sequence[Named]
) -> tuple[Topic, ...]:
    """Topics as what else is said makes them: a trend of demand, a lot apart, the worst tool."""
    undrifting: tuple[Topic, ...] = tuple(one for one in topics if one != "drift")
    if "forecast" in topics and not (named or said.of_tools):
        return undrifting
    if "stratum" in said.quantities:
        return undrifting or ("capability",)
    if said.of_tools and not topics and "worst" in wishes:
        return ("drift",)
    return topics


def understood_nothing(intent: Intent) -> bool:
    """Whether nothing of a question was understood, so that all to say is what can be asked."""
    return not (intent.topics or intent.asks or intent.named or intent.unknown)


def _without_tools(named: Sequence[Named]) -> bool:
    """Whether what is named leaves open which analysis of it is meant."""
    kinds = {one.kind for one in named}
    return _MADE.isdisjoint(kinds) and (kinds <= {"site"} or "characteristic" in kinds)


def _supposing(
    asks: tuple[Asks, ...],
    rest: str,
    wishes: Sequence[Wish],
    named: Sequence[Named],
    *,
    plans: bool,
) -> tuple[Asks, ...]:
    """Asks with a what-if where a change of a plan is supposed; to do nothing changes none."""
    if "nothing" in wishes:
        return _without_what_if(asks)
    if "what-if" in asks or _of_floor(named) or not plans or not supposes(rest):
        return asks
    return ("what-if", *(one for one in asks if one != "status"))


def _without_what_if(asks: tuple[Asks, ...]) -> tuple[Asks, ...]:
    left: tuple[Asks, ...] = tuple(one for one in asks if one != "what-if")
    return left or ("status",)


def _of_floor(named: Sequence[Named]) -> bool:
    """Whether what is named is of the shop floor; a product alone is of a plan as well."""
    return any(one.kind in _FLOOR for one in named)


def _subjects(rest: str, said: Heard, *, bare: bool) -> tuple[Named, ...]:
    """Analyses that are asked for by their subject.

    Beside a tool only those that know no tools; a risk is one of the network where a plan is said,
    and which lot it is no analysis of a subject tells.
    """
    found = [name for name in analyses_in(rest) if bare or name == "virtual-metrology"]
    if "plan" not in said.topics:
        found = [name for name in found if name != "network-stress"]
    if "stratum" in said.quantities:
        found = []
    return tuple(Named(kind="analysis", code=name) for name in found)


def _of_sites_said(
    named: Sequence[Named], families: Sequence[tuple[Named, ...]]
) -> tuple[Named, ...]:
    """Things without their namesakes at sites that are not named, if sites are.

    Of a family that has some there, none are left elsewhere.
    """
    sites = {one.code for one in named if one.kind == "site"}
    there = {(n.kind, n.code) for n in named if n.site in sites}
    for family in families:
        if any(one.site in sites for one in family):
            there |= {(one.kind, one.code) for one in family}
    return tuple(
        dict.fromkeys(
            n for n in named if n.kind == "site" or n.site in sites or (n.kind, n.code) not in there
        )
    )


def _with_models(topics: tuple[Topic, ...], named: Sequence[Named]) -> tuple[Topic, ...]:
    """Topics with that of models where nothing but models is named: their inputs move, too."""
    kinds = {one.kind for one in named} - {"site"}
    if not topics or not kinds or not kinds <= {"model", "dataset"}:
        return topics
    return tuple(topic for topic in TOPICS if topic in topics or topic == "classifier")


def _topics_of(named: Sequence[Named], about: Sequence[About]) -> tuple[Topic, ...]:
    kinds = {n.kind for n in named}
    if "characteristic" in kinds:
        kinds -= {"life-test"}  # a package is more than its life tests
    found = {_IMPLIED[kind] for kind in kinds if kind in _IMPLIED}
    named_analyses = (n for n in named if n.kind == "analysis")
    found |= {t for n in named_analyses if (t := topic_of(n.code)) is not None}
    found |= {t for a in about if a.kind == "analysis" and (t := topic_of(a.code)) is not None}
    return tuple(topic for topic in TOPICS if topic in found)
