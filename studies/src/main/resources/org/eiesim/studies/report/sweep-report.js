// The page of a sweep by itself.
function worthPart(sweep) {
  const at = name => sweep.columns.indexOf(name);
  const infeasible = row => at("infeasible") >= 0 && row[at("infeasible")];
  const time = ["streamed_us_per_input", "streamed_us", "time_us_per_input", "time_us"].find(name => sweep.metrics.includes(name));
  const energy = ["energy_nj_per_input", "energy_nj"].find(name => sweep.metrics.includes(name));
  const title = "What each parameter is worth";
  if (sweep.parameters.length === 0 || sweep.workloads.length === 0) return null;
  const holder = element("div");
  function show(name) {
    const rows = sweep.workloads.find(one => one.name === name).rows.filter(row => !infeasible(row));
    const all = { time: d3.min(rows, row => row[at(time)]), energy: d3.min(rows, row => row[at(energy)]), product: d3.min(rows, row => row[at(time)] * row[at(energy)]) };
    const lines = sweep.parameters.flatMap(parameter => [...new Set(rows.map(row => row[at(parameter)]))].sort(orderOf).slice(0, 40).map(value => {
      const mine = rows.filter(row => row[at(parameter)] === value);
      const best = of => d3.min(mine, of);
      return { parameter, value, machines: mine.length, time: best(row => row[at(time)]), energy: best(row => row[at(energy)]),
        area: best(row => row[at("area_mm2")]), product: best(row => row[at(time)] * row[at(energy)]) };
    }));
    const over = key => ({ value: row => row[key] / all[key], show: value => isNumber(value) ? "\u00d7\u00a0" + value.toFixed(2) : DASH });
    holder.replaceChildren(dataTable(title, [
      { label: "Parameter", text: true, value: row => row.parameter, show: value => element("code", {}, value) },
      { label: "Value", value: row => row.value, show: value => String(value) },
      { label: "Machines", value: row => row.machines },
      { label: "Least " + metricOf(time).label, value: row => row.time, show: metricOf(time).show },
      { label: "over the best", ...over("time") },
      { label: "Least " + metricOf(energy).label, value: row => row.energy, show: metricOf(energy).show },
      { label: "over the best", ...over("energy") },
      { label: "Least product", unit: "over the best", ...over("product") },
      { label: "Least area", value: row => row.area, show: metricOf("area_mm2").show },
    ], lines));
  }
  show(sweep.workloads[0].name);
  return section("worth", title, "The best that machines with a value reach when every other parameter may be chosen; machines that cannot be built are left out.",
    sweep.workloads.length > 1 ? element("div", { class: "controls" }, selector("Workload", sweep.workloads.map(one => ({ value: one.name, label: one.name })), show)) : null, holder);
}

function bestPart(summary) {
  if (!isList(summary?.best)) return null;
  const settings = [...new Set(summary.best.flatMap(one => Object.keys(one.settings || {})))];
  const metrics = ["time_us", "streamed_us", "streamed_us_per_input", "energy_nj", "area_mm2"].filter(name => summary.best.some(one => isNumber(one[name])));
  return section("best", "Best machines", null, dataTable("Best machines", [
    { label: "Workload", text: true, value: one => one.workload },
    { label: "Best in", text: true, value: one => one.what },
    { label: "Machine", value: one => one.point, show: String },
    ...settings.map(name => ({ label: name, unit: parameterOf(name).unit, value: one => one.settings[name], show: value => value ?? DASH })),
    ...metrics.map(name => ({ label: metricOf(name).label, value: one => one[name], show: metricOf(name).show })),
  ], summary.best));
}

function sweptPart(sweep, summary) {
  const values = name => [...new Set(sweep.workloads.flatMap(one => one.rows.map(row => row[sweep.columns.indexOf(name)])))].sort(orderOf);
  const rows = sweep.parameters.map(name => {
    const all = values(name);
    return { name, unit: parameterOf(name).unit, values: all.length <= 16 ? all.join(", ") : `${all.length} values, ${all[0]} to ${all[all.length - 1]}`, help: parameterOf(name).help };
  });
  if (rows.length === 0) return null;
  return section("parameters", "What was varied", summary ? `Base ${summary.base}, sample ${summary.sample}, seed ${summary.seed}.` : null, dataTable("Parameters", [
    { label: "Parameter", text: true, value: row => row.name, show: value => element("code", {}, value) },
    { label: "Values", text: true, wrap: true, value: row => row.values },
    { label: "Unit", text: true, value: row => row.unit || "" },
    { label: "Meaning", text: true, wrap: true, value: row => row.help },
  ], rows));
}

function impossiblePart(sweep) {
  if (!isList(sweep.impossible)) return null;
  return section("impossible", "Without results", "No such machine exists, or it cannot run the workload.", dataTable("Without results", [
    { label: "Workload", text: true, value: one => one.workload },
    { label: "Machines", value: one => one.machines },
    { label: "Reason", text: true, wrap: true, value: one => one.reason || DASH },
  ], sweep.impossible));
}

function sweepCards(sweep) {
  const at = name => sweep.columns.indexOf(name);
  const rows = sweep.workloads.flatMap(one => one.rows);
  const number = value => ({ number: count(value), unit: "" });
  const total = d3.max(sweep.workloads, one => one.total) ?? 0;
  const infeasible = sweep.workloads.length > 0 && at("infeasible") >= 0 ? sweep.workloads[0].rows.filter(row => row[at("infeasible")]).length : 0;
  return cards([
    ["Machines", number(total), "with results"],
    ["Workloads", number(sweep.workloads.length), ""],
    ["On the front", number(sweep.workloads.length > 0 ? sweep.workloads[0].rows.filter(row => row[at("pareto")]).length : 0), sweep.workloads.length > 0 ? "of time, energy and area, " + sweep.workloads[0].name : ""],
    ["Cannot be built", number(infeasible), at("infeasible") >= 0 ? (rows.length < d3.sum(sweep.workloads, one => one.total) ? "of those drawn" : "shown grey, with the reason") : "not checked in this table"],
  ]);
}

function page() {
  const { sweep, summary } = data;
  const parts = [sweepPart(sweep, null), worthPart(sweep), bestPart(summary), sweptPart(sweep, summary), impossiblePart(sweep)].filter(Boolean);
  document.getElementById("page").replaceChildren(
    factsPart("eiesim sweep report", data.title, [["Workloads", sweep.workloads.map(one => one.name).join(", ")], ["Written by", summary?.tool?.version ? "eiesim " + summary.tool.version : null]]),
    element("main", { id: "content" }, sweepCards(sweep), contentsOf(parts), parts),
    footerPart("Times, energies and areas are the simulator's; see docs/sweeps.md for what each column means."));
}

page();
ready();
