/** Joins the page, the conversation, the outbox and the event stream. */

import { listen, newClientId, openConversation, readHistory, sendMessage } from "./api.js";
import { element } from "./cards.js";
import { createLog } from "./log.js";
import { createOutbox } from "./outbox.js";

const LIMIT = 1000;
const COUNT_FROM = 800;
const LOOK_AGAIN_MS = 15_000;
const REOPEN_MS = [1_000, 2_000, 5_000, 10_000, 30_000];
const WAITS = [
  { until: 8_000, words: "Trợ lý đang soạn câu trả lời…" },
  { until: 120_000, words: "Lần này lâu hơn mọi khi. Tin của bác đã được giữ, bác chờ thêm một chút nhé." },
  { until: Infinity, words: "Trợ lý chưa trả lời được. Tin của bác vẫn được giữ, bác quay lại sau nhé." },
];

const byId = (id) => document.getElementById(id);
const [input, counter, status, waiting, welcome] = ["input", "counter", "status", "waiting", "welcome"].map(byId);
const log = createLog(byId("log"), { onButton: press, onRetry: retry });
const outbox = createOutbox(deliver, onSendState);

let begun = false;
let reopenings = 0;
let isLost = false;
let statusTimer = 0;
let waitTimer = 0;
let waitingSince = 0;

// --- the small line above the box

function say(text, state = "", forMs = 0) {
  clearTimeout(statusTimer);
  status.dataset.state = state;
  status.textContent = text;
  if (forMs) statusTimer = setTimeout(say, forMs, "");
}

function connectionLost() {
  if (isLost) return;
  isLost = true;
  clearTimeout(statusTimer);
  // A stream that is renewed at once is nothing to worry anybody with.
  statusTimer = setTimeout(say, 1500, "Đang mất kết nối. Trang sẽ tự nối lại, bác cứ chờ nhé.", "lost");
}

function connectionBack() {
  reopenings = 0;
  if (isLost && status.dataset.state === "lost") say("Đã kết nối trở lại.", "back", 5000);
  else if (isLost) say("");
  isLost = false;
  outbox.flush();
}

// --- opening and staying open

async function connect() {
  try {
    await openConversation();
    const history = await takeHistory(100);
    if (!begun) begin(history);
    const on = { onMessage: onReply, onUp: connectionBack, onDown: connectionLost, onDead: reopen };
    listen(history.last_event_id, on);
  } catch {
    welcome.hidden = !log.isEmpty();
    reopen();
  }
}

function begin(history) {
  begun = true;
  byId("older").hidden = !history.has_more;
  outbox.start(new Set(history.messages.map((message) => message.client_id)));
  welcome.hidden = !log.isEmpty();
  if (welcome.hidden) log.scroll(true);
  // After the paint: what came with the page must not be read aloud as if it were new.
  setTimeout(() => log.announce(), 500);
}

function reopen() {
  connectionLost();
  const wait = REOPEN_MS[Math.min(reopenings++, REOPEN_MS.length - 1)];
  setTimeout(connect, wait * (0.75 + Math.random() / 2));
}

async function takeHistory(limit) {
  const history = await readHistory(limit);
  if (history.messages.filter((message) => log.show(message)).length) {
    log.unsentLast();
    log.scroll(!begun);
  }
  showWaiting();
  return history;
}

// Only the history knows which messages are answered; it also has what a broken stream did not bring.
const lookAgain = () => takeHistory(20).catch(showWaiting);

function onReply(message) {
  waiting.replaceChildren();
  if (log.show(message)) log.scroll();
  lookAgain();
}

function showWaiting() {
  clearTimeout(waitTimer);
  waitingSince = log.isWaiting() ? waitingSince || Date.now() : 0;
  if (!log.isWaiting()) return waiting.replaceChildren();
  const waited = Date.now() - waitingSince;
  const { until, words } = WAITS.find((stage) => waited < stage.until);
  if (until < Infinity) waitTimer = setTimeout(lookAgain, Math.min(until - waited, LOOK_AGAIN_MS));
  if (waiting.textContent === words) return;
  waiting.dataset.state = words === WAITS[0].words ? "typing" : "slow";
  waiting.replaceChildren(element("p", "", words));
  log.scroll();
}

// --- sending

function deliver({ client_id, text, button }) {
  return sendMessage(button ? { client_id, button } : { client_id, text });
}

function onSendState(item, state, reason) {
  log.setState(item, state, reason);
  if (state === "stored") waitingSince = 0;
  if (state === "failed" || state === "offline") log.scroll();
  showWaiting();
}

function send(text, button) {
  byId("examples").hidden = true;
  outbox.add({ client_id: newClientId(), text, button, at: Date.now() });
  log.scroll();
}

// What was pressed is about to go. A keyboard goes on from the box; on a phone that would only raise the keys.
function keepFocus(event) {
  if (event.detail === 0) input.focus();
}

function press(button, event) {
  send(button.title, button.id);
  keepFocus(event);
}

function retry(item, event) {
  outbox.add(item);
  keepFocus(event);
}

function submit() {
  const text = input.value.trim().normalize("NFC");
  if (!text) say("Bác gõ câu hỏi vào ô dưới đây rồi bấm Gửi nhé.", "hint", 6000);
  else if ([...text].length <= LIMIT) {
    input.value = "";
    send(text);
  }
  measure();
  input.focus();
}

/** Let the box grow with its text, and say how much room is left. */
function measure() {
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight + input.offsetHeight - input.clientHeight}px`;
  const length = [...input.value.trim().normalize("NFC")].length;
  const isOver = length > LIMIT;
  counter.hidden = length <= COUNT_FROM;
  counter.classList.toggle("over", isOver);
  input.setAttribute("aria-invalid", String(isOver));
  const advice = isOver ? " Tin hơi dài, bác bớt lại hoặc chia làm hai tin giúp cháu nhé." : "";
  counter.textContent = `${length.toLocaleString("vi")} / 1.000 ký tự.${advice}`;
}

byId("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
input.addEventListener("input", measure);
input.addEventListener("keydown", (event) => {
  // Vietnamese keyboards end a word with Enter too (229 on older browsers): that Enter is theirs.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  submit();
});
for (const example of welcome.querySelectorAll("button")) {
  example.addEventListener("click", (event) => press({ title: example.textContent }, event));
}
addEventListener("online", () => outbox.flush());
// A phone that slept may hold a stream that is long dead without knowing it.
document.addEventListener("visibilitychange", () => begun && !document.hidden && lookAgain());

byId("bottom").hidden = false; // without this script nothing could be sent from there
connect();
