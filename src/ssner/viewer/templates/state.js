/* What the page holds and what the reader has chosen. */

const DATA = JSON.parse(byId("data").textContent);
const { articles, labels } = DATA;

const state = {
  open: -1,
  pattern: null,
  least: 0,
  off: new Set(),
  sides: "both",
  wrongOnly: false,
};

const NO_STATUS = "NONE";

const isOff = (kind, name) => state.off.has(`${kind}:${name}`);
const isSure = (thing) => thing.confidence === undefined || thing.confidence >= state.least;
const isWrong = (thing) => thing.mark !== undefined && thing.mark !== "right";
const isWanted = (thing) => isSure(thing) && (!state.wrongOnly || isWrong(thing));

const showsEntity = (entity) => !isOff("entity", entity.type) && isWanted(entity);
const showsEvent = (event) =>
  !isOff("event", event.type) && !isOff("status", event.status ?? NO_STATUS) && isWanted(event);

/** The spans of the text that an event rests on, its date among them. */
const evidenceOf = (event) => [...(event.evidence ?? []), ...(event.date ? [event.date.span] : [])];

/** Whether events are being chosen among, so that articles without a chosen one may go. */
const choosesEvents = () =>
  state.least > 0 || state.wrongOnly || [...state.off].some((name) => !name.startsWith("entity:"));

/** The sides of an article that are to be seen. */
const sidesOf = (article) =>
  article.sides.length === 1 || state.sides === "both"
    ? article.sides
    : article.sides.filter((side) => side.name === state.sides);

/** How many of each are to be seen in an article (of two sides, of the prediction). */
function countsOf(article) {
  const side = sidesOf(article).at(-1);
  return { entities: side.entities.filter(showsEntity).length, events: side.events.filter(showsEvent).length };
}

/** How often the search finds something in an article: in its text, else in its names. */
function foundIn(article) {
  article.foldedText ??= fold(article.text);
  const inText = article.foldedText.match(state.pattern)?.length ?? 0;
  if (inText) return inText;
  article.foldedNames ??= fold([article.id, ...article.names, ...Object.values(article.about)].join("\n"));
  return article.foldedNames.match(state.pattern)?.length ?? 0;
}
