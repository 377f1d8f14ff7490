"""Words by which a question asks which things stand so, or how many of them do."""

from collections.abc import Mapping

from ops.advise.question import SoughtKind, Stance

WHICH = (
    "which", "what", "how many", "number of", "count", "list", "show", "any", "all", "every", "are",
    "is every", "name", "welche*", "wie viele", "wieviele", "anzahl", "liste", "zeige", "alle",
    "jede*", "sind", "gibt es",
)  # fmt: skip
WHICH_WITHIN = (
    "哪些",
    "哪几",
    "哪台",
    "哪个",
    "几台",
    "几个",
    "多少",
    "列出",
    "所有",
    "全部",
    "有没有",
)
THINGS: Mapping[SoughtKind, tuple[str, ...]] = {
    "gauge": ("gauge", "gauges", "measuring device*", "messmittel*", "messgerät*"),
    "characteristic": (
        "characteristic*", "parameters", "features", "quality feature*", "merkmal*", "products",
        "process", "processes", "produkte", "prozess", "prozesse",
    ),
    "model": ("model", "models", "classifier*", "modell*"),
    "tool": (
        "machine", "machines", "tool", "tools", "bonder*", "wire bonder*", "equipment", "maschine*",
        "anlage", "anlagen", "gerät", "geräte", "werkzeug*", "drahtbonder*",
    ),
}  # fmt: skip
THINGS_WITHIN: Mapping[SoughtKind, tuple[str, ...]] = {
    "gauge": ("量具",),
    "characteristic": ("特性", "产品", "工序"),
    "model": ("模型",),
    "tool": ("设备", "机台", "机器", "焊线机"),
}
STANCES: Mapping[Stance, tuple[str, ...]] = {
    "drifts": ("drift*", "creep*", "moved", "moving", "wander*", "driften", "wandern"),
    "capable": ("capable", "fähig", "prozessfähig", "capability"),
    "incapable": ("incapable", "unfähig"),
    "unstable": ("unstable", "out of control", "instabil*", "ausser kontrolle"),
    "stable": ("stable", "in control", "stabil*", "unter kontrolle"),
    "good": (
        "ok", "okay", "fine", "good", "healthy", "in order", "normal", "all right",
        "alright", "well", "in ordnung", "gut", "unauffällig*", "sauber",
    ),
    "bad": (
        "bad", "broken", "wrong", "faulty", "failing", "fail", "off", "abnormal", "suspicious",
        "critical", "unhealthy", "problem*", "trouble*", "attention", "retrain*", "schlecht*",
        "auffällig*", "kaputt", "kritisch*", "defekt*", "trainiert*",
    ),
}  # fmt: skip
STANCES_WITHIN: Mapping[Stance, tuple[str, ...]] = {
    "drifts": ("漂移",),
    "unstable": ("不稳定", "失控"),
    "stable": ("稳定", "受控"),
    "capable": ("过程能力", "能力达标", "能力足够", "能力合格"),
    "incapable": ("能力不足", "能力不够", "能力不达标"),
    "good": ("正常", "良好", "没问题", "合格"),
    "bad": ("异常", "不正常", "有问题", "不合格", "故障"),
}
NOT = ("not", "no", "never", "n't", "isn't", "aren't", "don't", "doesn't", "without", "nicht",
       "kein*", "ohne")  # fmt: skip
NOT_WITHIN = ("不漂移", "没有漂移", "没漂移", "未漂移")
ABOVE = (
    "more than", "greater than", "larger than", "higher than", "bigger than", "faster than",
    "above", "over", "exceed*", "beyond", "at least", "mehr als", "grösser als", "größer als",
    "höher als", "schneller als", "über",
)  # fmt: skip
BELOW = (
    "less than", "smaller than", "lower than", "slower than", "below", "under", "at most",
    "weniger als", "kleiner als", "niedriger als", "langsamer als", "unter", "höchstens",
)  # fmt: skip
ABOVE_WITHIN = (">=", "≥", ">", "超过", "大于", "高于", "以上")
BELOW_WITHIN = ("<=", "≤", "<", "低于", "小于", "不到", "以下")
