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

function selector(label, options, onChange, chosen = null) {
  const select = element("select", { onchange: () => onChange(select.value) },
    options.map(option => element("option", { value: option.value, selected: option.value === chosen }, option.label)));
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

function section(id, title, lead, ...content) {
  return element("section", { id, "aria-labelledby": id + "-title" },
    element("h2", { id: id + "-title" }, title), lead ? element("p", { class: "lead" }, lead) : null, content);
}

function contentsOf(parts) {
  return element("nav", { class: "toc", "aria-label": "Contents" },
    parts.map(part => element("a", { href: "#" + part.id }, part.querySelector("h2").textContent)));
}

function cards(entries) {
  return element("dl", { class: "cards", id: "summary" }, entries.map(([name, { number, unit }, more]) => element("div", { class: "card" },
    element("dt", {}, name),
    element("dd", {}, element("div", { class: number === DASH ? "value none" : "value" }, number, unit ? element("span", { class: "unit" }, unit) : null),
      element("div", { class: "more" }, more)))));
}

function factsPart(kind, title, facts) {
  return element("header", { class: "top" }, element("p", { class: "kind" }, kind), element("h1", {}, title),
    element("ul", { class: "facts" }, facts.filter(([, value]) => value !== null && value !== undefined && value !== "")
      .map(([name, value]) => element("li", {}, name + " ", element("b", {}, value)))));
}

function footerPart(text) {
  return element("footer", {}, `Written by eiesim ${data.version}. `, text,
    element("details", {}, element("summary", {}, `Charts: D3 ${data.library.version}, its licence`), element("pre", {}, data.library.licence)));
}

// Says that the page is drawn; on paper there are charts, not the tables behind them.
function ready() {
  addEventListener("beforeprint", () => document.querySelectorAll("section details").forEach(details => { details.open = false; }));
  document.documentElement.dataset.ready = "true";
}
