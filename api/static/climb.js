// How a solve goes: its best plan and the proven bound over time, drawn as they come.
import { dressed, load } from "./charts.js";

export function climb(figure) {
  const seen = [];
  let chart, newest, before = 0;
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumSignificantDigits: 6 });

  function take(incumbent) { // each solve of a run counts its own seconds: they are put one after another
    if (!incumbent || (incumbent.value == null && incumbent.bound == null)) return false; // nothing to draw yet
    if (newest && incumbent.time_s === newest.time_s && incumbent.value === newest.value) return false;
    if (newest && incumbent.time_s < newest.time_s) before += newest.time_s;
    newest = incumbent;
    seen.push({ ...incumbent, time_s: before + incumbent.time_s });
    return true;
  }

  const line = (field, name, role) => (
    { type: "line", step: "end", symbolSize: 5, name, role, data: seen.filter((s) => s[field] != null).map((s) => [s.time_s, s[field]]) });
  const option = () => ({
    xAxis: { type: "value", name: figure.dataset.time, min: 0 },
    yAxis: { type: "value", scale: true },
    legend: { data: [figure.dataset.best, figure.dataset.bound] },
    series: [line("value", figure.dataset.best, "data"), line("bound", figure.dataset.bound, "limit")],
  });

  async function draw() {
    if (!newest) return;
    figure.hidden = false;
    figure.querySelector("[data-best-value]").textContent = newest.value == null ? "–" : number.format(newest.value);
    figure.querySelector("[data-gap]").textContent = newest.gap == null ? "–" : `${(100 * newest.gap).toFixed(2)} %`;
    const echarts = await load();
    chart ??= echarts.init(figure.querySelector(".plot"), null, { renderer: "canvas" });
    chart.setOption(dressed(option()));
    figure.dataset.drawn = "1";
  }

  JSON.parse(figure.querySelector("script").textContent).forEach(take);
  draw();
  document.addEventListener("theme", draw);
  addEventListener("resize", () => chart?.resize());
  return (incumbent) => { if (take(incumbent)) draw(); };
}
