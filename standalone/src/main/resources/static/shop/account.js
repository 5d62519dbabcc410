/** Signing up and signing in: one dialog that says what comes next. */

import { call, config, signIn, user } from './shop.js';
import { text } from './text.js';
import { ask, el, field, note, showDialog } from './page.js';

const ACCOUNTS = [['asShopper', 'demo@openrun.local'], ['asAdmin', 'admin@openrun.local']];
const KEPT = 'openrun.signing-up';

const dialog = document.getElementById('sign-in');

function turn(question, words, onclick) {
  return el('p', { class: 'turn' }, `${question} `, el('button', { type: 'button', class: 'link', onclick }, words));
}

async function enter(email, password) {
  await signIn(email, password);
  localStorage.removeItem(KEPT);
  dialog.close();
  note(text('welcome', user().name));
}

/** Whoever has signed up and comes back from their mail finds their address there. */
export function askToSignIn() {
  const { demo } = config();
  const email = el('input', {
    name: 'email', type: 'email', required: true, autocomplete: 'username',
    value: localStorage.getItem(KEPT) ?? (demo ? ACCOUNTS[0][1] : null),
  });
  const password = el('input', { name: 'password', type: 'password', required: true, autocomplete: 'current-password' });
  const accounts = ACCOUNTS.map(([key, address]) => el('button', {
    type: 'button', class: 'account', onclick: () => { email.value = address; password.focus(); },
  }, el('strong', {}, text(key)), el('small', {}, address)));
  const { form } = ask('sign-in-form', text('signIn'), text('signingIn'), async () => {
    try {
      await enter(email.value.trim(), password.value);
    } catch (problem) {
      if (problem.code !== 'EMAIL_NOT_VERIFIED') {
        throw problem;
      }
      waitForMail(email.value.trim(), password.value, problem.message);
    }
  },
  field('sign-in', text('email'), email),
  field('sign-in', text('password'), password, demo ? text('wherePassword') : null));
  showDialog(dialog, text('signIn'),
    demo ? el('div', { class: 'accounts' }, ...accounts) : null, form,
    turn(text('noAccount'), text('signUp'), () => askToSignUp()));
  (email.value ? password : email).focus();
}

/** Asks a newcomer for what an account needs, with what they said before. */
export function askToSignUp(before = {}) {
  const name = el('input', { name: 'name', required: true, autocomplete: 'name', value: before.name });
  const email = el('input', { name: 'email', type: 'email', required: true, autocomplete: 'username', value: before.email });
  const password = el('input', { name: 'password', type: 'password', required: true, autocomplete: 'new-password' });
  const { form } = ask('sign-up-form', text('signUp'), text('signingUp'), async () => {
    const member = { name: name.value.trim(), email: email.value.trim(), password: password.value };
    await call('POST', '/users', member);
    localStorage.setItem(KEPT, member.email);
    waitForMail(member.email, member.password);
  },
  field('sign-up', text('name'), name),
  field('sign-up', text('email'), email, text('whyEmail')),
  field('sign-up', text('password'), password, text('newPassword')));
  showDialog(dialog, text('signUp'), form, turn(text('haveAccount'), text('signIn'), askToSignIn));
  name.focus();
}

/** The mail is on its way, and its link may be opened anywhere: here they sign in once they have opened it. */
function waitForMail(email, password, problem) {
  const { form, say } = ask('verified-form', text('verifiedSignIn'), text('signingIn'), () => enter(email, password));
  showDialog(dialog, text('openMail'),
    el('p', {}, text('mailSent', email)),
    config().demo
      ? el('p', { class: 'inbox' }, text('inboxHint'), ' ', el('a', { href: '/dev/inbox', target: '_blank' }, text('openInbox')))
      : null,
    form,
    turn(text('noMail'), text('signUpAgain'), () => askToSignUp({ email })));
  dialog.querySelector('h2').focus();
  say(problem ?? '');
}
