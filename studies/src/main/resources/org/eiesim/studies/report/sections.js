// The parts of the page. Each takes the run as `eie simulate --json` writes it and returns an element.
const STATES = [
  { key: "accumulates", label: "accumulate", colour: "var(--accumulate)", text: "entries multiplied and added" },
  { key: "padding_entries", label: "padding", light: true, colour: "var(--padding)", text: "entries with code 0, which only move the address" },
  { key: "empty_columns", label: "empty column", colour: "var(--empty)", text: "the one cycle of a column without entries" },
  { key: "starved_pe_cycles", label: "starved", colour: "var(--starved)", text: "waiting between two columns, the queue being empty" },
  { key: "fill_pe_cycles", label: "fill", light: true, colour: "var(--fill)", text: "waiting for the first column" },
  { key: "drain_pe_cycles", label: "drain", light: true, colour: "var(--drain)", text: "behind the last column, while other PEs finish" },
];
const WORK = STATES.slice(0, 3).map(state => state.key);
// The shares defined in the statistics table: busy and balance are of entries; the cycle of an empty column is no work.
const BUSY = STATES.slice(0, 2).map(state => state.key);
const ratio = name => (data.ratios || []).find(one => one.name === name) || {};

function balanceOf(layer) {
  const entries = layer.per_pe.accumulates.map((_, pe) => sum(BUSY.map(key => layer.per_pe[key][pe])));
  const most = Math.max(...entries);
  return most === 0 ? 1 : d3.mean(entries) / most;
}

const statistic = name => data.statistics.find(one => one.name === name) || {};
const shapeOf = layer => isList(layer.shape) ? layer.shape.join("\u00a0\u00d7\u00a0") : DASH;

// A machine by its name and what was changed of it.
function machineText(run) {
  const changes = Object.entries(run.changes || {}).map(([key, value]) => `${key}=${value}`);
  const base = run.preset && run.preset !== run.arch ? `${run.arch} (${run.preset})` : run.arch;
  return changes.length > 0 ? `${base} with ${changes.join(" ")}` : base;
}

function headerPart(run) {
  const header = factsPart("eiesim run report", data.title, [["Machine", machineText(run)], ["Engine", run.engine], ["Numbers", run.numeric], ["Source", run.source],
    ["Written by", run.tool ? `eiesim ${run.tool.version ?? ""}${run.tool.java ? ", Java " + run.tool.java : ""}` : null]]);
  header.append(run.command
    ? element("code", { class: "command", tabindex: "0", "aria-label": "Command" }, "$ " + (Array.isArray(run.command) ? run.command.join(" ") : run.command))
    : missing("The file does not name the command that wrote it."));
  return header;
}

// What the headline energy is the sum of.
function energyParts(run) {
  const { chip_energy_nj: chip, dram_energy_nj: dram, leakage_counted_nj: leakage } = run.energy || {};
  if (!isNumber(chip) || !(run.inputs > 0)) return "";
  const each = value => quantity(value / run.inputs, "energy_nj");
  return `${each(chip)} chip + ${each(dram ?? run.energy_nj - chip - (leakage || 0))} DRAM` + (leakage > 0 ? ` + ${each(leakage)} leakage` : "");
}

function powerParts(run) {
  const leakage = run.leakage_mw ?? run.energy?.leakage_mw;
  const cells = run.leakage_cells ?? run.energy?.leakage_cells;
  const text = isNumber(leakage) ? `leakage ${quantity(leakage, "power_mw")}${cells ? `, ${cells} cells` : ""}` : "leakage";
  return run.leakage_included ? text + " counted in" : text + " apart";
}

function cardsPart(run) {
  const perInput = (total, ladder) => isNumber(total) && run.inputs > 0 ? scaled(total / run.inputs, LADDERS[ladder]) : { number: DASH, unit: "" };
  const cyclesPerInput = run.cycles_per_input ?? (run.inputs > 0 ? run.cycles / run.inputs : null);
  const slowest = isNumber(run.streamed_us) ? run.streamed_us : run.time_us;
  const seconds = isNumber(slowest) && slowest > 0 ? run.inputs / (slowest / 1e6) : null;
  const streamed = isNumber(run.streamed_us) && run.inputs > 0 ? quantity(run.streamed_us / run.inputs, "time_us") + " with transfers" : "on chip";
  return cards([
    ["Inputs", { number: count(run.inputs), unit: "" }, ""],
    ["Cycles per input", { number: isNumber(cyclesPerInput) ? digits(cyclesPerInput) : DASH, unit: "" }, run.inputs !== 1 && isNumber(run.cycles) ? count(run.cycles) + " in all" : ""],
    ["Time per input on chip", perInput(run.time_us, "time_us"), streamed],
    ["Throughput", scaled(seconds, LADDERS.rate), "one after another" + (isNumber(run.streamed_us) ? ", with transfers" : "")],
    ["Energy per input", perInput(run.energy_nj, "energy_nj"), energyParts(run)],
    ["Power", scaled(run.power_mw, LADDERS.power_mw), powerParts(run)],
    ["Area", scaled(run.area_mm2, LADDERS.area_mm2), isNumber(run.config?.pes) ? count(run.config.pes) + " PEs" : ""],
    ["Accuracy", isNumber(run.accuracy) ? { number: (100 * run.accuracy).toFixed(2), unit: "%" } : { number: DASH, unit: "" }, isNumber(run.accuracy) ? "of " + count(run.inputs) + " inputs" : "no labels in this run"],
  ]);
}

function notesPart(run) {
  const notes = (Array.isArray(run.notes) ? run.notes : []).map(note => element("p", { class: "callout note" }, note));
  if (run.infeasible) {
    notes.unshift(element("p", { class: "callout" }, `This machine cannot be built: ${run.infeasible}.` + (isNumber(run.highest_clock_mhz) ? ` Its highest clock is ${digits(run.highest_clock_mhz)} MHz${run.limiting_part ? `, set by the ${run.limiting_part}` : ""}.` : "")));
  }
  if (isList(run.over_capacity)) {
    notes.push(element("p", { class: "callout" }, "The layer exceeds the machine's memories and runs all the same: " + run.over_capacity.map(item => isNumber(item?.needed)
      ? `${item.layer} needs ${item.parameter} ${count(item.needed)}, the machine has ${count(item.available)}` : String(item)).join("; ") + "."));
  }
  return notes;
}

function layersPart(run) {
  const optional = (key, label, unit, show) => run.layers.some(layer => layer[key] !== undefined && layer[key] !== null)
    ? [{ label, unit, value: layer => layer[key], show }] : [];
  const columns = [
    { label: "Layer", text: true, value: layer => layer.name },
    { label: "Kind", text: true, value: layer => layer.kind },
    { label: "Shape", value: shapeOf },
    ...optional("vectors", "Vectors", "per input"),
    { label: "Cycles", unit: "all inputs", title: statistic("cycles").text, value: layer => layer.cycles },
    { label: "Share", unit: "of cycles", value: layer => layer.cycles / run.cycles, show: percent },
    ...optional("time_us", "On chip", "all inputs", value => quantity(value, "time_us")),
    ...optional("streamed_us", "With transfers", "all inputs", value => quantity(value, "time_us")),
    ...optional("energy_nj", "Energy", "all inputs", value => quantity(value, "energy_nj")),
    { label: "Utilisation", unit: "accumulate", title: ratio("utilisation").formula || "accumulates / (pes x cycles)", value: utilisation, show: percent },
    ...data.statistics.filter(one => one.name !== "cycles").map(one => ({ label: one.name.replaceAll("_", " "), unit: one.unit, title: one.text, value: layer => layer[one.name] })),
  ];
  const footer = columns.map(column => {
    if (column.label === "Layer") return "All layers";
    const values = run.layers.map(column.value);
    const adds = !["Kind", "Shape", "Vectors", "Utilisation"].includes(column.label) && values.every(isNumber);
    return adds ? (column.show || count)(sum(values)) : "";
  });
  return section("layers", "Layers", "Counts over all inputs of the run. Click a heading to sort; hover over it for its meaning.",
    dataTable("Layers", columns, run.layers, run.layers.length > 1 ? footer : null),
    element("p", { class: "lead paper" }, "On paper the first columns only; the page and the run's JSON have every statistic."));
}

function numPes(layer) {
  return layer.per_pe ? layer.per_pe.accumulates?.length : data.run.config?.pes;
}

function utilisation(layer) {
  const pes = numPes(layer);
  return pes && layer.cycles ? layer.accumulates / (pes * layer.cycles) : null;
}

function stallsPart(run) {
  const title = "Where the cycles went";
  const layers = run.layers.filter(layer => STATES.every(state => isNumber(layer[state.key])) && layer.cycles > 0);
  if (layers.length === 0) return section("stalls", title, null, missing("The file's layers lack the counts of PE cycles: " + STATES.map(state => state.key).join(", ") + "."));
  const rows = layers.map(layer => {
    const parts = STATES.map(state => layer[state.key]);
    return { name: layer.name, note: count(layer.cycles) + " cycles", parts, total: sum(parts), layer };
  });
  const series = STATES.map(state => ({ ...state, show: (part, row) => `${count(part)} PE cycles, ${percent(part / row.total)}` }));
  const stalls = rows.map(row => ({ name: row.name, note: percent(row.layer.full_stall_cycles / row.layer.cycles), parts: [row.layer.full_stall_cycles], total: row.layer.cycles }));
  const fullSeries = [{ label: "broadcast held by a full queue", colour: "var(--full)", show: part => `${count(part)} cycles` }];
  const largest = Math.max(...rows.map(row => row.layer.cycles));
  const cycles = rows.map(row => ({ name: row.name, note: percent(row.layer.cycles / sum(rows.map(one => one.layer.cycles))) + " of all", parts: [row.layer.cycles] }));
  const cycleSeries = [{ label: "cycles", colour: "var(--accumulate)", show: part => `${count(part)} cycles` }];
  const left = element("figure", {}, element("figcaption", {}, "PE cycles by what they were spent on: shares of each layer"), legend(STATES),
    stackedBars("Stacked bars: share of PE cycles spent on each activity, by layer", rows, series));
  const middle = element("figure", {}, element("figcaption", {}, "Cycles of each layer, on one scale"),
    stackedBars("Bars: cycles by layer, on one scale", cycles, cycleSeries, { max: largest, format: short, ticks: 3 }));
  const right = element("figure", {}, element("figcaption", {}, "Cycles in which a full queue held up the broadcast, as a share of the layer's (they overlap with the others)"),
    stackedBars("Bars: share of cycles in which a full queue held up the broadcast, by layer", stalls, fullSeries, { ticks: 3 }));
  return section("stalls", title,
    "Every cycle of every PE is one of six; together they are PEs \u00d7 cycles. Only the first does work that counts.",
    element("div", { class: "pair" }, left, middle), right,
    numbersBehind("PE cycles by layer", caption => dataTable(caption, [
      { label: "Layer", text: true, value: row => row.name },
      ...STATES.flatMap((state, at) => [
        { label: state.label, unit: "PE cycles", title: state.text, value: row => row.parts[at] },
        { label: "share", value: row => row.parts[at] / row.total, show: percent }]),
      { label: "full stall", unit: "cycles", title: statistic("full_stall_cycles").text, value: row => row.layer.full_stall_cycles },
      { label: "queue full", unit: "PE cycles", title: statistic("queue_full_pe_cycles").text, value: row => row.layer.queue_full_pe_cycles },
    ], rows)));
}

function balancePart(run) {
  const title = "What a better balance would bring";
  const layers = run.layers.filter(layer => WORK.every(key => isList(layer.per_pe?.[key])) && layer.cycles > 0);
  if (layers.length === 0) return section("balance", title, null, missing("The file has no counts per PE."));
  const rows = layers.map(layer => {
    const pes = numPes(layer);
    const slots = layer.per_pe.accumulates.map((value, pe) => sum(WORK.map(key => layer.per_pe[key][pe])));
    const marks = [sum(layer.per_pe.accumulates) / pes, sum(slots) / pes, Math.max(...slots)].map(cycles => cycles / layer.cycles);
    return { name: layer.name, note: "balance " + percent(balanceOf(layer)), marks: [...marks, 1], cycles: layer.cycles };
  });
  const series = [
    { label: "non-zero work, spread evenly", colour: "var(--accumulate)", symbol: d3.symbolCircle, glyph: "\u25cf" },
    { label: "with padding and empty columns", colour: "var(--padding)", symbol: d3.symbolSquare, glyph: "\u25a0" },
    { label: "the busiest PE", colour: "var(--starved)", symbol: d3.symbolTriangle, glyph: "\u25b2" },
    { label: "the run", colour: "var(--ink)", symbol: d3.symbolDiamond, glyph: "\u25c6" },
  ];
  return section("balance", title,
    "Lower bounds on a layer's cycles, as a share of the cycles it took: from circle to square is what the encoding costs, from square to triangle what the imbalance between PEs costs, from there on waiting, filling and draining. Balance: " + (ratio("balance").text || "the mean over the maximum of the entries of a PE."),
    element("figure", {}, legend(series), dotRows("Dots: lower bounds on each layer's cycles as a share of its cycles", rows, series)),
    numbersBehind("Lower bounds by layer", caption => dataTable(caption, [
      { label: "Layer", text: true, value: row => row.name },
      ...series.map((one, at) => ({ label: one.label, unit: "cycles", value: row => Math.round(row.marks[at] * row.cycles) })),
    ], rows)));
}
