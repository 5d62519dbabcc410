/** The administrator's desk: a product and a drop of all its units, from one form. */

import { call, isAdmin, newKey, shopTime } from './shop.js';
import { text } from './text.js';
import { busily, el, note } from './page.js';

let scheduled = () => {};

/** Calls back when there is a new drop. */
export function onScheduled(callback) { scheduled = callback; }

function field(name, input) {
  input.id = `desk-${name}`;
  input.name = name;
  return el('label', { for: input.id }, el('span', {}, text(name)), input);
}

function choice(options, chosen) {
  const select = el('select', {});
  for (const [value, words] of options) {
    select.append(el('option', { value, selected: value === chosen }, words));
  }
  return select;
}

function amount(value, most) {
  return el('input', { type: 'number', required: true, min: '1', max: String(most), step: '1', value: String(value), inputmode: 'numeric' });
}

/** Shows the desk to administrators, and to nobody else. */
export function showDesk() {
  const desk = document.getElementById('desk');
  desk.hidden = !isAdmin();
  if (desk.hidden) {
    desk.replaceChildren();
    return;
  }
  const button = el('button', { type: 'submit' }, text('schedule'));
  const form = el('form', { class: 'desk' },
    field('productName', el('input', { required: true, maxlength: '200', placeholder: text('productNameExample'), autocomplete: 'off' })),
    field('units', amount(100, 1_000_000_000)),
    field('price', amount(129000, 1_000_000_000_000)),
    field('limit', amount(1, 1000)),
    field('opens', choice([[0, text('now')], [15, text('inSeconds', 15)], [60, text('inMinutes', 1)], [600, text('inMinutes', 10)]], 15)),
    field('lasts', choice([[600, text('minutes', 10)], [3600, text('hours', 1)], [86400, text('hours', 24)]], 3600)),
    field('window', choice([[60, text('minutes', 1)], [300, text('minutes', 5)], [600, text('minutes', 10)]], 300)),
    button);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    busily(button, text('scheduling'), () => schedule(new FormData(form))).then((drop) => {
      if (drop) {
        note(text('scheduled'));
        form.reset();
        scheduled();
      }
    });
  });
  desk.replaceChildren(el('h2', {}, text('desk')), el('p', { class: 'hint' }, text('deskHint')), form);
}

async function schedule(values) {
  const [units, price] = [Number(values.get('units')), Number(values.get('price'))];
  const name = values.get('productName').trim();
  const product = await call('POST', '/products', { name, price, quantity: units }, { 'Idempotency-Key': newKey() });
  const opensAt = shopTime() + 1000 * Number(values.get('opens'));
  return call('POST', '/drops', {
    productId: product.id,
    title: name,
    quantity: units,
    price,
    perUserLimit: Number(values.get('limit')),
    opensAt: new Date(opensAt).toISOString(),
    closesAt: new Date(opensAt + 1000 * Number(values.get('lasts'))).toISOString(),
    paymentWindowSeconds: Number(values.get('window')),
  });
}
