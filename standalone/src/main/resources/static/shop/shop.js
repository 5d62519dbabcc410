/** Talks to the shop: its API, who is signed in, and what time it is there. */

import { language, text } from './text.js';

const KEPT = 'openrun.session';
const API = '/api/v1';

/** An answer that is no success, in the shop's own words. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? body.title ?? text('away'));
    this.status = status;
    this.code = body.code ?? 'AWAY';
    this.errors = body.errors;
    this.retryAfterMs = body.retryAfterMs;
    this.body = body;
  }
}

let session = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
let refreshing = null;
let changed = () => {};

/** Who is signed in, or null. */
export const user = () => session?.user ?? null;
export const isAdmin = () => user()?.roles.includes('ADMIN') ?? false;
/** Calls back when somebody signs in or out. */
export const onSession = (callback) => { changed = callback; };

function keep(tokens) {
  session = tokens;
  if (tokens) {
    sessionStorage.setItem(KEPT, JSON.stringify(tokens));
  } else {
    sessionStorage.removeItem(KEPT);
  }
}

// The shop's clock decides. The offset is taken from the quickest answer, which is the least delayed one.
let offset = 0;
let quickest = Infinity;

/** Learns from an answer that says what time it is in the shop. */
export function learnTime(serverTime, tookMillis = 1000) {
  if (serverTime && tookMillis <= quickest) {
    quickest = tookMillis;
    offset = Date.parse(serverTime) + tookMillis / 2 - Date.now();
  }
}

/** What time it is in the shop. */
export const shopTime = () => Date.now() + offset;

/** A key that no other request has. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
}

async function send(method, url, body, headers = {}) {
  const options = { method, headers: { 'Accept-Language': language, ...headers } };
  if (session) {
    options.headers.Authorization = `Bearer ${session.accessToken}`;
  }
  if (body !== undefined) {
    options.headers['Content-Type'] = 'application/json';
    options.body = JSON.stringify(body);
  }
  const asked = performance.now();
  const response = await fetch(url, options);
  const words = await response.text();
  let answer = {};
  try {
    answer = words ? JSON.parse(words) : {};
  } catch {
    answer = { detail: `${response.status} ${response.statusText}` };
  }
  if (!response.ok) {
    throw new Problem(response.status, answer);
  }
  learnTime(answer.serverTime, performance.now() - asked);
  return answer;
}

/** Calls the API; an access token that ran out is refreshed once. */
export async function call(method, path, body, headers) {
  const url = path.startsWith('http') ? path : API + path;
  const used = session?.accessToken;
  try {
    return await send(method, url, body, headers);
  } catch (problem) {
    if (!(problem instanceof Problem)) {
      throw new Problem(0, { code: 'AWAY', detail: text('away') });
    }
    if (problem.status !== 401 || !used) {
      throw problem;
    }
    await refresh(used);
    return send(method, url, body, headers);
  }
}

/** Gets new tokens, once however many calls found the old ones out. */
async function refresh(used) {
  if (session && session.accessToken !== used) {
    return;
  }
  refreshing ??= (async () => {
    const { refreshToken } = session ?? {};
    session = null;
    try {
      keep(await send('POST', `${API}/sessions/refresh`, { refreshToken }));
    } catch {
      keep(null);
      changed();
      throw new Problem(401, { code: 'SESSION_ENDED', detail: text('sessionEnded') });
    } finally {
      refreshing = null;
    }
  })();
  await refreshing;
}

export async function signIn(email, password) {
  keep(null);
  keep(await send('POST', `${API}/sessions`, { email, password, device: 'web' }));
  changed();
}

export async function signOut() {
  try {
    await call('DELETE', '/sessions/current');
  } catch (problem) {
    if (problem.status !== 401) {
      throw problem;
    }
  } finally {
    keep(null);
    changed();
  }
}

let known = { demo: false };
let lane = null;

/** What the shop has said about itself so far. */
export const config = () => known;

/** Asks the shop about itself, until it has answered once. */
export async function loadConfig() {
  if (lane == null) {
    known = await call('GET', '/config');
    lane = known.fastLaneUrl;
  }
}

/** Buys in a drop, on the fast lane where it can be reached; a busy shop is asked again with the same key. */
export async function purchase(dropId, quantity) {
  const path = `/drops/${dropId}/purchases`;
  const key = { 'Idempotency-Key': newKey() };
  await loadConfig();
  for (let tries = 1; ; tries++) {
    try {
      return await call('POST', lane ? `${lane}${API}${path}` : path, { quantity }, key);
    } catch (problem) {
      if (problem.code === 'AWAY' && lane) {
        lane = '';
      } else if (tries < 6 && (problem.status === 429 || problem.status === 503)) {
        const pause = Math.min(problem.retryAfterMs ?? 500, 3000) * (0.75 + Math.random() / 2);
        await new Promise((resolve) => setTimeout(resolve, pause));
      } else {
        throw problem;
      }
    }
  }
}
