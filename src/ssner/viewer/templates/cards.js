/* Events as cards. */

const STATUS_SIGNS = { COMPLETED: "●", ONGOING: "◐", PLANNED: "○" };

function statusChip(status, unlike) {
  return make("span", { class: "status", "data-status": status, "data-unlike": unlike },
    make("span", { "aria-hidden": "true" }, STATUS_SIGNS[status]), ...named(labels.statuses[status], status));
}

function confidenceBar(confidence) {
  const bar = make("span", { class: "share", "aria-hidden": "true" });
  bar.style.setProperty("--share", confidence);
  return make("span", { class: "confidence", title: "اطمینان" }, bar, percent(confidence));
}

const row = (name, ...children) => make("div", {}, make("dt", {}, name), make("dd", {}, ...children));

function fillerItem(filler, mark) {
  return make("span", { class: "filler", "data-alone": filler.alone },
    foreign(filler.text.replace(/\s+/g, " ")),
    filler.value ? make("span", { class: "value" }, filler.value) : null,
    filler.alone && mark === "differs" ? make("span", { class: "alone" }, "تنها این‌جا") : null);
}

function whenSaid(date) {
  const dates = [date.jalali, date.iso].filter(Boolean);
  return [
    foreign(date.text),
    dates.length ? make("span", { class: "value", dir: "ltr" }, dates.join(" · ").replaceAll("/", " … ")) : null,
  ];
}

function cardOf(event) {
  const unlike = event.unlike ?? [];
  const rows = event.roles.map(({ role, fillers }) =>
    row(labels.roles[event.type][role], ...fillers.map((filler) => fillerItem(filler, event.mark))));
  if (event.date) rows.push(row("زمان", ...whenSaid(event.date)));
  if (event.province) rows.push(row("استان", foreign(event.province)));
  return make("article", {
    class: "card", "data-id": event.id, "data-type": event.type, "data-status": event.status, "data-mark": event.mark,
  },
  make("header", {},
    make("h3", {},
      make("button", { type: "button", class: "event-name", "aria-pressed": "false", "data-unlike": unlike.includes("type") },
        ...named(labels.events[event.type], event.type))),
    event.confidence === undefined ? null : confidenceBar(event.confidence),
    make("p", {},
      event.status ? statusChip(event.status, unlike.includes("status")) : null,
      event.mark ? markName(event.mark) : null)),
  make("dl", {}, ...rows));
}

/** The cards of a view; fills `view.cards` (id → element). */
function drawCards(view) {
  view.cards = new Map(view.side.events.map((event) => [event.id, cardOf(event)]));
  view.noCards = make("p", { class: "none" });
  return [...view.cards.values(), view.noCards];
}
