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
    isNumber(run.energy.leakage_mw) && !run.leakage_included ? `leakage of ${quantity(run.energy.leakage_mw, "power_mw")}${run.energy.leakage_cells ? ` (SRAM cells ${run.energy.leakage_cells})` : ""}` : null,
    run.energy.setup_nj > 0 ? `${quantity(run.energy.setup_nj, "energy_nj")} of loading the weights once` : null].filter(Boolean);
  return section("energy", title,
    "Switching energy by component over all inputs." + (apart.length > 0 ? ` Not in it: ${apart.join(", and ")}.` : ""),
    (Array.isArray(run.energy.notes) ? run.energy.notes : []).map(note => element("p", { class: "callout" }, note)),
    legend(coloured),
    total > 0 ? element("div", { class: rows.length > 1 ? "pair" : null },
      element("figure", {}, element("figcaption", {}, "Share of the energy, by layer"),
        stackedBars("Stacked bars: share of energy by component, whole run and by layer", [whole, ...(rows.length > 1 ? rows : [])], series)),
      rows.length > 1 ? element("figure", {}, element("figcaption", {}, "Energy of each layer, on one scale"),
        stackedBars("Bars: energy by component and layer, on one scale", rows.map(row => ({ ...row, note: percent(row.total / total) + " of all" })), series,
          { max: Math.max(...rows.map(row => row.total)), format: value => quantity(value, "energy_nj"), ticks: 3 })) : null) : null,
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
