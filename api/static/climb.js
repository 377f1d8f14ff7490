// How a solve goes: its best plan and the proven bound over time, drawn as they come.
import { dressed, load } from "./charts.js";

export function climb(figure) {
  const seen = JSON.parse(figure.querySelector("script").textContent);
  let chart;
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumSignificantDigits: 6 });

  const option = () => ({
    xAxis: { type: "value", name: figure.dataset.time, min: 0 },
    yAxis: { type: "value", scale: true },
    legend: { data: [figure.dataset.best, figure.dataset.bound] },
    series: [["value", figure.dataset.best, "data"], ["bound", figure.dataset.bound, "limit"]].map(([field, name, role]) => (
      { type: "line", step: "end", name, role, data: seen.filter((s) => s[field] != null).map((s) => [s.time_s, s[field]]) })),
  });

  async function draw() {
    const newest = seen.at(-1);
    if (!newest) return;
    figure.hidden = false;
    figure.querySelector("[data-best-value]").textContent = newest.value == null ? "–" : number.format(newest.value);
    figure.querySelector("[data-gap]").textContent = newest.gap == null ? "–" : `${(100 * newest.gap).toFixed(2)} %`;
    const echarts = await load();
    chart ??= echarts.init(figure.querySelector(".plot"), null, { renderer: "canvas" });
    chart.setOption(dressed(option()));
    figure.dataset.drawn = "1";
  }

  draw();
  document.addEventListener("theme", draw);
  return (incumbent) => {
    if (!incumbent || incumbent.time_s === seen.at(-1)?.time_s) return;
    seen.push(incumbent);
    draw();
  };
}
