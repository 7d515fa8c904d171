function page() {
  // The layers that matter most come first.
  const run = { ...data.run, layers: [...data.run.layers].sort((a, b) => (b.cycles ?? 0) - (a.cycles ?? 0)) };
  const parts = [
    stallsPart(run), balancePart(run), loadPart(run), layersPart(run), energyPart(run),
    data.sweep ? sweepPart(data.sweep, run) : null, movedPart(run), configurationPart(run),
  ].filter(Boolean);
  document.getElementById("page").replaceChildren(
    headerPart(run),
    element("main", { id: "content" }, notesPart(run), cardsPart(run), contentsOf(parts), parts),
    footerPart("Times, energies and areas are the simulator's; see docs/reports.md for what each part means."));
}

page();
ready();
