/** Drops: what is left of them as it changes, when they open, and buying in one click. */

import { call, learnTime, purchase, shopTime, user } from './shop.js';
import { language, money, moment, number, span, text } from './text.js';
import { arrange, busily, el, note, picture, put } from './page.js';

const MOST_LIVE = 2; // A browser has few connections to a place; each live drop keeps one.
const MOST_SHOWN = 9;

const drops = new Map();
const cards = new Map();
const products = new Map();
const live = new Map();
let bought = () => {};
let askToSignIn = () => {};

export function onBought(callback) { bought = callback; }
export function onSignInNeeded(callback) { askToSignIn = callback; }
/** Keeps products, for their pictures. */
export function know(product) { products.set(product.id, product); }

/** Whether a product's units are in a drop that is not over. */
export const isInDrop = (productId) => [...drops.values()].some((drop) => drop.productId === productId && !isOver(drop));

const isOver = (drop) => ['CLOSED', 'CANCELLED'].includes(drop.state);

/** Open ones first, then what opens next, then what was; each group by time. */
function inOrder() {
  const rank = { OPEN: 0, SCHEDULED: 1, SOLD_OUT: 2, CLOSED: 3, CANCELLED: 4 };
  return [...drops.values()].sort((a, b) => rank[a.state] - rank[b.state]
    || (a.state === 'SCHEDULED' ? Date.parse(a.opensAt) - Date.parse(b.opensAt) : Date.parse(b.opensAt) - Date.parse(a.opensAt)));
}

/** Reads all drops anew. */
export async function loadDrops() {
  const { items } = await call('GET', '/drops?limit=30');
  drops.clear();
  for (const drop of items) {
    learnTime(drop.serverTime);
    drops.set(drop.id, drop);
  }
  await Promise.all([...new Set(items.slice(0, MOST_SHOWN).map((drop) => drop.productId))]
    .filter((id) => !products.has(id))
    .map((id) => call('GET', `/products/${id}`).then(know, () => products.set(id, {}))));
  show();
}

/** Lays out the cards; a card stays the same element while its drop does. */
export function show() {
  const [first, ...others] = inOrder().slice(0, MOST_SHOWN);
  const featured = document.getElementById('featured');
  if (first) {
    arrange(featured, [card(first, true).element]);
  } else {
    featured.replaceChildren(nothing());
  }
  const section = document.getElementById('drops');
  section.hidden = others.length === 0;
  arrange(section.querySelector('.drops'), others.map((drop) => card(drop, false).element));
  tick();
  follow();
}

function nothing() {
  return el('div', { class: 'empty' }, el('h1', {}, text('noDrops')), el('p', {}, text('noDropsHint')));
}

function card(drop, large) {
  const key = `${drop.id} ${large} ${language} ${drop.title}`;
  if (!cards.has(key)) {
    cards.set(key, newCard(drop, large));
  }
  return cards.get(key);
}

function newCard(drop, large) {
  const state = el('span', { class: 'state' });
  const title = el(large ? 'h1' : 'h3', {}, drop.title);
  const name = el('p', { class: 'of' });
  const price = el('p', { class: 'price' }, money(drop.price), el('small', {}, text('perPerson', number(drop.perUserLimit))));
  const label = el('span', {});
  const time = el('span', { class: 'time' });
  const meter = el('div', { class: 'meter' }, el('i', {}));
  const left = el('p', { class: 'left' });
  const button = el('button', { type: 'button', class: 'buy' });
  const element = el('article', { class: large ? 'drop large' : 'drop' },
    picture(products.get(drop.productId), drop.productId),
    el('div', { class: 'about' }, state, title, name, price,
      el('p', { class: 'clock' }, label, time), meter, left, button));
  button.addEventListener('click', () => buy(drop.id, button));
  return { element, state, name, label, time, meter, left, button };
}

/** Writes what the moment says into every card. */
export function tick() {
  const shown = inOrder().slice(0, MOST_SHOWN);
  shown.forEach((drop, n) => paint(card(drop, n === 0), drop));
}

function paint(at, drop) {
  const now = shopTime();
  const [opens, closes] = [Date.parse(drop.opensAt), Date.parse(drop.closesAt)];
  const waiting = drop.state === 'SCHEDULED';
  const over = isOver(drop);
  at.element.dataset.state = drop.state;
  put(at.state, text(drop.state === 'CANCELLED' ? 'CANCELLED_DROP' : drop.state));
  const name = products.get(drop.productId)?.name ?? '';
  put(at.name, name === drop.title ? '' : name);
  put(at.label, over ? moment(drop.closesAt) : text(waiting ? 'opensIn' : 'closesIn'));
  const end = waiting ? opens : closes;
  put(at.time, over ? '' : end > now ? span(end - now) : text(waiting ? 'opening' : 'closing'));
  at.time.classList.toggle('soon', !over && end - now < 10_000);
  at.meter.firstChild.style.width = `${Math.round((100 * drop.remaining) / Math.max(1, drop.quantity))}%`;
  put(at.left, text('left', number(drop.remaining), number(drop.quantity)));
  if (!at.button.dataset.busy) {
    const open = drop.state === 'OPEN' || (waiting && opens <= now);
    at.button.hidden = over;
    at.button.disabled = drop.state === 'SOLD_OUT' || (user() != null && !open);
    put(at.button, drop.state === 'SOLD_OUT' ? text('SOLD_OUT')
      : user() == null ? text('signInToBuy')
        : open ? text('buy') : text('waitingFor'));
  }
}

async function buy(id, button) {
  if (user() == null) {
    askToSignIn();
    return;
  }
  const result = await busily(button, text('buying'), () => purchase(id, 1));
  if (result) {
    note(`${text('yours', number(result.sequence))} ${text('payUntil', span(Date.parse(result.holdExpiresAt) - shopTime()))}`);
    bought();
  }
  tick();
}

/** Listens to the drops at the top; the others are read again from time to time. */
function follow() {
  const wanted = inOrder().filter((drop) => !isOver(drop)).slice(0, MOST_LIVE).map((drop) => drop.id);
  for (const [id, stream] of live) {
    if (!wanted.includes(id) || stream.readyState === EventSource.CLOSED) {
      stream.close();
      live.delete(id);
    }
  }
  for (const id of wanted.filter((one) => !live.has(one))) {
    const stream = new EventSource(`/api/v1/drops/${id}/events`);
    stream.addEventListener('stock', (event) => news(id, JSON.parse(event.data)));
    stream.addEventListener('state', (event) => news(id, JSON.parse(event.data)));
    live.set(id, stream);
  }
}

function news(id, { serverTime, remaining, state }) {
  const drop = drops.get(id);
  if (!drop) {
    return;
  }
  learnTime(serverTime);
  const before = drop.state;
  Object.assign(drop, remaining === undefined ? {} : { remaining }, state === undefined ? {} : { state });
  if (before === drop.state) {
    tick();
  } else {
    show();
  }
}
