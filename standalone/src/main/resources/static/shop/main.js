/** The page: who is here, what is shown, and how often it is read again. */

import { call, config, loadConfig, onSession, signOut, user } from './shop.js';
import { language, money, switchLanguage, text } from './text.js';
import { arrange, complain, el, note, picture, put } from './page.js';
import { askToSignIn, askToSignUp } from './account.js';
import { isInDrop, know, loadDrops, onBought, onSignInNeeded, show, tick } from './drops.js';
import { isMoving, loadOrders, showOrders, tickOrders } from './orders.js';
import { askToCharge, loadPoints, showPoints } from './points.js';
import { tickPaying } from './paying.js';
import { onScheduled, showDesk } from './desk.js';

const TICK_MILLIS = 250;
const READ_MILLIS = 5000;
const MOVING_MILLIS = 1000;

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
  const signUp = document.getElementById('sign-up');
  put(signUp, text('signUp'));
  signUp.hidden = user() != null;
  document.querySelectorAll('[data-demo]').forEach((element) => { element.hidden = !config().demo; });
  put(document.getElementById('who'), user()?.name ?? '');
}

function showAll() {
  words();
  show();
  showOrders();
  showPoints();
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

/** Whoever comes from a mail that verified them signs in next. */
function fromMail() {
  if (location.hash === '#sign-in') {
    history.replaceState(null, '', location.pathname);
    if (!user()) {
      askToSignIn();
    }
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

document.getElementById('sign-up').addEventListener('click', () => askToSignUp());
document.querySelector('#points button').addEventListener('click', askToCharge);

onSession(() => { showAll(); loadOrders().catch(() => {}); loadPoints().catch(() => {}); });
onSignInNeeded(askToSignIn);
onBought(() => loadOrders().catch(() => {}));
onScheduled(() => { loadDrops().catch(() => {}); loadShelf().catch(() => {}); });

words();
showDesk();
setInterval(() => { tick(); tickOrders(); tickPaying(); }, TICK_MILLIS);
again(() => loadConfig().then(fromMail).then(words), () => READ_MILLIS);
again(loadPoints, () => 2 * READ_MILLIS);
again(loadShelf, () => 12 * READ_MILLIS);
again(() => loadDrops().then(showShelf), () => READ_MILLIS);
again(loadOrders, () => (isMoving() ? MOVING_MILLIS : READ_MILLIS));
