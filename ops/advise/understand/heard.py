"""What the vocabularies find in a text: topics, what is asked, quantities, the plant as a whole."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ops.advise.catalogue import TOPICS, Topic
from ops.advise.question import Asks
from ops.advise.understand.languages import LANGUAGES
from ops.advise.understand.vocabulary import Vocabulary, alternatives, says
from ops.advise.understand.wording import parted

ASKS: tuple[Asks, ...] = (
    "what-if", "digest", "cause", "action", "when", "cost", "history", "status",
)  # fmt: skip
_IMPLIED: dict[Topic, frozenset[str]] = {  # a quantity that only one topic has
    "drift": frozenset({
        "slope", "step", "crossing-days", "recovered-share", "cost-acting", "cost-keeping",
        "cost-week", "action-day", "wear", "present-life",
    }),
    "capability": frozenset({"cpk", "ppk", "cp", "ppm", "off-centre", "sigma", "mean", "position"}),
    "lifetime": frozenset({
        "family", "infant", "b10", "life-share", "shape", "eta", "hazard-ratio", "failures",
        "activation-energy", "expected-failures", "failure-rate", "expected-returns",
        "mode-share"}),
    "plan": frozenset({
        "total-cost", "service-level", "shadow-price", "bottleneck", "violated-rule",
        "demand-change", "saving-by-replan", "carbon", "cost-per-unit",
    }),
    "classifier": frozenset({
        "average-precision", "brier", "calibration-slope", "input-shift", "champion-version",
        "challenger-gain", "precision", "recall", "rmse",
    }),
    "forecast": frozenset({"wape"}),
    "gauge": frozenset({"grr", "ndc"}),
}  # fmt: skip


_DOUBTS = {
    True: ("error*", "accura*", "good", "bad", "trust*", "wrong", "ok", "okay", "off", "reliab*",
           "right", "worse", "better", "fehler*", "genau*", "gut", "schlecht*", "ordnung",
           "verlässlich*", "stimmt", "why", "warum"),
    False: ("准", "误差", "好", "可靠", "为什么", "正常"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heard:
    """What a text says apart from names."""

    topics: tuple[Topic, ...] = ()
    asks: tuple[Asks, ...] = ()
    quantities: tuple[str, ...] = ()
    general: bool = False
    foreign: bool = False  # of what no plant is asked for
    of_tools: bool = False
    deictic: bool = False
    pointing: bool = False  # at what is in sight, beside what is named


def heard(text: str) -> Heard:
    """Hear what a tidied text says, its names taken out."""
    whole = text.casefold()
    apart = parted(whole)
    said = [(language, apart if language.spaced else whole) for language in LANGUAGES]
    quantities = _quantities(said)
    topics = _topics(said, quantities)
    if topics == ("forecast",) and not {*quantities} - {"of-place"} and not _doubts(said):
        quantities = ("demand-horizon", "expected-demand")
    foreign = any(says(t, x.foreign, spaced=x.spaced) for x, t in said)
    return Heard(
        topics=topics,
        asks=_asks(said, bool(quantities)),
        quantities=quantities,
        general=any(says(t, x.general, spaced=x.spaced) for x, t in said) and not foreign,
        foreign=foreign,
        of_tools=any(says(t, _tools(x), spaced=x.spaced) for x, t in said),
        deictic=any(says(t, x.deictic, spaced=x.spaced) for x, t in said),
        pointing=any(_points(t, x) for x, t in said),
    )


def _tools(language: Vocabulary) -> tuple[str, ...]:
    return tuple(f"{term}*" if language.spaced else term for term in language.kinds["tool"])


def _doubts(said: list[tuple[Vocabulary, str]]) -> bool:
    """Whether a forecast is doubted, so that its error is asked for, and not what it foretells."""
    return any(says(t, _DOUBTS[x.spaced], spaced=x.spaced) for x, t in said)


def _points(text: str, language: Vocabulary) -> bool:
    """Whether it points at what is in sight; "this WB-07" points at a name, a semicolon here."""
    kinds = tuple(term for terms in language.kinds.values() for term in terms)
    apart = _at_name(language.pointing, kinds, language.spaced).sub(" ", text)
    return says(apart, language.pointing, spaced=language.spaced)


@cache
def _at_name(pointing: tuple[str, ...], kinds: tuple[str, ...], spaced: bool) -> re.Pattern[str]:
    kind = alternatives(kinds, spaced)
    return re.compile(rf"{alternatives(pointing, spaced)}\s*{kind}?\s*(?=;)")


def _topics(said: list[tuple[Vocabulary, str]], quantities: Iterable[str]) -> tuple[Topic, ...]:
    found: set[Topic] = {
        topic
        for language, text in said
        for topic, terms in language.topics.items()
        if says(text, terms, spaced=language.spaced)
    }
    if not found:
        found = {t for t, implied in _IMPLIED.items() if not implied.isdisjoint(quantities)}
    return tuple(topic for topic in TOPICS if topic in found)


def _asks(said: list[tuple[Vocabulary, str]], with_quantity: bool) -> tuple[Asks, ...]:
    found = {
        asked
        for language, text in said
        for asked, terms in language.asks.items()
        if says(text, terms, spaced=language.spaced)
    }
    more: tuple[Asks, ...] = tuple(asked for asked in ASKS if asked in found and asked != "status")
    status: tuple[Asks, ...] = ("status",) if "status" in found else ()
    return more + status if with_quantity else more or status


def _quantities(said: list[tuple[Vocabulary, str]]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            slug
            for language, text in said
            for slug, terms in language.quantities.items()
            if says(text, terms, spaced=language.spaced)
        )
    )
