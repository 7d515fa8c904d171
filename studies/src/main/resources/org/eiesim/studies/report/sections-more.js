// Load per PE, energy, sweep, configuration.
const METRICS = [
  { value: "busy", label: "busy cycles, share of the layer's cycles", of: (layer, pe) => sum(BUSY.map(key => layer.per_pe[key][pe])) / layer.cycles },
  { value: "accumulates", label: "accumulates, share of the layer's cycles", of: (layer, pe) => layer.per_pe.accumulates[pe] / layer.cycles },
  ...[["padding_entries", "padding"], ["empty_columns", "empty columns"], ["starved_pe_cycles", "starved"], ["queue_full_pe_cycles", "queue full"],
    ["drain_pe_cycles", "drain"], ["spmat_row_reads", "weight-row reads"]].map(([key, label]) =>
    ({ value: key, label: label + ", per cycle of the layer", key, of: (layer, pe) => layer.per_pe[key][pe] / layer.cycles })),
];

function loadPart(run) {
  const title = "Load of the PEs";
  const layers = run.layers.filter(layer => WORK.every(key => isList(layer.per_pe?.[key])) && layer.cycles > 0);
  if (layers.length === 0) return section("load", title, null, missing("The file has no counts per PE."));
  const metrics = METRICS.filter(metric => !metric.key || layers.every(layer => isList(layer.per_pe[metric.key])));
  const grids = element("div", { class: layers.length < 4 ? "grids large" : "grids" });
  const scale = element("span");
  const table = element("div");
  function show(name) {
    const metric = metrics.find(one => one.value === name);
    const values = layers.map(layer => layer.per_pe.accumulates.map((_, pe) => metric.of(layer, pe)));
    const all = values.flat();
    const domain = [d3.min(all), d3.max(all)];
    scale.replaceChildren(ramp(domain, percent));
    grids.replaceChildren(...layers.map((layer, index) => {
      const mine = values[index];
      return element("figure", {}, element("h3", {}, layer.name),
        peGrid(`Heat map: ${metric.label}, by PE, layer ${layer.name}`, mine, domain, pe => `${layer.name}, PE ${pe}\n${metric.label}: ${percent(mine[pe])}`),
        element("p", {}, `mean ${percent(d3.mean(mine))}, from ${percent(d3.min(mine))} (PE\u00a0${d3.minIndex(mine)}) to ${percent(d3.max(mine))} (PE\u00a0${d3.maxIndex(mine)})`));
    }));
    const pes = d3.range(d3.max(layers, numPes));
    table.replaceChildren(numbersBehind(metric.label + ", by PE", caption => dataTable(caption, [
      { label: "PE", value: pe => pe },
      ...layers.map((layer, index) => ({ label: layer.name, value: pe => values[index][pe], show: percent }))], pes)));
  }
  const controls = element("div", { class: "controls" }, selector("Show", metrics, show), scale);
  show(metrics[0].value);
  return section("load", title, "One square per PE, row by row from PE 0. One colour scale for all layers.", controls, grids, table);
}

const componentColour = index => `var(--c${index % 10})`;
const LIGHT_COMPONENTS = [1, 2, 4, 5];

function energyPart(run) {
  const title = "Energy, power and area";
  const components = (run.energy?.components || []).filter(one => isNumber(one.energy_nj) || isNumber(one.area_mm2));
  if (components.length === 0) return section("energy", title, null, missing("The file has no energy by component."));
  const coloured = components.map((one, index) => ({ ...one, label: one.name, colour: componentColour(index), light: LIGHT_COMPONENTS.includes(index % 10) }));
  const withEnergy = coloured.filter(one => one.energy_nj > 0);
  const total = sum(withEnergy.map(one => one.energy_nj));
  const layers = run.layers.filter(layer => layer.energy && withEnergy.some(one => isNumber(layer.energy[one.name])));
  const rows = layers.map(layer => {
    const parts = withEnergy.map(one => layer.energy[one.name] || 0);
    return { name: layer.name, note: quantity(layer.energy_nj ?? sum(parts), "energy_nj"), parts, total: sum(parts) };
  });
  const whole = { name: "Whole run", note: quantity(total, "energy_nj"), parts: withEnergy.map(one => one.energy_nj), total };
  const series = withEnergy.map(one => ({ label: one.name, colour: one.colour, light: one.light, show: (part, row) => `${quantity(part, "energy_nj")}, ${percent(part / row.total)}` }));
  const withArea = coloured.filter(one => one.area_mm2 > 0);
  const areaTotal = sum(withArea.map(one => one.area_mm2));
  const areaRow = { name: "Area", note: quantity(run.area_mm2 ?? areaTotal, "area_mm2"), parts: withArea.map(one => one.area_mm2), total: areaTotal };
  const areaSeries = withArea.map(one => ({ label: one.name, colour: one.colour, light: one.light, show: (part, row) => `${quantity(part, "area_mm2")}, ${percent(part / row.total)}` }));
  const apart = [
    isNumber(run.energy.leakage_mw) ? `leakage of ${quantity(run.energy.leakage_mw, "power_mw")}${run.energy.leakage_cells ? ` (SRAM cells ${run.energy.leakage_cells})` : ""}` : null,
    run.energy.setup_nj > 0 ? `${quantity(run.energy.setup_nj, "energy_nj")} of loading the weights once` : null].filter(Boolean);
  return section("energy", title,
    "Switching energy by component over all inputs." + (apart.length > 0 ? ` Not in it: ${apart.join(", and ")}.` : ""),
    (Array.isArray(run.energy.notes) ? run.energy.notes : []).map(note => element("p", { class: "callout" }, note)),
    legend(coloured),
    total > 0 ? element("figure", {}, element("figcaption", {}, "Share of the energy, by layer"),
      stackedBars("Stacked bars: share of energy by component, whole run and by layer", [whole, ...(rows.length > 1 ? rows : [])], series)) : null,
    areaTotal > 0 ? element("figure", {}, element("figcaption", {}, "Share of the area"),
      stackedBars("Stacked bar: share of area by component", [areaRow], areaSeries)) : null,
    numbersBehind("Energy, power and area by component", caption => dataTable(caption, [
      { label: "Component", text: true, value: one => one.name },
      { label: "Energy", unit: "nJ", value: one => one.energy_nj, show: value => isNumber(value) ? digits(value) : DASH },
      { label: "Share", value: one => total > 0 ? one.energy_nj / total : null, show: percent },
      { label: "Power", unit: "mW", value: one => one.power_mw, show: value => isNumber(value) ? digits(value) : DASH },
      { label: "Area", unit: "mm\u00b2", value: one => one.area_mm2, show: value => isNumber(value) ? digits(value) : DASH },
      ...layers.map(layer => ({ label: layer.name, unit: "nJ", value: one => layer.energy[one.name], show: value => isNumber(value) ? digits(value) : DASH })),
    ], coloured)),
    isList(run.energy.actions) ? numbersBehind("Actions and their prices", caption => dataTable(caption, [
      { label: "Component", text: true, value: one => one.component },
      { label: "Action", text: true, value: one => one.action },
      { label: "Count", value: one => one.count },
      { label: "Energy each", unit: "pJ", value: one => one.energy_pj, show: value => isNumber(value) ? digits(value) : DASH },
      { label: "Basis", text: true, value: one => one.basis, show: (value, one) => value + (one.extrapolated ? ", outside its table" : "") },
      { label: "Source", text: true, wrap: true, value: one => one.source },
    ], run.energy.actions), "Show every action with its price and source") : null);
}

// Keeps the points that no other beats in both numbers, by rising x.
function lowerLeft(points) {
  let best = Infinity;
  return [...points].sort((a, b) => a.x - b.x || a.y - b.y).filter(point => point.y < best && ((best = point.y), true));
}

function sweepPart(sweep) {
  const columns = sweep.columns;
  const at = name => columns.indexOf(name);
  const parameters = sweep.parameters;
  const holder = element("div");
  let workload = sweep.workloads[0]?.name;
  let coloured = parameters.includes("pes") ? "pes" : parameters[0];
  const palette = ["var(--c1)", "var(--c3)", "var(--c2)", "var(--c5)", "var(--c7)", "var(--c4)", "var(--c0)", "var(--c6)", "var(--c8)", "var(--c9)"];
  function draw() {
    const chosen = sweep.workloads.find(one => one.name === workload);
    const values = [...new Set(chosen.rows.map(row => row[at(coloured)]))].sort((a, b) => isNumber(a) && isNumber(b) ? a - b : String(a).localeCompare(String(b)));
    const ordered = values.length > 1 && values.length <= 9 && values.every(isNumber);
    const colour = value => ordered ? `var(--seq-${Math.round(2 + 6 * values.indexOf(value) / (values.length - 1))})` : palette[values.indexOf(value) % palette.length];
    const areas = d3.extent(chosen.rows, row => row[at("area_mm2")]);
    const size = d3.scaleSqrt([0, areas[1] || 1], [2, 11]);
    const points = chosen.rows.map(row => ({
      row, x: row[at("time_us")], y: row[at("energy_nj")], front: row[at("pareto")], size: isNumber(areas[1]) ? size(row[at("area_mm2")]) : 5,
      colour: coloured ? colour(row[at(coloured)]) : palette[0],
      text: `${quantity(row[at("time_us")], "time_us")}, ${quantity(row[at("energy_nj")], "energy_nj")}, ${quantity(row[at("area_mm2")], "area_mm2")}\n` +
        parameters.map(name => `${name} ${row[at(name)]}`).join("\n"),
    })).sort((a, b) => a.front - b.front || b.size - a.size);
    const shown = points.length < chosen.total ? ` ${count(points.length)} of ${count(chosen.total)} machines are drawn: the whole Pareto front and an even choice of the others.` : "";
    holder.replaceChildren(
      element("p", { class: "lead" }, `${count(chosen.total)} machines; a dot's size is the machine's area (${quantity(areas[0], "area_mm2")} to ${quantity(areas[1], "area_mm2")}). Outlined: on the Pareto front of time, energy and area. Dashed: the front of time and energy alone.` + shown),
      coloured && values.length <= 12 ? legend(values.map(value => ({ label: `${coloured} ${value}`, colour: colour(value) }))) : null,
      element("figure", {}, scatter(`Scatter: time and energy of the machines of the sweep, workload ${workload}`, points, lowerLeft(points),
        { xLabel: "time", yLabel: "energy", xFormat: value => quantity(value, "time_us"), yFormat: value => quantity(value, "energy_nj") })),
      numbersBehind("Pareto front of " + workload, caption => dataTable(caption, [
        { label: "Machine", value: row => row[at("point")] },
        ...parameters.map(name => ({ label: name, unit: parameterOf(name).unit, value: row => row[at(name)] })),
        { label: "Time", unit: "\u00b5s", value: row => row[at("time_us")], show: digits },
        { label: "Energy", unit: "nJ", value: row => row[at("energy_nj")], show: digits },
        { label: "Area", unit: "mm\u00b2", value: row => row[at("area_mm2")], show: digits },
      ], chosen.rows.filter(row => row[at("pareto")])), "Show the Pareto front"));
  }
  const title = "Design sweep";
  if (sweep.workloads.length === 0) return section("sweep", title, null, missing("No machine of the sweep could run a workload."));
  draw();
  return section("sweep", title, null,
    element("div", { class: "controls" },
      selector("Workload", sweep.workloads.map(one => ({ value: one.name, label: one.name })), value => { workload = value; draw(); }),
      parameters.length > 1 ? selector("Colour", [coloured, ...parameters.filter(name => name !== coloured)].map(name => ({ value: name, label: name })), value => { coloured = value; draw(); }) : null),
    holder);
}

const parameterOf = key => data.parameters.find(one => one.key === key) || { unit: "", help: "", default: null };

function configurationPart(run) {
  const title = "Configuration";
  const entries = Object.entries(run.config || {});
  if (entries.length === 0) return section("configuration", title, null, missing("The file has no configuration."));
  const rows = entries.map(([key, value]) => {
    const known = parameterOf(key);
    return { key, value: String(value), unit: known.unit, help: known.help, changed: known.default !== null && !sameValue(known.default, value) };
  });
  const changed = rows.filter(row => row.changed).length;
  return section("configuration", title, `The machine's ${rows.length} parameters; ${changed === 0 ? "all are at their defaults" : "those that differ from the defaults are highlighted: " + changed}.`,
    dataTable("Configuration", [
      { label: "Parameter", text: true, value: row => row.key, show: value => element("code", {}, value) },
      { label: "Value", value: row => isNumber(Number(row.value)) && row.value !== "" ? Number(row.value) : row.value, show: (value, row) => row.value },
      { label: "Unit", text: true, value: row => row.unit || "" },
      { label: "Meaning", text: true, wrap: true, value: row => row.help },
    ], rows));
}

const sameValue = (one, other) => String(one) === String(other) || (Number(one) === Number(other) && String(other) !== "");

function recordsTable(caption, records) {
  const keys = [...new Set(records.flatMap(record => Object.keys(record)))];
  return dataTable(caption, keys.map((key, index) => ({
    label: key.replaceAll("_", " "), text: index === 0 || records.some(record => typeof record[key] === "string"), value: record => record[key],
    show: value => value === null || value === undefined ? DASH : isNumber(value) ? count(value) : typeof value === "object" ? JSON.stringify(value) : String(value),
  })), records);
}

function movedPart(run) {
  const transfers = run.layers.filter(layer => layer.transfers).map(layer => ({ layer: layer.name, ...layer.transfers }));
  const parts = [];
  if (transfers.length > 0) parts.push(element("h3", {}, "Transfers by layer"), recordsTable("Transfers", transfers));
  if (isList(run.host)) parts.push(element("h3", { style: "margin-top:14px" }, "Host operations"), recordsTable("Host operations", run.host));
  return parts.length > 0 ? section("moved", "Transfers and host work", "Reported apart: they take no cycles of the array.", parts) : null;
}
