// Bringing in a file: its columns are found, mapped, and tried on the first rows before anything is stored.

import { encodingOf, FACTORS, guess, wholeLines } from "./column_guess.js";

const SAMPLE = 200_000; // bytes of a text file that are tried
const WHOLE = 6_000_000; // bytes of another file that can be tried, since it must be sent whole
const ENDINGS = { csv: "csv", txt: "csv", tsv: "csv", parquet: "parquet", arrow: "arrow", arrows: "arrow", feather: "arrow", json: "json", ndjson: "json", jsonl: "json", xlsx: "xlsx" };
const ROLES = ["time", "value", "characteristic", "unit_id", "position", "subgroup", "replicate", "seq", "n"];
export function bring(root) {
  for (const box of root.querySelectorAll("[data-bring]")) if (!box.dataset.wired) { box.dataset.wired = "1"; begin(box); }
}

function begin(box) {
  const find = (name) => box.querySelector(`[data-${name}]`);
  const words = JSON.parse(find("words").textContent);
  const state = { box, find, words, standard: JSON.parse(box.dataset.standard), saved: JSON.parse(box.dataset.saved), codes: JSON.parse(box.dataset.codes) };
  const drop = find("drop");
  find("file").addEventListener("change", () => { if (find("file").files[0]) take(state, find("file").files[0]); });
  for (const name of ["dragover", "dragleave", "drop"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.toggle("over", name === "dragover"); });
  drop.addEventListener("drop", (event) => { if (event.dataTransfer.files[0]) take(state, event.dataTransfer.files[0]); });
  const again = () => { clearTimeout(state.timer); state.timer = setTimeout(() => attempt(state), 250); };
  find("mapping").addEventListener("input", (event) => { if (!event.target.matches("[data-keep-name]")) again(); });
  find("site").addEventListener("change", () => { place(state); if (state.sample) again(); });
  find("source").addEventListener("change", () => { if (state.sample) columns(state); });
  find("send").addEventListener("click", () => send(state));
  find("keep").addEventListener("click", () => keep(state));
  place(state);
}

function place({ find, codes }) {
  const site = find("site");
  find("zone-name").placeholder = site.selectedOptions[0].dataset.zone;
  find("constant").list.replaceChildren(...(codes[site.value] ?? []).map((code) => Object.assign(document.createElement("option"), { value: code })));
}

async function take(state, file) {
  state.file = file;
  state.find("name").textContent = file.name;
  state.find("outcome").replaceChildren();
  const ending = file.name.toLowerCase().replace(/\.gz$/, "").split(".").pop();
  state.format = ENDINGS[ending] ?? "csv";
  const text = ["csv", "json"].includes(state.format) && !/\.gz$/i.test(file.name);
  const bytes = new Uint8Array(await file.slice(0, SAMPLE).arrayBuffer());
  const encoding = text ? encodingOf(bytes) : "utf-8";
  state.standard = { ...state.standard, encoding };
  if (encoding !== "utf-8") state.sample = { encoded: "base64", sample: await base64(file.size > SAMPLE ? wholeLines(bytes, encoding) : file) };
  else if (text) state.sample = { encoded: "text", sample: await start(file, state.format) };
  else if (file.size <= WHOLE) state.sample = { encoded: "base64", sample: await base64(file) };
  else { state.sample = undefined; state.find("mapping").hidden = false; state.find("preview").textContent = state.words.large; state.find("send").disabled = false; return; }
  if (state.file === file) await columns(state);
}

async function start(file, format) { // whole lines only: a row that is cut off would be refused
  const text = await file.slice(0, SAMPLE).text();
  if (file.size <= SAMPLE) return text;
  if (format === "json" && text.trimStart().startsWith("[")) return `${text.slice(0, text.lastIndexOf("},") + 1)}]`;
  return text.slice(0, text.lastIndexOf("\n") + 1);
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(",")[1]);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

async function post(address, body) {
  const answer = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  const document_ = await answer.json();
  if (!answer.ok) throw new Error(document_.detail);
  return document_;
}

function wrong({ find }, text) { find("wrong").hidden = !text; find("wrong").textContent = text ?? ""; }

async function columns(state) {
  wrong(state);
  const saved = state.saved[state.find("source").value];
  const turn = (state.turn = (state.turn ?? 0) + 1); // what was asked of the file before counts no more
  const body = { site: state.find("site").value, format: state.format, ...state.sample, mapping: saved ?? state.standard };
  let found, failed;
  try { found = await post("/v1/sources/columns", body); } catch (error) { failed = error; }
  if (turn !== state.turn) return;
  if (failed) return wrong(state, failed.message);
  state.columns = found.columns;
  draw(state, saved ?? guess(state.standard, state.columns));
  state.find("mapping").hidden = false;
  await attempt(state);
}

function role(mapping, name) {
  if (mapping.time.column === name || mapping.time.clock === name) return "time";
  if (mapping.characteristic.column === name) return "characteristic";
  const found = ROLES.find((r) => mapping[r] === name);
  if (found) return found;
  const factor = FACTORS.find((f) => (mapping.factors ? mapping.factors[f] === name : f === name));
  if (factor) return factor;
  if (mapping.ignore.includes(name) || (mapping.factors && !Object.values(mapping.factors).includes(name))) return "ignore";
  return "factor";
}

function draw(state, mapping) {
  const { find, words } = state;
  state.base = mapping;
  find("columns").replaceChildren(...state.columns.map((column, place) => {
    const row = document.createElement("tr");
    const pick = document.createElement("select");
    pick.setAttribute("aria-label", column.name);
    pick.dataset.role = column.name;
    for (const option of [...ROLES, ...FACTORS, "factor", "ignore"]) pick.add(new Option(words[`role_${option}`] ?? words[option], option));
    pick.value = role(mapping, column.name);
    row.append(cell(column.name), cell(column.first.filter((v) => v !== null).join(" · "), "muted"), cell(pick));
    row.firstChild.id = `bring-column-${place}`;
    return row;
  }));
  find("constant").value = mapping.characteristic.constant ?? "";
  find("zone-name").value = mapping.time.zone ?? "";
  find("time-format").value = mapping.time.formats.join() === "iso" ? "" : mapping.time.formats[0];
  find("unit").value = mapping.unit?.constant ?? "";
  find("comma").checked = mapping.decimal === ",";
}

function mapped(state) { // the mapping as the table of columns says it
  const { find, base } = state;
  const mapping = structuredClone(base);
  const of = {};
  for (const pick of find("columns").querySelectorAll("select")) (of[pick.value] ??= []).push(pick.dataset.role);
  mapping.time.column = of.time?.[0] ?? "time";
  mapping.time.zone = find("zone-name").value.trim() || (base.time.zone ?? find("site").selectedOptions[0].dataset.zone);
  mapping.time.formats = find("time-format").value.trim() ? [find("time-format").value.trim()] : ["iso"];
  for (const name of ROLES.slice(3)) mapping[name] = of[name]?.[0] ?? name;
  mapping.value = of.value?.[0] ?? "value";
  const constant = find("constant").value.trim();
  mapping.characteristic = constant && !of.characteristic ? { constant } : { column: of.characteristic?.[0] ?? "characteristic" };
  mapping.unit = find("unit").value.trim() ? { constant: find("unit").value.trim() } : base.unit?.column ? base.unit : null;
  mapping.decimal = find("comma").checked ? "," : ".";
  if (mapping.thousands === mapping.decimal) mapping.thousands = null;
  const names = Object.fromEntries(Object.entries(base.factors ?? {}).map(([factor, column]) => [column, factor]));
  const others = [...(of.factor ?? []), ...FACTORS.flatMap((name) => of[name]?.slice(1) ?? [])];
  mapping.factors = Object.fromEntries(others.map((column) => [FACTORS.includes(names[column]) ? column : names[column] ?? column, column]));
  for (const name of FACTORS) if (of[name]) mapping.factors[name] = of[name][0];
  mapping.ignore = of.ignore ?? [];
  return mapping;
}

async function attempt(state) {
  const { find, words } = state;
  const turn = (state.turn = (state.turn ?? 0) + 1);
  wrong(state);
  const body = { site: find("site").value, format: state.format, ...state.sample, mapping: mapped(state) };
  let found, failed;
  try { found = await post("/v1/sources/preview", body); } catch (error) { failed = error; }
  if (turn !== state.turn) return; // the mapping was changed since
  if (failed) { find("send").disabled = true; find("preview").replaceChildren(); return wrong(state, failed.message); }
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "long" });
  const parts = [];
  if (found.rows.length) parts.push(table([words.time, words.characteristic, words.value, words.unit_id, words.position, words.factors], found.rows.slice(0, 8).map((r) => [clock.format(new Date(r.time)), r.characteristic, `${r.value} ${r.unit}`, r.unit_id ?? "", r.position ?? "", Object.entries(r.factors).map(([n, v]) => `${n} ${v}`).join(", ")])));
  if (found.refused.length) parts.push(Object.assign(document.createElement("h3"), { textContent: words.refused }), table([words.row, words.column, words.value, words.reason], found.refused.slice(0, 8).map((r) => [String(r.row), r.column, r.value ?? "", r.reason])));
  if (!found.rows.length) parts.unshift(Object.assign(document.createElement("p"), { className: "form-error", textContent: words.wouldBe }));
  find("preview").replaceChildren(...parts);
  find("send").disabled = !found.rows.length;
}

function send(state) {
  const { find, words, file } = state;
  const form = new FormData();
  form.append("mapping", JSON.stringify(state.sample ? mapped(state) : state.saved[find("source").value] ?? state.standard));
  form.append("file", file, file.name);
  const bar = find("progress");
  bar.hidden = false;
  find("send").disabled = true;
  const request = new XMLHttpRequest();
  request.upload.onprogress = (event) => { bar.value = event.loaded / event.total; };
  request.upload.onload = () => { bar.removeAttribute("value"); };
  request.onloadend = () => {
    bar.hidden = true;
    bar.value = 0;
    find("send").disabled = false;
    let answer;
    try { answer = JSON.parse(request.responseText); } catch { answer = { detail: request.statusText || "?" }; }
    if (request.status >= 400 || !request.status) return wrong(state, answer.detail);
    tell(state, answer);
  };
  request.open("POST", `/v1/measurements?${new URLSearchParams({ site: find("site").value, file_name: file.name })}`);
  request.send(form);
}

function tell({ find, words }, answer) {
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const level = answer.error || answer.rejected || answer.conflicting ? "warn" : "good";
  const line = document.createElement("p");
  line.className = `verdict ${level}`;
  const said = ["accepted", "duplicate", "conflicting", "rejected"].map((name) => `${number.format(answer[name])} ${words[name]}`).join(", ");
  const text = document.createElement("span");
  line.append(text);
  text.append([said, answer.error, ...answer.warnings].filter(Boolean).join(". "), " ");
  text.append(Object.assign(document.createElement("a"), { href: `/data/${answer.ingest_id}`, textContent: words.details }));
  find("outcome").replaceChildren(line);
  line.scrollIntoView({ block: "nearest" });
}

async function keep(state) {
  const { find, words } = state;
  try {
    await post("/v1/sources", { site: find("site").value, name: find("keep-name").value.trim(), mapping: mapped(state) });
    find("outcome").textContent = words.kept;
  } catch (error) { wrong(state, error.message); }
}

function cell(content, style = "") {
  const made = document.createElement("td");
  made.className = style;
  made.append(content);
  return made;
}

function table(heads, rows) {
  const box = Object.assign(document.createElement("div"), { className: "scroll" });
  const made = document.createElement("table");
  const head = made.createTHead().insertRow();
  for (const text of heads) head.append(Object.assign(document.createElement("th"), { textContent: text, scope: "col" }));
  const body = made.createTBody();
  for (const row of rows) body.insertRow().append(...row.map((text) => cell(text)));
  box.append(made);
  return box;
}
