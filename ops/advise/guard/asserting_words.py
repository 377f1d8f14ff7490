"""Words by which a sentence asks, supposes, reports or takes back instead of saying that it is."""

import re

ASKS = re.compile(
    r"[?\uff1f]|[吗呢]|\bwhy\b|(?:^|[.;:]\s+)[\s\"'(\u201c\u201e]*(?:is|are|was|were|does|do|did"
    r"|has|have|had|can|could|may|might|must"
    r"|shall|should|will|would|who|whose|why|how|which|whether|ist|sind|war|hat|haben|kann"
    r"|können|muss"
    r"|soll|sollte|wird|wer|wie|warum|ob)\b"
)
SUPPOSES = re.compile(
    r"\b(?:if|unless|suppos\w+|assum\w+|provided|in case|whether|lest|as though|even though|were it"
    r"|wenn|falls (?:der|die|das|es|sie|ein\w*|nicht)|sofern|ob|vorausgesetzt)\b|如果|假如|假设"
    r"|要是|是否|除非|倘若"
)
AS_IT_GOES = re.compile(  # what a number of what is to come rests on
    r"\b(?:if|wenn) (?:nothing (?:else )?(?:changes|is done|is changed)|it (?:goes|keeps going"
    r"|is kept|is left)"
    r"(?: on)?(?: as it is| like this)?|things? (?:go|goes|stay|stays) (?:on )?as (?:it is"
    r"|they are)"
    r"|(?:this|the) (?:drift|trend|slope|movement|rate) (?:goes on|continues|stays)(?: like this"
    r"| as it is)?)\b"
    r"|\bif it (?:has|have) any\b|\bwenn nichts (?:getan wird|geschieht)\b"
)
HEARSAY = re.compile(
    r"\b(?:so-called|(?:is|are|was|were) (?:said|told|meant|held|taken|thought|known|judged"
    r"|supposed|claimed)"
    r" to\b|(?:somebody|someone|anybody|people|they|you|who|one) (?:says?|said|tells?|thinks?"
    r"|knows?|wrote)"
    r"|in (?:your|their|my) (?:view|words)|as if|angeblich\w*|sogenannt\w*)\b"
)
TAKES_BACK = re.compile(
    r"\b(?:unclear|uncertain|unknown|doubt\w*|not known|not sure|open) (?:whether|if|that|is)\b"
    r"|\b(?:cannot|can not) be (?:true|said|so)\b|\bin (?:no|any) (?:way|case)\b"
)
UNREAL = re.compile(
    r"\b(?:would|could|might|should|must|may|can) (?:be|have|not|well|still|also)\b"
)
DOUBTFUL = re.compile(r"\b(?:could|might|should) be\b")
GONE_BY = re.compile(
    r"\b(?:had (?:been|had|a|an)|used to|formerly|previously|earlier on|in the past|back then"
    r"|at that time"
    r"|until now|up to now|so far|before(?=\s*(?:[.,;]|$)))\b|\bhatte\b|曾|以前|之前是"
)
SCARE = re.compile(
    r"[\"\u201c\u201d\u201e\u300c\u300d]|(?<!\w)['\u2018\u2019]|['\u2018\u2019](?!\w)|!|\uff01"
)
