/** My orders: where each stands as it changes, paying in two steps, cancelling. */

import { call, newKey, shopTime, user } from './shop.js';
import { language, money, number, span, text } from './text.js';
import { arrange, busily, el, note, put } from './page.js';

const MOST_SHOWN = 8;
const CONFIRM_TRIES = 15;
const PAYABLE = ['PENDING_PAYMENT', 'PAYMENT_FAILED'];
const MOVING = ['PROCESSING', 'PENDING_PAYMENT', 'PAYMENT_FAILED'];

let orders = [];
const rows = new Map();

/** Whether an order may change any moment. */
export const isMoving = () => orders.some((order) => MOVING.includes(order.status));

/** Reads my orders anew. */
export async function loadOrders() {
  if (user() == null) {
    orders = [];
  } else {
    orders = (await call('GET', `/orders?limit=${MOST_SHOWN}`)).items;
  }
  showOrders();
}

export function showOrders() {
  const section = document.getElementById('orders');
  section.hidden = user() == null;
  const list = section.querySelector('.orders');
  const shown = orders.map((order) => row(order).element);
  if (shown.length) {
    arrange(list, shown);
  } else {
    list.replaceChildren(el('p', { class: 'hint' }, text('noOrders')));
  }
  tickOrders();
}

function row(order) {
  const key = `${order.id} ${language}`;
  if (!rows.has(key)) {
    rows.set(key, newRow(order));
  }
  return rows.get(key);
}

function newRow(order) {
  const status = el('span', { class: 'status' });
  const time = el('span', { class: 'until' });
  const pay = el('button', { type: 'button', class: 'pay' });
  const cancel = el('button', { type: 'button', class: 'quiet' }, text('cancel'));
  const what = order.items.map((item) => (item.quantity > 1 ? `${item.title ?? item.name} × ${number(item.quantity)}` : item.title ?? item.name));
  const element = el('article', { class: 'order' },
    el('div', { class: 'what' }, el('strong', {}, what.join(', ')),
      el('small', {}, [order.sequence ? text('place', number(order.sequence)) : '', money(order.payable)].filter(Boolean).join(' · '))),
    el('div', { class: 'stand' }, status, time),
    el('div', { class: 'acts' }, cancel, pay));
  pay.addEventListener('click', () => busily(pay, text('entering'), (say) => payFor(order, say)).then(loadOrders));
  cancel.addEventListener('click', () => busily(cancel, text('cancelling'), () => call('POST', `/orders/${order.id}/cancel`))
    .then((done) => done && note(text('cancelled'))).then(loadOrders));
  return { element, status, time, pay, cancel };
}

/** Writes what the moment says into every row. */
export function tickOrders() {
  for (const order of orders) {
    const at = row(order);
    const left = Date.parse(order.holdExpiresAt) - shopTime();
    const payable = PAYABLE.includes(order.status) && left > 0;
    at.element.dataset.status = order.status;
    put(at.status, text(order.status));
    put(at.time, payable ? text('timeLeft', span(left)) : '');
    at.pay.hidden = !payable;
    if (!at.pay.disabled) {
      put(at.pay, text('pay', money(order.payable)));
    }
    at.cancel.hidden = !(PAYABLE.includes(order.status) || order.status === 'PAID');
  }
}

/** Enters a payment and confirms it; a card network that has not answered is asked again for a while. */
async function payFor(order, say) {
  const payment = await call('POST', '/payments', { orderId: order.id, method: 'CARD' }, { 'Idempotency-Key': newKey() });
  say(text('confirming'));
  let answer = await call('POST', `/payments/${payment.id}/confirm`);
  for (let tries = 0; answer.status === 'PENDING' && tries < CONFIRM_TRIES; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 700));
    answer = await call('GET', `/payments/${payment.id}`);
  }
  if (answer.status === 'SUCCEEDED') {
    note(text('paid'));
  } else if (answer.status === 'PENDING') {
    note(text('payPending'));
  } else {
    note(text('payFailed'), 'bad');
  }
}
