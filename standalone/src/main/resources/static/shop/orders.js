/** My orders: where each stands as it changes, paying, cancelling. */

import { call, shopTime, user } from './shop.js';
import { language, money, number, span, text } from './text.js';
import { arrange, busily, el, note, put } from './page.js';
import { askToPay } from './paying.js';
import { loadPoints } from './points.js';

const MOST_SHOWN = 8;
const PAYABLE = ['PENDING_PAYMENT', 'PAYMENT_FAILED'];
const MOVING = ['PROCESSING', 'PENDING_PAYMENT', 'PAYMENT_FAILED'];

let orders = [];
const rows = new Map();
const paid = new Set(); // They stay payable until they have heard of it.

/** Whether an order may change any moment. */
export const isMoving = () => orders.some((order) => MOVING.includes(order.status));

/** Reads my orders anew. */
export async function loadOrders() {
  const before = new Map(orders.map((order) => [order.id, order.status]));
  orders = user() == null ? [] : (await call('GET', `/orders?limit=${MOST_SHOWN}`)).items;
  if (orders.some((order) => before.has(order.id) && before.get(order.id) !== order.status)) {
    loadPoints().catch(() => {}); // An order that moved may have given points back.
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
  pay.addEventListener('click', () => askToPay(orders.find((one) => one.id === order.id), (status) => {
    if (status === 'SUCCEEDED') {
      paid.add(order.id);
    }
    loadOrders().catch(() => {});
  }));
  cancel.addEventListener('click', () => busily(cancel, text('cancelling'), () => call('POST', `/orders/${order.id}/cancel`))
    .then((done) => done && note(text('cancelled'))).then(loadOrders));
  return { element, status, time, pay, cancel };
}

/** Writes what the moment says into every row. */
export function tickOrders() {
  for (const order of orders) {
    const at = row(order);
    const left = Date.parse(order.holdExpiresAt) - shopTime();
    const open = PAYABLE.includes(order.status);
    const settling = open && paid.has(order.id);
    const payable = open && left > 0 && !settling;
    at.element.dataset.status = order.status;
    put(at.status, text(settling ? 'SETTLING' : order.status));
    put(at.time, payable ? text('timeLeft', span(left)) : '');
    at.pay.hidden = !payable;
    put(at.pay, text(order.status === 'PAYMENT_FAILED' ? 'payAgain' : 'pay', money(order.payable)));
    at.cancel.hidden = settling || !(open || order.status === 'PAID');
  }
}
