"""Words that compare, and the recorded comparisons that allow each of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ops.advise.claim import Relation

_ABOVE: frozenset[Relation] = frozenset(["above", "surely-above"])
_BELOW: frozenset[Relation] = frozenset(["below", "surely-below"])
_INSIDE: frozenset[Relation] = frozenset(["within", "equals"])
_OUTSIDE: frozenset[Relation] = frozenset(["outside"])
_EQUAL: frozenset[Relation] = frozenset(["equals"])
_RISES: frozenset[Relation] = frozenset(["rises"])
_FALLS: frozenset[Relation] = frozenset(["falls"])
_TIMES: frozenset[Relation] = frozenset(["before", "after"])
_LATER: frozenset[Relation] = frozenset(["after"])
_SOONER: frozenset[Relation] = frozenset(["before"])
FLIPPED: Mapping[Relation, Relation] = {
    "above": "below", "below": "above", "surely-above": "surely-below",
    "surely-below": "surely-above", "equals": "equals", "before": "after", "after": "before",
}  # fmt: skip
OPPOSITE: Mapping[frozenset[Relation], frozenset[Relation]] = {
    _ABOVE: _BELOW | _EQUAL, _BELOW: _ABOVE | _EQUAL, _INSIDE: _OUTSIDE,
    _OUTSIDE: _INSIDE, _RISES: _FALLS,
    _FALLS: _RISES,
}  # fmt: skip
Extra = Literal[
    "",
    "sure",
    "good",
    "bad",
    "steady",
    "quiet",
    "unsteady",
    "crossing",
    "reference-next",
    "bound",
    "cost",
]


@dataclass(frozen=True, slots=True)
class Direction:
    """A family of words.

    Parameters
    ----------
    relations
        Any of them allows the words, with the subject of the words on the left.
    extra
        What else is asked: that the bounds are clear of it, that higher or lower is better for
        the quantity, that it is shown to stand still, or that no movement was found, that a
        crossing is in the evidence, or that a reference or a number follows (else the word
        compares nothing). A bound stands before a place for it and compares nothing either.
    """

    name: str
    words: re.Pattern[str]
    relations: frozenset[Relation]
    extra: Extra = ""


def _family(name: str, words: str, relations: frozenset[Relation], extra: Extra = "") -> Direction:
    latin, _, han = words.partition("#")
    pattern = rf"(?<![\w-])(?:{'|'.join(latin.split())})(?![\w-])" + (f"|{han}" if han else "")
    return Direction(name, re.compile(pattern.replace("_", r"\s+")), relations, extra)


_LIMITED = r"(?!\s+(?:\w+\s+)?(?:limits?|bounds?|specification|end|side|control|tolerance))"
_NOTHING = r"(?!_(?:the|its|this|that|what|a|to_(?:meet|keep|reach|satisfy)|\ue001)(?!\w))"
_MOVES = "drift|trend|change|shift|creep|jump|movement|moved|moving|step"
DIRECTIONS: tuple[Direction, ...] = (
    _family(
        "at-least", r"at_least no_less_than not_less_than mindestens wenigstens#至少|不低于",
        _ABOVE | _EQUAL, "bound",
    ),
    _family(
        "at-most", r"at_most no_more_than not_more_than höchstens#至多|不超过|最多",
        _BELOW | _EQUAL, "bound",
    ),
    _family(
        "passive-below",  # the subject is exceeded: what exceeds it is above
        r"(?:is|are|was|were|be|been|being)_(?:\w+_)?(?:exceeded|surpassed|topped|overshot)"
        r" (?:wird|werden|wurde)_(?:\w+_)?(?:überschritten|übertroffen)#被超过",
        _BELOW,
    ),
    _family(
        "above",
        rf"above high{_LIMITED} large big huge exceed exceeds exceeding exceeded surpass\w*"
        r" higher greater larger bigger taller"
        rf" upper{_LIMITED} more_than beyond tops outpaces overshoots? oberhalb über höher größer"
        r" mehr_als überschreitet übersteigt übertrifft#高于|大于|超出|超过|以上|高出|更高|更大",
        _ABOVE,
    ),
    _family(
        "below",
        r"below low small tiny negligible beneath less_than smaller shorter fewer_than"
        r" short_of undershoots? falls_short"
        rf" lower{_LIMITED} lesser unterhalb unter niedriger kleiner weniger_als geringer"
        r" unterschreitet#低于|小于|少于|以下|不足|更低|更小",
        _BELOW,
    ),
    _family("over", r"over", _ABOVE, "reference-next"),
    _family("under", r"under", _BELOW, "reference-next"),
    _family("within", r"within inside innerhalb#以内|之内|范围内", _INSIDE, "reference-next"),
    _family(
        "outside", r"outside out_of_(?:specification|tolerance|spec|limits?) außerhalb"
        r" off_target#超差|范围外|之外", _OUTSIDE | _ABOVE | _BELOW,
    ),
    _family(
        "equals", r"equals? equal identical same matches on_target as_high_as as_low_as gleich"
        r" (?:is|are|lies?|stands?)_(?:right_)?at_(?:the|its)_(?:upper_|lower_)?(?:limits?|target"
        r"|\ue000+) at_(?:the|its)_target entspricht identisch#等于|相同|相等", _INSIDE,
    ),
    _family(
        "rises", r"rises? rising rose risen increase(?!_(?:the_)?capacity) increas(?:es|ed"
        r"|ing) grow\w* grew climb\w* upwards? up gains?"
        r" accelerat\w+ steigt steigen\w* gestiegen wächst zunimmt nimmt_zu erhöht aufwärts"
        r"#上升|增加|增长|升高|变大|加快|上涨", _RISES,
    ),
    _family(
        "falls", r"falls? falling fell fallen decreas\w+ declin\w+ drop\w* sink\w* sank shrink\w*"
        r" shrank downwards? down lower(?:ed|ing) reduc(?:ed|ing|es) diminish\w+ fällt fallen\w*"
        r" gefallen sinkt gesunken abnimmt nimmt_ab abwärts#下降|减少|降低|变小|减小|下跌",
        _FALLS,
    ),
    _family(  # at a time that follows: it touches the limit then
        "touches", r"meets?(?=_(?:the|its|a)_(?:upper_|lower_)?limit_(?:in|within)_\ue001)",
        _ABOVE | _BELOW | _OUTSIDE | _TIMES | _EQUAL, "crossing",
    ),
    _family(
        "meets", r"meets? met satisf\w+ fulfil\w* compl(?:y|ies|iant) capable"
        r" (?:no|nothing|without)_(?:\w+_)?(?:problem|concern|issue|wrong)\w* adequate sufficient"
        r" suffices? acceptable reliabl[ey]"
        r" passes passed fine healthy ok okay good enough conform\w* erfüllt"
        r" fähig ausreichend genügt gut#满足|达标|合格|足够|符合|良好|正常|没有?问题"
        r"|无问题", _ABOVE | _BELOW
        | _INSIDE, "good",
    ),
    _family(
        "breaks", rf"(?:fails?|failing){_NOTHING}", frozenset(),
    ),
    _family(
        "misses", r"miss(?:es|ed|ing)? fails? failing violat\w+ incapable insufficient inadequate"
        r" unacceptable unsafe unreliabl[ey]"
        r" poor bad unfähig verfehlt verletzt ungenügend schlecht"
        r"#不达标|不合格|未达|不良|违反", _ABOVE | _BELOW | _OUTSIDE, "bad",
    ),
    _family(
        "better", r"better improv\w+ superior"
        r" healthier besser verbesser\w+"
        r"#更好|改善|优于", _ABOVE | _BELOW | _RISES | _FALLS, "good",
    ),
    _family(
        "worse", r"worse\w* degrad\w+ deteriorat\w+ inferior schlechter verschlechter\w+"
        r" schlimm\w*#更差|恶化|变差|劣于", _ABOVE | _BELOW | _RISES | _FALLS, "bad",
    ),
    _family(
        "steady", r"stable stably consistent(?!_with)"
        r" steady(?!_(?:drift|movement|rise|fall|increase|decrease|trend))"
        r" unchanged constant flat in_control under_control free_of_drift stands?_still unmoved"
        r" (?<!learnt\s)(?:stays?|stayed|remains?|remained)(?!_(?:below|above|within|under|over)_)"
        r" keeps?_(?:its|the)_(?:level|mean|value|values) stabil konstant unverändert ohne_drift"
        r" unter_kontrolle#稳定|无漂移|不变|受控", _INSIDE, "steady",
    ),
    _family(
        "quiet", rf"no_(?:\w+_)?(?:{_MOVES}) (?:not|never)_(?:been_)?(?:{_MOVES})\w*"
        rf" without_(?:a_|any_)?(?:{_MOVES}) kein\w*_(?:drift|trend)#没有漂移"
        rf"|未漂移", _INSIDE, "quiet",
    ),
    _family(
        "unsteady", r"unstable out_of_control erratic instabil außer_kontrolle#不稳定|失控",
        _OUTSIDE, "unsteady",
    ),
    _family(
        "sure", r"significant\w* clear(?:ly)? sure(?:ly)? certain(?:ly)? definite\w* undoubted\w*"
        r" proven proves? confirmed confirms? evident\w* obvious\w* signifikant\w* deutlich\w*"
        r" eindeutig\w* sicher bewiesen#显著|明显|肯定|一定|必然|确定", frozenset(
            ["surely-above", "surely-below", "outside", "rises", "falls", "above", "below"]
        ), "sure",
    ),
    _family(
        "extreme", r"highest largest greatest biggest lowest smallest (?<!at\s)least fastest"
        r" slowest"
        r" maximal"
        r" best worst safe beste[rnms]?"
        r" maximum minimal minimum strongest weakest höchste\w* größte\w*"
        r" niedrigste\w* kleinste\w* schnellste\w*#最高|最大|最低|最小|最快|最好|最差", frozenset(),
    ),
    _family(
        "crosses", r"cross(?:es|ing|ed)? reach(?:es|ing|ed)? hits? leaves? overtakes? runs?_into"
        r" erreicht kreuzt verlässt#到达|达到|越过|触及", _ABOVE | _BELOW | _OUTSIDE
        | _TIMES | _EQUAL, "crossing",
    ),
    _family(
        "more", r"strong long faster stronger later (?<!no\s)longer dear dearer costly expensive"
        r" costlier pricier schneller stärker später länger teurer#更快|更晚|更强|更贵",
        _ABOVE | _LATER, "cost",
    ),
    _family(
        "less", r"weak slight slower weaker sooner earlier cheap cheaper cheapest langsamer"
        r" schwächer früher billiger#更慢|更早|更弱|更便宜", _BELOW | _SOONER, "cost",
    ),
    _family("nearer", r"near(?:er|est)? closer", frozenset()),
)  # fmt: skip
NEGATION = re.compile(
    r"\b(?:not|no|nor|never|neither|without|cannot|hardly|scarcely|barely|nicht|kein\w*|nie|niemals"
    r"|ohne|weder|kaum|fail(?:s|ed)? to|far from|anything but|longer)\b|n['\u2019]t\b|[不没未无非]"
)
