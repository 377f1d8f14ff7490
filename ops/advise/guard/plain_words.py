"""Plain words that a text may be made of; whatever else it says must be known otherwise."""

ENGLISH = frozenset(
    """
a about above accelerated acceptable according across act acting action actual add added adequate
adoption advice advisable advise advised after again against age ageing aging agreement ahead
alarm alert alerts alike all allow allowed alone along already also alternative alternatives
although always am among amount an analyses analysis and anew another answer any anything apart
are around as aside asked at attention attributed available average away back bad ball band base
based baseline basis batch be because been before began begin beginning begins behind being below
beside besides best better between beyond bias bit bond bonder bonding book both bottleneck bound
bounds break but by calibrate calibration call came can candidate cannot capability capable
capacity capillaries capillary carry case categories category cause center centre centred certain
certainty challenger champion chance change characteristic chart cheaper cheapest check choice
class classes classifier clean cleaned cleaning clear clearance clearly close column come comment
comments common compare comparison component compute concern concerned conclude conclusion
condition conditions confidence confirm confirmed confirms consider considered constant constraint
contain containment continue continued continues contribute contributes correction correlation
cost costly could count course cover coverage creeping cross crosses crossing current currently
cycle data date dated day dear decide decision declines decrease decreases decreasing defect
degradation degrades delay delivery demand describe despite deteriorates deteriorating deviation
device did differ difference different disruption distance distinct do document does done doubt
down downward downwards drift driver drops due duration during each earlier early effect
effectively either else elsewhere empty end enough entry equal equals equipment error estimate
estimated estimates evaluation even event ever evidence evident exactly exceed exceeding exceeds
exclude expect expensive experience explain explained explanation exponent extend factor fail
failure fall falling falls false far fast faster fell few field figure figures find finding fine
first fit flaw fleet follow for force forecast forward found fraction fresh from further
furthermore gain gap gauge give given gives go good gradual gradually ground grounds group grow
growing grows growth had half hand happen has have hazard headline healthy height held help helped
hence here hidden high historically history hold home horizon how however i identical if imply
important improve improvement improves improving in increase increases increasing index indicate
indicates indicating infant infeasible input inputs inside inspect instead interval investigate is
isolate it its judge judged jump keep keeping kept kind know knowledge known label lag lane large
largest last late later lead leads learnt least leave leaves led left length less let level lie
lies life lifetime like likely likewise limit limits little log long longer look loop lose loss
lost lot low lower machine made main mainly maintenance make many margin master match matches
material matter may me mean means meanwhile measure measurement mechanism median meet memories
memory metrology middle might miss mixture model monitor monitored more moreover most mostly move
moved movement much must my name narrow near necessary need needed needs neither network never new
next no noise nonconforming none nor not note nothing now number objective observed of off
off-centre offset old on once one only onset open option options or origin other otherwise our out
outcome outcomes outdated outside over overall overdue overhaul overview own page parameter part
parts pass past pattern pay per performance period phase piece place plan plans plant play please
point policy position possible possibly precision predict prediction prefer preference present
previously price probability probable probably problem process product program promise promote
proportional prove proven pull put qualified qualify quality quantity quarantine question quote
raised range ranges ranging rank rate ratio reach reached read reads reason recalibrate
recalibrated recalibration recent recenter recently recentre recommend recommendation recommended
record recover reduce reduced reduces reference reforecast refurbish relax relevant reliability
reliable rely remain remaining remains remark remedies remedy remembered repaired repeat replace
replan replanning reported requalification requalify require required requirement rerun
responsible rest result results retrain retraining reveal right rise rises rising room route row
rule run running runs safe said same save saving savings saw say says scatter scenario score see
seen sensor separate serve served service set setting settle setup several shape share shared
shear shift short shortage should show showing shrink shrinks side sign signal significant
significantly similar since single site situation slight slope slow small smallest so solve some
somebody something soon sought source spec special specification specs spread stable stand
standard start started state status stay steadily steady stem stems step still stock stood store
story strata stratum stream strong study such sufficient suggest suggests sum summary supply
support sure system take target tell tend term test tests text than that the their them then there
thereby therefore these they thing this those though through thus time tip to together told
tolerance too took tool touch toward towards train transport trend trending triggered true trust
uncertain uncertainty unclear under unit units unknown unless unreliable unstable until up upper
upward upwards us use usual value variance variation verdict verification verify version very via
virtual visit wafer wait waiting was watch watched way we weak wear wearing week weibull well were
what whatever when where whereas whether which while who whole whose why wide width will window
wire with within without word work worked worn worse worsening worsens worst worth would written
wrote yet you your zero-free appear appears bring calculated computed consistent corresponding
corresponds detected expand identified indication insufficient itself operation
replacement risen root rose seem seems greater larger smaller
""".split()  # noqa: SIM905  (a word list is read more easily)
)
GERMAN = frozenset(
    """
aber abwarten als also alterung am an anforderung anlage anteil auch auf aufgrund aus ausfälle
ausreichend austauschen außerhalb begann beginn behob behoben bei besser betragen beträgt bis
bitte bleiben bleibt daher damit dann das dass dem den denn der des deshalb deutlich die diese
diesem diesen dieser dieses dort drift driftet durch ein eine einem einen einer eines eingang
empfehlen empfehlung empfiehlt empfohlen engpass er ereignis erfüllt erreichen erreicht ersetzen
ersetzt ersparnis es fallen frühere fähig fähigkeit fällt für gefunden gegen grenze grenzwert
grund größer gut haben handeln handelns hat hatte hier hält höchstens höher ihr ihre im in
innerhalb instabil intervall isolieren ist jener kalibrieren kalibrierung kann kapazität kapillare
kein keine keinem keinen keiner kleiner kommentar konstant kosten kostet können lebensdauer
leistung letzte letzten letzter liegen liegt maschine material materialwechsel merkmal messen
messmittel messsystem mindestens mischung mit mittellage mittelwert modell muss müssen nach
nachfrage nachtrainieren neben neu nicht nichts niedriger niveau noch notiz nur obere oberen
oberhalb obwohl oder ohne plan planen prognose prognosefehler prozess prüfen reinigen reinigung
rekalibrieren rekalibriert schlecht schlechter schleichend schleichende schon schreibt sei sein
seine seit sie signifikant sind sinken sinkt so soll sollte sollten sollwert sonst sperren
spezifikation stabil steht steigen steigt steigung streuung strom toleranz trend trennen um
unbekannt und unklar unter untere unteren unterer unterhalb unterschreitet unverändert ursache
ursachen verfehlt verlängern verschleiß von vor wahrscheinlich wahrscheinlichste war waren warte
warten wartens wartung was wegen weil welche welcher welches wenn wer werden werkzeug wert werte
wie wird wo wurde wurden wächst während zeigen zeigt zentrieren ziel zu zum zur zwischen über
überholen überschreiten überschreitet überschritten
""".split()  # noqa: SIM905
)
HAN = frozenset(
    "的了在是为有和与或及并而且但因此所以则即该这那其它们个从自到于对以由被把将会能可应需要请建议不没无未非已仍还又再更最很较"
    "都也只就才如果当时后前中内外上下左右间起来去过得着之者等等同样据表明显示看出说明结论目前现在"
    "近期最近机器设备工具流程产品批次材料数据结果证据事件备注评论记录写道趋势变化情况问题原因措施行动"
    "方案选择费用节省等待继续保持运行测试寿命失效计划需求预测模型性能输入校准量具系统共同混合偏移"
    "蠕变磨损老化维护保养清洁清洗更换翻新核实检查隔离封存重新鉴定调整心减小散布查找调查延长增加产能放宽训练"
    "漂移斜率水平均值标准差裕余量规格限值目标要求参考过程力指数率概风险分区下界低高于大小超出满足达合良好正常"
    "稳定受控失明显著肯定必然确快慢早晚强弱便宜贵好差恶化善优劣升降多少满一致统进般直"
)
