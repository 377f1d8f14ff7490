// Behaviour that every page shares: theme, the reader's zone, messages, and what other scripts plug in.
import { advise, summon } from "./advice.js";
import { draw } from "./charts.js";
import { control } from "./control.js";
import { dataset } from "./dataset.js";
import { wire } from "./forms.js";
import { bring } from "./ingest.js";
import { life } from "./life.js";
import { models } from "./models.js";
import { follow } from "./progress.js";
import { plan } from "./scenario.js";
import { foresee } from "./schedule.js";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && !document.cookie.includes(`zone=${encodeURIComponent(zone)}`)) {
  document.cookie = `zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;
  const style = { dateStyle: "medium", timeStyle: "medium" };
  const format = new Intl.DateTimeFormat(document.documentElement.lang, style);
  for (const time of document.querySelectorAll("time[datetime]")) time.textContent = format.format(new Date(time.dateTime));
  for (const named of document.querySelectorAll("[data-reader-zone]")) named.textContent = zone;
}

document.querySelector("[data-theme-switch]")?.addEventListener("click", () => {
  const root = document.documentElement;
  const dark = getComputedStyle(root).getPropertyValue("--dark").trim() === "1";
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
  document.dispatchEvent(new CustomEvent("theme"));
});

summon();

const MENUS = "details.menu[open], .top details[open]";
for (const left of ["click", "focusin"]) document.addEventListener(left, (event) => { // an open menu closes when one goes elsewhere
  for (const menu of document.querySelectorAll(MENUS)) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll(MENUS)) { menu.open = false; menu.querySelector("summary").focus(); }
});

function enliven(root) {
  draw(root);
  control(root);
  wire(root);
  bring(root);
  follow(root);
  foresee(root);
  plan(root);
  life(root);
  dataset(root);
  models(root);
  advise(root);
}
enliven(document);
document.addEventListener("htmx:load", (event) => enliven(event.detail.elt));
document.addEventListener("htmx:configRequest", (event) => { // what is not chosen does not stand in the address
  const { parameters, verb } = event.detail;
  if (verb === "get") for (const name of Object.keys(parameters)) if (parameters[name] === "") delete parameters[name];
});
document.addEventListener("htmx:responseError", () => toast(document.documentElement.dataset.failed ?? "The service did not answer.", "bad"));

export function toast(text, level = "info") {
  const box = document.createElement("div");
  box.className = `toast ${level}`;
  box.textContent = text;
  document.getElementById("toasts").append(box);
  setTimeout(() => box.remove(), 6000);
}
