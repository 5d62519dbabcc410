/** The page: who is here, what is shown, and how often it is read again. */

import { call, onSession, signIn, signOut, user } from './shop.js';
import { language, money, switchLanguage, text } from './text.js';
import { arrange, busily, complain, el, note, picture, put } from './page.js';
import { isInDrop, know, loadDrops, onBought, onSignInNeeded, show, tick } from './drops.js';
import { isMoving, loadOrders, showOrders, tickOrders } from './orders.js';
import { onScheduled, showDesk } from './desk.js';

const TICK_MILLIS = 250;
const READ_MILLIS = 5000;
const MOVING_MILLIS = 1000;
const ACCOUNTS = [['asShopper', 'demo@openrun.local'], ['asAdmin', 'admin@openrun.local']];

let shelf = [];
const shelves = new Map();
let away = false;

function words() {
  document.documentElement.lang = language;
  document.querySelectorAll('[data-text]').forEach((element) => put(element, text(element.dataset.text)));
  const other = document.getElementById('language');
  put(other, text('language'));
  other.lang = language === 'ko' ? 'en' : 'ko';
  put(document.getElementById('sign'), text(user() ? 'signOut' : 'signIn'));
  put(document.getElementById('who'), user()?.name ?? '');
}

function showAll() {
  words();
  show();
  showOrders();
  showDesk();
  showShelf();
}

function showShelf() {
  const section = document.getElementById('shelf');
  section.hidden = shelf.length === 0;
  arrange(section.querySelector('.shelf'), shelf.map((product) => {
    const key = JSON.stringify([product, isInDrop(product.id), language]);
    if (!shelves.has(key)) {
      shelves.set(key, el('article', { class: 'product' },
        picture(product, product.id),
        el('h3', {}, product.name),
        el('p', {}, el('span', {}, money(product.price)), aside(product))));
    }
    return shelves.get(key);
  }));
}

function aside(product) {
  return isInDrop(product.id) ? el('em', { class: 'in-drop' }, text('inDrop'))
    : product.soldOut ? el('em', {}, text('soldOut')) : null;
}

async function loadShelf() {
  const { items } = await call('GET', '/products?limit=12');
  shelf = items;
  items.forEach(know);
  showShelf();
}

function askToSignIn() {
  const dialog = document.getElementById('sign-in');
  const email = el('input', { id: 'email', type: 'email', required: true, autocomplete: 'username', value: ACCOUNTS[0][1] });
  const password = el('input', { id: 'password', type: 'password', required: true, autocomplete: 'current-password' });
  const accounts = ACCOUNTS.map(([key, address]) => el('button', {
    type: 'button', class: 'account', onclick: () => { email.value = address; password.focus(); },
  }, el('strong', {}, text(key)), el('small', {}, address)));
  const button = el('button', { type: 'submit' }, text('signIn'));
  const form = el('form', { method: 'dialog' },
    el('h2', { id: 'sign-in-title' }, text('signIn')),
    el('div', { class: 'accounts' }, ...accounts),
    el('label', { for: 'email' }, el('span', {}, text('email')), email),
    el('label', { for: 'password' }, el('span', {}, text('password')), password),
    el('p', { class: 'hint' }, text('wherePassword')),
    el('div', { class: 'acts' }, el('button', { type: 'button', class: 'quiet', onclick: () => dialog.close() }, text('close')), button));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    busily(button, text('signIn'), async () => {
      await signIn(email.value.trim(), password.value);
      dialog.close();
      note(text('welcome', user().name));
    });
  });
  dialog.replaceChildren(form);
  dialog.showModal();
  password.focus();
}

/** Reads something, again and again while the page is looked at, whatever happens in between. */
async function again(read, pause) {
  for (;;) {
    if (!document.hidden) {
      try {
        await read();
        away = false;
      } catch (problem) {
        if (!away && problem.code === 'AWAY') {
          note(text('away'), 'bad');
          away = true;
        } else if (problem.code === 'SESSION_ENDED') {
          complain(problem);
        } else if (problem.code !== 'AWAY') {
          console.warn(problem);
        }
      }
    }
    await new Promise((resolve) => setTimeout(resolve, pause()));
  }
}

document.getElementById('language').addEventListener('click', () => { switchLanguage(); showAll(); });
document.getElementById('sign').addEventListener('click', () => {
  if (user()) {
    signOut().then(() => note(text('signedOut')));
  } else {
    askToSignIn();
  }
});

onSession(() => { showAll(); loadOrders().catch(() => {}); });
onSignInNeeded(askToSignIn);
onBought(() => loadOrders().catch(() => {}));
onScheduled(() => { loadDrops().catch(() => {}); loadShelf().catch(() => {}); });

words();
showDesk();
setInterval(() => { tick(); tickOrders(); }, TICK_MILLIS);
again(loadShelf, () => 12 * READ_MILLIS);
again(() => loadDrops().then(showShelf), () => READ_MILLIS);
again(loadOrders, () => (isMoving() ? MOVING_MILLIS : READ_MILLIS));
