"""Words that ask for what one analysis finds: worn capillaries, returns, repairs."""

from collections.abc import Mapping

from ops.advise.understand.vocabulary import says
from ops.advise.understand.wording import parted

_SPACED: Mapping[str, tuple[str, ...]] = {
    "capillary-health": ("capillar*", "kapillare*", "kapillarverschleiss"),
    "warranty-forecast": (
        "returns", "field return*", "warrant*", "rückläufer*", "gewährleistung*", "garantie*",
    ),
    "repairable-trend": ("repair*", "bond head*", "reparatur*", "bondkopf*", "bondköpfe*"),
    "degradation-life": ("imc", "intermetallic*", "growing layer", "layer*", "degradation*"),
    "gauge-study": ("gauge study", "gage study"),
    "loop-clearance": ("clearance*",),
    "tool-matching": (
        "tool matching", "matched", "match each other", "match the*", "stands apart", "fleet",
        "unlike the others", "differ* from the others",
    ),
    "virtual-metrology": ("virtual metrology",),
    "trace-classifier-train": ("trace", "traces"),
    "loop-program-calibration": (
        "loop program*", "program calibration*", "set-point*", "bond program*",
        "bonder program*", "reprogram*",
        "programs", "bondprogramm*", "korrektur*",
    ),
    "action-ranking": ("what helped", "which remed*", "remed*", "what usually helps"),
    "route-plan": ("route", "routes", "tour", "tours", "truck*", "touren", "lkw*"),
    "inventory-positioning": (
        "safety stock*", "how much stock", "stock level*", "stocks", "sicherheitsbestand*",
        "sicherheitsbestände",
    ),
    "network-stress": ("robust*", "resilien*", "supplier risk*", "risk", "risks", "disruption*",
    "risiko", "risiken"),
    "network-baseline": ("past shipments", "baseline of the network"),
}  # fmt: skip
_WITHIN: Mapping[str, tuple[str, ...]] = {
    "capillary-health": ("劈刀",),
    "warranty-forecast": ("退货", "质保", "保修"),
    "repairable-trend": ("维修", "焊头"),
    "route-plan": ("路线", "卡车"),
    "inventory-positioning": ("安全库存",),
    "network-stress": ("风险",),
    "loop-program-calibration": ("焊线程序", "程序校准"),
}


def analyses_in(rest: str) -> tuple[str, ...]:
    """Analyses that a tidied text, its names taken out, asks for by their subject.

    Examples
    --------
    >>> analyses_in("Which capillaries are worn?")
    ('capillary-health',)
    """
    whole = rest.casefold()
    apart = parted(whole)
    found = [name for name, terms in _SPACED.items() if says(apart, terms, spaced=True)]
    found += [name for name, terms in _WITHIN.items() if says(whole, terms, spaced=False)]
    return tuple(dict.fromkeys(found))
