/** Messages on their way to the gateway: one at a time, in order, kept until the gateway has stored them. */

const PREFIX = "hocvu.chat.outbox.";
const KEEP_MS = 24 * 3600 * 1000;
const RETRY_MS = [3_000, 6_000, 12_000, 30_000];

/**
 * @typedef {{client_id: string, text: string, button?: string, at: number}} Item
 * @typedef {"sending"|"offline"|"queued"|"stored"|"failed"} State
 */

/** A browser that forbids storage only loses the copy; the page goes on with its own list. */
function attempt(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}

// One key for each message: two tabs of one visitor cannot overwrite each other's queue.
const keep = (item) => attempt(() => localStorage.setItem(PREFIX + item.client_id, JSON.stringify(item)));
const forget = (item) => attempt(() => localStorage.removeItem(PREFIX + item.client_id));

function kept() {
  const keys = attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) || [];
  const items = keys.map((key) => attempt(() => JSON.parse(localStorage.getItem(key))));
  return items.filter((item) => item?.client_id).sort((a, b) => a.at - b.at);
}

/**
 * @param {(item: Item) => Promise<unknown>} send
 * @param {(item: Item, state: State, reason?: string) => void} onState
 */
export function createOutbox(send, onState) {
  const queue = /** @type {Item[]} */ ([]);
  let isOpen = false;
  let isBusy = false;
  let failures = 0;
  let timer = 0;

  /** Queue a message, or push on the one that is queued already. @param {Item} item */
  function add(item) {
    keep(item);
    if (!queue.includes(item)) queue.push(item);
    onState(item, "sending");
    flush();
  }

  /** The conversation is open: take up what an earlier visit left, and send. @param {Set<string>} stored ids */
  function start(stored) {
    const queued = new Set(queue.map((item) => item.client_id));
    for (const item of kept()) {
      // What was left on a shared computer long ago must not be sent in the name of the next visitor.
      if (stored.has(item.client_id) || Date.now() - item.at > KEEP_MS) forget(item);
      else if (!queued.has(item.client_id)) add(item);
    }
    isOpen = true;
    flush();
  }

  async function flush() {
    if (isBusy || !isOpen) return;
    isBusy = true;
    clearTimeout(timer);
    while (queue.length && (await deliver(queue[0]))) queue.shift();
    isBusy = false;
  }

  /** @returns {Promise<boolean>} whether the queue may go on to the next message */
  async function deliver(item) {
    try {
      await send(item);
      failures = 0;
      forget(item);
      onState(item, "stored");
      return true;
    } catch (error) {
      if (!error.status) return waitForNetwork(error.message);
      // The gateway said no: the learner sees why and decides, and the next message is not held up by this one.
      onState(item, "failed", error.message);
      return true;
    }
  }

  // No answer came: nothing behind it would pass either, so the whole queue waits and keeps its order.
  function waitForNetwork(reason) {
    queue.forEach((item, place) => onState(item, place ? "queued" : "offline", reason));
    timer = setTimeout(flush, RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]);
    return false;
  }

  return { add, start, flush };
}
