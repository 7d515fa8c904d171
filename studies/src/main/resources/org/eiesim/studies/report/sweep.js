// Machines of a sweep: any two results as axes, a parameter as colour, filters, the front, a recommendation.
const parameterOf = key => data.parameters.find(one => one.key === key) || { unit: "", help: "", default: null };

const METRIC_LABELS = {
  time_us: "time on chip", streamed_us: "time with transfers", time_us_per_input: "time on chip per input",
  streamed_us_per_input: "time with transfers per input", energy_nj: "energy", energy_nj_per_input: "energy per input",
  power_mw: "power", leakage_mw: "leakage", area_mm2: "area", energy_delay_nj_us: "energy \u00d7 delay",
};
const SHARES = ["utilization", "utilisation", "balance", "accuracy"];
const MORE_IS_BETTER = [...SHARES, "highest_clock_mhz"];

function metricOf(name) {
  const ladder = /_nj_us/.test(name) ? null : /_us(_|$)/.test(name) ? "time_us" : /_nj(_|$)/.test(name) ? "energy_nj"
    : /_mw$/.test(name) ? "power_mw" : /_mm2$/.test(name) ? "area_mm2" : null;
  const share = SHARES.includes(name);
  return {
    name, label: METRIC_LABELS[name] ?? name.replaceAll("_", " "), sign: MORE_IS_BETTER.includes(name) ? -1 : 1,
    show: value => !isNumber(value) ? DASH : share ? percent(value) : ladder ? quantity(value, ladder) : digits(value),
  };
}

// Keeps the points that no other is better than in one number and as good in the other, from the best x on.
function frontOf(points, xSign, ySign) {
  let best = Infinity;
  return [...points].sort((a, b) => xSign * (a.x - b.x) || ySign * (a.y - b.y))
    .filter(point => ySign * point.y < best && ((best = ySign * point.y), true));
}

// Of the front the point of the least product (of what should be large, the reciprocal), the first of equals.
function recommended(front, xMetric, yMetric) {
  const score = point => xMetric.sign * Math.log(point.x) + yMetric.sign * Math.log(point.y);
  const scored = front.filter(point => point.x > 0 && point.y > 0);
  return scored.length > 0 ? scored[d3.minIndex(scored, score)] : null;
}

function reasonFor(pick, points, xMetric, yMetric) {
  const factor = metric => metric.sign > 0 ? metric.label : "1/" + metric.label;
  const loss = (metric, key) => {
    const best = metric.sign > 0 ? d3.min(points, point => point[key]) : d3.max(points, point => point[key]);
    const share = Math.abs(pick[key] / best - 1);
    return share < 5e-4 ? `the best of all in ${metric.label}` : `${percent(share)} ${metric.sign > 0 ? "above" : "below"} the best in ${metric.label}`;
  };
  return `least product of ${factor(xMetric)} and ${factor(yMetric)} of the ${count(points.length)} machines that can be built and are shown; ` +
    `${loss(xMetric, "x")}, ${loss(yMetric, "y")}.`;
}

const orderOf = (a, b) => isNumber(a) && isNumber(b) ? a - b : String(a).localeCompare(String(b), "en", { numeric: true });

// Numbers have an order, and so have their colours; names get colours that differ.
function colouring(values) {
  const palette = ["var(--c1)", "var(--c3)", "var(--c2)", "var(--c5)", "var(--c7)", "var(--c4)", "var(--c0)", "var(--c6)", "var(--c8)", "var(--c9)"];
  const isOrdered = values.length > 1 && values.every(isNumber);
  return value => isOrdered ? `var(--seq-${Math.round(2 + 6 * values.indexOf(value) / (values.length - 1))})` : palette[values.indexOf(value) % palette.length];
}

function sweepPart(sweep, run) {
  const title = "Design sweep";
  if (sweep.workloads.length === 0) return section("sweep", title, null, missing("No machine of the sweep could run a workload."));
  const at = name => sweep.columns.indexOf(name);
  const parameters = sweep.parameters;
  const pick = names => names.find(name => sweep.metrics.includes(name));
  const state = {
    workload: sweep.workloads[0].name,
    x: pick(["streamed_us_per_input", "streamed_us", "time_us_per_input", "time_us"]),
    y: pick(["energy_nj_per_input", "energy_nj"]),
    colour: parameters.includes("pes") ? "pes" : parameters[0],
    only: {},
  };
  const holder = element("div");
  const valuesOf = (rows, name) => [...new Set(rows.map(row => row[at(name)]))].sort(orderOf);
  const allRows = sweep.workloads.flatMap(one => one.rows);
  const describe = row => parameters.map(name => `${name} ${row[at(name)]}`).join(", ");
  const isThisRun = row => run?.config && parameters.length > 0 && parameters.every(name => sameValue(run.config[name], row[at(name)]));

  function pointOf(row, x, y, size) {
    const infeasible = at("infeasible") >= 0 ? row[at("infeasible")] : null;
    return {
      row, x: row[at(x.name)], y: row[at(y.name)], front: row[at("pareto")], ghost: Boolean(infeasible), size,
      text: `${x.label}: ${x.show(row[at(x.name)])}\n${y.label}: ${y.show(row[at(y.name)])}\narea: ${quantity(row[at("area_mm2")], "area_mm2")}\n` +
        parameters.map(name => `${name} ${row[at(name)]}`).join("\n") + (infeasible ? `\ncannot be built: ${infeasible}` : ""),
    };
  }

  function machines(caption, rows, label) {
    return rows.length === 0 ? null : numbersBehind(caption, given => dataTable(given, [
      { label: "Machine", value: row => row[at("point")] ?? rows.indexOf(row), show: String },
      ...parameters.map(name => ({ label: name, unit: parameterOf(name).unit, value: row => row[at(name)], show: value => isNumber(value) ? count(value) : value ?? DASH })),
      ...sweep.metrics.map(name => ({ label: metricOf(name).label, value: row => row[at(name)], show: metricOf(name).show })),
      ...(rows.some(row => at("infeasible") >= 0 && row[at("infeasible")]) ? [{ label: "Cannot be built", text: true, wrap: true, value: row => row[at("infeasible")] }] : []),
    ], rows), label);
  }

  function draw() {
    const chosen = sweep.workloads.find(one => one.name === state.workload);
    const [x, y] = [metricOf(state.x), metricOf(state.y)];
    const rows = chosen.rows.filter(row => Object.entries(state.only).every(([name, value]) => String(row[at(name)]) === value)
      && isNumber(row[at(x.name)]) && isNumber(row[at(y.name)]));
    if (rows.length === 0) {
      holder.replaceChildren(missing("No machine is left by these filters."));
      return;
    }
    const areas = d3.extent(rows, row => row[at("area_mm2")]);
    const size = d3.scaleSqrt([0, areas[1] || 1], [2, 11]);
    const values = state.colour ? valuesOf(chosen.rows, state.colour) : [];
    const colour = colouring(values);
    const points = rows.map(row => ({ ...pointOf(row, x, y, isNumber(areas[1]) ? size(row[at("area_mm2")]) : 5), colour: state.colour ? colour(row[at(state.colour)]) : "var(--c1)" }))
      .sort((a, b) => b.ghost - a.ghost || a.front - b.front || b.size - a.size);
    const feasible = points.filter(point => !point.ghost);
    const front = frontOf(feasible, x.sign, y.sign);
    const best = recommended(front, x, y);
    const mine = points.find(point => isThisRun(point.row));
    const marks = [...(mine ? [{ ...mine, kind: "run" }] : []), ...(best ? [{ ...best, kind: "best" }] : [])];
    const numGhosts = points.length - feasible.length;
    const shown = chosen.rows.length < chosen.total ? ` ${count(chosen.rows.length)} of ${count(chosen.total)} machines are drawn: the whole Pareto front and an even choice of the others.` : "";
    holder.replaceChildren(...[
      best ? element("p", { class: "callout note recommendation" }, element("b", {}, `\u2605 Recommended: ${at("point") >= 0 ? "machine " + best.row[at("point")] : "a machine"}`),
        parameters.length > 0 ? ` (${describe(best.row)})` : "", ` with ${x.label} ${x.show(best.x)}, ${y.label} ${y.show(best.y)}, area ${quantity(best.row[at("area_mm2")], "area_mm2")}: ${reasonFor(best, feasible, x, y)}`) : null,
      run && parameters.length > 0 ? element("p", { class: "callout note" }, mine ? `This run's machine is ringed: ${describe(mine.row)}.` : "This run's machine is not among those shown.") : null,
      element("p", { class: "lead" }, `${count(points.length)} machines; a dot's size is the machine's area (${quantity(areas[0], "area_mm2")} to ${quantity(areas[1], "area_mm2")}).${shown}`),
      legend([
        ...(state.colour && values.length <= 12 ? values.map(value => ({ label: `${state.colour} ${value}`, colour: colour(value) })) : []),
        { label: `front of ${x.label} and ${y.label}`, glyph: "- -", colour: "var(--ink-2)" },
        { label: "on the sweep's front of time, energy and area", glyph: "\u25ef", colour: "var(--ink)" },
        ...(best ? [{ label: "recommended", glyph: "\u2605", colour: "var(--accent)" }] : []),
        ...(numGhosts > 0 ? [{ label: `cannot be built (${count(numGhosts)})`, glyph: "\u25cc", colour: "var(--ink-3)", text: "infeasible: hover over a dot for the reason" }] : []),
      ]),
      element("figure", {}, scatter(`Scatter: ${x.label} and ${y.label} of the machines of the sweep, workload ${state.workload}`, points, front,
        { xLabel: x.label, yLabel: y.label, xFormat: x.show, yFormat: y.show, marks, isStep: x.sign > 0 && y.sign > 0 })),
      machines("Pareto front of " + state.workload, rows.filter(row => row[at("pareto")]), "Show the Pareto front"),
      machines("Infeasible machines of " + state.workload, points.filter(point => point.ghost).map(point => point.row), `Show the ${count(numGhosts)} machines that cannot be built`),
      machines("Machines of " + state.workload, rows, "Show all machines drawn"),
    ].filter(Boolean));
  }

  const metrics = sweep.metrics.map(name => ({ value: name, label: metricOf(name).label }));
  const set = key => value => { state[key] = value; draw(); };
  const filters = parameters.map(name => selector(name, [{ value: "", label: "all" }, ...valuesOf(allRows, name).slice(0, 200).map(value => ({ value: String(value), label: String(value) }))],
    value => { if (value === "") delete state.only[name]; else state.only[name] = value; draw(); }));
  draw();
  return section("sweep", title, null,
    element("div", { class: "controls" },
      selector("Workload", sweep.workloads.map(one => ({ value: one.name, label: one.name })), set("workload")),
      selector("Across", metrics, set("x"), state.x),
      selector("Up", metrics, set("y"), state.y),
      parameters.length > 0 ? selector("Colour", parameters.map(name => ({ value: name, label: name })), set("colour"), state.colour) : null),
    filters.length > 0 ? element("div", { class: "controls filters", role: "group", "aria-label": "Only machines with" }, element("b", {}, "Only"), filters) : null,
    holder);
}

const sameValue = (one, other) => String(one) === String(other) || (Number(one) === Number(other) && String(other) !== "");
