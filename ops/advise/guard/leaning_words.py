"""Words that lean on a sentence before or behind: without it they say less, or something else."""

import re

JOINED = re.compile(  # at the begin of a sentence: it goes on, contrasts with, or follows from one
    r"(?:^|[.;:!?]\s+)\W*(?:however|but|yet|still|nevertheless|nonetheless|otherwise|instead"
    r"|or else"
    r"|therefore|thus|hence|so|then|consequently|accordingly|conversely|likewise|similarly|also"
    r"|too|moreover|furthermore|further|besides|additionally|in addition|even so|even then|even"
    r"|meanwhile|except|unless|only|apart from|other than|and|or|nor|neither|rather|again|as"
    r"|because|since that|while|whereas|although|though|despite|in spite of"
    r"|not|no longer|never|none|nothing else|if so|if not|in short|in summary|to sum up|in (?:that"
    r"|this|such|any|either) (?:case|event)|in (?:contrast|comparison|turn|conclusion)|by contrast"
    r"|on the (?:contrary|other hand|whole)|for (?:that|this|the same) reason|as (?:a"
    r"|the) (?:result"
    r"|consequence)|as such|as well|with (?:that|this)|at that|that said|having said that"
    r"|to that end|anyway|after all|all the same|same|same for|ditto|reverse|opposite|contrary"
    r"|aber|jedoch|doch|dennoch|trotzdem|sonst|andernfalls|daher|deshalb|folglich|somit|dann|auch"
    r"|zudem|außerdem|nur|außer|sondern|oder|und|weil|obwohl|nicht|wenn nicht)\b"
    r"|^\W*(?:但|然而|不过|而|因此|所以|否则|另外|此外|同样|也|还|或|和|且|除|只)"
)
BACK = re.compile(  # anywhere: it points at what was said
    r"\b(?:above-?mentioned|aforementioned|aforesaid|foregoing|former|latter|mentioned|respectively"
    r"|(?:the|see|said|noted|stated|described|shown|told|listed|given) (?:above|before|earlier)"
    r"|as (?:said|noted|stated|described|told|shown|explained)|the (?:same|others?|rest|reverse"
    r"|opposite|contrary|previous|preceding|last) (?:is|are|holds?|goes|one|ones|applies|finding"
    r"|findings|statement|claim|point|sentence|reason|case|cases|conclusion|number|value|figure)"
    r"|(?:the )?(?:previous|preceding|earlier) (?:finding|claim|statement|sentence|point|number"
    r"|conclusion)s?|otherwise|instead|however|nevertheless|therefore|hence|accordingly"
    r"|another|one of them|of them|neither|nor|either way|likewise|anyway|(?:is|are|was"
    r"|were) not so"
    r"|is so|do(?:es)? not hold|holds? too|as well|too(?=[.,;])|obige\w*|oben|genannt\w*"
    r"|erwähnt\w*|letztere\w*|erstere\w*|andere[nrs]?)\b|上述|前述|如前|上面|前者|后者|其他|另一"
)
POINTING = re.compile(  # a pronoun: it needs a noun before it
    r"\b(?:it|its|itself|they|them|their|this|that|these|those|such|which|here|there(?! (?:is"
    r"|are)\b)"
    r"|dies\w*|das|es|sie|ihr\w*|sein\w*|dessen|deren|dabei|dadurch|dazu|davon|hier)\b"
    r"|这|那|它|其|此|该"
)
CONJUNCTION = re.compile(  # "that" which opens what is said, and points at nothing
    r"\b(?:is|are|was|shows?|indicates?|means?|found|finds|suggests?|seems|likely|evidence|conclude"
    r"|so|say|says|see|confirms?|reveals?|judged|estimated?|expect\w*|cause is) (?:that)\b"
)
AHEAD = re.compile(  # it announces, excepts or conditions what another sentence would say
    r"\b(?:following|as follows|next|see below|with (?:an?|one|this|the|some) exceptions?"
    r"|exceptions?"
    r"|except|unless|but see|subject to|provided|on (?:the )?conditions?|conditions? (?:is|are"
    r"|that)"
    r"|condition|until|later on|in what follows|what follows|caveats?|with reservations?|only if"
    r"|if|assum\w+|suppos\w+|in case|depend\w*|folgend\w*|außer|sofern|falls|wenn|bedingung\w*"
    r"|vorausgesetzt|unter vorbehalt)\b|[:\uff1a]\s*$|如下|以下|除非|除了|如果|条件|前提|假设"
)
