/* The open article: its heading and its sides. Only this one is in the page. */

const shortName = (id) => id.split(/[\\/]/).filter(Boolean).at(-1) ?? id;

/** The part of the page's address that opens an article. */
const addressOf = (article) => `#${new URLSearchParams({ article: article.id })}`;

function articleHeading(article, index) {
  const about = Object.entries(article.about).map(([name, value]) =>
    make("div", {}, make("dt", {}, foreign(name)), make("dd", {}, foreign(value))));
  const step = (words, by, key) => {
    const button = make("button", { type: "button", class: "step", "aria-keyshortcuts": key, title: key }, words);
    button.addEventListener("click", () => stepArticle(by));
    return button;
  };
  return make("header", { class: "heading" },
    make("div", { class: "steps" }, step("پیشین", -1, "k"), step("بعدی", 1, "j")),
    make("h2", {}, foreign(shortName(article.id)), make("small", {}, `خبر ${say(index + 1)} از ${say(articles.length)}`)),
    about.length ? make("dl", { class: "about" }, ...about) : null,
    article.sides.length > 1 ? differenceSummary(article) : null);
}

function viewOf(article, side, isAlone) {
  const view = { article, side };
  view.entities = new Map(side.entities.map((entity) => [entity.id, entity]));
  view.events = new Map(side.events.map((event) => [event.id, event]));
  view.text = make("div", { class: "text", lang: "fa", dir: "rtl" });
  view.wires = svgElement("svg", { class: "wires", "aria-hidden": "true" });
  view.cardBox = make("div", { class: "cards" }, ...drawCards(view));
  view.section = make("section", { class: "side", "data-side": side.name, "aria-label": SIDES[side.name][0] },
    make("div", { class: "reading" },
      isAlone ? null : make("h3", { class: "side-name" }, ...named(...SIDES[side.name])),
      make("div", { class: "sheet" }, view.text, view.wires)),
    view.cardBox);
  drawText(view, state.pattern ? findIn(article.text, state.pattern) : []);
  if (article.sides.length > 1) view.cardBox.append(relationDifferences(view) ?? "");
  return view;
}

/** Show or hide the mentions and events of the open article as the reader has chosen. */
function sieve() {
  for (const view of views) {
    for (const [id, mark] of view.marks) mark.classList.toggle("off", !showsEntity(view.entities.get(id)));
    const seen = view.side.events.filter((event) => {
      const shown = showsEvent(event);
      view.cards.get(event.id).hidden = !shown;
      return shown;
    });
    view.noCards.hidden = seen.length > 0;
    view.noCards.textContent = view.side.events.length
      ? "رویدادی با این پالایه‌ها نیست."
      : "رویدادی یافت نشد.";
    const marks = [...view.marks.values()];
    for (const mark of marks) mark.tabIndex = -1;
    const first = marks.find((mark) => !mark.classList.contains("off"));
    if (first) first.tabIndex = 0;
  }
  if (pointer.held && isHidden(pointer.held)) pointer.held = null;
  relight();
}

const isHidden = ({ kind, view, id }) =>
  (kind === "mention" && view.marks.get(id)?.classList.contains("off")) || (kind === "event" && view.cards.get(id).hidden);

/** Draw the open article anew. */
function drawArticle() {
  const article = articles[state.open];
  const main = byId("article");
  if (!article) {
    main.replaceChildren(make("p", { class: "none" }, "خبری در این صفحه نیست."));
    return;
  }
  const sides = sidesOf(article);
  forgetTargets(sides.map((side) => viewOf(article, side, article.sides.length === 1)));
  main.dataset.sides = String(sides.length);
  main.replaceChildren(articleHeading(article, state.open), make("div", { class: "sides" }, ...views.map((v) => v.section)));
  sieve();
}

/** Open the article of that place in the file. */
function openArticle(index) {
  state.open = index;
  drawArticle();
  byId("article").scrollTop = 0;
  document.body.classList.remove("list-open");
  if (innerWidth < 900) scrollTo(0, 0);
  history.replaceState(null, "", addressOf(articles[index]));
  markOpenInList();
}

/** Open the next or the previous article of the list. */
function stepArticle(by) {
  const shown = listedIndexes();
  const at = shown.indexOf(state.open);
  const next = at === -1 ? shown.find((index) => (by > 0 ? index > state.open : index < state.open)) : shown[at + by];
  if (next !== undefined) openArticle(next);
}
