/* Words for what gold and prediction have otherwise, and the sums of it. */

const SIDES = { gold: ["طلایی", "gold"], predicted: ["پیش‌بینی", "predicted"] };
const MARKS = {
  right: ["درست", "right"],
  missed: ["جاافتاده", "missed"],
  spurious: ["اضافی", "spurious"],
  type: ["نوع نادرست", "wrong type"],
  boundary: ["مرز نادرست", "wrong boundary"],
  both: ["نوع و مرز نادرست", "wrong type and boundary"],
  differs: ["متفاوت", "differs"],
};
const SUMMED = { entities: "نام‌ها", relations: "پیوندها", events: "رویدادها" };

const markName = (kind) => make("span", { class: "verdict", "data-mark": kind }, ...named(...MARKS[kind]));

/** Counts by kind of mark; what both sides have otherwise counts once. */
function countMarks(article, things) {
  const counts = new Map();
  for (const side of article.sides) {
    for (const thing of side[things]) {
      if (side.name === "predicted" && thing.mark !== "spurious") continue;
      counts.set(thing.mark, (counts.get(thing.mark) ?? 0) + 1);
    }
  }
  return counts;
}

/** A line for each kind of thing: how many are right, missed, spurious and so on. */
function differenceSummary(article) {
  const rows = Object.entries(SUMMED).map(([things, name]) => {
    const counts = countMarks(article, things);
    const shown = Object.keys(MARKS).filter((kind) => counts.has(kind));
    return make("div", { "data-things": things },
      make("dt", {}, name),
      make("dd", {}, ...shown.flatMap((kind) => [
        make("span", { class: "verdict", "data-mark": kind }, `${say(counts.get(kind))} ${MARKS[kind][0]}`),
      ])));
  });
  return make("dl", { class: "sums" }, ...rows);
}

/** The relations of a side that are not right, as buttons that show them in the text. */
function relationDifferences(view) {
  const wrong = view.side.relations.map((relation, index) => [relation, index]).filter(([relation]) => isWrong(relation));
  if (!wrong.length) return null;
  const rows = wrong.map(([relation, index]) =>
    make("li", {},
      make("button", { type: "button", class: "relation", "data-relation": index },
        markName(relation.mark), ...relationWords(view, relation))));
  return make("details", { class: "wrong-relations", open: true },
    make("summary", {}, `پیوندهای متفاوت (${say(wrong.length)})`),
    make("ul", {}, ...rows));
}

/** A relation in words: head ← name ← tail. */
function relationWords(view, relation) {
  const words = (id) => {
    const { start, end } = view.entities.get(id);
    return foreign(view.article.text.slice(start, end), "end");
  };
  const arrow = () => make("span", { class: "arrow", "aria-hidden": "true" }, "←");
  return [
    words(relation.head), arrow(), make("span", { class: "relation-name" }, labels.relations[relation.type]),
    arrow(), words(relation.tail),
  ];
}
