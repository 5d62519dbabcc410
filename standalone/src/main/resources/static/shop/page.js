/** Small things every part of the page uses: elements, notes, pictures. */

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
export async function busily(button, words, work) {
  const before = button.textContent;
  button.disabled = true;
  button.textContent = words;
  try {
    return await work((progress) => { button.textContent = progress; });
  } catch (problem) {
    complain(problem);
    return undefined;
  } finally {
    button.disabled = false;
    button.textContent = before;
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
