// Draws the options that the server wrote. The library is fetched only by pages that have a chart, and each chart is
// drawn when it comes into view. Colours come from the style sheet by role, so they follow the theme.

let library;
const drawn = new Map();
const address = document.querySelector("script[src*='/static/app.js']")?.src ?? "/static/";

export function load() {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("vendor/echarts/echarts.common.min.js", address).href;
    script.onload = () => resolve(window.echarts);
    script.onerror = reject;
    document.head.append(script);
  });
  return library;
}

const near = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) { near.unobserve(entry.target); show(entry.target); }
}, { rootMargin: "300px" });

export function draw(root) {
  for (const figure of root.querySelectorAll("figure.chart:not(.control, .climb)")) if (!figure.dataset.seen) { figure.dataset.seen = "1"; near.observe(figure); }
}

async function show(figure) {
  const echarts = await load();
  if (drawn.has(figure)) return;
  const plot = figure.querySelector(".plot");
  const option = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
  const chart = echarts.init(plot, null, { renderer: "canvas" });
  drawn.set(figure, { chart, option });
  chart.setOption(dressed(option, plot.clientWidth));
  new ResizeObserver(() => { chart.resize(); chart.setOption(dressed(option, plot.clientWidth)); }).observe(plot);
  figure.dataset.drawn = "1";
  figure.dispatchEvent(new CustomEvent("drawn", { bubbles: true, detail: { chart, option } }));
}

document.addEventListener("theme", () => { for (const { chart, option } of drawn.values()) chart.setOption(dressed(option, chart.getWidth())); });
addEventListener("beforeprint", () => { // what was never scrolled to is printed too
  for (const figure of document.querySelectorAll("figure.chart:not(.control, .climb)")) if (!drawn.has(figure)) show(figure);
  for (const { chart } of drawn.values()) chart.resize();
});

export function colour(role) { return getComputedStyle(document.documentElement).getPropertyValue(`--${role}`).trim(); }

const SHORTEST = 44; // px in which a name still reads, broken over lines

function named({ type, data }, width) { // every name of an axis that has room for it, over as many lines as it takes
  const slot = (width - 90) / (data?.length || 1);
  if (type !== "category" || !data?.length || slot < SHORTEST) return { lines: 1, label: {} };
  const lines = Math.max(...data.map((name) => rows(String(name), slot / 6.4)));
  return { lines, label: { interval: 0, width: slot - 4, overflow: "break", lineHeight: 13, hideOverlap: false } };
}

function rows(name, letters) { // of a name that is broken between words
  let count = 1, left = letters;
  for (const word of name.split(" ")) {
    if (word.length > left && left < letters) { count += 1; left = letters; }
    count += Math.max(0, Math.ceil(word.length / letters) - 1);
    left -= word.length + 1;
  }
  return count;
}

export function dressed(option, width = 0) {
  const names = named(option.xAxis, width);
  const line = colour("line"), text = colour("text"), muted = colour("muted");
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumSignificantDigits: 6 });
  const axis = (given, vertical) => ({
    nameLocation: vertical ? "end" : "middle", nameGap: vertical ? 12 : 16 + 14 * names.lines, nameTextStyle: { color: muted, align: vertical ? "left" : "center" },
    axisLine: { onZero: !option.paper, lineStyle: { color: line } }, axisTick: { show: false }, splitLine: { lineStyle: { color: line, opacity: .6 } },
    axisLabel: { color: muted, hideOverlap: true, ...(vertical ? {} : names.label), ...(given.type === "value" ? { formatter: (v) => number.format(v) } : {}) }, ...given, ...ruled(given),
  });
  const ruled = ({ ticks }) => { // ticks that the server placed: probability paper
    if (!ticks) return {};
    const text = new Map(ticks), customValues = [...text.keys()];
    return {
      axisTick: { show: false, customValues }, splitLine: { lineStyle: { color: line, opacity: .6 }, customValues },
      axisLabel: { color: muted, hideOverlap: true, customValues, formatter: (v) => text.get(v) ?? "" },
    };
  };
  upright = 0;
  return {
    animation: false, aria: { enabled: false }, textStyle: { color: text, fontFamily: "inherit" },
    grid: { left: 8, right: 24, top: option.legend?.data?.length > 1 ? 48 : 32, bottom: 36, containLabel: true },
    tooltip: { trigger: "axis", confine: true, backgroundColor: colour("surface"), borderColor: line, textStyle: { color: text }, valueFormatter: (v) => (v == null ? "–" : number.format(v)), ...(option.paper ? { formatter: read(option.paper) } : {}) },
    ...option,
    legend: { show: (option.legend?.data?.length ?? 0) > 1, top: 0, right: 0, type: "scroll", textStyle: { color: muted }, ...option.legend },
    xAxis: axis(option.xAxis, false), yAxis: axis(option.yAxis, true),
    series: option.series.map(dress),
  };
}

function read(paper) { // on paper a point carries the time and the probability or rate behind its place
  const language = document.documentElement.lang;
  const number = new Intl.NumberFormat(language, { maximumSignificantDigits: 4 });
  const share = new Intl.NumberFormat(language, { style: "percent", maximumSignificantDigits: 4 });
  const plain = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
  return (given) => given.filter((p) => p.value[3] != null).map((p) =>
    `${p.marker}${plain(p.seriesName)} <b>${(paper.share ? share : number).format(p.value[3])}</b> · ${number.format(p.value[2])} ${plain(paper.unit)}`).join("<br>");
}

let upright = 0; // vertical rules so far: those at one place are named at either end

function beside(rules) { // right of a vertical rule, so that its name is clear of the axis; one name for many
  const vertical = rules.filter((rule) => rule.xAxis !== undefined);
  const position = vertical.length && upright++ % 2 ? "insideStartBottom" : "insideEndBottom";
  return rules.map((rule) => (rule.xAxis === undefined ? rule : { ...rule, label: { position, show: rule === vertical[0] || vertical.length < 4 } }));
}

function dress(series) {
  const tint = colour(series.role) || colour("data");
  const common = { ...series, itemStyle: { color: tint, ...series.itemStyle }, lineStyle: { color: tint, width: 1.6, ...series.lineStyle }, symbol: series.symbol ?? (series.type === "line" && !series.markLine ? "none" : "circle") };
  if (series.part === "foot" && series.type === "bar") return { ...common, itemStyle: { color: "transparent" }, silent: true, tooltip: { show: false } };
  if (series.part === "foot") return { ...common, lineStyle: { opacity: 0 }, silent: true, tooltip: { show: false } };
  if (series.part === "band") return { ...common, lineStyle: { opacity: 0 }, areaStyle: { color: tint, opacity: .16 }, silent: true };
  if (series.markLine) return { ...common, markLine: { silent: true, symbol: "none", lineStyle: { color: tint, type: series.role === "center" ? "solid" : "dashed", width: 1.3 }, label: { formatter: series.name, color: tint, position: "insideEndTop", distance: 4, textBorderColor: colour("surface"), textBorderWidth: 3 }, ...series.markLine, data: beside(series.markLine.data) } };
  return common;
}
