// While a time is being typed, the page says when it would fire. <form data-foresee> with inputs of /cron and /zone

export function foresee(root) {
  for (const form of root.querySelectorAll("form[data-foresee]")) {
    if (form.dataset.foreseen) continue;
    form.dataset.foreseen = "1";
    const cron = form.querySelector("[data-pointer='/cron']"), zone = form.querySelector("[data-pointer='/zone']");
    let timer;
    const soon = () => { clearTimeout(timer); timer = setTimeout(() => ask(form, cron.value, zone.value), 300); };
    for (const input of [cron, zone]) input.addEventListener("input", soon);
    ask(form, cron.value, zone.value);
  }
}

async function ask(form, cron, zone) {
  const list = form.querySelector("[data-next]");
  const turn = (form.turn = (form.turn ?? 0) + 1);
  if (!cron.trim() || !zone.trim()) return list.replaceChildren();
  const answer = await fetch("/v1/schedules/preview?count=5", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ cron: cron.trim(), zone: zone.trim() }) });
  const found = await answer.json();
  if (turn !== form.turn) return; // more was typed since
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "short", dateStyle: undefined, year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });
  const lines = answer.ok ? found.next_runs.map((at) => clock.format(new Date(at))) : [(found.errors ?? []).map((e) => e.detail).join(" · ") || found.detail];
  list.classList.toggle("form-error", !answer.ok);
  list.replaceChildren(...lines.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
}
