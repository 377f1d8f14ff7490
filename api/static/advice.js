// The box to ask in; answers that go on (sentences of a model as they pass their check, plans while they are solved);
// the card of a number: what it is, and where it comes from.

export function advise(root) {
  for (const form of root.querySelectorAll("form[data-ask]")) {
    if (form.dataset.wired) continue;
    form.dataset.wired = "1";
    form.noValidate = true; // without this script the browser checks
    form.addEventListener("submit", (event) => { event.preventDefault(); ask(form); });
    form.elements.text.addEventListener("keydown", (event) => { // Enter asks, Shift+Enter begins a line
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
    });
    for (const example of form.querySelectorAll("[data-example]")) {
      example.addEventListener("click", () => { form.elements.text.value = example.textContent; form.requestSubmit(); });
    }
  }
  for (const button of root.querySelectorAll("button[data-sets]")) { // before its form is sent: a click comes first
    button.addEventListener("click", () => { button.form.querySelector("[data-pointer='/verdict']").value = button.dataset.sets; });
  }
  for (const answer of root.querySelectorAll("[data-advice]")) enliven(answer);
}

export function summon() { // Alt+A, or the link in the head: the drawer, or the box of the page itself
  const opener = document.querySelector("[data-ask-open]");
  if (!opener) return;
  const open = (event) => {
    event.preventDefault();
    const drawer = document.getElementById("ask");
    if (drawer && !drawer.open) drawer.showModal(); // focus goes back to where it was when it closes
    (drawer ?? document).querySelector("form[data-ask] textarea")?.focus();
  };
  opener.addEventListener("click", (event) => { if (!event.ctrlKey && !event.metaKey && !event.shiftKey) open(event); });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
    if (event.key.toLowerCase() !== "a" && !(event.code === "KeyA" && !/^[a-z]$/i.test(event.key))) return;
    if (event.target.closest?.("input, select, textarea, [contenteditable]")) return; // there it may write a letter
    open(event);
  });
}

async function ask(form) {
  const place = form.querySelector(".answer-place");
  const status = form.querySelector("[role=status]");
  const text = form.elements.text.value.trim();
  if (!text) { refuse(place, form.dataset.empty); return form.elements.text.focus(); }
  const about = [...form.querySelectorAll("input[name=about]:checked")].map((box) => JSON.parse(box.value));
  const button = form.querySelector("button.primary");
  button.disabled = true;
  form.setAttribute("aria-busy", "true");
  status.textContent = form.dataset.asking;
  hush(place);
  const wait = document.createElement("p");
  wait.className = "muted";
  wait.textContent = form.dataset.asking;
  place.replaceChildren(wait);
  try {
    await show(place, await asked(form, { text, about }));
    status.textContent = form.dataset.there;
  } catch (wrong) {
    status.textContent = "";
    refuse(place, wrong instanceof TypeError ? form.dataset.away : wrong.message);
  } finally {
    button.disabled = false;
    form.removeAttribute("aria-busy");
  }
}

async function asked(form, question) {
  const headers = { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID?.() ?? String(Math.random()).slice(2) };
  const answer = await fetch("/v1/advice", { method: "POST", headers, body: JSON.stringify(question) });
  if (answer.status === 429) throw new Error(form.dataset.often.replace("{seconds}", answer.headers.get("Retry-After") ?? "60"));
  if (answer.status >= 500) throw new Error(form.dataset.away);
  const said = await answer.json();
  if (!answer.ok) throw new Error([said.detail, ...(said.errors ?? []).map((e) => e.detail)].filter(Boolean).join(" · "));
  return said.id;
}

function refuse(place, text) {
  const line = document.createElement("p");
  line.className = "form-error";
  line.setAttribute("role", "alert");
  line.textContent = text;
  place.replaceChildren(line);
}

async function show(place, id) {
  const answer = await fetch(`/advice/${id}/answer`);
  if (!answer.ok) throw new TypeError(`answered ${answer.status}`);
  const text = await answer.text();
  hush(place);
  place.innerHTML = text; // our own page, rendered and escaped by the server
  for (const one of place.querySelectorAll("[data-advice]")) enliven(one);
}

const hearing = new Map(); // what each answer that goes on listens to

function hush(place) {
  for (const answer of place.querySelectorAll("[data-advice]")) {
    for (const events of hearing.get(answer) ?? []) events.close();
    hearing.delete(answer);
  }
}

function enliven(answer) {
  if (answer.dataset.heard) return;
  answer.dataset.heard = "1";
  cards(answer);
  if (!("live" in answer.dataset)) return;
  const coming = answer.querySelector(".coming");
  const streams = [listen(answer, coming)];
  if (coming?.dataset.run) streams.push(followed(coming));
  hearing.set(answer, streams);
  addEventListener("pagehide", () => { for (const events of streams) events.close(); }, { once: true });
}

function listen(answer, coming) {
  const id = answer.dataset.advice;
  const events = new EventSource(`/v1/advice/${id}/events`);
  const told = coming?.querySelector("[data-told]");
  const before = told?.textContent;
  const sentences = coming?.querySelector("[data-sentences]");
  events.addEventListener("open", () => { sentences?.replaceChildren(); if (told) told.textContent = before; }); // it is told from the start
  events.addEventListener("error", () => { if (told) told.textContent = coming.dataset.lost; }); // the browser tries again by itself
  events.addEventListener("claim", (event) => {
    const line = document.createElement("p");
    line.textContent = JSON.parse(event.data).text;
    sentences?.append(line);
  });
  events.addEventListener("answer", async () => {
    events.close();
    const place = answer.closest(".answer-place");
    if (!place) return location.reload(); // its own page shows evidence and forms beside it
    const status = answer.closest("form").querySelector("[role=status]");
    try { await show(place, id); status.textContent = answer.closest("form")?.dataset.there ?? ""; } catch { if (told) told.textContent = coming.dataset.lost; }
  });
  return events;
}

function followed(coming) { // how far the run of a plan is
  const events = new EventSource(coming.dataset.run);
  events.addEventListener("run", (event) => {
    const { progress, state } = JSON.parse(event.data);
    if (progress.fraction > 0) coming.querySelector("progress").value = progress.fraction;
    coming.querySelector("[data-told]").textContent = [progress.fraction > 0 ? `${Math.round(100 * progress.fraction)} %` : "", progress.message].filter(Boolean).join(" · ");
    if (!["queued", "running"].includes(state)) events.close();
  });
  return events;
}

const OPENS_MS = 150, CLOSES_MS = 250; // a pointer that passes by opens nothing; one may go over to the card

function cards(answer) {
  let open = null, timer = 0;
  const close = () => { clearTimeout(timer); if (open) open.hidden = true; open = null; };
  const later = () => { clearTimeout(timer); timer = setTimeout(close, CLOSES_MS); };
  const reveal = (link) => {
    const card = document.getElementById(link.dataset.card);
    if (!card || card === open) return clearTimeout(timer);
    close();
    card.hidden = false;
    open = card;
    stand(card, link);
  };
  for (const link of answer.querySelectorAll("[data-card]")) {
    link.setAttribute("aria-describedby", link.dataset.card);
    link.addEventListener("pointerenter", (event) => { if (event.pointerType !== "touch") { clearTimeout(timer); timer = setTimeout(() => reveal(link), OPENS_MS); } });
    link.addEventListener("pointerleave", later);
    link.addEventListener("focus", () => { if (link.matches(":focus-visible")) reveal(link); });
    link.addEventListener("blur", later);
    link.addEventListener("click", close);
  }
  for (const card of answer.querySelectorAll(".proof-card")) {
    card.addEventListener("pointerenter", () => clearTimeout(timer));
    card.addEventListener("pointerleave", later);
  }
  answer.addEventListener("keydown", (event) => { // Escape closes the card alone, then the drawer
    if (event.key === "Escape" && open) { close(); event.preventDefault(); event.stopPropagation(); }
  });
  document.addEventListener("scroll", close, { capture: true, passive: true });
}

function stand(card, link) { // under its number, or over it where there is no room
  const lines = [...link.getClientRects()];
  const first = lines[0] ?? link.getBoundingClientRect(), last = lines.at(-1) ?? first;
  const { width, height } = card.getBoundingClientRect();
  const below = last.bottom + 6 + height < innerHeight;
  const left = Math.min((below ? last : first).left, document.documentElement.clientWidth - width - 8);
  card.style.left = `${Math.max(8, left)}px`;
  card.style.top = `${below ? last.bottom + 6 : Math.max(8, first.top - height - 6)}px`;
}
