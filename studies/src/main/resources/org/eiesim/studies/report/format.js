// Numbers as people read them. Everything that is missing is shown as a dash.
const DASH = "\u2013";
const isNumber = value => typeof value === "number" && Number.isFinite(value);

function count(value) {
  return isNumber(value) ? value.toLocaleString("en-US", { maximumFractionDigits: 2 }) : DASH;
}

function percent(share) {
  if (!isNumber(share)) return DASH;
  const value = 100 * share;
  return (value !== 0 && Math.abs(value) < 0.1 ? "<0.1" : value.toFixed(1)) + "\u00a0%";
}

function digits(value) {
  const size = Math.abs(value);
  if (size >= 100 || value === 0) return value.toLocaleString("en-US", { maximumFractionDigits: size >= 1000 ? 0 : 1 });
  return Number(value.toPrecision(3)).toLocaleString("en-US", { maximumSignificantDigits: 3 });
}

// Splits a value into a number and the unit of a ladder in which it is at least 1.
function scaled(value, ladder) {
  if (!isNumber(value)) return { number: DASH, unit: "" };
  let step = ladder[0];
  for (const next of ladder) {
    if (Math.abs(value) >= next.from) step = next;
  }
  return { number: digits(value / step.from), unit: step.unit };
}

const LADDERS = {
  time_us: [{ from: 1e-3, unit: "ns" }, { from: 1, unit: "\u00b5s" }, { from: 1e3, unit: "ms" }, { from: 1e6, unit: "s" }],
  energy_nj: [{ from: 1e-3, unit: "pJ" }, { from: 1, unit: "nJ" }, { from: 1e3, unit: "\u00b5J" }, { from: 1e6, unit: "mJ" }, { from: 1e9, unit: "J" }],
  power_mw: [{ from: 1e-3, unit: "\u00b5W" }, { from: 1, unit: "mW" }, { from: 1e3, unit: "W" }],
  area_mm2: [{ from: 1, unit: "mm\u00b2" }],
  rate: [{ from: 1, unit: "inputs/s" }, { from: 1e3, unit: "k inputs/s" }, { from: 1e6, unit: "M inputs/s" }],
};

function quantity(value, ladder) {
  const { number, unit } = scaled(value, LADDERS[ladder]);
  return unit ? number + "\u00a0" + unit : number;
}

// Large counts on an axis.
function short(value) {
  return value >= 1e6 ? digits(value / 1e6) + "\u00a0M" : value >= 1e4 ? digits(value / 1e3) + "\u00a0k" : count(value);
}

const sum = values => values.reduce((total, value) => total + value, 0);
const isList = value => Array.isArray(value) && value.length > 0;
