"""Words that claim what nothing computes: that it is over, that it is harmless, that it is all."""

import re

OVER = re.compile(  # that something has ended; a case that is in order may say so
    r"(?<!anything )\b(?:is|are|was|were|has|have|had|been|now|and)\s+(?:now\s+|already\s+|all\s+)*"
    r"(?:over|past|gone|back|done|ended|finished|resolved|restored|corrected|fixed"
    r"|solved|removed)\b(?!\s+(?:the|its|a|\ue001|\ue000))"
    r"|\b(?:ends?|ceases?|stops?|stopped|vanish\w*|disappear\w*|no longer|in the past)\b"
    r"|\b(?:behoben|vorbei|beendet|erledigt|behob)\b|已过去|过去了|恢复|消失|结束|已解决"
)
DISMISSED = re.compile(  # that a finding is none, or need not be heeded
    r"\b(?:noise|false|artefacts?|artifacts?|mistakes?|errors? of measurement|measurement errors?"
    r"|(?:does|do|will|would) not matter|no matter|of no (?:matter|importance|concern)"
    r"|not (?:matter|important|serious|relevant)|safe|harmless|acceptable|tolerable|normal|usual"
    r"|as expected"
    r"|(?:is|was) expected(?! to (?:be )?(?:meet|met|reach|reached|cross|crossed)\b)"
    r"|by design|on purpose|small matter"
    r"|little matter|unimportant|reliable|trustworthy|accurate|precise)\b"
    r"|\b(?:rauschen|messfehler|unwichtig|harmlos|unbedenklich|normal)\b|噪声|误差|正常|无关"
    r"|不重要|无所谓|没关系|不严重"
)
DEGREE = re.compile(  # how far a comparison goes: no comparison holds so much
    r"\b(?:far|well|slightly|hardly|barely|just|nearly|almost|much|greatly|vastly|little|deep"
    r"|deeply|way)\s+(?:too\s+)?(?:\w+er|above|below|over|under|beyond|within|outside|inside"
    r"|from)\b"
    r"|\b(?:weit|knapp|leicht|kaum|fast)\s+(?:über|unter|\w+er)\b"
    r"|(?:远|略|稍|几乎)[高低大小超]"
)
ALL = re.compile(  # of all, of none, for ever: a case knows its own thing only
    r"\b(?:always|never|for ever|forever|certain|certainly|exact|exactly|proven|proves?"
    r"|no uncertainty|no doubt|without (?:any )?doubt|for the last time|at the latest"
    r"|at the earliest|(?:the )?only (?:cause|reason|explanation|one)|again and again"
    r"|whole period|all along|in general|other (?:tools?|machines?|bonders?)|elsewhere"
    r"|over and over|each time|every time|stays? (?:there|so)|all (?:other )?(?:tools|machines"
    r"|bonders|lots|streams|processes)|no other (?:tools?|machines?|bonders?|lots?|streams?)"
    r"|no (?:tools?|machines?|bonders?|lots?|streams?)(?= (?:is|are|has|have|was|were|drift|mov"
    r"|fail|show))"
    r"|(?:whole|entire) (?:fleet|plant|line|group)|every (?:tool|machine|lot|stream))\b"
    r"|\b(?:immer|niemals|sicher|bewiesen|alle (?:anlagen|lose))\b|永远|总是|必然|肯定|所有设备"
)
AVERAGE = re.compile(r"\bon average\b")  # of many times: only where the label says so
FUTURE = re.compile(
    r"\b(?:will|shall|going to|about to|before the (?:drift|change|jump|material|event"
    r"|maintenance|onset)|since the (?:last|previous|old|latest|new))\b"
)
ALONE = re.compile(  # what sets a thing apart from others, or likens it to them
    r"\bonly (?:this|that|the|\ue000)|\balone\b(?! (?:does|cannot|is|are))|\bdiffer\w*\b|\bunlike\b"
    r"|\b(?:is|are) (?:like|shared|alike)\b|\bto and from\b|\bas (?:is|does|are|do) \ue000"
)
NEVER = re.compile(  # what nothing computes, whatever is found
    r"\b(?:cannot|can not|never) (?:\w+ly )?(?:drift|move|fail|wear|break|change|rise|fall|age"
    r"|jump)\b"
    r"|\bothers (?:do|show|have|are|did|drift|too)\b|\bso (?:is|are|do|does|has"
    r"|have) (?:the )?others?\b"
    r"|\b(?:is|are) (?:too |so |not )?(?:much|many)\b|\bno effect\b|\bknows? (?:it|of|that|why)\b"
    r"|\b(?:nearly|almost)\b"
    r"|\bin the field\b|\bfailed (?:late|again|soon)\b"
    r"|\bnone of the (?:tools|machines|bonders|lots|streams)\b|\bnot (?:wear|age|fail|break"
    r"|leak)\b|(?<!figures is )\bat hand\b|\bin stock\b|\b(?:time"
    r"|it) is short\b"
    r"|\b(?:early|late) sign\b|\b(?:is|are) off(?=\s*(?:[.,;]|$))|\bcosts? nothing\b"
    r"|\b(?:for )?free\b"
    r"|\b(?:no|any|only) (?:other )?alternatives?\b|\bkostet nichts\b|\bhas (?:a|no|the) sign\b"
)
SPENT = re.compile(r"\b(?:already|long since)\s+(?:lost|paid|spent|saved|sunk)\b")
PAST = re.compile(r"\b(?:was|were|had|used to)\b")
SIDE = re.compile(r"\b(?:upper|lower|high|low|right|wrong) side\b")
NOT_BEFORE = re.compile(
    r"\b(?:not (?:before|until)|no sooner|no earlier|only after|later than|after)\b|\bnicht vor\b"
    r"|\berst nach\b|之后"
)
HELPED = re.compile(r"\b(?:help(?:s|ed)?|work(?:s|ed)|remed(?:y|ies)|geholfen|half)\b|有效|有用")
LOST = re.compile(r"\b(?:lost|loses?|lose|worse\w*|missed|left)\b")
CHANGED = re.compile(
    r"\b(?:re-?calibrat\w*|calibrat\w*|clean\w*|replac\w*|maintenance|chang\w*|serviced"
    r"|repair\w*)\b"
    r"|校准|更换|维护"
)
BEGAN = re.compile(
    r"\b(?:beg[aiu]n\w*|start\w*|drift\w*|creep\w*|jump\w*|shift\w*|mov\w+|step\w*|onset|seit|since"
    r"|from)\b|自|起|开始"
)
CAPABLE = re.compile(r"\b(?:capable|fähig)\b|有能力")
GAUGE = re.compile(r"\b(?:gau?ges?|messmittel\w*|messsystem\w*)\b|量具|测量系统")
HISTORY = re.compile(
    r"\b(?:happened before|has happened|happens? again|seen before|known before"
    r"|(?:mov\w+|drift\w*|jump\w*|rises?|rose|falls?|fell|fails?|failed|changed) again)\b"
)
TOO = re.compile(
    r"\btests?\b[^.;,]*\btoo short\b|\btoo (?!few\b|short\b)\w+"
    r"|\bzu (?:breit|hoch|spät|gross|groß|tief)\b|\ballows? (?:a|some)\b"
)
MIXED = re.compile(r"\b(?:mixture|mixed|populations?|mischung)\b|混合")
CENTRED = re.compile(r"(?<!off )(?<!off-)\b(?:cent(?:re|er)d|zentriert)\b|居中")
ON_CENTRE = re.compile(r"\bon[- ]cent(?:re|er)\b|\bwell[- ]cent(?:re|er)ed\b")
UNEXPECTED = re.compile(r"\b(?:not|never) (?:to be )?expected\b")
AGAINST_ACTING = re.compile(r"\b(?:against|compared (?:with|to)|than|over) acting\b(?! costs?\b)")
MEDIAN = re.compile(r"\bmedians?\b")
ELSE = re.compile(
    r"\bwhile\b|\bto (?:the |its )?(?:upper |lower )?limits?\b|\bwithout\b"
    r"|\baway\b|\bafter delivery\b"
)
DONE = re.compile(  # nothing tells that something was done, beside what memories say
    r"\b(?:was|were|has been|have been|had been)\s+(?:\w+ly\s+)?(?:held|contained|recalibrated"
    r"|calibrated|replaced|cleaned|quarantined|retrained|approved|accepted|closed|opened|stopped"
    r"|changed|repaired|mended|made (?:new|anew)|renewed|adjusted|touched|swapped|moved|set"
    r"|checked|verified|inspected|requalified|set apart|isolated|serviced|exchanged|informed)\b"
)
INFEASIBLE = re.compile(r"\b(?:infeasib\w+|unlösbar|unzulässig)\b|不可行")
DEMAND_MOVED = re.compile(
    r"\bdemand\s+(?:has\s+|had\s+|have\s+)?(?:moved|changed|shifted|jumped)\b"
)
RANKING = re.compile(r"\b(?:ranking|ranks)\b")
