"""Words that say a number, an amount or a date, in English, German, Chinese and a few more."""

import re

_ENGLISH = """
zero nil naught nought none? one two three four five six seven eight nine ten eleven twelve
thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fourty fifty
sixty seventy eighty ninety hundreds? thousands? millions? billions? trillions? dozens? dozen
half halves halved halving halve quarters? thirds? fourths? fifths? sixths? tenths? hundredths?
thousandths? single singles double doubles doubled doubling triple triples tripled treble quadruple
quadrupled quintuple once twice thrice pair pairs couple couples both several multiple numerous
umpteen few fewer many majority minority most percent percents percentage per-cent permille
first second third fourth fifth sixth seventh eighth ninth tenth twentieth hundredth
tens scores myriad googol pi zillion zillions lakh crore twain trio duo quartet fortnight
minus plus times decade
decades century centuries everything everyone all every always anyone
""".split()  # noqa: SIM905  (a word list is read more easily)
_GERMAN = """
null eins zwei zwo drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn
sechzehn siebzehn achtzehn neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig
hundert hunderte tausend tausende million millionen milliarde milliarden dutzend dutzende halb halbe
halben halber halbes hälfte viertel drittel fünftel zehntel hundertstel einmal zweimal dreimal
doppelt doppelte doppelten verdoppelt halbiert dreifach zweifach vierfach zehnfach paar mehrere
mehreren viele vielen wenige beide beiden prozent prozentpunkte erste ersten zweite zweiten dritte
dritten mehrfach alle allen jede jeder jedes immer
""".split()  # noqa: SIM905  (a word list is read more easily)
_OTHERS = """
deux trois quatre cinq sept huit neuf dix onze douze treize vingt trente quarante cinquante cent
mille uno tre quattro cinque sette otto nove dieci undici dodici venti cento dos tres cuatro
cinco seis siete ocho nueve diez once doce veinte ciento mil dois quatro sete oito dez
twee drie vijf zes zeven negen tien jeden dwa trzy cztery ett två fyra fem sju åtta nio tio
""".split()  # noqa: SIM905  (a word list is read more easily)
_DATES = """
january february march april june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec januar februar märz mai juni juli oktober dezember
monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag
samstag sonntag today tomorrow yesterday tonight heute morgen gestern midnight noon weekend
""".split()  # noqa: SIM905  (a word list is read more easily)
_UNITS = """
seconds? minutes? hours? days? weeks? months? years? daily weekly monthly yearly annually hourly
sekunden? minuten? stunden? tage? tagen wochen? monate? monaten jahre? jahren täglich wöchentlich
micron microns micrometre micrometres micrometer micrometers nanometre nanometres nanometers
millimetre millimetres millimeter millimeters centimetres metres meters mikrometer nanometer
µm μm mm nm cm km ms kg mg gf cn mn kn degrees celsius kelvin grad euros? dollars? cents? eur usd
yuan rmb yen francs? chf gbp pounds? grams? newtons? volts? amperes? watts? kwh hz khz mhz
""".split()  # noqa: SIM905  (a word list is read more easily)
WHITELISTED = re.compile(  # they count nothing
    r"\btoo few\b|\bat (?:most|least)\b|\bmost (?:likely|probable|probably)\b|\bonce (?:more"
    r"|again)\b"
    r"|\bhow (?:many|few)\b|\bsecond(?:ly)? opinion\b|\bat once\b|\bfirst of all\b|\bfirstly\b"
    r"|\bnot at all\b|\bat all\b|\ball of its (?:interval|bounds)\b|\bnone of (?:its|the)\b"
    r"|\b(?:at )?first(?=\s*(?:,|\.|;|$|then\b))|\bvor allem\b|\bauf jeden fall\b"
    r"|\bzu wenige\b|\bnoch einmal\b"
)
WAITS = re.compile(r"\b(?:wait\w*|delay\w*)\b")
A_WEEK = re.compile(r"(?<=\ue001)\s+(?:per|a|each) week\b")
WEEK = re.compile(r"\b(?:each|every|a|per) week of (?:waiting|delay)\b(?= costs? \ue001)")
_SMALL = (
    r"ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|vierzig|fünfzig"
    r"|sechzig|siebzig|achtzig|neunzig|hundert|tausend"
)
_TENS = r"twen|thir|for|four|fif|six|seven|eigh|nine?"
_SEVERAL = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|hundred|thousand|many|multi"
)
WORD = re.compile(
    r"(?<![\w])(?:"
    + "|".join((*_ENGLISH, *_GERMAN, *_OTHERS, *_DATES, *_UNITS))
    + rf"|(?:{_TENS})(?:ty|teen)(?:one|two|three|four|five|six|seven|eight|nine|s|th|ieth|ish)?"
    rf"|(?:{_SEVERAL})-?fold|(?:{_SMALL})(?:und)?(?:{_SMALL})\w*"
    rf"|(?:{_SMALL})(?:fach|mal|tel|stel|te|ten|ter|tes|malig|tägig|wöchig)\w{{0,2}}"
    r"|(?:per|pro|each) (?!se\b|of\b|by\b|other\b|part\b)\w+|\w+(?:hundert|tausend|zwanzig"
    r"|dreißig|vierzig|fünfzig|sechzig"
    r"|siebzig|achtzig|neunzig)\w*"
    r")(?![\w])"
)
ROMAN = re.compile(
    r"(?<![\w])(?:(?=[MDCLXVI]{2})M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
    r"|[VXLCDM]|ii|iii|iv|vi|vii|viii|ix|xi|xii|xiii|xiv|xv|xvi|xix|xx)(?![\w])"
)
SPELT = re.compile(r"(?<![\w])\w(?:[\s.\-_·]+\w){2,}(?![\w])")  # t w o, t-w-o
HAN = re.compile(
    "[一二三四五六七八九十百千万亿兆两俩双仨廿卅零〇半倍壹贰叁肆伍陆柒捌玖拾佰仟几数]|百分|成以上"
    "|[年月日天周号时秒]|分钟|小时|微米|毫米|纳米|今天|明天|昨天|全部|所有|每"
)
HAN_HARMLESS = re.compile(
    "一致|统一|进一步|一般|一直|同一|唯一|一旦|一起|之一|一样|一定|万一|十分|数据|参数|系数|函数|指数"
    "|数值|次数|数量|周期|日志|时间|及时|同时|当时|暂时|此时|随时|这时|小时候|型号|信号|一个|符号|几何|双方"
)
