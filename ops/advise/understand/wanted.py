"""What is looked up for a question: fixed queries, bounded, by what was understood of it."""

from ops.advise.catalogue import TOPICS, Topic
from ops.advise.question import AboutKind, Intent, Question
from ops.advise.sources import Wanted
from ops.advise.understand.topic_analyses import ANALYSES
from ops.advise.understand.understood import understood_nothing

EVENT_DAYS = 90.0  # looked back for what may be behind a change
MOST_DAYS = 730.0
MOST_CODES = 50
_DAY_US = 86_400_000_000
_AT_TOOLS: frozenset[Topic] = frozenset({"drift", "capability", "gauge", "alert"})
_MEASURED: frozenset[Topic] = frozenset({"drift", "capability"})
_OF_KIND: dict[AboutKind, tuple[Topic, ...]] = {  # looked up if a thing is named and no topic is
    "tool": ("drift", "capability", "gauge", "alert"),
    "characteristic": ("drift", "capability", "gauge", "forecast", "alert"),
    "alert": ("drift", "alert"),
    "model": ("classifier",),
    "dataset": ("classifier",),
    "life-test": ("lifetime",),
    "scenario": ("plan", "forecast"),
}
_BESIDE: dict[Topic, tuple[str, ...]] = {  # what moves a process explains its index
    "capability": ("drift", "drift-screen", "metrology-agreement"),
    "alert": ("drift", "capability", "classifier-monitor"),
    "gauge": ("drift-screen",),  # masters of gauges are looked at as tools are
}


def wanted(intent: Intent, question: Question, *, now_us: int) -> Wanted:
    """Say what is to be read for a question.

    Parameters
    ----------
    question
        Its site bounds what is read; its text is not looked at.
    now_us
        Now, microseconds since 1970 UTC.
    """
    if understood_nothing(intent):
        return Wanted(site=question.site)
    topics = _topics(intent)
    at_tools = not _AT_TOOLS.isdisjoint(topics)
    return Wanted(
        analyses=_analyses(intent, topics),
        runs=_codes(intent, "run"),
        site=question.site or (None if "plan" in topics else _only_site(intent)),
        tools=_codes(intent, "tool"),
        characteristics=_codes(intent, "characteristic"),
        codes=_codes(intent, "model", "dataset", "life-test", "scenario"),
        alerts=at_tools or "digest" in intent.asks,
        alert_ids=tuple(int(code) for code in _codes(intent, "alert") if code.isdecimal()),
        events_since=_since(intent, now_us) if at_tools else None,
    )


def _topics(intent: Intent) -> tuple[Topic, ...]:
    if intent.topics:
        return intent.topics
    meant = {topic for one in intent.named for topic in _OF_KIND.get(one.kind, ())}
    return tuple(topic for topic in TOPICS if not meant or topic in meant)


def _analyses(intent: Intent, topics: tuple[Topic, ...]) -> tuple[str, ...]:
    pages = _codes(intent, "analysis")
    measured = () if _MEASURED.isdisjoint(topics) else ("gauge-study",)  # whether it can be trusted
    told = (name for topic in topics for name in ANALYSES[topic])
    beside = (name for topic in topics for name in _BESIDE.get(topic, ()))
    return tuple(dict.fromkeys((*pages, *told, *beside, *measured)))


def _codes(intent: Intent, *kinds: AboutKind) -> tuple[str, ...]:
    codes = dict.fromkeys(one.code for one in intent.named if one.kind in kinds)
    return tuple(codes)[:MOST_CODES]


def _only_site(intent: Intent) -> str | None:
    """Site of all that is named; None if there are several, or something is of none.

    Of a plan a site is a place of its network, and says nothing of where the plan is kept.
    """
    sites = {one.site for one in intent.named if one.kind not in ("run", "analysis")}
    return sites.pop() if len(sites) == 1 else None


def _since(intent: Intent, now_us: int) -> int:
    days = EVENT_DAYS if intent.days is None else min(intent.days, MOST_DAYS)
    if "cause" in intent.asks:
        days = max(days, EVENT_DAYS)  # a cause may be older than the stretch that is asked about
    return now_us - int(days * _DAY_US)
