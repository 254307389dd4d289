/* Pointing at a mention, an event or a relation, by mouse, finger or keyboard, and what then lights up. */

/*
 * A target is {kind, view, id}. What the mouse is over comes first, then what is held, then what has the focus; a move of
 * the focus by keyboard lets go of the others.
 */
const pointer = { over: null, held: null, focused: null };
let views = [];

const sameTarget = (a, b) => a !== null && b !== null && a.kind === b.kind && a.view === b.view && a.id === b.id;

/** The target that an element of the article belongs to, or null. */
function targetOf(element) {
  const section = element.closest?.(".side");
  const view = views.find((candidate) => candidate.section === section);
  if (!view) return null;
  const found = element.closest("mark, .card, button.relation");
  if (!found || found.classList.contains("off")) return null;
  if (found.matches("mark")) return { kind: "mention", view, id: found.dataset.id };
  if (found.matches(".card")) return { kind: "event", view, id: found.dataset.id };
  return { kind: "relation", view, id: Number(found.dataset.relation) };
}

function callOut(mark, words) {
  const said = mark.dataset.callout ? mark.dataset.callout.split("، ") : [];
  if (!said.includes(words)) mark.dataset.callout = [...said, words].join("، ");
  mark.classList.add("partner");
}

/** Light the counterpart of something on the other side. */
function lightTwin(view, id, part) {
  for (const other of views) if (other !== view) other[part].get(id)?.classList.add("twin");
}

function lightMention(view, id) {
  const entity = view.entities.get(id);
  const relations = view.side.relations.filter((relation) =>
    (relation.head === id || relation.tail === id) && isSure(relation)
    && [relation.head, relation.tail].every((end) => !isOff("entity", view.entities.get(end).type)));
  view.text.classList.add("pointing");
  view.marks.get(id)?.classList.add("active");
  for (const relation of relations) {
    const partner = view.marks.get(relation.head === id ? relation.tail : relation.head);
    const missing = isWrong(relation) ? ` (${MARKS[relation.mark][0]})` : "";
    if (partner) callOut(partner, labels.relations[relation.type] + missing);
  }
  for (const event of view.side.events) {
    const takesPart = event.roles.some(({ fillers }) => fillers.some((filler) => filler.mentions?.includes(id)));
    if (takesPart) view.cards.get(event.id).classList.add("lit");
  }
  if (entity.other) lightTwin(view, entity.other, "marks");
  drawWires(view, relations);
  return inspectMention(view, entity, relations);
}

function lightEvent(view, id) {
  const event = view.events.get(id);
  const spans = evidenceOf(event);
  view.text.classList.add("lighting");
  for (const { start, end, node } of view.pieces) {
    if (spans.some(([from, to]) => from < end && start < to)) node.classList.add("lit");
  }
  for (const { role, fillers } of event.roles) {
    for (const mention of fillers.flatMap((filler) => filler.mentions ?? [])) {
      const mark = view.marks.get(mention);
      if (mark?.querySelector(".lit")) callOut(mark, labels.roles[event.type][role]);
    }
  }
  view.cards.get(id).classList.add("active");
  if (event.other) lightTwin(view, event.other, "cards");
  return inspectEvent(view, event);
}

function lightRelation(view, id) {
  const relation = view.side.relations[id];
  view.text.classList.add("pointing");
  view.marks.get(relation.head)?.classList.add("active");
  const tail = view.marks.get(relation.tail);
  if (tail) callOut(tail, labels.relations[relation.type]);
  drawWires(view, [relation]);
  return [make("ul", {}, relationRow(view, relation))];
}

const LIGHT = { mention: lightMention, event: lightEvent, relation: lightRelation };

function darken() {
  for (const view of views) {
    view.text.classList.remove("pointing", "lighting");
    view.wires.replaceChildren();
    for (const node of view.section.querySelectorAll(".active, .partner, .lit, .twin")) {
      node.classList.remove("active", "partner", "lit", "twin");
      delete node.dataset.callout;
    }
  }
}

/** Light what is pointed at now, and nothing else. */
function relight() {
  darken();
  const target = pointer.over ?? pointer.held ?? pointer.focused;
  inspect(target ? LIGHT[target.kind](target.view, target.id) : [], pointer.held !== null && target === pointer.held);
  for (const view of views) {
    for (const [id, card] of view.cards) {
      const isHeld = sameTarget(pointer.held, { kind: "event", view, id });
      card.querySelector("button").setAttribute("aria-pressed", String(isHeld));
    }
  }
}

/** Bring what a target lights up into sight, unless some of it is. */
function reveal({ kind, view, id }) {
  const lit = kind === "event"
    ? [...view.text.querySelectorAll(".lit")]
    : [view.marks.get(kind === "mention" ? id : view.side.relations[id].head)].filter(Boolean);
  const pane = view.text.closest(".reading").getBoundingClientRect();
  const top = Math.max(pane.top, byId("room").getBoundingClientRect().top, 0);
  const bottom = Math.min(pane.bottom, byId("inspector").getBoundingClientRect().top || innerHeight, innerHeight);
  const isSeen = (node) => {
    const box = node.getBoundingClientRect();
    return box.top >= top && box.bottom <= bottom;
  };
  if (lit.length && !lit.some(isSeen)) lit[0].scrollIntoView({ block: "center", behavior: "auto" });
}

/** Hold a target lit, or let it go if it is held. */
function hold(target) {
  pointer.held = sameTarget(pointer.held, target) ? null : target;
  pointer.over = null;
  relight();
  if (pointer.held) reveal(target);
}

function unpin() {
  const wasHeld = pointer.held !== null;
  Object.assign(pointer, { over: null, held: null, focused: null });
  relight();
  return wasHeld;
}

/** Forget all targets: their article is no longer there. */
function forgetTargets(nextViews) {
  Object.assign(pointer, { over: null, held: null, focused: null });
  views = nextViews;
}

function watchPointing(main) {
  let place = "";
  main.addEventListener("pointerover", (happened) => {
    const nextPlace = `${happened.screenX},${happened.screenY}`;
    const hasMoved = nextPlace !== place;
    place = nextPlace;
    const target = targetOf(happened.target);
    if (happened.pointerType === "touch" || !hasMoved || sameTarget(target, pointer.over)) return;
    pointer.over = target;
    relight();
  });
  main.addEventListener("pointerleave", () => {
    if (pointer.over === null) return;
    pointer.over = null;
    relight();
  });
  main.addEventListener("focusin", (happened) => {
    if (!happened.target.matches(":focus-visible")) return;
    const target = targetOf(happened.target);
    if (target === null || sameTarget(target, pointer.held)) return;
    Object.assign(pointer, { over: null, held: null, focused: target });
    relight();
    if (target.kind === "mention" || besideText(target.view)) reveal(target);
  });
  main.addEventListener("focusout", () => {
    pointer.focused = null;
    if (!pointer.over && !pointer.held) relight();
  });
  main.addEventListener("click", (happened) => {
    const target = targetOf(happened.target);
    if (target) hold(target);
    else if (!happened.target.closest("button, summary, a, input")) unpin();
  });
}

/** Whether the cards of a view stand beside its text, so that both can be seen at once. */
function besideText(view) {
  return view.cardBox.getBoundingClientRect().top < view.text.getBoundingClientRect().bottom;
}
