// A file of a dataset: tried first (what each column was taken for, what is doubtful), then stored as a revision.
import { begin, line, table } from "./life.js";

export function dataset(root) {
  for (const form of root.querySelectorAll("[data-dataset-upload]")) begin(form, show);
}

function show(box, found, words) {
  const number = new Intl.NumberFormat(document.documentElement.lang), held = found.summary;
  const labels = Object.entries(held.labels).map(([name, rows]) => `${name}: ${number.format(rows)}`).join(", ");
  line(box, found.rejected_count ? "warn" : "good", `${words.seen}: ${number.format(found.seen)}, ${words.kept}: ${number.format(found.kept)}. ${words.after} ${words.rows}: ${number.format(held.rows)}${labels ? ` (${labels})` : ""}.`);
  if (!held.label) line(box, "warn", words.unlabelled);
  if (found.repeated) line(box, "info", `${words.repeated}: ${number.format(found.repeated)}`);
  if (found.dropped.length) line(box, "warn", `${words.dropped}: ${found.dropped.join(", ")}`);
  for (const doubt of held.warnings.slice(0, 12)) line(box, doubt.severity === "refuse" ? "bad" : "warn", doubt.detail);
  table(box, words.columns, [words.column, words.means, words.type, words.unit, words.missing], held.columns.slice(0, 200).map((c) => [c.name, words.roles[c.role], words.types[c.type], c.unit, number.format(c.missing)]));
  if (found.rejected.length) table(box, `${words.rejected}: ${number.format(found.rejected_count)}`, [words.row, words.column, words.value, words.reason], found.rejected.map((r) => [String(r.row), r.column, r.value ?? "", r.reason]));
}
