// A file of a life test: tried first (which column is what, which rows are wrong), then stored as a revision.

export function life(root) {
  for (const form of root.querySelectorAll("[data-life-upload]")) begin(form, show);
}

// A form that sends a file: `data-upload` or `data-life-upload` is where to, `show` tells what would come out.
export function begin(form, show) {
  if (form.dataset.wired) return;
  form.dataset.wired = "1";
  const drop = form.querySelector("[data-drop]"), input = form.querySelector("[data-file]");
  const words = JSON.parse(form.querySelector("[data-words]").textContent), outcome = form.querySelector("[data-outcome]");
  const name = form.querySelector("[data-name]");
  let file;
  const chosen = (found) => { if (found) { file = found; name.textContent = file.name; send(form, file, show, outcome, true); } };
  input.addEventListener("click", () => { input.value = ""; }); // the same file once more, mended, counts as a change
  input.addEventListener("change", () => chosen(input.files[0]));
  for (const kind of ["dragover", "dragleave", "drop"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.toggle("over", kind === "dragover"); });
  drop.addEventListener("drop", (event) => chosen(event.dataTransfer.files[0]));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    outcome.replaceChildren();
    if (!file) return line(outcome, "bad", words.choose);
    send(form, file, show, outcome, event.submitter?.value !== "store");
  });
}

async function send(form, file, show, outcome, trying) {
  const words = JSON.parse(form.querySelector("[data-words]").textContent);
  const { mode, rejects, note, mapping } = form.elements;
  const address = new URL(form.dataset.upload ?? form.dataset.lifeUpload, location);
  for (const input of form.querySelectorAll("[data-query]")) if (input.value.trim()) address.searchParams.set(input.name, input.value.trim());
  for (const [key, value] of Object.entries({ mode: mode.value, rejects: rejects.value, note: note.value.trim(), file_name: file.name, preview: trying })) address.searchParams.set(key, value);
  const body = new FormData();
  body.append("file", file, file.name);
  if (mapping.value.trim()) body.append("mapping", mapping.value.trim());
  const turn = (form.turn = (form.turn ?? 0) + 1);
  form.setAttribute("aria-busy", "true");
  let answer, found;
  try {
    answer = await fetch(address, { method: "POST", body, headers: { "Idempotency-Key": crypto.randomUUID?.() ?? String(Math.random()).slice(2) } });
    found = await answer.json();
  } catch (lost) { answer = { ok: false }; found = { detail: String(lost) }; }
  if (trying && turn !== form.turn) return; // another file was chosen since
  form.removeAttribute("aria-busy");
  if (answer.ok && !trying) { const url = new URL(location); url.searchParams.delete("revision"); url.hash = ""; return location.assign(url); }
  outcome.replaceChildren();
  if (!answer.ok) { for (const text of found.errors?.length ? found.errors.map((e) => e.detail) : [found.detail]) line(outcome, "bad", text); return; }
  show(outcome, found, words);
}

function show(box, found, words) {
  const number = new Intl.NumberFormat(document.documentElement.lang), held = found.summary;
  line(box, found.rejected_count ? "warn" : "good", `${words.seen}: ${number.format(found.seen)}, ${words.kept}: ${number.format(found.kept)}. ${words.after} ${words.units}: ${number.format(held.units)}, ${words.failures}: ${number.format(held.failures)}, ${words.censored}: ${number.format(held.censored)}.`);
  for (const text of found.warnings) line(box, "warn", words.warnings[text] ?? text);
  const taken = [...Object.entries(found.columns), ...Object.entries(found.stresses)].map(([role, column]) => [column, role.replaceAll("_", " ")]);
  table(box, words.columns, [words.column, words.means], taken);
  if (found.ignored.length) line(box, "info", `${words.ignored}: ${found.ignored.join(", ")}`);
  if (found.rejected.length) table(box, `${words.rejected}: ${number.format(found.rejected_count)}`, [words.row, words.column, words.value, words.reason], found.rejected.map((r) => [String(r.row), r.column, r.value ?? "", r.reason]));
}

const MARK = { info: "i", good: "✓", warn: "!", bad: "✕" };

export function line(box, level, text) {
  const said = document.createElement("p"), mark = document.createElement("span"), words = document.createElement("span");
  said.className = `verdict ${level}`;
  mark.className = `level ${level}`;
  mark.setAttribute("aria-hidden", "true");
  mark.textContent = MARK[level];
  words.textContent = text;
  said.append(mark, " ", words);
  box.append(said);
}

export function table(box, title, heads, rows) {
  const scroll = Object.assign(document.createElement("div"), { className: "scroll", tabIndex: 0 });
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", title);
  const made = document.createElement("table"), head = made.createTHead().insertRow(), body = made.createTBody();
  for (const text of heads) head.append(Object.assign(document.createElement("th"), { textContent: text, scope: "col" }));
  for (const row of rows) {
    const made = body.insertRow();
    for (const text of row) made.insertCell().textContent = text;
  }
  scroll.append(made);
  box.append(Object.assign(document.createElement("h3"), { textContent: title }), scroll);
}
