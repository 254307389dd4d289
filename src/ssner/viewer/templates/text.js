/* The text of one side, in pieces: cut wherever a mention, a piece of evidence or something found begins or ends. */

const LONGEST_HEADLINE = 200;

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
    "data-id": entity.id, "data-type": entity.type, "data-label": label, "data-mark": wrong ? entity.mark : null,
    role: "button", tabindex: "-1", "aria-label": `${text.slice(entity.start, entity.end)}، ${label}`,
  });
}

/** Spans of what is given a look of its own: class → [[start, end], …], in order and apart. */
function looksOf(text, found) {
  const title = text.indexOf("\n");
  return {
    headline: title > 0 && title < LONGEST_HEADLINE ? [[0, title]] : [],
    gap: Array.from(text.matchAll(/\n(\s*\n)/g), ({ index, 0: lines }) => [index + 1, index + lines.length]),
    found,
    first: found.map(([start]) => [start, start + 1]),
  };
}

/** Where the text must be cut so that every span is made of whole pieces. */
function edgesOf(text, spans) {
  const edges = spans.flat().map((edge) => Math.min(Math.max(edge, 0), text.length));
  return [...new Set([0, text.length, ...edges])].sort((a, b) => a - b);
}

/** Tells, for growing offsets, which of the spans an offset lies in. */
function follower(spans) {
  let next = 0;
  return (offset) => {
    while (next < spans.length && spans[next][1] <= offset) next++;
    return next < spans.length && spans[next][0] <= offset ? next : -1;
  };
}

/**
 * Draw the text of a view.
 *
 * Fills `view.marks` (id → element, in order) and `view.pieces` ({start, end, node}).
 */
function drawText(view, found) {
  const { text } = view.article;
  const entities = drawnEntities(view.side);
  const mentions = entities.map((entity) => [entity.start, entity.end]);
  const looks = looksOf(text, found);
  const edges = edgesOf(text, [...mentions, ...view.side.events.flatMap(evidenceOf), ...Object.values(looks).flat()]);
  const mentionAt = follower(mentions);
  const looksAt = Object.entries(looks).map(([name, spans]) => [name, follower(spans)]);
  view.marks = new Map();
  view.pieces = [];
  const out = [];
  for (const [place, start] of edges.slice(0, -1).entries()) {
    const end = edges[place + 1];
    const names = looksAt.filter(([, lies]) => lies(start) !== -1).map(([name]) => name);
    const node = make("span", { class: names.join(" ") || null }, text.slice(start, end));
    view.pieces.push({ start, end, node });
    const entity = entities[mentionAt(start)];
    if (entity === undefined) {
      out.push(node);
      continue;
    }
    if (!view.marks.has(entity.id)) {
      view.marks.set(entity.id, markOf(entity, text));
      out.push(view.marks.get(entity.id));
    }
    view.marks.get(entity.id).append(node);
  }
  view.text.replaceChildren(...out);
}
