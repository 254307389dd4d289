/* Elements, made without markup from strings, and numbers in Persian digits. */

const byId = (id) => document.getElementById(id);

/** An element; strings among its children become text. Attributes that are absent or false are left out. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null && child !== ""));
  return element;
}

const numbers = new Intl.NumberFormat("fa-IR");
const percents = new Intl.NumberFormat("fa-IR", { style: "percent", maximumFractionDigits: 0 });
const say = (number) => numbers.format(number);
/** A percentage; the Arabic letter mark puts its sign to the left wherever it stands. */
const percent = (share) => `\u061c${percents.format(share)}`;

/** Words of a document, which may run in either direction. */
const foreign = (text, name) => make("bdi", { class: name }, text);

/** A name of the schema, in Persian and as data files have it. */
const named = (persian, english) => [persian, make("span", { class: "english", lang: "en", dir: "ltr" }, english)];
