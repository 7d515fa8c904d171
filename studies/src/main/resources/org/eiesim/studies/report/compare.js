// Two runs side by side. A difference is B - A; per cent are of A.
const QUANTITY_LABELS = {
  cycles_per_input: "cycles per input", time_us_per_input: "time on chip per input", streamed_us_per_input: "time with transfers per input",
  energy_nj_per_input: "energy per input", saturations_per_input: "saturations per input", power_mw: "power", leakage_mw: "leakage", area_mm2: "area",
  highest_clock_mhz: "highest clock",
};
const LESS_IS_BETTER = ["cycles_per_input", "time_us_per_input", "streamed_us_per_input", "energy_nj_per_input", "saturations_per_input", "power_mw", "leakage_mw", "area_mm2"];
const MORE_IS_BETTER = ["utilisation", "balance", "accuracy", "highest_clock_mhz"];
const SERIES = [{ label: "A", colour: "var(--side-a)" }, { label: "B", colour: "var(--side-b)" }];
const UNITS = { us: "time_us", nJ: "energy_nj", mW: "power_mw", mm2: "area_mm2" };

const labelOf = name => QUANTITY_LABELS[name] ?? name.replace(/_per_input$/, " per input").replaceAll("_", " ");
const showIn = one => value => !isNumber(value) ? DASH : UNITS[one.unit] ? quantity(value, UNITS[one.unit])
  : ["utilisation", "balance", "accuracy"].includes(one.name) ? percent(value) : digits(value) + (one.unit === "MHz" ? "\u00a0MHz" : "");
const signed = value => !isNumber(value) ? DASH : (value > 0 ? "+" : value < 0 ? "\u2212" : "\u00b1") + (Math.abs(value) >= 1000 ? count(Math.round(Math.abs(value))) : Math.abs(value).toFixed(1)) + "\u00a0%";

function judged(one) {
  if (!isNumber(one.difference) || one.difference === 0) return null;
  const isLess = one.difference < 0;
  return LESS_IS_BETTER.includes(one.name) ? (isLess ? "better" : "worse") : MORE_IS_BETTER.includes(one.name) ? (isLess ? "worse" : "better") : null;
}

const percentCell = one => element("span", { class: judged(one) }, signed(one.percent));

function differenceText(one) {
  if (!isNumber(one.difference)) return DASH;
  return (one.difference > 0 ? "+" : one.difference < 0 ? "\u2212" : "") + showIn(one)(Math.abs(one.difference));
}

function sidesPart({ a, b }) {
  return element("div", { class: "sides" }, [["A", a], ["B", b]].map(([letter, side]) => element("div", { class: "card" },
    element("h3", {}, `${letter}: ${side.name}`), element("div", { class: "more" }, side.file), element("div", { class: "more" }, "on " + side.machine),
    side.infeasible ? element("p", { class: "callout" }, "Cannot be built: " + side.infeasible) : null)));
}

function totalsPart(comparison) {
  return section("totals", "Totals", "Per input where a quantity grows with the inputs. A difference is B \u2212 A.", dataTable("Totals", [
    { label: "Quantity", text: true, value: one => labelOf(one.name) },
    { label: "A", value: one => one.a, show: (value, one) => showIn(one)(value) },
    { label: "B", value: one => one.b, show: (value, one) => showIn(one)(value) },
    { label: "Difference", value: one => one.difference, show: (value, one) => differenceText(one) },
    { label: "%", unit: "of A", value: one => one.percent, show: (value, one) => percentCell(one) },
  ], comparison.totals));
}

function settingsPart(comparison) {
  if (comparison.settings.length === 0) return section("settings", "What differs", "Nothing: the same network ran on the same machine.");
  const helpOf = name => data.parameters.find(one => one.key === name)?.help ?? "";
  return section("settings", "What differs", null, dataTable("What differs", [
    { label: "Name", text: true, value: one => one.name, show: value => element("code", {}, value) },
    { label: "A", text: true, value: one => one.a, show: value => value ?? DASH },
    { label: "B", text: true, value: one => one.b, show: value => value ?? DASH },
    { label: "Meaning", text: true, wrap: true, value: one => helpOf(one.name) },
  ], comparison.settings));
}

function layersPart(comparison) {
  const title = "Layers";
  const of = (layer, name) => layer.quantities.find(one => one.name === name);
  const names = [...new Set(comparison.layers.flatMap(layer => layer.quantities.map(one => one.name)))];
  if (names.length === 0) return section("layers", title, null, missing("The runs have no layers."));
  const preferred = ["cycles_per_input", "time_us_per_input", "streamed_us_per_input", "energy_nj_per_input"];
  const choices = [...preferred.filter(name => names.includes(name)), ...names.filter(name => !preferred.includes(name))];
  const holder = element("div");
  function show(name) {
    const rows = comparison.layers.map(layer => ({ layer, one: of(layer, name) })).filter(row => row.one)
      .sort((x, y) => Math.max(y.one.a ?? 0, y.one.b ?? 0) - Math.max(x.one.a ?? 0, x.one.b ?? 0));
    const only = row => row.one.a === null ? "only in B" : row.one.b === null ? "only in A" : signed(row.one.percent);
    const format = rows.length > 0 ? showIn(rows[0].one) : count;
    holder.replaceChildren(
      element("figure", {}, legend(SERIES), pairedBars(`Paired bars: ${labelOf(name)} of A and B, by layer`,
        rows.map(row => ({ name: row.layer.name, note: only(row), values: [row.one.a, row.one.b] })), SERIES, format)),
      dataTable("Layers: " + labelOf(name), [
        { label: "Layer", text: true, value: row => row.layer.name },
        { label: "A", value: row => row.one.a, show: (value, row) => showIn(row.one)(value) },
        { label: "B", value: row => row.one.b, show: (value, row) => showIn(row.one)(value) },
        { label: "Difference", value: row => row.one.difference, show: (value, row) => differenceText(row.one) },
        { label: "%", unit: "of A", value: row => row.one.percent, show: (value, row) => percentCell(row.one) },
      ], rows));
  }
  show(choices[0]);
  return section("layers", title, "Matched by name, the largest first.",
    element("div", { class: "controls" }, selector("Show", choices.map(name => ({ value: name, label: labelOf(name) })), show)), holder);
}

function page() {
  const comparison = data.comparison;
  const parts = [totalsPart(comparison), settingsPart(comparison), layersPart(comparison)];
  document.getElementById("page").replaceChildren(
    factsPart("eiesim comparison of two runs", data.title, []),
    element("main", { id: "content" }, sidesPart(comparison), contentsOf(parts), parts),
    footerPart("Times, energies and areas are the simulator's; see docs/reports.md."));
}

page();
ready();
