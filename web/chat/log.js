/** The conversation on the screen: bubbles in order, each message once. */

import { element, replyElement } from "./cards.js";

/** @typedef {import("./outbox.js").Item} Item */

const TICKS = {
  sending: ["", "đang gửi…"],
  queued: ["", "đang chờ mạng"],
  stored: ["✓", "đã nhận"],
  answered: ["✓✓", "đã trả lời"],
};
// A late acknowledgement must not take a tick away.
const RANK = { stored: 1, answered: 2 };

/**
 * @param {HTMLElement} root
 * @param {{onButton: (button: import("./api.js").Button, event: MouseEvent) => void,
 *   onRetry: (item: Item, event: MouseEvent) => void}} on
 */
export function createLog(root, on) {
  const seen = new Set();
  const mine = /** @type {Map<string, {node: HTMLElement, foot: HTMLElement, state: string}>} */ (new Map());
  let turnStart = /** @type {HTMLElement|null} */ (null);

  /**
   * Show a message of the gateway's, or bring what is shown up to date.
   * @param {import("./api.js").Message} message
   * @returns {boolean} whether a new bubble appeared
   */
  function show(message) {
    const before = root.childElementCount;
    if (message.from === "assistant") addReply(message);
    else setState({ client_id: message.id, ...message }, message.answered ? "answered" : "stored");
    return root.childElementCount > before;
  }

  function addReply(message) {
    if (seen.has(message.id)) return;
    seen.add(message.id);
    const reply = replyElement(message, (button, event) => {
      markPressed(event.currentTarget);
      on.onButton(button, event);
    });
    // Dead buttons only invite pressing, so they go. But a second reply of the same turn, without buttons of its
    // own, leaves those of the first in use.
    if (message.buttons?.length || !turnStart) root.querySelectorAll(".buttons").forEach((group) => group.remove());
    // A step is what has to be done now: it comes into sight, its introduction stands above it.
    if (!turnStart || message.card?.kind === "step") turnStart = reply;
    root.append(reply);
  }

  /**
   * @param {Item} item
   * @param {import("./outbox.js").State|"answered"} state
   * @param {string} [reason]
   */
  function setState(item, state, reason) {
    const bubble = mine.get(item.client_id) || addBubble(item);
    if (bubble.state === state || (RANK[bubble.state] || 0) > (RANK[state] || 0)) return;
    // What is sent again will stand last in the history, so it goes there on the page too.
    if (bubble.state === "failed") root.append(bubble.node);
    bubble.state = bubble.node.dataset.state = state;
    if (TICKS[state]) showTick(bubble, ...TICKS[state]);
    else showTrouble(bubble, item, state, reason);
  }

  function addBubble(item) {
    const words = element("span", "text", item.text);
    const foot = element("div", "foot");
    const bubble = element("div", "bubble", element("span", "hidden", "Bác viết: "), words);
    const node = element("div", "message learner", bubble, foot);
    node.dataset.testid = "sent";
    node.setAttribute("aria-live", "off"); // the learner knows what they wrote: only replies are read aloud
    root.append(node);
    turnStart = null;
    mine.set(item.client_id, { node, foot, state: "" });
    return mine.get(item.client_id);
  }

  function showTick(bubble, tick, words) {
    const sign = element("span", "tick", tick);
    sign.setAttribute("aria-hidden", "true");
    bubble.foot.replaceChildren(sign, words);
  }

  function showTrouble(bubble, item, state, reason) {
    const more = state === "offline" ? " Có mạng lại là tin tự gửi đi." : "";
    const note = element("p", "trouble", `Tin này chưa gửi được. ${reason}${more}`);
    note.setAttribute("role", "alert");
    const again = Object.assign(element("button", "again", "Gửi lại"), { type: "button" });
    again.dataset.testid = "retry";
    again.addEventListener("click", (event) => on.onRetry(item, event));
    bubble.foot.replaceChildren(note, again);
    if (item.button && state === "failed") markPressed(null);
  }

  // Between press and reply the buttons stay in place but cannot be pressed twice.
  function markPressed(pressed) {
    for (const node of root.querySelectorAll(".buttons button")) {
      node.disabled = Boolean(pressed);
      node.classList.toggle("pressed", node === pressed);
    }
  }

  /** What the gateway has not got yet goes below what it has. */
  function unsentLast() {
    const unsent = [...mine.values()].filter(({ state }) => !RANK[state]);
    root.append(...unsent.map(({ node }) => node));
  }

  /** Bring the newest turn into sight: its end, or its beginning when it is taller than the screen. */
  function scroll(calm = false) {
    const still = calm || matchMedia("(prefers-reduced-motion: reduce)").matches;
    const bottom = document.documentElement.scrollHeight - innerHeight;
    const start = turnStart ? turnStart.getBoundingClientRect().top + scrollY - 16 : bottom;
    scrollTo({ top: Math.min(bottom, start), behavior: still ? "auto" : "smooth" });
  }

  const isEmpty = () => !root.childElementCount;
  /** Whether a stored message has no answer yet. */
  const isWaiting = () => [...mine.values()].some(({ state }) => state === "stored");
  /** From now on new replies are read aloud; what stood there before is not. */
  const announce = () => root.setAttribute("aria-live", "polite");

  // A picture makes its reply taller once it is there.
  root.addEventListener("load", () => scroll(true), true);
  return { show, setState, unsentLast, scroll, isEmpty, isWaiting, announce };
}
