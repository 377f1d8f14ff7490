"""Words by which texts advise actions and name causes, and the actions and causes they mean."""

import re
from collections.abc import Mapping

from ops.advise.catalogue import ActionId, CauseId

ACTION_VERBS: Mapping[str, tuple[ActionId, ...]] = {  # pattern of the verb, as it advises
    r"re-?calibrate(?=\W+(?:\w+\W+){0,2}(?:tool|machine|bonder)\b)": ("recalibrate",),
    r"re-?calibrate(?=\W+(?:\w+\W+){0,3}(?:model|probabilit\w+)\b)": ("recalibrate-model",),
    r"re-?calibrate(?!\W+(?:\w+\W+){0,3}(?:tool|machine|bonder|model|probabilit\w+)\b)|calibrate"
    r"|rekalibrier\w*|kalibrier\w*|重新校准|校准": (
        "recalibrate",
        "recalibrate-model",
    ),
    r"clean|reinig\w*|清洁|清洗": ("clean",),
    r"refurbish|overhaul|überhol\w*|翻新|大修": ("refurbish",),
    r"(?:replace|change|exchange|swap)(?=\W+(?:\w+\W+){0,3}(?:tool|machine|equipment|bonder)\b)"
    r"|(?:anlage|maschine)\W+(?:\w+\W+){0,4}(?:austauschen|ersetz\w*|wechseln)|(?:ersetz\w*"
    r"|austausch\w*)"
    r"(?=\W+(?:\w+\W+){0,3}(?:anlage|maschine)\b)|更换设备": ("replace-tool",),
    r"(?:replace|change|exchange|swap)(?!\W+(?:\w+\W+){0,3}(?:tool|machine|equipment|bonder)\b)"
    r"|(?:austausch\w*|ersetz\w*|wechseln)(?!\W+(?:\w+\W+){0,3}(?:anlage|maschine)\b)"
    r"|更换(?!设备)": ("replace-component",),
    r"(?:verify|check)(?=\W+(?:\w+\W+){0,3}set-?up)": ("verify-setup",),
    r"verify(?!\W+(?:\w+\W+){0,3}set-?up)|prüf\w*|核实|检查": ("verify-setup", "check-input"),
    r"(?:check|inspect|examine)(?=\W+(?:\w+\W+){0,3}(?:inputs?|sensors?)\b)": ("check-input",),
    r"(?:check|inspect|examine)(?!\W+(?:\w+\W+){0,3}(?:set-?up|inputs?|sensors?)\b)": (
        "check-input",
        "verify-setup",
        "find-special-cause",
    ),
    r"contain|quarantine|set apart|hold|block|sperr\w*|隔离批次|封存": ("contain-lot",),
    r"re-?qualify|qualify|qualifizier\w*|重新鉴定": ("requalify-gauge",),
    r"(?:re-?cent(?:re|er)|(?<!off )(?<!off-)cent(?:re|er))(?!\W+(?:the |its )?(?:limits?"
    r"|gau?ges?|target)\b)"
    r"|zentrier\w*|调整中心": ("recentre",),
    r"bring(?= (?:the |its )?(?:process |mean |process mean )?(?:back )?(?:to|on|onto) "
    r"(?:the |its )?target\b)": ("recentre",),
    r"(?:reduce|narrow)(?=\W+(?:\w+\W+){0,2}(?:spread|scatter|variation))|streuung\W+verringern"
    r"|减小散布": ("reduce-spread",),
    r"isolate|separate|isolier\w*|trennen|隔离": ("isolate-stratum",),
    r"investigate|find|search|look for|such\w*|untersuch\w*|查找|调查": ("find-special-cause",),
    r"extend|prolong|(?:go on|continue) with the test|verlänger\w*|延长": ("extend-test",),
    r"(?:add a )?burn[ -]in|老化筛选": ("burn-in",),
    r"(?:add|increase)(?=\W+(?:\w+\W+){0,2}capacity)|expand|增加产能": ("add-capacity",),
    r"relax|locker\w*|放宽": ("relax-limit",),
    r"re-?plan|plan(?= anew\b)|neu planen|umplanen|重新计划|重排": ("replan",),
    r"re-?train|train(?=\W+(?:the model\W+)?anew\b)|nachtrainier\w*|neu trainieren|重新训练": (
        "retrain",
    ),
    r"promote|上线": ("promote-model",),
    r"re-?forecast|forecast(?= anew\b)|neu prognostizieren|重新预测": ("reforecast",),
    r"(?:keep|continue|carry on|go on)(?=\W+(?:\w+\W+){0,2}(?:measur|collect|gather)\w*)": (
        "keep",
        "measure-more",
    ),
    r"(?:keep|continue|carry on|go on|leave)(?!\W+(?:\w+\W+){0,2}(?:measur|collect|gather)\w*)"
    r"|weiterlaufen|beibehalten|保持|继续": ("keep",),
    r"measure|collect|gather|messen|多测|测量": ("measure-more", "extend-test"),
}
ACTION_NOUNS: Mapping[str, tuple[ActionId, ...]] = {  # an event, unless something asks for it
    r"re-?calibration|kalibrierung": ("recalibrate", "recalibrate-model"),
    r"cleaning|reinigung": ("clean",),
    r"refurbishment|overhaul": ("refurbish",),
    r"re-?calibrating": ("recalibrate", "recalibrate-model"),
    r"replacing(?=\W+(?:\w+\W+){0,3}(?:tool|machine|equipment|bonder)\b)": ("replace-tool",),
    r"replacing(?!\W+(?:\w+\W+){0,3}(?:tool|machine|equipment|bonder)\b)": ("replace-component",),
    r"refurbishing": ("refurbish",),
    r"reducing(?=\W+(?:\w+\W+){0,2}(?:spread|scatter|variation))": ("reduce-spread",),
    r"replacement|exchange|austausch": ("replace-component", "replace-tool"),
    r"requalification": ("requalify-gauge",),
    r"recentring|recentering": ("recentre",),
    r"retraining": ("retrain",),
    r"replanning": ("replan",),
    r"verification": ("verify-setup",),
    r"containment|quarantine": ("contain-lot",),
    r"investigation": ("find-special-cause",),
    r"promotion": ("promote-model",),
    r"burn-in": ("burn-in",),
    r"measurements?": ("measure-more",),
}
MARKER = re.compile(
    r"\b(?:should|must|shall|ought|needs?|need(?:ed)? to|has to|have to|recommend\w*|advis\w*"
    r"|suggest\w*|propos\w*|please|let us|consider|had better|required to|requires|calls for|may"
    r"|can|could|allowed to|safe to|worth|urge\w*|due for|time to|best to|plan to|you|we"
    r"|soll\w*|muss|müssen|musst|braucht|empfehl\w*|empfohlen|bitte|kann|können|darf|dürfen)\b"
    r"|应该|应当|应|必须|需要|建议|请|可以|务必|最好"
)
OBLIGES = re.compile(  # a claim with one of these advises, whatever its verb
    r"\b(?:should|must|shall|ought|need(?:s|ed)?|has to|have to|recommend\w*|advis\w*|suggest\w*"
    r"|propos\w*|please|let us|had better|urge\w*|due for|time to|safe to|allowed to|calls for"
    r"|requires|may (?:safely )?be(?= \w+ed\b)|can (?:safely )?be|you (?:can|may|could)"
    r"|we (?:can|may|could)"
    r"|soll\w*|muss|müssen|musst|braucht|empfehl\w*|empfohlen|bitte|darf|dürfen)\b"
    r"|应该|应当|必须|需要|建议|请|可以|务必"
)
FORBIDDEN = (  # as an order or after a marker: no action of the catalogue is meant
    r"abort|accept|act(?= (?:at once|now|soon|quickly|immediately)\b)|adjust|allow|apply|approve"
    r"|assume|avoid|bring(?! (?:the |its )?(?:process |mean "
    r"|process mean )?(?:back )?(?:to|on|onto) (?:the |its )?target\b)"
    r"|buy|call|cancel|close|commit|confirm"
    r"|contact|copy|delete|deploy|destroy|discard|dispatch|do|drop|edit|eject|email|enter|fire|fix"
    r"|flush|follow|forget|forward|get|give|go(?! on)|heat|hire|increase(?!\W+(?:the )?capacity)"
    r"|inform|insert|jump"
    r"|kill|let|lift"
    r"|loosen|lower(?! than| bound| limit)|make|modify|move|notify|open|order|overwrite|park|pause"
    r"|pay|phone|polish|post"
    r"|pull|purge|push|put|raise|read|reboot|reject|release|remove|repair|report|reset|restart"
    r"|return|reveal|rework|run(?!(?<=continue to run)(?:\W+\S+){0,6}\W+as it is)|scrap|sell"
    r"|send|set(?! apart|-point|-up)"
    r"|share|ship|shut|sign|start|stop"
    r"|swear|switch"
    r"|take|tell|throw|tighten|transfer|trust|try|turn|type|unlock|unplug|update|use|widen|wait"
    r"|warn"
    r"|write"
    r"|abschalten|stoppen|verschrotten|freigeben|löschen|bestellen|anrufen|senden|停机|报废|删除"
    r"|发货"
    r"|放行|关闭|停止|发送"
)
ALWAYS_FORBIDDEN = re.compile(
    r"\b(?:scrap\w*|ship (?:it|the|them|all)|release the (?:lot|hold|batch)"
    r"|shut\w*(?: (?:it|them|this|that|the \w+))? down"
    r"|turn\w* off"
    r"|switch\w* off|unplug\w*|sabotag\w*|delete\w*|no (?:check|action|maintenance|inspection)"
    r"(?: is)? (?:needed|required|necessary)|unnecessary|needless|not (?:needed|required|necessary)"
    r"|do nothing|nothing (?:needs|has) to|leave it|forget|verschrott\w*|abschalt\w*|lösch\w*"
    r"|nicht nötig|unnötig|überflüssig)\b|报废|删除|停机|不需要|无需|不必|放行"
)
NOTHING_TO_DO = re.compile(  # may be said where it is advised to keep things as they are
    r"no action(?: is)? (?:needed|required|necessary)|nothing (?:needs|has) to|do nothing|leave it"
)
CAUSAL = re.compile(
    r"\b(?:due to|caused by|because of|owing to|root cause|causes?|behind|stems? from|culprit"
    r"|results? from|triggered by|attributed to|attributable to|blam\w+|explained by|explains"
    r"|comes from|to blame|responsible|origin\w*|reason|verursacht|ursache|wegen|aufgrund"
    r"|liegt an|schuld)\b|由于|因为|原因|导致|引起|归因|造成"
)
_IS = (
    r"\s+(?:is|are|was|were|has|have|had|seems?|appears?|fails?|failed|drifts?|drifted|moves?|moved"
    r"|changed|changes|takes?|adds?|contributes?|shifted|wears?|needs?|misses|lies|explains?)\b"
)
THINGS: Mapping[CauseId, re.Pattern[str]] = {  # of which nothing is said unless it is the cause
    "gauge": re.compile(rf"\b(?:gau?ges?|measur\w+ systems?){_IS}"),
    "material-change": re.compile(rf"\b(?:materials?){_IS}"),
    "capillary-change": re.compile(rf"\b(?:capillar\w+){_IS}"),
}
POINTS_TO = re.compile(  # it may name no cause, but none other than the chosen one
    r"\b(?:consistent with|points? (?:to|towards?)|indicat\w+|suggest\w*|speaks? for|signs? of"
    r"|typical (?:of|for)|appears? to be|looks? like|evidence (?:for|of)|compatible with|reveals?"
    r"|in line with|explain\w*|hints? at)\b"
)
OTHERWISE = re.compile(  # how an alternative is told from what is recommended
    r"\b(?:alternative\w*|alternatively|instead|(?:another|other) (?:option|possibility|way|action)"
    r"|also (?:allowed|possible)|(?:is|are|be) allowed|could also|may also|besides)\b"
)
CAUSES: Mapping[CauseId, str] = {  # the words by which a text may name each
    "creep": r"creep\w*|gradual\w*|slow\w*|ageing|aging|wear\w*|schleichend\w*|蠕变|渐变",
    "hidden-creep": r"hidden|creep\w*|masked|verborgen\w*|schleichend\w*|隐藏|蠕变",
    "material-change": r"material\w*|(?:new|other|next) (?:lot|batch)|materialwechsel|材料|物料",
    "capillary-change": r"capillar\w+|kapillar\w*|劈刀",
    "maintenance": r"maintenance|wartung|维护|保养",
    "calibration": r"calibrat\w*|recalibrat\w*|kalibrier\w*|校准",
    "gauge": r"gau?ge|measur\w+ system|messsystem|messmittel|量具|测量系统",
    "common-cause": r"common|shared|gemeinsam\w*|共同|公共",
    "off-centre": r"off[ -]cent\w+|cent(?:re|er)\w*|mittellage|zentrier\w*|偏心|偏移",
    "spread": r"spread|scatter|variation|streuung|散布|变异",
    "mixture": r"mixture|mixed|strat\w+|subgroup\w*|mischung|混合|分层",
    "unstable": r"unstable|instab\w+|not in control|out of control|special cause\w*|失控|不稳定",
    "capillary-wear": r"(?:capillar\w+\W+(?:\w+\W+)?)?wear\w*(?: of (?:the|a) capillar\w+)?"
    r"|worn(?: capillar\w+)?|verschleiß|磨损",
    "early-failures": r"early failure\w*|frühausfäll\w*|早期失效",
    "infant-mortality": r"infant\w*|early failure\w*|frühausfäll\w*|早期失效",
    "short-life": r"too short|short\w* li\w+|kurze lebensdauer|寿命",
    "wear-out": r"wear[ -]?out|wear\w*|ageing|aging|verschleiß|磨损|老化",
    "too-few-failures": r"too few\W+\w+|failures|zu wenige|失效数",
    "bottleneck": r"bottleneck\w*|capacity|engpass|瓶颈|产能",
    "infeasible": r"infeasib\w+|constraint\w*|unlösbar|不可行|约束",
    "shortage": r"shortage\w*|supply|mangel|短缺|缺料",
    "demand-moved": r"demand\w*|nachfrage|需求",
    "plan-outdated": r"outdated|old plan\w*|veraltet\w*|过时",
    "disruption": r"disrupt\w*|outage\w*|störung\w*|中断",
    "input-drift": r"inputs?|input drift|eingang\w*|输入",
    "calibration-lost": r"calibrat\w*|kalibrier\w*|校准",
    "performance-lost": r"performance|leistung\w*|性能",
    "better-challenger": r"challenger\w*|挑战",
    "forecast-off": r"forecast\w*|prognose\w*|预测",
    "none": r"no cause|no sign|nothing|none|keine ursache|没有|无",
    "unknown": r"no cause|unknown|unclear|not known|undetermined|unbekannt|unklar|未知|不明",
}
CULPRIT_NOUNS = re.compile(  # causes that no catalogue holds: nobody and nothing is blamed by them
    r"\b(?:operators?|shifts?|human|people|staff|sabotage|negligence|carelessness|weather|humidity"
    r"|temperature|vibration|software|bug|hacker\w*|supplier|vendor|lightning|power|voltage"
    r"|contamination|dust|oxid\w*|corrosion|bediener|schicht|nachtschicht)\b|操作员|夜班|湿度|温度"
)
