"""Words by which people name quantities, in English, German and Chinese."""

import re
from collections.abc import Mapping

_SLOPE = (
    "slope", "drift", "drifts", "drifting", "drifted", "trend", "trends", "rate", "creep",
    "rising", "increasing", "falling", "decreasing",
    "creeps", "rises", "falls", "increases", "decreases", "grows", "shrinks", "rise", "fall",
    "steigung", "driftet", "steigt", "sinkt", "fällt", "wächst", "斜率", "漂移", "上升", "下降",
)  # fmt: skip
_CROSSING = (
    "crosses", "cross", "crossing", "crossed", "reaches", "reach", "reached", "exceeds",
    "exceeded", "hits", "leaves", "runs into",
    "überschreitet", "erreicht", "kreuzt", "到达", "达到", "超过", "越过",
)  # fmt: skip
_COST = ("cost", "costs", "costing", "price", "kosten", "kostet", "成本", "费用", "花费")
_PROBABILITY = ("probability", "risk", "chance", "wahrscheinlichkeit", "risiko", "概率", "风险")
TERMS: Mapping[str, tuple[str, ...]] = {  # quantity to its words
    "slope": _SLOPE,
    "step": ("step", "jump", "shift", "jumped", "jumps", "shifted", "sprung", "verschiebung",
             "阶跃", "跳变"),
    "level": ("level", "mean", "average", "niveau", "mittelwert", "水平", "均值"),
    "level-now": ("level", "level now", "stands at", "lies at", "mean", "average",
                  "current level", "niveau",
                  "mittelwert", "水平", "均值"),
    "mean": ("mean", "average", "mittelwert", "均值"),
    "sigma": ("sigma", "standard deviation", "streuung", "标准差"),
    "eta": ("characteristic life", "life", "lebensdauer", "寿命"),
    "spread": ("spread", "scatter", "standard deviation", "sigma", "variation", "streuung",
               "标准差", "散布"),
    "margin": ("margin", "distance", "room", "abstand", "reserve", "裕度", "余量"),
    "crossing-days": _CROSSING,
    "crossing-side": ("side", *_CROSSING),
    "limit": ("limit", "limits", "specification", "tolerance", "grenze", "grenzwert",
              "spezifikation", "toleranz", "上限", "下限", "规格", "限值"),
    "saving": ("saving", "savings", "saves", "save", "ersparnis", "spart", "节省"),
    "cost-acting": ("cost of acting", *_COST),
    "cost-keeping": ("cost of keeping", "cost of waiting", *_COST),
    "cost-week": _COST,
    "total-cost": _COST,
    "recovered-share": ("recovered", "recovers", "recovery", "recovered share", "behob",
                        "恢复"),
    "jump-after-action": ("jump", "moved", "changed", "sprung", "跳变"),
    "tipping-slope": ("slope", "drift", "tipping", "steigung", "斜率"),
    "tipping-factor": ("factor", "tipping", "faktor", "因子"),
    "event-lag": ("lag", "later", "earlier", "delay", "abstand", "滞后"),
    "p-value": ("p-value", "p value", "significance", "p-wert", "显著性"),
    "cp": ("cp",),
    "pp": ("pp",),
    "cpk": ("cpk", "capability", "capability index", "fähigkeit", "过程能力", "能力指数"),
    "ppk": ("ppk", "performance index", "capability", "fähigkeit"),
    "requirement": ("requirement", "required", "demanded", "anforderung", "gefordert", "要求"),
    "target": ("target", "nominal", "sollwert", "ziel", "目标"),
    "ppm": ("ppm", "defect rate", "fraction outside", "nonconforming", "fehlerrate", "不良率"),
    "off-centre": ("off centre", "off-centre", "off center", "offset", "exzentrizität", "偏心"),
    "grr": ("grr", "gauge r&r", "gage r&r", "gauge variation", "messsystem", "测量系统"),
    "ndc": ("ndc", "distinct categories", "classes", "categories", "分类数"),
    "bias": ("bias", "systematic error", "偏倚"),
    "b10": ("b10", "b10 life", "life", "lebensdauer", "寿命"),
    "life-share": ("share of life", "life share", "life", "lebensdauer", "寿命"),
    "shape": ("shape", "weibull shape", "formparameter", "形状"),
    "hazard-ratio": ("hazard ratio", "hazard", "风险比"),
    "failures": ("failures", "failed", "failure", "ausfälle", "失效"),
    "units": ("units", "out of", "parts on test", "prüflinge", "样本"),
    "service-level": ("service level", "serves", "served", "servicegrad", "服务水平"),
    "shadow-price": ("shadow price", "schattenpreis", "影子价格"),
    "wape": ("wape", "forecast error", "prognosefehler", "预测误差"),
    "coverage": ("coverage", "überdeckung", "覆盖率"),
    "average-precision": ("average precision", "precision"),
    "brier": ("brier", "brier score"),
    "calibration-slope": ("calibration slope", "slope of the calibration"),
    "input-shift": ("input shift", "shift of the inputs", "shift"),
    "expected-events": ("expected events", "expected", "promised"),
    "seen-events": ("seen events", "seen", "saw", "observed"),
    "score-promised": ("promised score", "promised", "score"),
    "score-now": ("score now", "current score", "score"),
    "challenger-gain": ("gain", "challenger gain", "gewinn"),
    "demand-change": ("demand change", "demand", "nachfrage", "需求"),
    "ease-of-failure": _PROBABILITY,
}  # fmt: skip
REFERENCE_WORDS = (
    "requirement", "required", "promised", "limit", "reference", "target", "threshold", "demanded",
    "specification", "tolerance", "nominal", "anforderung", "gefordert", "grenze", "grenzwert",
    "sollwert", "ziel", "toleranz", "要求", "上限", "下限", "规格", "限值", "目标", "参考",
)  # fmt: skip
MAY_BE_SAID_OF: Mapping[str, tuple[str, ...]] = {  # what may be named between it and its own word
    "crossing-days": (
        "limit",
        "target",
        "level",
        "level-now",
        "slope",
        "requirement",
        "expected-events",
    ),
    "crossing-side": ("limit", "target", "level", "slope"),
    "service-level": ("demand-change",),
    "margin": ("limit", "target", "level", "level-now", "requirement"),
    "recovered-share": ("slope", "level", "margin", "step"),
    "p-value": ("slope", "step", "bias"),
    "ppm": ("limit",),
    "off-centre": ("target", "spread"),
    "step": ("level", "level-now"),
    "slope": ("level", "level-now"),
    "tipping-slope": ("slope",),
    "jump-after-action": ("level", "step"),
}
BETTER_HIGH = frozenset(
    ["cp", "cpk", "pp", "ppk", "margin", "b10", "service-level", "coverage", "average-precision",
     "recovered-share", "ndc", "saving", "challenger-gain", "score-now"]
)  # fmt: skip
BETTER_LOW = frozenset(
    ["ppm", "grr", "spread", "bias", "wape", "brier", "hazard-ratio", "failures", "total-cost",
     "cost-acting", "cost-keeping", "cost-week", "off-centre", "input-shift", "seen-events"]
)  # fmt: skip
CONTRARY: Mapping[str, re.Pattern[str]] = {  # what must not be said just before it
    "cost-acting": re.compile(
        r"\b(?:keep\w*|wait\w*|go(?:ing)? on|abwarten|warten\w*)\b|等待|保持"
    ),
    "cost-keeping": re.compile(r"\b(?:acting|to act|handel\w*)\b|行动"),
    "saving": re.compile(
        r"\b(?:going on|waiting|keeping|keep|wait|abwarten|warten)\s+(?:it\s+)?(?:saves?|spart)\b"
        r"|\bsavings? of (?:going on|waiting|keeping|it)\b|\bloss\b|\bloses?\b"
    ),
}
CONTRARY_LABELS: tuple[
    tuple[str, str], ...
] = (  # word of a label, and what its clause must not say
    (
        r"\boutside\b",
        r"\b(?:inside|good|in order|within (?:the |its )?(?:limits?"
        r"|specification))\b",
    ),
    (r"\bfail\w*\b", r"\b(?:good|surviv\w+|passed|left|in order)\b"),
    (r"\btakes? off\b|\brecovered\b", r"\b(?:adds?|added|leaves?|left)\b"),
    (r"\bcomponent\b", r"\breplac\w+ (?:the |a )?(?:tool|machine|bonder)\b"),
    (r"\bupper\b", r"\b(?:untere[rnms]?)\b|下限"),
    (r"\blower\b", r"\b(?:obere[rnms]?)\b|上限"),
    (r"\blimit\b", r"\btarget\b(?=[^.;]*$)"),
    (r"\bserved\b", r"\b(?:lost|missed|left|open|unserved|short)\b"),
    (r"\bdrifts?\b", r"\b(?:stable|steady|still|constant|stays?|stands)\b"),
    (r"\blost\b", r"\b(?:gained|kept|saved|won)\b"),
    (r"\bpromised\b", r"\b(?:seen|observed|counted)\b"),
    (r"\bseen\b", r"\b(?:promised|expected)\b"),
)
