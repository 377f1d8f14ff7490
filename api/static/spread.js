// The charts of spread below a control chart: ranges, deviations, moving ranges, each by limits of its own.

import { colour, dressed } from "./charts.js";

const MANY = 400;
const LEFT = 8; // pixels between a chart and what it writes at its axis

export function spread(echarts, state) {
  const place = state.figure.querySelector(".spread");
  const charts = state.found.sides.map((side) => {
    const plot = document.createElement("div");
    plot.className = "plot side";
    plot.setAttribute("role", "img");
    plot.setAttribute("aria-label", name(state, side));
    place.append(plot);
    return echarts.init(plot, null, { renderer: "canvas" });
  });
  const show = () => {
    charts.forEach((chart, k) => chart.setOption(option(state, state.found.sides[k]), true));
    align([state.chart, ...charts], begin(state));
  };
  show();
  return { show, resize: () => charts.forEach((chart) => chart.resize()) };
}

function align(charts, at) { // their axes stand below each other, however wide their numbers are
  const wide = charts.map((chart) => chart.convertToPixel({ xAxisIndex: 0 }, at) - chart.getOption().grid[0].left);
  const widest = Math.max(...wide);
  charts.forEach((chart, k) => chart.setOption({ grid: { left: LEFT + widest - wide[k] } }));
}

const begin = ({ from, whole }) => from ?? whole.stages[0].start / 1000;

function name({ words, whole }, side) {
  const said = words.sides[side.name] ?? side.name;
  return whole.unit ? `${said} (${whole.unit})` : said;
}

function option(state, side) {
  const { whole, words } = state;
  const { ts, value, limits, beyond } = side;
  const ends = [begin(state), state.to ?? whole.stages.at(-1).end / 1000];
  const at = (column) => ts.map((t, i) => [t / 1000, column[i]]);
  const single = (whole.points.factors.tool?.levels.length ?? 1) <= 1;
  const few = ts.length <= MANY;
  const edge = (column, role, type) => ({ name: "", type: "line", step: "middle", symbol: "none", silent: true, tooltip: { show: false }, data: at(column), lineStyle: { color: colour(role), type, width: 1.2 } });
  const made = dressed({
    xAxis: { type: "time", min: ends[0], max: ends[1] },
    yAxis: { type: "value", name: name(state, side), splitNumber: 3 },
    legend: { data: [] },
    series: [
      { name: words.sides[side.name] ?? side.name, type: single ? "line" : "scatter", data: at(value), symbol: "circle", symbolSize: few ? 4 : 2, showSymbol: few, lineStyle: { width: 1 }, itemStyle: { opacity: few || single ? 1 : 0.55 } },
      edge(limits.center, "center", "solid"), edge(limits.upper, "limit", "dashed"), edge(limits.lower, "limit", "dashed"),
      { name: words.spread, type: "scatter", z: 5, data: beyond.map((i) => [ts[i] / 1000, value[i]]), symbol: "diamond", symbolSize: beyond.length > 200 ? 4 : 7, itemStyle: { color: colour("signal") } },
    ],
  });
  return { ...made, grid: { left: LEFT, right: 76, top: 30, bottom: 8, containLabel: true }, tooltip: { ...made.tooltip, trigger: "item" } };
}
