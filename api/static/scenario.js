// A scenario: cells that are edited in place become edits of the API, texts become edits too; both can be tried before
// they are saved. Importing a file, and showing the differences between revisions.

export function plan(root) {
  for (const form of root.querySelectorAll("[data-scenario-import]")) once(form, bringIn);
  for (const form of root.querySelectorAll("[data-scenario-edit]")) once(form, edit);
  for (const button of root.querySelectorAll("[data-diff]")) once(button, differences);
  for (const cell of root.querySelectorAll("[data-cell]")) once(cell, watch);
}

function once(element, wire) { if (!element.dataset.wired) { element.dataset.wired = "1"; wire(element); } }

const kept = new Map(); // pointer to the changed text: a filter shows other rows, what was changed stays

function watch(cell) {
  const pointer = cell.dataset.cell, before = cell.textContent;
  if (kept.has(pointer)) { cell.textContent = kept.get(pointer); cell.classList.add("changed"); }
  cell.addEventListener("input", () => {
    const changed = cell.textContent.trim() !== before;
    cell.classList.toggle("changed", changed);
    if (changed) kept.set(pointer, cell.textContent.trim()); else kept.delete(pointer);
    document.dispatchEvent(new CustomEvent("cells"));
  });
  cell.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); cell.blur(); }
    if (event.key === "Escape") { cell.textContent = before; cell.dispatchEvent(new Event("input")); cell.blur(); }
  });
}

function valueOf(text) {
  if (text === "") return null;
  if (text === "true" || text === "false") return text === "true";
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : text;
}

function edit(form) {
  const part = form.closest("[data-scenario]"), told = form.querySelector("[data-changed]");
  document.addEventListener("cells", () => {
    told.textContent = kept.size ? `${told.dataset.some} ${[...kept].map(([p, v]) => `${p} = ${v}`).join(", ")}` : told.dataset.none;
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const texts = form.querySelector("#edit-texts").value.split("\n").map((line) => line.trim()).filter(Boolean);
    const cells = [...kept].map(([pointer, text]) => ({ kind: "set", pointer, value: valueOf(text) }));
    const body = { edits: [...cells, ...texts], note: form.querySelector("#edit-note").value, revision: Number(part.dataset.revision) };
    const trying = event.submitter?.value !== "save";
    const address = part.dataset.scenario + (trying ? (part.dataset.scenario.includes("?") ? "&" : "?") + "dry_run=true" : "");
    const headers = { "Content-Type": "application/json", "Idempotency-Key": key() };
    const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
    const found = await answer.json();
    if (answer.ok && !trying) { const url = new URL(location); url.searchParams.delete("revision"); kept.clear(); location.assign(url); return; }
    show(form.querySelector("[data-outcome]"), answer.ok, found);
  });
}

function show(box, ok, found) {
  box.replaceChildren();
  if (!ok) return refuse(box, found);
  if (!found.diff.change_count) line(box, "info", box.dataset.nothing);
  for (const said of found.sentences) line(box, "info", said);
  for (const change of found.diff.changes.slice(0, 50)) line(box, "info", change.sentence);
  for (const flaw of found.flaws.slice(0, 50)) line(box, "bad", `${flaw.pointer}: ${flaw.detail}`);
  if (!found.flaw_count && found.diff.change_count) line(box, "good", box.dataset.flawless);
}

function refuse(box, problem) {
  const wrong = problem.errors?.length ? problem.errors.map((e) => `${e.pointer}: ${e.detail}`) : [problem.detail];
  for (const text of wrong) line(box, "bad", text);
}

const MARK = { info: "i", good: "✓", bad: "✕" };

function line(box, level, text) {
  const said = document.createElement("p"), mark = document.createElement("span"), words = document.createElement("span");
  said.className = `verdict ${level}`;
  mark.className = `level ${level}`;
  mark.setAttribute("aria-hidden", "true");
  mark.textContent = MARK[level];
  words.textContent = text;
  said.append(mark, " ", words);
  box.append(said);
}

function bringIn(form) {
  const outcome = document.createElement("div");
  outcome.setAttribute("aria-live", "polite");
  form.append(outcome);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    outcome.replaceChildren();
    const file = form.querySelector("[type=file]").files[0], code = form.elements.code.value.trim(), site = form.elements.site.value;
    if (!file || !code) return form.reportValidity();
    const body = new FormData();
    body.append("file", file);
    const asked = new URLSearchParams(site ? { code, site } : { code });
    form.setAttribute("aria-busy", "true");
    const answer = await fetch(`/v1/scenarios/import?${asked}`, { method: "POST", headers: { "Idempotency-Key": key() }, body });
    form.removeAttribute("aria-busy");
    const found = await answer.json();
    if (!answer.ok) return refuse(outcome, found);
    location.assign(`/scenarios/${encodeURIComponent(found.code)}${found.site ? `?site=${encodeURIComponent(found.site)}` : ""}`);
  });
}

function differences(button) {
  button.addEventListener("click", async () => {
    const box = document.querySelector("[data-differences]");
    const found = await (await fetch(button.dataset.diff)).json();
    box.replaceChildren();
    for (const change of found.changes) line(box, { added: "good", removed: "bad", changed: "info" }[change.kind], change.sentence);
  });
}

function key() { return crypto.randomUUID?.() ?? String(Math.random()).slice(2); }
