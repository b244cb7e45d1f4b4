/** Turns one reply into elements. Words from outside only ever become text nodes. */

const KICKERS = { emergency: "Việc cần làm ngay", notice: "Lưu ý" };

/** @type {(tag: string, className?: string, ...children: (string|Node)[]) => HTMLElement} */
export function element(tag, className = "", ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

// The progress line above a step says its number already.
const STEP_NUMBER = /^Bước \d+: /m;

/** The same words in the text and in the card are shown once. */
function textBeyondCard(text, card) {
  const inCard = new Set([card.title, ...(card.points || [])]);
  const bare = (line) => line.trim().replace(/^([-•*]|\d+[.)])\s+/, "");
  return text.split("\n").filter((line) => !line.trim() || !inCard.has(bare(line))).join("\n").trim();
}

function safeUrl(text) {
  try {
    const url = new URL(text, location.href);
    return ["http:", "https:"].includes(url.protocol) ? url.href : "";
  } catch {
    return "";
  }
}

function progress(card) {
  const bar = element("progress");
  Object.assign(bar, { max: card.of, value: card.number });
  bar.setAttribute("aria-hidden", "true"); // the line above it says the same in words
  return element("div", "progress", element("p", "kicker", `Bước ${card.number} / ${card.of}`), bar);
}

function picture(source, words) {
  const image = element("img", "picture");
  image.alt = words || "Hình minh hoạ";
  image.src = source;
  image.addEventListener("error", () => image.remove());
  return image;
}

function hotline({ name, number }) {
  const link = element("a", "hotline", element("strong", "", `Gọi ${number}`), " ", element("span", "", name));
  link.href = `tel:${number.replace(/[^\d+]/g, "")}`;
  return link;
}

function sourceTitle({ title, url }) {
  const href = url && safeUrl(url);
  if (!href) return element("span", "", title);
  const link = element("a", "", title, element("span", "hidden", " (mở trang mới)"));
  return Object.assign(link, { href, target: "_blank", rel: "noopener noreferrer" });
}

function source(entry) {
  const date = entry.checked_on.split("-").reverse().join("/");
  return element("li", "", element("span", "publisher", entry.publisher), sourceTitle(entry),
    element("span", "date", `Xem lại ngày ${date}`));
}

function sources(entries) {
  return element("details", "sources", element("summary", "", "Nguồn"), element("ul", "", ...entries.map(source)));
}

function buttonGroup(message, onButton) {
  const group = element("div", `buttons buttons-${message.card?.kind || "plain"}`);
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Bác chọn");
  for (const button of message.buttons) {
    const node = Object.assign(element("button", "", button.title), { type: "button" });
    node.dataset.testid = "button";
    node.addEventListener("click", (event) => onButton(button, event));
    group.append(node);
  }
  return group;
}

/**
 * @param {import("./api.js").Message} message
 * @param {(button: import("./api.js").Button, event: MouseEvent) => void} onButton
 * @returns {HTMLElement}
 */
export function replyElement(message, onButton) {
  const card = message.card || { kind: "plain" };
  const text = textBeyondCard(message.text, card).replace(card.kind === "step" ? STEP_NUMBER : "", "");
  const image = message.image && safeUrl(message.image);
  const parts = [
    KICKERS[card.kind] && element("p", "kicker", KICKERS[card.kind]),
    card.kind === "step" && card.number && card.of && progress(card),
    card.title && element("h2", "title", card.title),
    text && element("p", "text", text),
    image && picture(image, card.picture),
    card.hotlines?.length && element("div", "hotlines", ...card.hotlines.map(hotline)),
    card.points?.length && element(card.kind === "emergency" ? "ol" : "ul", "points", ...card.points.map((point) => element("li", "", point))),
    card.sources?.length && sources(card.sources),
  ];
  const reply = element("div", "message assistant",
    element("div", `bubble card-${card.kind}`, element("span", "hidden", "Trợ lý: "), ...parts.filter(Boolean)));
  Object.assign(reply.dataset, { testid: "reply", kind: card.kind });
  if (message.buttons?.length) reply.append(buttonGroup(message, onButton));
  return reply;
}
