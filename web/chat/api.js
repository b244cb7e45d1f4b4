/** The gateway's web chat API (hocvu/channels/webchat/openapi.yaml), and nothing about the page. */

const BASE = "/api/webchat";
const TIMEOUT_MS = 20_000;
const NO_NETWORK = "Máy của bác đang mất mạng hoặc mạng yếu.";
const SERVER_TROUBLE = "Máy chủ đang bận. Bác chờ một lát rồi thử lại nhé.";

/**
 * @typedef {{id: string, title: string}} Button
 * @typedef {{title: string, publisher: string, url?: string|null, checked_on: string}} Source
 * @typedef {{kind: string, title?: string, number?: number, of?: number, points?: string[], sources?: Source[],
 *   hotlines?: {name: string, number: string}[]}} Card
 * @typedef {{id: string, from: "learner"|"assistant", text: string, at: string, client_id?: string,
 *   answered?: boolean, buttons?: Button[], image?: string|null, card?: Card|null}} Message
 */

/** A call that did not succeed; its message may be shown. Status 0 means that no answer came at all. */
const failure = (status, message) => Object.assign(new Error(message), { status });

async function call(method, path, body) {
  const aborter = new AbortController();
  const timer = setTimeout(() => aborter.abort(), TIMEOUT_MS);
  const options = { method, signal: aborter.signal, headers: { "Content-Type": "application/json" } };
  if (body) options.body = JSON.stringify(body);
  try {
    const response = await fetch(BASE + path, options);
    // A proxy in front of the gateway may answer with a page of its own, so the body may not be JSON.
    const answer = await response.json().catch(() => null);
    if (response.ok && answer?.ok) return answer;
    throw failure(response.status, answer?.error?.message || SERVER_TROUBLE);
  } catch (error) {
    throw "status" in error ? error : failure(0, NO_NETWORK);
  } finally {
    clearTimeout(timer);
  }
}

/** @returns {Promise<{conversation_id: string}>} */
export const openConversation = () => call("POST", "/conversation");

/** @type {(limit: number) => Promise<{messages: Message[], has_more: boolean, last_event_id: number}>} */
export const readHistory = (limit) => call("GET", `/messages?limit=${limit}`);

/**
 * Send one message. A visitor whose cookie has run out gets a new conversation, and the message goes there.
 * @param {{client_id: string, text?: string, button?: string}} message
 */
export async function sendMessage(message) {
  try {
    return await call("POST", "/messages", message);
  } catch (error) {
    if (error.status !== 401) throw error;
    await openConversation();
    return call("POST", "/messages", message);
  }
}

/**
 * Listen for replies. The browser reconnects by itself; `onDead` is for when it has given up.
 * @param {number} after
 * @param {{onMessage: (message: Message) => void, onUp: () => void, onDown: () => void, onDead: () => void}} on
 */
export function listen(after, on) {
  const source = new EventSource(`${BASE}/events?after=${after}`);
  source.onopen = on.onUp;
  source.onmessage = (event) => on.onMessage(JSON.parse(event.data));
  source.onerror = () => (source.readyState === EventSource.CLOSED ? on.onDead() : on.onDown());
}

/** @returns {string} an id that no other message has */
export function newClientId() {
  // randomUUID is missing on old phones and on plain http inside a commune's own network.
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
