// What a file of measurements looks like: how its letters are encoded, and by their names what its columns mean.

const LOOKS = { // names by which a column is known at first sight, in the order in which roles are given away
  time: /^(time|date|datetime|timestamp|ts|zeit|datum|时间)|time$|_at$/i, value: /^(value|wert|reading|result|measurement|height|hoehe|höhe|值)$|value|height|force|wert|höhe|hoehe|kraft/i,
  characteristic: /^(char|param|feature|merkmal|test|item)/i, unit_id: /^(unit_?id|unit|device|serial|sn|strip|die|einheit|geraet|gerät|part)(_?(id|no|nr))?$/i,
  position: /^(pos|position|wire|site|draht|loc)/i, subgroup: /^(sub_?group|sample(_?(id|no))?)$/i, seq: /^seq(uence)?$/i, n: /^n$/i, replicate: /^repl/i,
  tool: /^(tool|machine|maschine|bonder|equipment|eqp|anlage|机台|设备)(_?(id|no|nr|name))?$/i, lot: /^(lot|los|batch|charge|批次?)(_?(id|no|nr|name))?$/i,
};
export const FACTORS = ["tool", "lot"]; // factors that the whole house knows by these names
const FORMS = [ // times that are no ISO 8601, by what they look like; a day before a month cannot be told from the reverse
  [/^\d\d?\.\d\d?\.\d{4} \d\d?:\d\d:\d\d$/, "%d.%m.%Y %H:%M:%S"], [/^\d\d?\.\d\d?\.\d{4} \d\d?:\d\d$/, "%d.%m.%Y %H:%M"], [/^\d{10}$/, "epoch_s"], [/^\d{13}$/, "epoch_ms"],
];
const UNIT = /[[(]\s*(µm|μm|um|nm|mm|cm|mil|inch|gf|kgf|mN|cN|N|°C|degC|K|%|s|ms|µs|us|mV|V|mA|A|mW|W|kPa|MPa|Pa|kHz|Hz)\s*[\])]\s*$|_(um|nm|mm|mil|gf|mN|cN)$/;

export function guess(standard, columns) {
  const mapping = structuredClone(standard), left = new Set(columns.map((c) => c.name));
  for (const role of Object.keys(LOOKS)) {
    const name = left.has(role) ? role : [...left].find((n) => LOOKS[role].test(n));
    if (name === undefined) continue;
    left.delete(name);
    if (role === "time") mapping.time.column = name;
    else if (role === "characteristic") mapping.characteristic = { column: name };
    else if (FACTORS.includes(role)) mapping.factors = { ...mapping.factors, [role]: name };
    else mapping[role] = name;
  }
  if (mapping.factors) for (const name of left) mapping.factors[name] = name;
  const first = (name) => columns.find((c) => c.name === name)?.first.filter((v) => v) ?? [];
  if (first(mapping.value).some((v) => /^-?\d+,\d+$/.test(v))) mapping.decimal = ",";
  const form = FORMS.find(([looks]) => looks.test(first(mapping.time.column)[0] ?? ""));
  if (form) mapping.time.formats = [form[1]];
  const unit = UNIT.exec(mapping.value);
  if (unit) mapping.unit = { constant: unit[1] ?? unit[2] };
  return mapping;
}

export function encodingOf(bytes) {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return "utf-16";
  try { new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true }); } catch { return "cp1252"; }
  return "utf-8";
}

export function wholeLines(bytes, encoding) { // a row that is cut off would be refused
  const end = bytes.lastIndexOf(10) + 1;
  return new Blob([bytes.slice(0, encoding === "utf-16" ? end + (end % 2) : end)]);
}
