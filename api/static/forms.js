// Forms speak JSON with the API: each field has a JSON pointer and a kind; what the API refuses is shown beside the
// field that its problem document points to.
//   <form data-api="POST /v1/..." data-then="/runs/{id}"> <input data-pointer="/site" data-kind="text"> ...

const PARSE = {
  number: Number,
  integer: Number,
  list: (text) => text.split(/[,\n]/).map((part) => part.trim()).filter(Boolean),
  lines: (text) => text.split("\n").map((line) => line.trim()).filter(Boolean).map((line) => (line.startsWith("{") ? JSON.parse(line) : line)),
  json: JSON.parse,
  pairs: (text) => Object.fromEntries(text.split(/[,\n]/).map((part) => part.trim()).filter(Boolean).map(pair)),
  minute: (text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5)),
  days: (text) => text.split("\n").map((line) => line.trim()).filter(Boolean).map((line) => ({ day: line.slice(0, 10), name: line.slice(10).trim() })),
  instant: (text) => new Date(text).toISOString(),
};

function pair(part) { // name=code, e.g. tool=WB-07
  const at = part.indexOf("=");
  if (at < 1) throw new Error(`${part}: name=code`);
  return [part.slice(0, at).trim(), part.slice(at + 1).trim()];
}

export function wire(root) {
  for (const form of root.querySelectorAll("form[data-api]")) {
    if (form.dataset.wired) continue;
    form.dataset.wired = "1";
    form.addEventListener("submit", (event) => { event.preventDefault(); send(form, event.submitter); });
    for (const items of form.querySelectorAll("[data-items]")) items.addEventListener("input", () => another(items));
    for (const at of form.querySelectorAll("[data-now]")) if (!at.value) at.value = now();
    for (const picker of form.querySelectorAll("select[data-variants]")) {
      picker.addEventListener("change", () => pick(picker));
      pick(picker);
    }
  }
}

function now() { // by the reader's clock, as such an input writes it
  const at = new Date();
  return new Date(at - at.getTimezoneOffset() * 60000).toISOString().slice(0, 19);
}

function another(items) { // a list of names has one empty input at its end
  const last = items.lastElementChild;
  if (!last.value.trim()) return;
  const next = last.cloneNode();
  next.removeAttribute("id");
  next.value = "";
  items.append(next);
}

function pick(picker) {
  const variants = picker.closest("fieldset").querySelectorAll(":scope > .variant");
  variants.forEach((variant, place) => { variant.hidden = String(place) !== picker.value; });
}

async function send(form, button) {
  clear(form);
  let body;
  try { body = form.hasAttribute("data-empty") ? undefined : collect(form); } catch (wrong) { return tell(form, wrong); }
  const question = button?.dataset.confirm ?? form.dataset.confirm;
  if (question && !confirm(question)) return;
  const [method, address] = (button?.dataset.api ?? form.dataset.api).split(" ");
  const file = method === "DELETE" ? undefined : form.querySelector("[data-body]")?.files[0]; // is the whole body
  const headers = { "Content-Type": file ? file.type : "application/json" };
  if (form.dataset.etag) headers["If-Match"] = form.dataset.etag;
  if (method === "POST") headers["Idempotency-Key"] = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
  if (button) button.disabled = true;
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { method, headers, body: file ?? (body && JSON.stringify(body)) });
    const document_ = answer.status === 204 ? {} : await answer.json();
    if (!answer.ok) return refuse(form, document_);
    form.dispatchEvent(new CustomEvent("done", { bubbles: true, detail: document_ }));
    if (form.dataset.show) return reveal(form, document_[form.dataset.show]);
    const then = form.dataset.then;
    if (then) location.assign(then.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(document_[name])));
    else if (!form.hasAttribute("data-stay")) location.reload();
  } catch (lost) {
    tell(form, { detail: String(lost) });
  } finally {
    if (button) button.disabled = false;
    form.removeAttribute("aria-busy");
  }
}

function reveal(form, text) { // what is told only once stays on the page until it is left
  const box = form.querySelector("[data-shown]");
  box.hidden = false;
  box.querySelector("output").textContent = text;
}

function collect(form) {
  const body = {};
  for (const input of form.querySelectorAll("[data-pointer]")) {
    if (input.closest("[hidden]") || input.disabled) continue;
    const value = read(input);
    if (value === undefined) continue;
    if (input.dataset.kind === "item") body[input.dataset.pointer.slice(1)] = [...(body[input.dataset.pointer.slice(1)] ?? []), value];
    else place(body, input.dataset.pointer, value);
  }
  return body;
}

function read(input) {
  const kind = input.dataset.kind;
  if (kind === "flag") return input.checked;
  const text = input.value.trim();
  if (text === "") return "blank" in input.dataset ? JSON.parse(input.dataset.blank) : undefined;
  if (kind === "text" && input.dataset.any !== undefined && /^-?\d+$/.test(text)) return Number(text);
  try { return PARSE[kind] ? PARSE[kind](text) : text; } catch (wrong) {
    throw { detail: "", errors: [{ pointer: input.dataset.pointer, detail: String(wrong.message) }] };
  }
}

function place(body, pointer, value) {
  const steps = pointer.split("/").slice(1);
  const last = steps.pop();
  let inner = body;
  steps.forEach((step, place) => { inner = inner[step] ??= /^\d+$/.test(steps[place + 1] ?? last) ? [] : {}; });
  inner[last] = value;
}

function clear(form) {
  for (const old of form.querySelectorAll(".error, .form-error")) old.remove();
  for (const field of form.querySelectorAll(".wrong")) field.classList.remove("wrong");
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}

function refuse(form, problem) { tell(form, problem); }

function tell(form, problem) {
  let left = (problem.errors ?? []).filter((error) => !beside(form, error));
  if (problem.errors?.length && !left.length) return focusFirst(form);
  const box = document.createElement("p");
  box.className = "form-error";
  box.setAttribute("role", "alert");
  box.textContent = [problem.detail, ...left.map((e) => `${e.pointer}: ${e.detail}`)].filter(Boolean).join(" · ");
  form.append(box);
  box.scrollIntoView({ block: "nearest" });
}

function beside(form, error) {
  const inputs = [...form.querySelectorAll("[data-pointer]")].filter((i) => !i.closest("[hidden]"));
  const fits = (i) => error.pointer === i.dataset.pointer || error.pointer.startsWith(i.dataset.pointer + "/");
  const under = (i) => i.dataset.pointer.startsWith(error.pointer + "/");
  const prefixed = (i) => error.pointer === (form.dataset.base ?? "") + i.dataset.pointer;
  const input = inputs.find(prefixed) ?? inputs.find(fits) ?? (error.pointer && inputs.find(under));
  if (!input) return false;
  const field = input.closest(".field") ?? input.parentElement;
  const text = document.createElement("p");
  text.className = "error";
  text.id = `${input.id || input.dataset.pointer}-error`;
  text.textContent = error.detail;
  field.classList.add("wrong");
  field.append(text);
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", text.id);
  return true;
}

function focusFirst(form) { form.querySelector("[aria-invalid]")?.focus(); }
