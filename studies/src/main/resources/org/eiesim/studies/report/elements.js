// Builds the page's elements. Texts become text nodes, never markup.
function element(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined) node.append(child);
  }
  return node;
}

function legend(entries) {
  return element("ul", { class: "legend" }, entries.map(entry =>
    element("li", { title: entry.text || null },
      element("i", { class: entry.glyph ? "glyph" : null, style: (entry.glyph ? "color:" : "background:") + entry.colour, "aria-hidden": "true" }, entry.glyph),
      entry.label)));
}

const missing = text => element("p", { class: "missing" }, text);

// columns: [{label, unit, title, value(row), show(value, row), text: left-aligned}], the first one names the row.
function dataTable(caption, columns, rows, footer) {
  const body = element("tbody");
  const heads = columns.map((column, index) => {
    const button = element("button", { type: "button", title: column.title || null }, column.label);
    const head = element("th", { scope: "col", class: column.text ? "text" : null }, button,
      column.unit ? element("small", {}, column.unit) : null);
    button.addEventListener("click", () => sortBy(index, head));
    return head;
  });
  function show(ordered) {
    body.replaceChildren(...ordered.map(row => element("tr", { class: row.changed ? "changed" : null }, columns.map((column, index) => {
      const value = column.value(row);
      const shown = column.show ? column.show(value, row) : isNumber(value) ? count(value) : value ?? DASH;
      return element(index === 0 ? "th" : "td", { scope: index === 0 ? "row" : null, class: column.text ? (column.wrap ? "text wrap" : "text") : null }, shown);
    }))));
  }
  function sortBy(index, head) {
    const ascending = head.getAttribute("aria-sort") === (columns[index].text ? "ascending" : "descending")
      ? !columns[index].text : Boolean(columns[index].text);
    heads.forEach(other => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    const order = (a, b) => {
      const [x, y] = [columns[index].value(a), columns[index].value(b)];
      return isNumber(x) && isNumber(y) ? x - y : String(x ?? "").localeCompare(String(y ?? ""), "en", { numeric: true });
    };
    const sorted = [...rows].sort(order);
    show(ascending ? sorted : sorted.reverse());
  }
  show(rows);
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    element("table", { "aria-label": caption }, element("thead", {}, element("tr", {}, heads)), body,
      footer ? element("tfoot", {}, element("tr", {}, footer.map((cell, index) =>
        element(index === 0 ? "th" : "td", { scope: index === 0 ? "row" : null, class: columns[index].text ? "text" : null }, cell)))) : null));
}

// A table that is built when it is first opened; every chart has one.
function numbersBehind(caption, build, label = "Show the numbers") {
  const details = element("details", {}, element("summary", {}, label));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(build(caption));
  });
  return details;
}

function selector(label, options, onChange) {
  const select = element("select", { onchange: () => onChange(select.value) },
    options.map(option => element("option", { value: option.value }, option.label)));
  return element("label", {}, label + " ", select);
}

const tip = (() => {
  const box = element("div", { id: "tip", role: "presentation" });
  document.body.append(box);
  return {
    show(event, text) {
      box.textContent = text;
      box.classList.add("shown");
      const { width, height } = box.getBoundingClientRect();
      box.style.left = Math.max(6, Math.min(event.clientX + 14, innerWidth - width - 8)) + "px";
      box.style.top = Math.max(6, event.clientY + 18 + height > innerHeight ? event.clientY - height - 10 : event.clientY + 18) + "px";
    },
    hide() { box.classList.remove("shown"); },
  };
})();

// Draws into a figure whenever its width changes. draw(svg, width) sets the svg's height.
function chart(label, draw) {
  const holder = element("div");
  let drawnWidth = 0;
  function redraw() {
    const width = Math.floor(holder.clientWidth);
    if (width < 40 || width === drawnWidth) return;
    drawnWidth = width;
    const svg = d3.create("svg").attr("role", "img").attr("aria-label", label).attr("width", width);
    draw(svg, width);
    svg.attr("viewBox", `0 0 ${width} ${svg.attr("height")}`);
    holder.replaceChildren(svg.node());
  }
  new ResizeObserver(redraw).observe(holder);
  holder.redraw = () => { drawnWidth = 0; redraw(); };
  return holder;
}
