"""Words of what-if questions by what they mean, in English, German and Chinese."""

from collections.abc import Mapping
from functools import cache

from ops.advise.understand.vocabulary import alternatives, says
from ops.advise.understand.wording import parted

SPACED: Mapping[str, tuple[str, ...]] = {
    "close": ("close", "closes", "closed", "closing", "shut", "shut down", "shuts down",
              "schliess*", "schlösse*", "zumachen", "stilllegen"),
    "open": ("open", "opens", "opened", "opening", "reopen*", "öffn*", "eröffn*", "aufmachen"),
    "remove": ("remove", "removing", "take out", "entfern*"),
    "fail": ("fail", "fails", "failed", "failing", "outage", "breaks down", "is down", "goes down",
             "is out", "drops out", "stops", "stop", "burns down", "burn down", "burnt down",
             "is gone", "is lost", "blocked",
             "flooded", "lose the lane", "lose the route", "lose the site", "lose the warehouse",
             "lose the supplier", "lose the plant", "wegfällt", "wegfallen", "abbrennt",
             "brennt ab", "gesperrt", "blockiert", "überflutet", "cannot deliver", "fällt aus",
             "ausfällt",
             "ausfallen", "ausfall", "steht still", "stillsteht", "strike", "streik*"),
    "up": ("rise", "rises", "rose", "rising", "increas*", "up", "more", "higher", "grow", "grows",
           "raise", "raised", "raises", "raising", "climb*", "extra", "additional", "add", "adds",
           "adding", "plus", "gain*", "jumps", "dearer", "slower", "longer", "later", "expand*",
           "steig*", "steigt", "erhöh*", "mehr", "höher*", "zusätzlich*", "wächst", "wachsen",
           "teurer", "länger", "langsamer"),
    "down": ("fall", "falls", "drop", "drops", "decreas*", "reduc*", "lose", "loses", "lost",
             "losing", "lower", "lowered", "less", "fewer", "down", "cut", "cuts", "shrink*",
             "minus", "decline*", "cheaper", "faster", "shorter", "sink*", "sinkt", "fäll*",
             "fallen", "verlier*", "weniger", "niedriger*", "reduzier*", "kürz*", "billiger",
             "verringer*", "senk*", "schneller"),
    "double": ("double", "doubles", "doubled", "doubling", "twice", "verdoppel*", "doppelt*"),
    "treble": ("triple", "triples", "tripled", "verdreifach*"),
    "halve": ("halve", "halves", "halved", "halving", "half", "halbier*", "hälfte"),
    "unlimited": ("no limit", "unlimited", "without limit", "unbegrenzt*", "ohne grenze"),
    "not": ("not", "don't", "doesn't", "never", "without closing", "nicht", "kein", "keine",
            "keinen", "nie", "ohne", "instead of"),
    "lane": ("lane", "lanes", "route", "routes", "connection", "connections", "link", "strecke",
             "strecken", "verbindung*", "relation"),
    "site": ("site", "sites", "plant", "plants", "warehouse*", "dc", "dcs", "supplier*", "factory",
             "factories", "standort*", "werk", "werke", "lager", "lieferant*"),
    "all": ("all", "every", "each", "any", "alle", "allen", "jede", "jeder", "sämtliche*"),
    "from": ("from", "out of", "leaving", "von", "aus", "ab"),
    "into": ("to", "into", "towards", "nach", "zu", "bis", "zum", "zur"),
    "demand": ("demand", "demands", "orders", "nachfrage", "bedarf", "bedarfe", "aufträge"),
    "lead time": ("lead time", "lead times", "transit time", "transit times", "lieferzeit*",
                  "laufzeit*", "transportzeit*", "durchlaufzeit*", "slower", "langsamer"),
    "transport cost": ("transport cost", "transport costs", "freight", "freight cost*",
                       "freight rate*",
                       "shipping cost", "shipping costs", "lane cost", "lane costs",
                       "transport prices", "transportkosten", "fracht*", "frachtkosten"),
    "fixed cost": ("fixed cost", "fixed costs", "fixkosten", "rent"),
    "production cost": ("production cost", "production costs", "making cost*",
                        "unit cost of making",
                        "herstellkosten", "produktionskosten", "fertigungskosten"),
    "purchase price": ("purchase price", "purchase prices", "material cost", "material costs",
                       "supply cost", "supply costs", "supply price", "buying price",
                       "einkaufspreis*", "materialkosten", "beschaffungskosten"),
    "holding cost": ("holding cost", "holding costs", "lagerkosten", "bestandskosten"),
    "labour": ("labour", "labor", "labour cost*", "labor cost*", "handling cost*", "lohnkosten",
               "arbeitskosten"),
    "lost cost": ("lost cost", "lost sales cost", "cost of lost sales", "fehlmengenkosten"),
    "selling price": ("selling price", "selling prices", "sales price", "verkaufspreis*"),
    "yield": ("yield", "yields", "ausbeute"),
    "hours": ("tool hours", "hours of the tools", "working hours", "machine hours",
              "maschinenstunden", "betriebsstunden"),
    "oee": ("oee",),
    "safety stock": ("safety stock", "safety stocks", "sicherheitsbestand*", "sicherheitsbestände"),
    "storage": ("storage", "storage capacity", "stock capacity", "lagerkapazität*", "lagerplatz"),
    "throughput": ("throughput", "durchsatz*", "umschlag*"),
    "capacity": ("capacity", "capacities", "kapazität*"),
    "supply": ("supply", "supplies", "can deliver", "liefermenge*", "beschaffung"),
    "carbon price": ("carbon price", "co2 price", "price of carbon", "price of co2", "co2-preis",
                     "co2 preis"),
    "carbon cap": ("carbon cap", "co2 cap", "carbon limit", "co2 limit", "co2-grenze",
                   "co2-obergrenze"),
    "budget": ("budget",),
    "service level": ("service level", "servicegrad"),
    "max distance": ("max distance", "maximum distance", "höchstentfernung", "maximale entfernung"),
    "capital rate": ("capital rate", "interest rate", "cost of capital", "kapitalkosten",
                     "zinssatz"),
    "tariff": ("tariff", "tariffs", "duty", "duties", "customs", "zoll", "zölle", "zollsatz"),
    "single source": ("single source", "single sourcing", "single-source"),
}  # fmt: skip
CHINESE: Mapping[str, tuple[str, ...]] = {
    "close": ("关闭", "关掉", "停用"), "open": ("开放", "开设", "启用", "打开"),
    "remove": ("移除", "去掉"), "fail": ("停产", "中断", "停机", "断供", "罢工", "故障"),
    "up": ("上涨", "增加", "提高", "上升", "增长", "延长", "涨"),
    "down": ("减少", "下降", "降低", "失去", "减小", "缩短", "下跌", "损失"),
    "double": ("翻倍", "加倍"), "treble": ("三倍",), "halve": ("减半", "一半"),
    "unlimited": ("无限制", "不限"), "not": ("不要", "不关", "没有", "不会", "并不"),
    "lane": ("线路", "路线", "航线", "通道"), "site": ("工厂", "仓库", "供应商", "站点"),
    "all": ("所有", "全部", "每个"), "from": ("从", "自"), "into": ("到", "至"),
    "demand": ("需求",), "lead time": ("交货期", "提前期", "运输时间"),
    "transport cost": ("运输成本", "运费", "运输费用"), "fixed cost": ("固定成本",),
    "production cost": ("生产成本",), "purchase price": ("采购价格", "采购成本", "材料成本"),
    "holding cost": ("库存成本", "持有成本"), "labour": ("人工成本",), "yield": ("良率", "成品率"),
    "hours": ("工时", "机时"), "safety stock": ("安全库存",), "storage": ("库容", "仓储能力"),
    "throughput": ("吞吐量",), "capacity": ("产能", "容量", "运力"), "supply": ("供应量",),
    "carbon price": ("碳价",), "carbon cap": ("碳上限",), "budget": ("预算",),
    "service level": ("服务水平",), "tariff": ("关税",), "selling price": ("售价",),
}  # fmt: skip
COUNTRIES: Mapping[str, tuple[str, ...]] = {
    "CN": ("china", "中国"), "US": ("usa", "us", "united states", "america", "amerika", "美国"),
    "DE": ("germany", "deutschland", "德国"), "JP": ("japan", "日本"),
    "MY": ("malaysia", "马来西亚"), "SG": ("singapur", "新加坡"), "TW": ("taiwan", "台湾"),
    "VN": ("vietnam", "越南"), "IN": ("india", "indien", "印度"),
    "MX": ("mexico", "mexiko", "墨西哥"), "KR": ("korea", "south korea", "südkorea", "韩国"),
    "TH": ("thailand", "泰国"), "IT": ("italy", "italien", "意大利"),
    "FR": ("france", "frankreich", "法国"), "GB": ("united kingdom", "uk", "grossbritannien"),
    "PH": ("philippines", "philippinen", "菲律宾"), "NL": ("netherlands", "niederlande"),
}  # fmt: skip


def means(text: str, meaning: str) -> bool:
    """Whether a folded text holds a word of a meaning."""
    spaced, chinese = SPACED.get(meaning, ()), CHINESE.get(meaning, ())
    if spaced and says(parted(text), spaced, spaced=True):
        return True
    return bool(chinese) and says(text, chinese, spaced=False)


@cache
def words_for(meaning: str) -> str:
    """Alternatives of a pattern for the words of a meaning."""
    spaced = alternatives(SPACED.get(meaning, ()), spaced=True)
    return f"(?:{spaced}|{alternatives(CHINESE.get(meaning, ()), spaced=False)})"
