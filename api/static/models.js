// Models: versions picked for a comparison, aliases set by name, predictions of one row or of a file.

export function models(root) {
  for (const form of root.querySelectorAll("[data-picked]")) once(form, picked);
  for (const form of root.querySelectorAll("[data-alias]")) once(form, alias);
  for (const box of root.querySelectorAll("[data-predict]")) once(box, predict);
}

function once(element, begin) { if (!element.dataset.wired) { element.dataset.wired = "1"; begin(element); } }

function picked(form) {
  const boxes = [...form.querySelectorAll("input[type=checkbox]")], button = form.querySelector("button");
  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const look = () => { button.disabled = chosen().length < 2 || chosen().length > 6; };
  form.addEventListener("change", look);
  form.addEventListener("submit", () => { form.elements.versions.value = chosen().join(","); });
  look();
}

function alias(form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { alias: name, version, reason } = form.elements, wrong = form.querySelector(".form-error");
    wrong.hidden = true;
    if (!form.reportValidity()) return;
    const address = `${form.dataset.alias}/${encodeURIComponent(name.value)}`, query = form.dataset.query;
    try {
      const known = JSON.parse(form.dataset.known)[name.value];
      const headers = { "Content-Type": "application/json", ...(known ? { "If-Match": `"${known}"` } : {}) };
      const gone = `${address}${query}${query ? "&" : "?"}reason=${encodeURIComponent(reason.value)}`;
      const answer = version.value
        ? await fetch(address + query, { method: "PUT", headers, body: JSON.stringify({ version: Number(version.value), reason: reason.value }) })
        : await fetch(gone, { method: "DELETE", headers });
      if (answer.ok) return location.reload();
      wrong.textContent = (await answer.json()).detail;
    } catch (lost) { wrong.textContent = String(lost); }
    wrong.hidden = false;
  });
}

const SHOWN = 200, BARS = 12, EXPLAINED = 50;

function predict(box) {
  const words = JSON.parse(box.querySelector("[data-words]").textContent);
  const one = box.querySelector("[data-one]"), many = box.querySelector("[data-many]");
  one?.addEventListener("submit", (event) => {
    event.preventDefault();
    const row = {};
    for (const input of one.querySelectorAll("[data-name]")) {
      const text = input.value.trim();
      row[input.dataset.name] = text === "" ? null : "number" in input.dataset ? Number(text) : text;
    }
    if (Object.values(row).every((value) => value === null)) return refuse(box, words.empty);
    ask(box, one, words, JSON.stringify([row]), "application/json");
  });
  const file = many.querySelector("[data-file]"), drop = many.querySelector("[data-drop]"), pasted = many.querySelector("textarea");
  const read = async (found) => { if (found) { many.querySelector("[data-file-name]").textContent = found.name; pasted.value = await found.text(); } };
  file.addEventListener("change", () => read(file.files[0]));
  for (const kind of ["dragover", "dragleave", "drop"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.toggle("over", kind === "dragover"); });
  drop.addEventListener("drop", (event) => read(event.dataTransfer.files[0]));
  many.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!pasted.value.trim()) return refuse(box, words.empty);
    ask(box, many, words, pasted.value, "text/csv");
  });
}

async function ask(box, form, words, body, type) {
  form.setAttribute("aria-busy", "true");
  try {
    const address = new URL(box.dataset.predict, location);
    if ("explains" in box.dataset && type === "application/json") address.searchParams.set("contributions", EXPLAINED);
    const answer = await fetch(address, { method: "POST", headers: { "Content-Type": type, Accept: "application/json" }, body });
    const found = await answer.json();
    if (!answer.ok) return refuse(box, ...(found.errors?.length ? found.errors.map((e) => `${e.pointer}: ${e.detail}`) : [found.detail]));
    show(box, found, words);
  } catch (lost) { refuse(box, String(lost)); } finally { form.removeAttribute("aria-busy"); }
}

function opened(box) {
  const part = box.querySelector("[data-answer]"), outcome = box.querySelector("[data-outcome]");
  part.hidden = false;
  outcome.replaceChildren();
  part.scrollIntoView({ block: "nearest" });
  return outcome;
}

function refuse(box, ...texts) {
  const outcome = opened(box);
  for (const text of texts) outcome.append(verdict("bad", text));
}

function verdict(level, text) {
  const said = element("p", `verdict ${level}`), mark = element("span", `level ${level}`, { warn: "!", bad: "✕", good: "✓" }[level]);
  mark.setAttribute("aria-hidden", "true");
  said.append(mark, " ", element("span", "", text));
  return said;
}

function element(tag, className = "", text = "") { return Object.assign(document.createElement(tag), { className, textContent: text }); }

const language = () => document.documentElement.lang || "en";
const number = (value, digits = 4) => (value === null || value === undefined ? "–" : typeof value === "number" ? new Intl.NumberFormat(language(), { maximumSignificantDigits: digits }).format(value) : String(value));
const percent = (value) => new Intl.NumberFormat(language(), { style: "percent", maximumFractionDigits: 1 }).format(value);

function show(box, found, words) {
  const rows = found.predictions, outcome = opened(box);
  if (rows.length === 1) whole(outcome, rows[0], found, words); else list(outcome, rows, found, words);
  for (const note of found.notes) outcome.append(element("p", "muted", note));
  const told = [`${words.version} ${found.version}`];
  if (found.threshold !== null && found.threshold !== undefined) told.push(`${words.threshold} ${found.positive}: ${percent(found.threshold)}`);
  if (found.ignored?.length) told.push(`${words.ignored}: ${found.ignored.join(", ")}`);
  outcome.append(element("p", "muted", told.join(" · ")));
}

function probabilities(row) { // by class, the likeliest first
  return Object.entries(row.probability ?? {}).sort((a, b) => b[1] - a[1]);
}

function whole(outcome, row, found, words) {
  if (row.unusual) outcome.append(verdict("warn", words.unusual));
  for (const remark of row.remarks) outcome.append(element("p", "hint", remark));
  if (row.measure) outcome.append(verdict("warn", words.measure));
  const facts = element("dl", "figures"), likely = probabilities(row);
  const figure = (name, text, after = "") => {
    const made = element("div", "figure"), value = element("dd");
    value.append(element("strong", "", text));
    if (after) value.append(element("span", "interval", after));
    made.append(element("dt", "", name), value);
    facts.append(made);
  };
  if (row.value !== undefined && row.value !== null) figure(`${found.label || words.value}${found.unit ? ` (${found.unit})` : ""}`, number(row.value), row.lower !== undefined && row.lower !== null ? `${number(row.lower)} … ${number(row.upper)}` : "");
  if (row.reliance !== undefined) figure(words.reliance, percent(row.reliance));
  if (row.decided !== undefined && row.decided !== null) figure(words.decided, String(row.decided));
  for (const [name, value] of likely.slice(0, 4)) figure(`${words.probability}: ${name}`, percent(value));
  if (row.possible) figure(words.possible, row.possible.join(", ") || words.none);
  outcome.append(facts);
  if (row.imputed.length) outcome.append(element("p", "hint muted", `${words.imputed}: ${row.imputed.join(", ")}`));
  if (row.contributions?.length) outcome.append(element("h3", "", words.why), bars(row.contributions, words));
}

function bars(contributions, words) {
  const sorted = [...contributions].sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount));
  const told = sorted.slice(0, BARS), rest = sorted.slice(BARS).reduce((sum, one) => sum + one.amount, 0);
  if (sorted.length > BARS) told.push({ feature: words.rest, value: null, amount: rest });
  const top = Math.max(...told.map((one) => Math.abs(one.amount)), 1e-12);
  return table([words.feature, words.given, words.amount], told.map((one) => {
    const bar = element("span", `bar ${one.amount < 0 ? "less" : "more"}`), room = element("span", "bar-room");
    bar.style.setProperty("--share", Math.abs(one.amount) / top);
    room.append(bar);
    const cell = element("span", "amount");
    cell.append(element("span", "", (one.amount > 0 ? "+" : "") + number(one.amount, 3)), room);
    return [one.feature, number(one.value), cell];
  }), words.why);
}

function list(outcome, rows, found, words) {
  const numbers = found.task === "regress", classes = found.positive ? [found.positive] : found.classes.slice(0, 6);
  outcome.append(element("p", "", `${number(rows.length)} ${words.rows}. ${rows.length > SHOWN ? words.shown : ""}`));
  const heads = numbers ? [words.row, words.value, words.interval] : [words.row, words.decided, ...classes.map((name) => `${words.probability}: ${name}`), words.possible];
  outcome.append(table(heads, rows.slice(0, SHOWN).map((row, place) => (numbers
    ? [String(place + 1), (row.unusual ? "! " : "") + number(row.value), row.lower === undefined || row.lower === null ? "–" : `${number(row.lower)} … ${number(row.upper)}`]
    : [String(place + 1), (row.unusual ? "! " : "") + String(row.decided), ...classes.map((name) => percent(row.probability[name])), (row.possible ?? []).join(", ") || words.none])), words.decided));
}

function table(heads, rows, title) {
  const scroll = Object.assign(element("div", "scroll"), { tabIndex: 0 }), made = element("table"), head = made.createTHead().insertRow(), body = made.createTBody();
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", title);
  for (const text of heads) head.append(Object.assign(element("th", "", text), { scope: "col" }));
  for (const row of rows) { const line = body.insertRow(); for (const cell of row) line.insertCell().append(cell); }
  scroll.append(made);
  return scroll;
}
