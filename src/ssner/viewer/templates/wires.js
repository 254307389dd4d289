/* Arrows from the head of a relation to its tail, over the text. */

const SVG = "http://www.w3.org/2000/svg";
const LABEL_HEIGHT = 15;

function svgElement(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** The rectangles of two marks, each of one line or more, that lie closest. */
function closestRectangles(one, other) {
  let best = null;
  for (const a of one.getClientRects()) {
    for (const b of other.getClientRects()) {
      const far = Math.abs(a.top - b.top) * 4 + Math.abs(a.left + a.right - b.left - b.right) / 2;
      if (best === null || far < best.far) best = { far, a, b };
    }
  }
  return best;
}

/** Path and arrow-head from rectangle `a` to rectangle `b`, in the coordinates of `origin`. */
function curve(a, b, origin) {
  const middle = (r) => (r.left + r.right) / 2 - origin.left;
  const x = [middle(a), middle(b)];
  const sameLine = Math.abs(a.top - b.top) < a.height / 2;
  const downward = !sameLine && b.top > a.top;
  const from = (downward ? a.bottom : a.top - LABEL_HEIGHT) - origin.top;
  const to = (sameLine || downward ? b.top - LABEL_HEIGHT : b.bottom) - origin.top;
  const bend = sameLine ? Math.min(30, 10 + Math.abs(x[0] - x[1]) / 10) : Math.max(14, Math.abs(to - from) / 2);
  const leave = downward ? from + bend : from - bend;
  const arrive = sameLine || downward ? to - bend : to + bend;
  const tip = sameLine || downward ? -6 : 6;
  return {
    line: `M${x[0]} ${from}C${x[0]} ${leave} ${x[1]} ${arrive} ${x[1]} ${to + tip}`,
    head: `M${x[1]} ${to}l-4.5 ${tip * 1.3}h9z`,
  };
}

/** Draw relations of a view; relations with an end that is not drawn are left out. */
function drawWires(view, relations) {
  const origin = view.wires.getBoundingClientRect();
  const drawn = relations.flatMap((relation) => {
    const ends = [view.marks.get(relation.head), view.marks.get(relation.tail)];
    const closest = ends.every(Boolean) ? closestRectangles(...ends) : null;
    if (closest === null) return [];
    const { line, head } = curve(closest.a, closest.b, origin);
    const group = svgElement("g", { "data-type": relation.type, "data-mark": isWrong(relation) ? relation.mark : "" });
    group.append(svgElement("path", { class: "halo", d: line }), svgElement("path", { class: "line", d: line }),
      svgElement("path", { class: "tip", d: head }));
    return [group];
  });
  view.wires.replaceChildren(...drawn);
}
