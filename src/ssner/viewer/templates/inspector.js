/* What is known of the mention, relation or event that is pointed at, in words. */

const HINT = "روی نامی در متن یا روی رویدادی بروید، یا آن را برگزینید، تا پیوندها و شواهدش دیده شود.";

const fact = (name, ...children) => make("span", { class: "fact" }, make("b", {}, name), " ", ...children);

function mentionFacts(view, entity) {
  return [
    entity.mark ? markName(entity.mark) : null,
    entity.value ? fact("برابر", entity.value) : null,
    entity.reason ? fact("دلیل", foreign(entity.reason)) : null,
    entity.thing ? fact("همان", foreign(entity.thing)) : null,
    entity.event ? fact("رویداد", labels.events[entity.event]) : null,
    entity.status ? fact("وضعیت", labels.statuses[entity.status]) : null,
    entity.confidence === undefined ? null : fact("اطمینان", percent(entity.confidence)),
  ];
}

function relationRow(view, relation) {
  return make("li", { "data-relation-type": relation.type },
    ...relationWords(view, relation),
    relation.confidence === undefined ? null : make("span", { class: "value" }, percent(relation.confidence)),
    relation.mark && isWrong(relation) ? markName(relation.mark) : null);
}

function inspectMention(view, entity, relations) {
  return [
    make("p", {},
      make("span", { class: "type", "data-type": entity.type }, ...named(labels.entities[entity.type], entity.type)),
      make("strong", {}, foreign(view.article.text.slice(entity.start, entity.end))),
      ...mentionFacts(view, entity)),
    relations.length
      ? make("ul", {}, ...relations.map((relation) => relationRow(view, relation)))
      : make("p", { class: "none" }, "پیوندی ندارد."),
  ];
}

function inspectEvent(view, event) {
  const back = make("button", { type: "button", class: "back" }, "بازگشت به رویداد");
  back.addEventListener("click", () => {
    view.cards.get(event.id).scrollIntoView({ block: "center" });
    view.cards.get(event.id).querySelector("button").focus();
  });
  const names = event.roles.map(({ role, fillers }) =>
    fact(labels.roles[event.type][role], foreign(fillers.map((filler) => filler.text).join("، "))));
  return [
    make("p", {}, make("strong", {}, labels.events[event.type]),
      event.status ? statusChip(event.status) : null, ...names),
    make("p", {}, back),
  ];
}

/** Show these elements, or the hint where there are none. */
function inspect(children, isPinned) {
  const close = isPinned ? make("button", { type: "button", class: "close", "aria-label": "رها کردن" }, "✕") : null;
  close?.addEventListener("click", unpin);
  byId("inspector").classList.toggle("busy", children.length > 0);
  byId("inspector").classList.toggle("pinned", isPinned);
  byId("inspector").replaceChildren(...(close ? [close] : []), ...(children.length ? children : [make("p", { class: "none" }, HINT)]));
}
