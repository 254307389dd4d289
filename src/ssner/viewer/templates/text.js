/* The text of one side, in pieces: cut wherever a mention, a piece of evidence or something found begins or ends. */

/** The mentions of a side that can be drawn: none lies within another. */
function drawnEntities(side) {
  let at = 0;
  return side.entities.filter((entity) => {
    const free = entity.start >= at;
    if (free) at = entity.end;
    return free;
  });
}

function markOf(entity, text) {
  const wrong = isWrong(entity);
  const label = labels.entities[entity.type] + (wrong ? ` · ${MARKS[entity.mark][0]}` : "");
  return make("mark", {
    "data-id": entity.id, "data-type": entity.type, "data-label": label,
    "data-mark": wrong ? entity.mark : null, tabindex: "-1", "aria-label": `${text.slice(entity.start, entity.end)}، ${label}`,
  });
}

/**
 * Draw the text of a view into its box.
 *
 * Fills `view.marks` (id → element, in order) and `view.pieces` ({start, end, node}).
 */
function drawText(view, found) {
  const { text } = view.article;
  const entities = drawnEntities(view.side);
  const titleEnd = text.indexOf("\n");
  const spans = [
    ...entities.map((entity) => [entity.start, entity.end]),
    ...view.side.events.flatMap((event) => [...(event.evidence ?? []), ...(event.date ? [event.date.span] : [])]),
    ...found,
  ];
  const within = (edge) => Math.min(Math.max(edge, 0), text.length);
  const edges = [...new Set([0, text.length, within(titleEnd), ...spans.flat().map(within)])].sort((a, b) => a - b);
  view.marks = new Map();
  view.pieces = [];
  const out = [];
  let next = 0;
  let hit = 0;
  for (let index = 0; index + 1 < edges.length; index++) {
    const [start, end] = [edges[index], edges[index + 1]];
    while (hit < found.length && found[hit][1] <= start) hit++;
    const isFound = hit < found.length && found[hit][0] <= start;
    const names = [end <= titleEnd && titleEnd < 200 ? "headline" : "", isFound ? "found" : ""].filter(Boolean);
    const node = make("span", { class: names.join(" ") || null }, text.slice(start, end));
    view.pieces.push({ start, end, node });
    while (next < entities.length && entities[next].end <= start) next++;
    const entity = entities[next];
    if (entity === undefined || entity.start > start) {
      out.push(node);
      continue;
    }
    if (!view.marks.has(entity.id)) {
      const mark = markOf(entity, text);
      view.marks.set(entity.id, mark);
      out.push(mark);
    }
    view.marks.get(entity.id).append(node);
  }
  view.text.replaceChildren(...out);
}
