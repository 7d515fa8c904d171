// The charts. Colours are custom properties, so that light, dark and print need no redrawing.
const LABEL_HEIGHT = 20;
const BAR_HEIGHT = 20;
const ROW_HEIGHT = LABEL_HEIGHT + BAR_HEIGHT + 14;
const AXIS_HEIGHT = 24;

function hover(selection, text) {
  selection
    .on("mousemove", (event, datum) => tip.show(event, text(datum)))
    .on("mouseleave", tip.hide);
}

function axisBelow(svg, scale, height, ticks, format) {
  const axis = svg.append("g").attr("class", "axis").attr("aria-hidden", "true");
  for (const tick of scale.ticks(ticks)) {
    axis.append("line").attr("x1", scale(tick)).attr("x2", scale(tick)).attr("y1", LABEL_HEIGHT - 6).attr("y2", height - AXIS_HEIGHT + 4);
    axis.append("text").attr("x", scale(tick)).attr("y", height - 6).attr("text-anchor",
      scale(tick) > scale.range()[1] - 20 ? "end" : scale(tick) < 12 ? "start" : "middle").text(format(tick));
  }
}

// Leaves out the middle: long names often differ at their ends.
function fitted(text, width) {
  const room = Math.max(4, Math.floor(width / 7.6));
  const head = Math.ceil((room - 1) / 2);
  return text.length <= room ? text : text.slice(0, head) + "\u2026" + text.slice(text.length - (room - 1 - head));
}

// rows: [{name, note, total, parts: [value]}]; series: [{label, colour}]. Bars of shares of each row's total, or of
// values on a common scale when max is given.
function stackedBars(label, rows, series, { max = null, format = percent, names = true, ticks = 5 } = {}) {
  return chart(label, (svg, width) => {
    const height = rows.length * ROW_HEIGHT + AXIS_HEIGHT;
    svg.attr("height", height).attr("class", "bars");
    const scale = d3.scaleLinear([0, max ?? 1], [0, width]);
    axisBelow(svg, scale, height, width < 420 ? Math.min(ticks, 3) : ticks, max === null ? value => Math.round(100 * value) + "\u00a0%" : format);
    rows.forEach((row, index) => {
      const y = index * ROW_HEIGHT;
      const group = svg.append("g").attr("transform", `translate(0,${y})`);
      const noteWidth = 7.2 * (row.note || "").length;
      group.append("text").attr("class", "name").attr("y", LABEL_HEIGHT - 6).text(names ? fitted(row.name, width - noteWidth - 12) : "");
      group.append("text").attr("x", width).attr("y", LABEL_HEIGHT - 6).attr("text-anchor", "end").text(row.note || "");
      group.append("rect").attr("class", "track").attr("y", LABEL_HEIGHT).attr("width", width).attr("height", BAR_HEIGHT).attr("rx", 3);
      const divisor = max === null ? row.total || 1 : 1;
      let from = 0;
      row.parts.forEach((part, at) => {
        const share = (part || 0) / divisor;
        const x = scale(from);
        const wide = scale(from + share) - x;
        from += share;
        if (!(wide > 0.05)) return;
        const mark = group.append("rect").datum(part).attr("class", "mark").attr("x", x).attr("y", LABEL_HEIGHT)
          .attr("width", Math.max(0.4, wide - (wide > 5 ? 1.5 : 0))).attr("height", BAR_HEIGHT).attr("rx", Math.min(2, wide / 3))
          .style("fill", series[at].colour);
        hover(mark, () => `${row.name}\n${series[at].label}: ${series[at].show ? series[at].show(part, row) : percent(share)}`);
        const inside = max === null ? percent(share) : null;
        if (inside && wide > 52 && series.length > 1) {
          group.append("text").attr("class", series[at].light ? "inside on-light" : "inside").attr("x", x + wide / 2 - 1).attr("y", LABEL_HEIGHT + BAR_HEIGHT / 2 + 4)
            .attr("text-anchor", "middle").text(inside);
        }
      });
    });
  });
}

// rows: [{name, note, marks: [value]}] on a scale from 0 to 1; series: [{label, colour, symbol}].
function dotRows(label, rows, series) {
  return chart(label, (svg, width) => {
    const rowHeight = 44;
    const height = rows.length * rowHeight + AXIS_HEIGHT;
    svg.attr("height", height);
    const scale = d3.scaleLinear([0, 1], [7, width - 9]);
    axisBelow(svg, scale, height, width < 420 ? 3 : 5, value => Math.round(100 * value) + "\u00a0%");
    rows.forEach((row, index) => {
      const group = svg.append("g").attr("transform", `translate(0,${index * rowHeight})`);
      group.append("text").attr("class", "name").attr("y", LABEL_HEIGHT - 6).text(fitted(row.name, width - 7.2 * row.note.length - 12));
      group.append("text").attr("x", width).attr("y", LABEL_HEIGHT - 6).attr("text-anchor", "end").text(row.note);
      group.append("line").attr("x1", scale(0)).attr("x2", scale(1)).attr("y1", 30).attr("y2", 30).style("stroke", "var(--line-2)");
      group.append("line").attr("x1", scale(row.marks[0])).attr("x2", scale(row.marks[row.marks.length - 1])).attr("y1", 30).attr("y2", 30)
        .style("stroke", "var(--ink-3)").style("stroke-width", 3);
      row.marks.forEach((value, at) => {
        const mark = group.append("path").datum(value).attr("class", "mark").attr("transform", `translate(${scale(value)},30)`)
          .attr("d", d3.symbol(series[at].symbol, 92)()).style("fill", series[at].colour).style("stroke", "var(--surface)").style("stroke-width", 1.2);
        hover(mark, () => `${row.name}\n${series[at].label}: ${percent(value)} of the run's cycles`);
      });
    });
  });
}

const NUM_CLASSES = 9;

function classOf(value, [low, high]) {
  return high > low ? Math.min(NUM_CLASSES - 1, Math.floor(NUM_CLASSES * (value - low) / (high - low))) : NUM_CLASSES >> 1;
}

// One square per PE, row by row; one path per colour, so that thousands of PEs stay light.
function peGrid(label, values, domain, describe) {
  return chart(label, (svg, width) => {
    const columns = Math.ceil(Math.sqrt(values.length));
    const cell = Math.min(width / columns, 34);
    const gap = cell > 6 ? 1.5 : 0;
    svg.attr("height", Math.ceil(values.length / columns) * cell).attr("class", "grid");
    const outlines = Array.from({ length: NUM_CLASSES }, () => []);
    values.forEach((value, pe) => {
      const x = (pe % columns) * cell;
      const y = Math.floor(pe / columns) * cell;
      outlines[classOf(value, domain)].push(`M${x.toFixed(2)} ${y.toFixed(2)}h${(cell - gap).toFixed(2)}v${(cell - gap).toFixed(2)}h${(gap - cell).toFixed(2)}z`);
    });
    outlines.forEach((outline, index) => {
      if (outline.length > 0) svg.append("path").attr("class", "mark").attr("d", outline.join("")).style("fill", `var(--seq-${index})`);
    });
    svg.on("mousemove", event => {
      const [x, y] = d3.pointer(event);
      const pe = Math.floor(y / cell) * columns + Math.floor(x / cell);
      if (x < columns * cell && pe >= 0 && pe < values.length) tip.show(event, describe(pe));
      else tip.hide();
    }).on("mouseleave", tip.hide);
  });
}

function ramp(domain, format) {
  const swatches = d3.range(NUM_CLASSES).map(index => element("i", { style: `background:var(--seq-${index})` }));
  return element("span", {}, format(domain[0]), element("span", { class: "ramp", "aria-hidden": "true" }, swatches), format(domain[1]));
}

// Ticks at 1, 2 and 5 of each decade, or at the decades alone where they are many.
function logTicks(scale, room) {
  const [low, high] = scale.domain();
  const decades = d3.range(Math.floor(Math.log10(low)), Math.ceil(Math.log10(high)) + 1);
  const inside = mantissas => decades.flatMap(decade => mantissas.map(mantissa => mantissa * 10 ** decade)).filter(tick => tick >= low && tick <= high);
  const choices = [[1, 1.5, 2, 3, 4, 5, 6, 8], [1, 2, 5], [1, 3], [1]].map(inside);
  return choices.find(ticks => ticks.length <= room) ?? choices[3].filter((tick, index, all) => index % Math.ceil(all.length / room) === 0);
}

// A logarithmic scale where it can be one: values of either sign and zeros need a linear one.
function spreadScale(values, range) {
  const [low, high] = d3.extent(values);
  if (low > 0) return d3.scaleLog([low / 1.12, high * 1.12], range);
  const margin = 0.06 * (high - low || Math.abs(high) || 1);
  return d3.scaleLinear([low - margin, high + margin], range);
}

const ticksOf = (scale, room) => scale.base ? logTicks(scale, room) : scale.ticks(Math.min(room, 6));

// points: [{x, y, size, colour, front, ghost, text}]; marks: [{x, y, kind, label}] drawn over them; front: [{x, y}].
function scatter(label, points, front, { xLabel, yLabel, xFormat, yFormat, marks = [], isStep = true }) {
  return chart(label, (svg, width) => {
    const height = Math.max(300, Math.min(460, width * 0.55));
    const [left, right, top, bottom] = [64, 16, 26, 44];
    svg.attr("height", height).attr("class", "scatter");
    const x = spreadScale(points.map(point => point.x), [left, width - right]);
    const y = spreadScale(points.map(point => point.y), [height - bottom, top]);
    const axis = svg.append("g").attr("class", "axis").attr("aria-hidden", "true");
    for (const tick of ticksOf(x, width < 480 ? 4 : 9)) {
      axis.append("line").attr("x1", x(tick)).attr("x2", x(tick)).attr("y1", top).attr("y2", height - bottom);
      axis.append("text").attr("x", x(tick)).attr("y", height - bottom + 17).attr("text-anchor", "middle").text(xFormat(tick));
    }
    for (const tick of ticksOf(y, 8)) {
      axis.append("line").attr("x1", left).attr("x2", width - right).attr("y1", y(tick)).attr("y2", y(tick));
      axis.append("text").attr("x", left - 7).attr("y", y(tick) + 4).attr("text-anchor", "end").text(yFormat(tick));
    }
    svg.append("text").attr("x", width - right).attr("y", height - 6).attr("text-anchor", "end").text(xLabel + " \u2192");
    svg.append("text").attr("x", 0).attr("y", 14).text("\u2191 " + yLabel);
    svg.append("path").attr("class", "front-line").attr("d",
      d3.line(point => x(point.x), point => y(point.y)).curve(isStep ? d3.curveStepAfter : d3.curveLinear)(front));
    const dots = svg.append("g").selectAll("circle").data(points).join("circle")
      .attr("class", point => "mark dot" + (point.ghost ? " ghost" : point.front ? " front" : ""))
      .attr("cx", point => x(point.x)).attr("cy", point => y(point.y)).attr("r", point => point.size * (width < 480 ? 0.65 : 1))
      .style("fill", point => point.ghost ? null : point.colour).style("fill-opacity", point => point.ghost ? null : point.front ? 1 : 0.62);
    hover(dots, point => point.text);
    for (const mark of marks) {
      const group = svg.append("g").attr("class", "pin " + mark.kind).attr("transform", `translate(${x(mark.x)},${y(mark.y)})`);
      if (mark.kind === "run") group.append("circle").attr("r", 13);
      else group.append("path").attr("d", d3.symbol(d3.symbolStar, 130)());
    }
  });
}

// rows: [{name, note, values: [a, b]}] on one scale; series: [{label, colour}]. A bar per value, below each other.
function pairedBars(label, rows, series, format) {
  return chart(label, (svg, width) => {
    const [bar, gap] = [13, 12];
    const rowHeight = LABEL_HEIGHT + series.length * bar + gap;
    const height = rows.length * rowHeight + AXIS_HEIGHT;
    svg.attr("height", height).attr("class", "pairs");
    const scale = d3.scaleLinear([0, d3.max(rows, row => d3.max(row.values)) || 1], [0, width]);
    axisBelow(svg, scale, height, width < 420 ? 3 : 5, format);
    rows.forEach((row, index) => {
      const group = svg.append("g").attr("transform", `translate(0,${index * rowHeight})`);
      group.append("text").attr("class", "name").attr("y", LABEL_HEIGHT - 6).text(fitted(row.name, width - 7.2 * row.note.length - 12));
      group.append("text").attr("x", width).attr("y", LABEL_HEIGHT - 6).attr("text-anchor", "end").text(row.note);
      row.values.forEach((value, at) => {
        if (!isNumber(value)) return;
        const mark = group.append("rect").datum(value).attr("class", "mark").attr("y", LABEL_HEIGHT + at * bar)
          .attr("width", Math.max(1, scale(value))).attr("height", bar - 2).attr("rx", 2).style("fill", series[at].colour);
        hover(mark, () => `${row.name}, ${series[at].label}: ${format(value)}`);
      });
    });
  });
}
