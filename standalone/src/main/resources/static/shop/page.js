/** Small things every part of the page uses: elements, notes, pictures. */

import { text } from './text.js';

/** An element; text is always text, never markup. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) {
      element.addEventListener(key.slice(2), value);
    } else if (value === true) {
      element.setAttribute(key, '');
    } else if (value !== false && value != null) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

export function put(element, words) {
  if (element.textContent !== words) {
    element.textContent = words;
  }
}

/** Puts these elements into a place, and leaves it alone where they are there already: focus and pictures stay. */
export function arrange(place, elements) {
  if (elements.length !== place.children.length || elements.some((element, n) => place.children[n] !== element)) {
    place.replaceChildren(...elements);
  }
}

/** Tells the shopper something for a few seconds. */
export function note(words, kind = 'good') {
  const shown = el('p', { class: `note ${kind}` }, words);
  const notes = document.getElementById('notes');
  notes.append(shown);
  if (notes.showPopover) {
    notes.hidePopover(); // Shown anew, it is above a dialog that was opened meanwhile.
    notes.showPopover();
  }
  while (notes.children.length > 3) {
    notes.firstChild.remove();
  }
  setTimeout(() => shown.remove(), kind === 'bad' ? 9000 : 6000);
}

/** Tells what a problem says about itself, field by field. */
export function complain(problem) {
  const fields = (problem.errors ?? []).map((e) => `${e.field} ${e.message}`).join(', ');
  note(fields ? `${problem.message} (${fields})` : problem.message, 'bad');
}

/** Does something once at a time, with the button saying so meanwhile. */
export async function busily(button, words, work, tell = complain) {
  const before = button.textContent;
  button.dataset.busy = 'yes';
  button.disabled = true;
  button.textContent = words;
  try {
    return await work((progress) => { button.textContent = progress; });
  } catch (problem) {
    tell(problem);
    return undefined;
  } finally {
    delete button.dataset.busy;
    button.disabled = false;
    button.textContent = before;
  }
}

/** An input with its name above it and room below for a hint, and for what is wrong with it. */
export function field(form, words, input, hint) {
  input.id = `${form}-${input.name}`;
  input.setAttribute('aria-describedby', hint ? `${input.id}-hint ${input.id}-wrong` : `${input.id}-wrong`);
  return el('div', { class: 'field' },
    el('label', { for: input.id }, words), input,
    hint ? el('p', { class: 'hint', id: `${input.id}-hint` }, hint) : null,
    el('p', { class: 'wrong', id: `${input.id}-wrong`, hidden: true }));
}

/**
 * A form that asks the shop for one thing. What the shop does not like is said beside the field it is about, and
 * above the button where it is about none.
 */
export function ask(id, submit, meanwhile, work, ...content) {
  const alert = el('p', { class: 'alert', role: 'alert' });
  const button = el('button', { type: 'submit' }, submit);
  const form = el('form', { id, class: 'ask', novalidate: true }, ...content, alert, button);
  const say = (words) => put(alert, words);
  const mark = (input, words) => {
    const place = document.getElementById(`${input.id}-wrong`);
    put(place, words ?? '');
    place.hidden = words == null;
    input.setAttribute('aria-invalid', String(words != null));
  };
  const wrong = (name, words) => {
    const input = form.elements[name];
    if (!input?.hasAttribute('aria-describedby')) {
      return false;
    }
    mark(input, words);
    return true;
  };
  const tell = (problem) => {
    const elsewhere = (problem.errors ?? []).filter((error) => !wrong(error.field, error.message));
    const shown = form.querySelector('[aria-invalid="true"]');
    const words = shown ? text('checkFields') : problem.message;
    say([words, ...elsewhere.map((error) => `${error.field} ${error.message}`)].join(' '));
    shown?.focus();
  };
  form.addEventListener('input', ({ target }) => {
    if (target.getAttribute('aria-invalid') === 'true') {
      mark(target, null);
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    say('');
    form.querySelectorAll('[aria-invalid="true"]').forEach((input) => mark(input, null));
    busily(button, meanwhile, work, tell);
  });
  return { form, button, say, wrong };
}

/** Opens a dialog with this in it, under its title; it has a button that closes it. */
export function showDialog(dialog, title, ...content) {
  dialog.replaceChildren(
    el('button', { type: 'button', class: 'quiet close', 'aria-label': text('close'), onclick: () => dialog.close() }, '×'),
    el('h2', { id: `${dialog.id}-title`, tabindex: '-1' }, title),
    ...content.filter((child) => child != null));
  if (!dialog.open) {
    dialog.showModal();
  }
}

/** A product's picture, or colours of its own where it has none or it does not load. */
export function picture(product, id) {
  const seed = [...(id ?? '')].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) >>> 0, 7);
  const colours = el('div', { class: 'picture', 'aria-hidden': 'true' });
  colours.style.setProperty('--hue', String((seed * 137) % 360));
  colours.append(el('i', {}), el('i', {}));
  if (!product?.imageUrl) {
    return colours;
  }
  const image = el('img', { src: product.imageUrl, alt: '', referrerpolicy: 'no-referrer' });
  image.addEventListener('error', () => image.remove());
  colours.append(image);
  return colours;
}
