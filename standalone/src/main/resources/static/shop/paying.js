/** Paying for an order, by card or with points; what failed is paid again. */

import { call, newKey, shopTime } from './shop.js';
import { money, number, span, text } from './text.js';
import { ask, el, note, put, showDialog } from './page.js';
import { chargeForm, loadPoints, onPoints, points } from './points.js';

const ANSWER_TRIES = 15;
const ANSWER_PAUSE_MILLIS = 700;

const dialog = document.getElementById('pay');
let paying = null;

/** Asks how an order is paid, and tells the status of every payment that was made. */
export function askToPay(order, made) {
  const card = method('CARD', text('card'));
  const purse = method('POINTS', text('withPoints'));
  const time = el('span', {});
  const lack = el('p', {});
  const charge = el('div', { class: 'lack', role: 'status' }, lack);
  const { form, button, say } = ask('pay-form', '', text('confirming'), async () => {
    const payment = await pay(order, form.elements.method.value);
    loadPoints().catch(() => {});
    made(payment.status);
    if (payment.status === 'FAILED') {
      paying.failed = true;
      say(text(payment.failureCode === 'INSUFFICIENT_POINTS' ? 'pointsTooFew' : 'payFailed'));
    } else {
      dialog.close();
      note(text(payment.status === 'PENDING' ? 'payPending' : 'paid'));
    }
  });
  const methods = el('fieldset', { class: 'methods' }, el('legend', {}, text('payWith')), card.element, purse.element);
  methods.addEventListener('change', () => { say(''); tickPaying(); });
  paying = { order, button, purse, time, lack, charge, failed: order.status === 'PAYMENT_FAILED' };
  showDialog(dialog, text('pay', money(order.payable)),
    el('p', { class: 'hint' }, order.items.map((item) => item.title ?? item.name).join(', '), ' · ', time),
    methods, charge, form);
  loadPoints().catch(() => {});
  tickPaying();
  card.input.focus();
}

function method(value, words) {
  const input = el('input', { type: 'radio', name: 'method', value, form: 'pay-form', checked: value === 'CARD' });
  const about = el('small', {});
  return { input, about, element: el('label', { class: 'method' }, input, el('span', {}, el('strong', {}, words), about)) };
}

/** Writes what the moment says: how long there is to pay, and whether the points suffice. */
export function tickPaying() {
  if (!dialog.open) {
    return;
  }
  const { order, button, purse, time, lack, charge, failed } = paying;
  const left = Date.parse(order.holdExpiresAt) - shopTime();
  const missing = order.payable - (points() ?? 0);
  const short = purse.input.checked && points() != null && missing > 0;
  put(time, left > 0 ? text('timeLeft', span(left)) : text('tooLate'));
  put(purse.about, points() == null ? '…' : text('balance', number(points())));
  put(lack, short ? text('pointsMissing', number(missing)) : '');
  charge.hidden = !short;
  const shown = charge.querySelector('form');
  if (!short) {
    shown?.remove();
  } else if (!shown) {
    charge.append(chargeForm('pay-charge', missing, () => button.focus()));
  }
  if (!button.dataset.busy) {
    button.disabled = left <= 0 || short;
    put(button, text(failed ? 'payAgain' : 'pay', money(order.payable)));
  }
}

onPoints(() => tickPaying());

/** Enters a payment and confirms it; a card network that has not answered is asked again for a while. */
async function pay(order, by) {
  const entered = await call('POST', '/payments', { orderId: order.id, method: by }, { 'Idempotency-Key': newKey() });
  let payment = await call('POST', `/payments/${entered.id}/confirm`);
  for (let tries = 0; payment.status === 'PENDING' && tries < ANSWER_TRIES; tries++) {
    await new Promise((resolve) => setTimeout(resolve, ANSWER_PAUSE_MILLIS));
    payment = await call('GET', `/payments/${payment.id}`);
  }
  return payment;
}
