/** Points: how many there are, and charging more. */

import { call, newKey, user } from './shop.js';
import { number, text } from './text.js';
import { ask, el, field, note, put, showDialog } from './page.js';

const USUAL_CHARGE = 50_000;

let balance = null;
let changed = () => {};

/** How many points there are, or null while nobody knows. */
export const points = () => balance;

/** Calls back when the balance is another one. */
export function onPoints(callback) { changed = callback; }

function have(amount) {
  if (balance !== amount) {
    balance = amount;
    showPoints();
    changed();
  }
}

/** Reads the balance anew. */
export async function loadPoints() {
  const asking = user()?.id;
  const { balance: read } = asking ? await call('GET', '/points') : { balance: null };
  if (user()?.id === asking) {
    have(read);
  }
}

export function showPoints() {
  const place = document.getElementById('points');
  place.hidden = balance == null;
  put(place.querySelector('span'), text('balance', number(balance ?? 0)));
  put(place.querySelector('button'), text('charge'));
}

/** A form that charges the wallet; asked again after no answer came, it still charges once. */
export function chargeForm(id, suggested, charged = () => {}) {
  const amount = el('input', { name: 'amount', type: 'number', required: true, min: '1', step: '1', inputmode: 'numeric', value: String(suggested) });
  let attempt = {};
  const { form, wrong } = ask(`${id}-form`, text('charge'), text('charging'), async () => {
    const wanted = amount.value;
    if (!/^[1-9]\d{0,14}$/.test(wanted)) {
      wrong('amount', text('wholeNumber'));
      amount.focus();
      return;
    }
    attempt = attempt.wanted === wanted ? attempt : { wanted, key: newKey() };
    const answer = await call('POST', '/points/charges', { amount: Number(wanted) }, { 'Idempotency-Key': attempt.key });
    attempt = {};
    have(answer.balance);
    note(text('charged', number(Number(wanted))));
    charged();
  }, field(id, text('amountToCharge'), amount));
  form.classList.add('charge');
  return form;
}

/** Charging ahead of a drop. */
export function askToCharge() {
  const dialog = document.getElementById('charge');
  const form = chargeForm('charge', USUAL_CHARGE, () => dialog.close());
  showDialog(dialog, text('chargePoints'), el('p', { class: 'hint' }, text('balance', number(balance ?? 0))), form);
  form.elements.amount.select();
}
