"""Words that touch a number and make another one of it, in English, German and Chinese."""

import re

BEFORE = re.compile(
    r"(?:\b(?:nearly|almost|beside|besides|past|against|near|towards?|versus|without|like|fast"
    r"|kaum|gegen)"
    r"|\b(?:away|apart|different|differs?|deviates?|far|aside|other than|else) from"
    r"|\b(?:other|else|rather) than|\b(?:close|next|near|nearer|closer|added|up|down|similar"
    r"|prior|back) to"
    r"|\b(?:added|adds?|divided|multiplied|scaled|off|out|wrong) (?:to )?by"
    r"|\bin the units? of|[/\u2026])\s*$"
)
BEHIND = re.compile(
    r"\s*[°ªº'\u2018\u2019/]"
    r"|\s*,?\s*(?:or|and|oder|und)\s+(?:so|more|less|up|down|over|under|beyond|above|below|again"
    r"|further"
    r"|higher|lower|falling|rising|growing|mehr|weniger|as much)\b"
    r"|\s*,?\s*(?:more|less|off|again|too (?:much|little|high|low)|ago|earlier|later|apart|away"
    r"|back|higher"
    r"|lower|faster|slower|longer|shorter|as much|so much|mehr|weniger|zu viel|zu wenig|short"
    r"|over|under"
    r"|above|below|beyond)\b(?=\s*(?:[.,;:)]|$|(?:and|or|again|still)\b))"
    r"|\s*(?:以上|以下|以内|之多|多(?!测)|倍)"
)
SHARE = re.compile(
    r"(?:^|[,;:(]\s*|\b(?:is|are|only|just|but|as|being)\s+)a (?:\w+ )?(?:fraction|part|share"
    r"|bit|piece)"
    r" of\b|\b(?:as|so) (?:much|many)\b|\bthe (?:last|next) of\b|\bin the units?\b|\b(?:is|are"
    r"|was) added\b"
    r"|\b(?:vielfach|bruchteil|mehrfach)\w*\b|[,\uff0c]\s*多"
)
OF_RATE = re.compile(  # a movement that is told to move itself
    r"\b(?:slope|drift|trend|rate|creep|steigung)(?: (?:of|on|at) \S+){0,2}\s+(?:has |have |is "
    r"|still )*"
    r"(?:rises?|rose|risen|increase[sd]?|grows?|grew|grown|falls?|fell|fallen|decrease[sd]?"
    r"|decline[sd]?"
    r"|changes?|changed|drops?|dropped|steigt|sinkt|wächst|fällt)\b"
)
JOINT = re.compile(r"\s*(?:[,;\u3001]|[,;]?\s*(?:and|or|und|oder|和|与|或))\s*")
UP_TO = re.compile(r"\s*(?:to|up to|until|till|bis|through|[-\u2013]|到|至|and|und)\s*")
RANGE = re.compile(
    r"\b(?:from|between|ranges?|ranging|zwischen|von)\b(?:\s+(?:about|from|between|the"
    r"|at least))*\s*$"
)
AT_OTHER = re.compile(r",\s*at\s*$")
OF_THINGS = re.compile(
    r"\s+of (?:the |all |all the |its )?(parts|units|wires|lots|devices|pieces|tools|machines"
    r"|measurements|values|time|level|slope|costs?|mean|spread|limit|target|margin)\b"
)
BY = re.compile(r"\bby\s*$")
OTHER_MOVES = re.compile(  # a movement told of what does not move, or is not what was measured
    r"\b(targets?|costs?|gau?ges?|limits?|materials?|wires?|lots?|spread|medians?|requirements?"
    r"|sensors?"
    r"|capillar\w+)(?: (?:of|on|at) \S+){0,2}\s+(?:has |have |is |are |been |was |were |still )*"
    r"(?:drift|creep|mov|shift|jump)\w*"
)
AFTER_ACTING = re.compile(
    r"\b(?:after|by|when|once|with|despite) (?:the |a )?(?:replac|recalibr|clean|refurb|acting"
    r"|action|overhaul)"
    r"|\b(?:is|are) left\b"
)
