"""What else is wanted of an answer: a comparison, the worst, a number, how sure, or an order."""

from collections.abc import Mapping

from ops.advise.question import Wish
from ops.advise.understand.vocabulary import says
from ops.advise.understand.wording import parted

_SPACED: Mapping[Wish, tuple[str, ...]] = {
    "compare": (
        "compare*", "comparison*", "versus", "vs", "better than", "worse than",
        "difference*", "diff",
        "which is better", "which is worse", "vergleich*", "besser als", "schlechter als",
        "which one is", "welche ist", "welcher ist", "schlimmer als", "unterschied zwischen",
    ),
    "worst": (
        "worst", "weakest", "schlimmste*", "schlechteste*", "schwächste*",
    ),
    "least": ("lowest", "smallest", "least", "minimum", "niedrigste*", "kleinste*", "geringste*"),
    "most": ("highest", "biggest", "largest", "most", "maximum", "fastest", "quickest", "höchste*",
             "grösste*", "schnellste*"),
    "count": ("how many", "number of", "count", "wie viele", "wieviele", "wie viel", "anzahl"),
    "sure": (
        "how sure", "how certain", "how confident", "are you sure", "are we sure", "is it sure",
        "is that sure", "how reliable", "wie sicher", "sicher ist", "wie gewiss",
        "wie zuverlässig",
    ),
    "nothing": (
        "do nothing", "does nothing", "did nothing", "doing nothing", "nothing is done",
        "don't act", "do not act", "dont act", "ignore it", "ignore this", "leave it",
        "leave as is",
        "keep running", "keep going", "nichts mach*", "nichts tu*", "nichts unternehm*",
        "we ignore", "i ignore", "you ignore", "is ignored", "wir ignorieren", "nichts tut",
        "so lassen", "weiterlaufen", "weiter laufen", "weiterfahren", "ignorier*",
    ),
    "first": ("do first", "first thing", "first today", "begin with", "start with", "zuerst",
              "als erstes", "priorit*"),
    "person": ("who did", "who made", "who was", "who is", "which operator*", "whose fault",
               "wer hat", "wer war", "wer ist", "welcher bediener*", "wessen schuld"),
    "meaning": ("explain what", "meaning of",
                "definition of", "define", "what is meant by", "was bedeutet", "was heisst",
                "erkläre was", "definition von", "definiere"),
}  # fmt: skip
_WITHIN: Mapping[Wish, tuple[str, ...]] = {
    "compare": ("比较", "对比", "相比", "哪个更", "哪台更"),
    "worst": ("最差", "最严重"),
    "least": ("最低", "最小", "最少"),
    "most": ("最高", "最大", "最多", "最快"),
    "count": ("多少个", "几个", "有多少"),
    "sure": ("多确定", "有把握", "确定吗", "可靠吗", "可信"),
    "nothing": ("不处理", "不管", "什么都不做", "不采取", "放着", "继续运行"),
    "first": ("先做", "首先", "优先"),
    "person": ("谁",),
    "meaning": ("是什么意思", "什么叫"),
}
_ORDERS = (
    "close", "acknowledge", "ack", "delete", "remove", "drop", "set", "mark", "reset", "approve",
    "assign", "stop", "start", "recalibrate", "replace", "disable", "enable", "update", "create",
    "send", "buy", "kaufe", "order", "schliesse", "schliess", "lösche", "setze", "setz",
    "quittiere", "markiere",
    "stoppe", "starte", "rekalibriere", "ersetze", "sende", "bestelle",
)  # fmt: skip
_ORDERS_WITHIN = ("关闭", "删除", "设置", "确认", "停止", "启动")
_POLITE = frozenset({"please", "pls", "bitte", "now", "jetzt", "system", "hey", "ok", "just"})


def wishes_in(rest: str) -> tuple[Wish, ...]:
    """Wishes of a tidied text, its names taken out.

    Examples
    --------
    >>> wishes_in("which machine is worst"), wishes_in("close alert ;")
    (('worst',), ('order',))
    """
    whole = rest.casefold()
    apart = parted(whole)
    found = dict[Wish, None]()
    for text, tables, spaced in ((apart, _SPACED, True), (whole, _WITHIN, False)):
        found |= {wish: None for wish, terms in tables.items() if says(text, terms, spaced=spaced)}
    return (*found, *_ordered(whole))


def _ordered(whole: str) -> tuple[Wish, ...]:
    """Whether a text that asks nothing begins with what is to be done."""
    if "?" in whole or "\uff1f" in whole or "吗" in whole:
        return ()
    words = [word.strip(":,.!") for word in whole.split()]
    first = next((word for word in words if word and word not in _POLITE), "")
    return ("order",) if first in _ORDERS or whole.startswith(_ORDERS_WITHIN) else ()
