// A control chart that looks closer when one drags over it: each zoom asks the server for the points of that stretch,
// so that every point out of control is there at every zoom. <figure class="control" data-chart="/v1/...?...">

import { colour, dressed, load } from "./charts.js";
import { spread } from "./spread.js";

const MANY = 400; // points above which single values are not marked one by one
const FEW_EVENTS = 12;

export function control(root) {
  for (const figure of root.querySelectorAll("figure.control")) {
    if (figure.dataset.wired) continue;
    figure.dataset.wired = "1";
    begin(figure);
  }
}

async function begin(figure) {
  const words = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
  const note = figure.querySelector("[data-note]");
  try {
    const [echarts, found] = await Promise.all([load(), ask(figure)]);
    note.hidden = true;
    const plot = figure.querySelector(".plot");
    plot.hidden = false;
    const chart = echarts.init(plot, null, { renderer: "canvas" });
    const state = { figure, chart, words, found, whole: found };
    show(state);
    const sides = (state.sides = spread(echarts, state));
    new ResizeObserver(() => { chart.resize(); sides.resize(); }).observe(plot);
    document.addEventListener("theme", () => { show(state); sides.show(); });
    chart.on("datazoom", () => { clearTimeout(state.timer); state.timer = setTimeout(() => closer(state), 150); });
    chart.on("click", (event) => { if (event.data?.ts !== undefined) location.assign(`${figure.dataset.points}/${event.data.ts}`); });
    figure.dataset.drawn = "1";
  } catch (wrong) {
    note.textContent = wrong.message;
    note.classList.add("form-error");
  }
}

async function ask(figure, zoom = "") {
  const stretches = Math.max(100, Math.min(1500, Math.round(figure.clientWidth / 1.5)));
  const answer = await fetch(`${figure.dataset.chart}&stretches=${stretches}${zoom}`);
  const document_ = await answer.json();
  if (!answer.ok) throw new Error(document_.detail);
  return document_;
}

async function closer(state) {
  const { startValue, endValue } = state.chart.getOption().dataZoom[0];
  const turn = (state.turn = (state.turn ?? 0) + 1);
  const instant = (ms) => encodeURIComponent(new Date(ms).toISOString());
  const found = await ask(state.figure, `&zoom_start=${instant(startValue)}&zoom_end=${instant(endValue)}`);
  if (turn !== state.turn) return; // a later zoom is under way
  Object.assign(state, { found, from: startValue, to: endValue });
  state.chart.setOption({ series: series(state) }, { replaceMerge: ["series"] });
  state.sides.show();
}

function show(state) {
  const { chart, whole, words } = state;
  const ends = [whole.stages[0].start / 1000, whole.stages.at(-1).end / 1000];
  const option = dressed({
    xAxis: { type: "time", name: words.time, min: ends[0], max: ends[1] },
    yAxis: { type: "value", name: whole.unit ? `${whole.title} (${whole.unit})` : whole.title, scale: true, min: (r) => reach(state, r, "min"), max: (r) => reach(state, r, "max") },
    series: series(state),
    legend: { data: [] },
  });
  const muted = colour("muted");
  chart.setOption({
    ...option,
    yAxis: [{ ...option.yAxis, axisLabel: { ...option.yAxis.axisLabel, showMinLabel: false, showMaxLabel: false } }, { type: "value", show: false, min: 0, max: 1 }],
    grid: { left: 8, right: 76, top: 40, bottom: 64, containLabel: true },
    tooltip: { ...option.tooltip, trigger: "item", formatter: (point) => card(state, point) },
    dataZoom: [{ type: "slider", height: 22, bottom: 8, borderColor: "transparent", labelFormatter: "", filterMode: "none" }, { type: "inside", filterMode: "none", zoomOnMouseWheel: "ctrl", moveOnMouseMove: false }],
    toolbox: { right: 8, top: 0, iconStyle: { borderColor: muted }, feature: { dataZoom: { yAxisIndex: "none", title: { zoom: words.zoom, back: words.back } }, restore: { title: words.whole }, saveAsImage: { title: words.save, name: whole.code, backgroundColor: colour("surface") } } },
  }, true);
  chart.dispatchAction({ type: "takeGlobalCursor", key: "dataZoomSelect", dataZoomSelectActive: true });
}

function reach({ whole }, range, side) { // limits and specification are always in the picture
  const ends = [whole.spec?.lower, whole.spec?.upper, ...whole.stages.flatMap((s) => [s.lower, s.upper])].filter((v) => v != null);
  const low = Math.min(range.min, ...ends), high = Math.max(range.max, ...ends);
  const room = 0.04 * (high - low || 1);
  return side === "min" ? low - room : high + room;
}

function series(state) {
  const { found, whole, words } = state;
  const { ts, value, flags } = found.points;
  const all = ts.map((t, i) => ({ value: [t / 1000, value[i]], ts: t, place: i }));
  const line = (whole.points.factors.tool?.levels.length ?? 1) <= 1;
  const few = ts.length <= MANY;
  const limit = found.rules.reduce((bits, rule, bit) => (rule.is_limit ? bits | (1 << bit) : bits), 0);
  const beyond = all.filter((_, i) => flags[i] & limit), runs = all.filter((_, i) => flags[i] && !(flags[i] & limit));
  const named = beyond.length + runs.length <= 40;
  const data = colour("data");
  const marked = (name, z, points, role, symbol) => {
    const tint = colour(role);
    const crowd = points.length > 1000 ? (innerWidth < 600 ? 2.5 : 3.5) : points.length > 200 ? 5 : 7;
    return { name, type: "scatter", z, data: points, symbol, symbolSize: few ? 10 : crowd, progressive: 0, itemStyle: { color: tint, opacity: points.length > 200 ? .8 : 1 }, label: { show: named, position: "top", color: tint, fontSize: 11, formatter: (p) => names(found, p.data.place) } };
  };
  const thin = { symbol: "none", showSymbol: false, silent: true };
  const columns = ({ upper, lower }, names, style) => [upper, lower].map((side, k) => ({ name: names[k], type: "line", ...thin, ...style, data: ts.map((t, i) => [t / 1000, side[i]]) }));
  const { sums, limits } = found.points;
  return [
    { name: words.values, type: sums || !line ? "scatter" : "line", data: all, symbol: "circle", symbolSize: few ? 5 : sums && line ? 1 : 2.5, showSymbol: few, showAllSymbol: true, lineStyle: { color: data, width: 1.1 }, itemStyle: { color: data, opacity: few || line ? 1 : 0.55 }, progressive: 0, markLine: lines(state) },
    ...(sums && line ? columns(sums, words.sums, { z: 2, lineStyle: { color: data, width: 1.3 } }).map((s, k) => ({ ...s, lineStyle: { ...s.lineStyle, type: k ? [6, 3] : "solid" } })) : []),
    ...(limits ? columns(limits, words.limits, { z: 1, step: "middle", lineStyle: { color: colour("limit"), type: "dashed", width: 1.2 } }) : []),
    marked(words.runs, 4, runs, "warn", "circle"),
    marked(words.beyond, 5, beyond, "signal", "diamond"),
    ...remarks(state),
    { name: words.events, type: "scatter", yAxisIndex: 1, z: 6, data: found.events.map((e) => ({ value: [e.ts / 1000, 0.015], event: e })), symbol: "triangle", symbolSize: 9, itemStyle: { color: colour("event") }, markLine: found.events.length > FEW_EVENTS ? undefined : { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: colour("event"), type: "dotted" }, data: found.events.map((e) => ({ xAxis: e.ts / 1000 })) } },
  ];
}

const FLAG = "path://M0,0 L10,3 L1,6 L1,14 L0,14 Z";

function remarks({ found, words }) { // hollow: sets no limit; a flag: annotated; what is void is listed, not drawn
  const drawn = found.marks.filter((m) => !m.is_void).map((m) => ({ value: [m.ts / 1000, m.value], ts: m.ts, mark: m }));
  const muted = colour("muted"), surface = colour("surface");
  const out = drawn.filter((d) => d.mark.is_left_out), said = drawn.filter((d) => d.mark.note || !d.mark.is_left_out);
  return [
    { name: words.left_out, type: "scatter", z: 7, data: out, symbol: "circle", symbolSize: 9, itemStyle: { color: surface, borderColor: muted, borderWidth: 2 } },
    { name: words.marks, type: "scatter", z: 8, data: said, symbol: FLAG, symbolSize: [10, 14], symbolOffset: [5, -12], itemStyle: { color: colour("event") } },
  ];
}

function lines({ whole, words, from, to }) {
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumSignificantDigits: 5 });
  const drawn = [];
  const last = Math.max(0, whole.stages.findLastIndex((s) => to === undefined || s.start / 1000 <= to));
  // a line whose end is out of the picture would not be drawn at all
  const across = (stage, y, role, type, label, width = 1.3, opacity = 1) => {
    const start = Math.max(stage.start / 1000, from ?? -Infinity), end = Math.min(stage.end / 1000, to ?? Infinity);
    if (start <= end) drawn.push([{ coord: [start, y], lineStyle: { color: colour(role), type, width, opacity }, label: label ? { show: true, position: "end", distance: 4, color: colour(role), fontSize: 11, formatter: `${label} ${number.format(y)}` } : { show: false } },
    { coord: [end, y] }]);
  };
  const byLevel = whole.stages.length > 1 && whole.stages[0].level !== null; // all over the same time
  whole.stages.forEach((stage, place) => {
    const name = (text) => (place === last && !byLevel ? text : "");
    if (stage.center !== null) across(stage, stage.center, "center", "solid", name(words.center));
    const steps = whole.points.limits !== null;
    for (const [label, y] of [["UCL", stage.upper], ["LCL", stage.lower]]) if (y !== null && !steps) across(stage, y, "limit", "dashed", name(label));
    if (stage.lower === null || stage.upper === null || steps || whole.points.sums) return;
    const sigma = (stage.upper - stage.center) / whole.width;
    if (Math.abs(stage.center - stage.lower - whole.width * sigma) > 1e-6 * sigma) return; // no zones where limits are not symmetric
    for (const zone of whole.stages.length > 12 || byLevel ? [] : [-2, -1, 1, 2]) across(stage, stage.center + zone * sigma, "limit", "dotted", "", 0.8, 0.45);
  });
  const all = { start: whole.stages[0].start, end: whole.stages.at(-1).end };
  for (const [name, y] of [["LSL", whole.spec?.lower], [words.target, whole.spec?.target], ["USL", whole.spec?.upper]]) if (y != null) across(all, y, "spec", "solid", name, name === words.target ? 0.8 : 1.4);
  return { symbol: "none", silent: true, animation: false, data: drawn };
}

function names(found, place) { return found.rules.filter((_, bit) => found.points.flags[place] & (1 << bit)).map((r) => r.name).join(", "); }

function card({ found, words }, point) {
  const box = document.createElement("div");
  const say = (text, tag = "div") => { const line = document.createElement(tag); line.textContent = text; box.append(line); };
  const style = { dateStyle: "medium", timeStyle: "medium" };
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, style);
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumSignificantDigits: 7 });
  const event = point.data?.event;
  if (event) {
    say(event.title, "strong");
    say(clock.format(new Date(event.ts / 1000)));
    say([words.kinds[event.kind] ?? event.kind, event.tool].filter(Boolean).join(" · "));
    return box;
  }
  const mark = point.data?.mark;
  if (mark) {
    say(`${number.format(mark.value)} ${found.unit}`, "strong");
    say(clock.format(new Date(mark.ts / 1000)));
    say([words.kinds_of_marks[mark.kind], mark.cause, mark.action].filter(Boolean).join(" · "));
    if (mark.note) say(mark.note);
    say(`${mark.person}, ${clock.format(new Date(mark.at / 1000))}`);
    return box;
  }
  const place = point.data?.place;
  if (place === undefined) return "";
  const { ts, value, flags, factors, size } = found.points;
  say(`${value[place] === null ? "–" : number.format(value[place])} ${found.unit}${size && size[place] !== 1 ? ` (n = ${number.format(size[place])})` : ""}`, "strong");
  say(clock.format(new Date(ts[place] / 1000)));
  for (const [name, { levels, codes }] of Object.entries(factors)) if (codes[place] >= 0) say(`${name}: ${levels[codes[place]]}`);
  found.rules.forEach((rule, bit) => { if (flags[place] & (1 << bit)) say(`${words.rule} ${rule.name}: ${words.rules[rule.sentence] ?? rule.sentence}`); });
  return box;
}
