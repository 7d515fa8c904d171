function page() {
  const run = data.run;
  const parts = [
    stallsPart(run), balancePart(run), loadPart(run), layersPart(run), energyPart(run),
    data.sweep ? sweepPart(data.sweep) : null, movedPart(run), configurationPart(run),
  ].filter(Boolean);
  const contents = element("nav", { class: "toc", "aria-label": "Contents" },
    parts.map(part => element("a", { href: "#" + part.id }, part.querySelector("h2").textContent)));
  document.getElementById("page").replaceChildren(
    headerPart(run),
    element("main", { id: "content" }, notesPart(run), cardsPart(run), contents, parts),
    element("footer", {}, `Written by eie report ${data.version}. `, "Times, energies and areas are the simulator's; see docs/reports.md for what each part means.",
      element("details", {}, element("summary", {}, `Charts: D3 ${data.library.version}, its licence`), element("pre", {}, data.library.licence))));
}

addEventListener("beforeprint", () => document.querySelectorAll("section details").forEach(details => { details.open = false; }));
page();
document.documentElement.dataset.ready = "true";
