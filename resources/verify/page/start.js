// The page before there is a verdict: three ways to bring a QR, and what the check rests on.

import { h, icon, svg } from './dom.js';
import { holdings } from './holdings.js';
import { say } from './words.js';

/** `doors` are { scan, picture(file), text(string) }; `notice` is { code, facts } or null. */
export function start(doors, notice) {
  return h('div', { class: 'columns' },
    h('section', { class: 'card main' },
      notice && noticeBox(notice),
      h('div', { class: 'start' },
        h('div', {},
          h('h1', { tabindex: -1, 'data-focus': !notice }, say('title')),
          h('p', { class: 'lead' }, say('lead'))),
        where()),
      ways(doors)),
    h('aside', { class: 'side' }, holdings()));
}

/** What went wrong with what was offered, in words, where the eye already is. */
export function noticeBox({ code, facts }) {
  return h('div', { class: 'notice amber', tabindex: -1, 'data-focus': true, 'data-code': code },
    icon('triangle-alert', 22), h('p', {}, say(code, facts)));
}

/** Camera and picture, each with its verb; then the text for scanners and for the patient. */
function ways({ scan, picture, text }) {
  return h('div', { class: 'ways' },
    h('div', { class: 'row' },
      h('button', { type: 'button', class: 'button primary tall', onclick: scan }, icon('camera', 20), say('scan')),
      fileButton(say('pick'), picture, 'button tall')),
    textDoor(text));
}

/** A button that opens the system's own choice of a picture. */
export function fileButton(words, picture, style) {
  const input = h('input', { type: 'file', accept: 'image/*,application/pdf', class: 'unseen', 'aria-label': words });
  input.addEventListener('change', () => {
    const [file] = input.files;
    input.value = '';
    if (file) picture(file);
  });
  return h('label', { class: style }, input, icon('upload', 20), words);
}

function textDoor(text) {
  const box = h('textarea', { id: 'text', rows: 3, spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off', 'aria-describedby': 'text-hint' });
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    text(box.value);
  });
  return h('form', { class: 'text', onsubmit: (event) => (event.preventDefault(), text(box.value)) },
    h('label', { for: 'text' }, say('paste')),
    h('p', { id: 'text-hint', class: 'quiet' }, say('paste-hint')),
    box,
    h('button', { type: 'submit', class: 'button' }, say('check')));
}

/** The front of a certificate in outline, its QR marked. */
function where() {
  const line = (x, y, width, name) => svg('rect', { x, y, width, height: 5, rx: 2.5, class: name });
  return svg('svg', { class: 'where', viewBox: '0 0 190 134', role: 'img', 'aria-label': say('where-qr') },
    svg('rect', { x: 1, y: 1, width: 188, height: 132, rx: 6, class: 'sheet' }),
    svg('rect', { x: 9, y: 9, width: 172, height: 116, rx: 2, class: 'band' }),
    line(65, 26, 60, 'strong'), line(45, 46, 100, 'faint'), line(35, 62, 120, 'strong'), line(55, 76, 80, 'faint'),
    line(118, 104, 46, 'faint'),
    svg('rect', { x: 20, y: 84, width: 32, height: 32, rx: 2, class: 'code' }),
    ...[[25, 89], [39, 89], [25, 103]].map(([x, y]) => svg('rect', { x, y, width: 8, height: 8, class: 'eye' })),
    ...[[39, 103], [44, 108], [37, 98], [30, 99]].map(([x, y]) => svg('rect', { x, y, width: 3.5, height: 3.5, class: 'eye' })),
    svg('rect', { x: 13.5, y: 77.5, width: 45, height: 45, rx: 6, class: 'mark' }));
}
