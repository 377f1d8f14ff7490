"""Why a process does not keep what is required: signs and their weight."""

from ops.advise.rules import capability_words as words
from ops.advise.rules.judgement import Rule
from ops.advise.rules.signs import (
    both,
    either,
    fact,
    gauge_doubtful,
    gauge_itself,
    grave,
    known,
    moved,
    no,
    of_lot,
)  # fmt: skip
from ops.advise.rules.topic import TopicRules
from ops.advise.rules.view import View, suspect_gauge

HALF = 0.5  # of a variance
_one_run = fact("rules-broken", *"2345678")  # a single rule about runs, and no point far out
_GAUGES = ("gauge", "instrument", "operator", "metrology", "inspector")


def _short(view: View) -> bool:
    """Whether an index is below what is required, or a reader said that it is bad."""
    if _one_run(view) and any(_surely_met(view, index) for index in ("cpk", "ppk")):
        return False  # one run on a chart of a process that surely keeps what is required
    return view.short("cpk") or view.short("ppk") or view.grave


def _surely_met(view: View, index: str) -> bool:
    found = view.case.get(index)
    known = found is not None and found.lower is not None and found.reference is not None
    return known and found is not None and view.surely_beyond(index, found.reference or 0.0)


def _by_gauge(view: View) -> bool:
    factor = f"{view.fact('stratum-factor')} {view.fact('mixture-factor')}".lower()
    return any(part in factor for part in _GAUGES)


def _wide(view: View) -> bool:
    return view.short("cp") or view.fact("spread-capable") == "no"


def _centred_would_do(view: View) -> bool:
    fits = view.over("cp") or view.fact("spread-capable") == "yes"
    return fits and (view.short("cpk") or view.short("ppk") or view.fact("capable") == "no")


def _mostly_gauge(view: View) -> bool:
    """Whether more than half of the variance of what is measured is the gauge's own.

    %GRR is six sigma of the gauge over the tolerance, Cp the tolerance over six sigma of all.
    """
    study = suspect_gauge(view)
    if study is None or not view.has("cp"):
        return False
    of_tolerance = (
        one.number
        for one in study.evidence
        if one.quantity == "grr" and "tolerance" in one.label and one.number is not None
    )
    share = next(of_tolerance, 0.0) * view.number("cp")
    return share**2 > HALF


_unstable = either(fact("stability", "unstable"), fact("stable", "no", "false"))
_mixed = either(
    fact("pattern", "mixture"), fact("mixture", "yes", "true"), fact("shape", "mixture")
)
# The worst of many strata is no population of its own, unless it stands apart from the others.
_stratum = both(either(fact("stratum-factor"), known("stratum")), no(fact("stratum-apart", "no")))
RULES: tuple[Rule, ...] = (
    # All that is required is kept.
    Rule("none", 9, no(_short), words.CAPABLE),
    # A master does not change, and a stratum that measures is no stratum of the product.
    Rule("gauge", 7, both(_short, either(gauge_itself, _by_gauge)), words.BY_GAUGE),
    Rule("gauge", 7, both(_short, _mostly_gauge), words.BY_DOUBTFUL_GAUGE),
    Rule("gauge", 2, both(_short, gauge_doubtful), words.BY_DOUBTFUL_GAUGE),
    # A proven mixture is told apart before stability is judged: its charts signal by themselves.
    Rule("mixture", 4, both(_short, _mixed), words.MIXED),
    Rule("mixture", 2, both(_short, _stratum), words.MIXED),
    # Lots do not drift: one that stands out is a population of its own, whatever the charts say.
    Rule("mixture", 3, both(_short, _stratum, of_lot), words.MIXED_BY_LOT),
    # An index of an unstable process foretells nothing, so that its cause comes first.
    Rule("unstable", 4, both(_short, _unstable, no(_one_run)), words.UNSTABLE),
    # One run that a chart's rule names happens by chance, too: it is told, and decides nothing.
    Rule("unstable", 3, both(_short, _unstable, _one_run), words.UNSTABLE),
    # A tool that is known to move makes whatever was used on it look like another population.
    Rule("unstable", 3, both(_short, _unstable, no(_mixed), moved)),
    # Cp above, Cpk below what is required: the classical sign of a mean off centre.
    Rule("off-centre", 3, both(_short, _centred_would_do), words.CENTRE),
    Rule("off-centre", 2, both(_short, fact("lever", "centre", "off-centre")), words.CENTRE),
    # Cp below what is required: no centring helps.
    Rule("spread", 3, both(_short, _wide), words.SPREAD),
    Rule("spread", 2, both(_short, fact("lever", "spread")), words.SPREAD),
    Rule("unknown", 1, both(grave, no(_stratum))),
)
CAPABILITY = TopicRules(
    rules=RULES,
    findings=(words.INDEX, words.WORST, words.OUTSIDE),
    against=words.NOT_OTHERS,
    unsure=words.UNSURE,
)
