// A run that is under way: its events fill the bar and the message, a solve also draws how its best plan and the proven
// bound come together; when it has ended the page shows its result.
import { climb } from "./climb.js";

export function follow(root) {
  for (const box of root.querySelectorAll("[data-run-events]")) {
    if (box.dataset.wired) continue;
    box.dataset.wired = "1";
    const figure = box.querySelector("[data-climb]");
    const tell = climb(figure);
    const events = new EventSource(box.dataset.runEvents);
    events.addEventListener("run", (event) => {
      const run = JSON.parse(event.data);
      box.querySelector("progress").value = run.progress.fraction;
      box.querySelector("[data-message]").textContent = run.progress.message;
      box.querySelector("[data-percent]").textContent = `${Math.round(100 * run.progress.fraction)} %`;
      tell(run.progress.incumbent);
      if (!["queued", "running"].includes(run.state)) { events.close(); location.reload(); }
    });
    addEventListener("pagehide", () => events.close(), { once: true });
  }
}
