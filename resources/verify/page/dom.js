// Elements made without markup in strings, so that nothing on a certificate can become markup.

import { ICONS } from '../made.js';

const SVG = 'http://www.w3.org/2000/svg';

/** An element; attributes named `on…` are listeners, false and null attributes and children are left out. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for drawings. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** One of the icons of made.js; it says nothing a word beside it does not say. */
export function icon(name, size = 18) {
  const shapes = ICONS[name].map(([tag, attributes]) => svg(tag, attributes));
  const box = { class: `icon icon-${name}`, width: size, height: size, viewBox: '0 0 24 24', 'aria-hidden': 'true' };
  return svg('svg', box, ...shapes);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== false && child !== undefined));
  return element;
}
