// A run that is under way: its events fill the bar and the message; when it has ended the page shows its result.

export function follow(root) {
  for (const box of root.querySelectorAll("[data-run-events]")) {
    if (box.dataset.wired) continue;
    box.dataset.wired = "1";
    const events = new EventSource(box.dataset.runEvents);
    events.addEventListener("run", (event) => {
      const run = JSON.parse(event.data);
      box.querySelector("progress").value = run.progress.fraction;
      box.querySelector("[data-message]").textContent = run.progress.message;
      box.querySelector("[data-percent]").textContent = `${Math.round(100 * run.progress.fraction)} %`;
      if (!["queued", "running"].includes(run.state)) { events.close(); location.reload(); }
    });
    addEventListener("pagehide", () => events.close(), { once: true });
  }
}
