// Small helpers for all components. Foreign text is only ever set as textContent or value.
function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") made.className = value;
    else if (name.startsWith("on")) made[name] = value;
    else if (name in made && name !== "list") made[name] = value;
    else made.setAttribute(name, value);
  }
  for (const child of children.flat()) if (child !== null && child !== undefined) made.append(child);
  return made;
}
function clock(seconds) {
  if (seconds === null || seconds === undefined) return "--:--";
  const whole = Math.max(0, Math.floor(seconds));
  const h = Math.floor(whole / 3600), m = Math.floor((whole % 3600) / 60), s = whole % 60;
  const two = (n) => String(n).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
}
// When second 0 of a chat was; null for a call, whose places are counted from its beginning.
let DIAL = null;
function dial(told) { DIAL = told || null; }
// Whether nothing of the call can be played: its words came without a recording.
let MUTE = false;
function hush(silent) { MUTE = !!silent; }
// A place as its source tells it: the time in a call, the day and time of a message, nothing without.
function told(seconds) {
  if (seconds === null || seconds === undefined) return "";
  if (!DIAL) return clock(seconds);
  if (!DIAL.begun) return clock(Math.floor((seconds % 86400) / 60) * 60).slice(0, -3).padStart(5, "0");
  const begun = new Date(`${DIAL.begun.length > 10 ? DIAL.begun : `${DIAL.begun}T00:00:00`}Z`);
  const text = new Date(begun.getTime() + seconds * 1000).toISOString().slice(0, 16).replace("T", " ");
  return text.slice(0, 4) === DIAL.begun.slice(0, 4) ? text.slice(5) : text;
}
// The way from a quote to its words: plays them where there is sound to a time.
function toWords(one, words, attributes) {
  const at = told(one.start);
  const mute = DIAL || MUTE || !at;
  const text = mute ? at || words.to_words : `▶ ${at}`;
  const label = mute ? words.to_words : fill(words.play_at, { time: at });
  return el("button", { type: "button", class: "link", "aria-label": label, ...attributes }, text);
}
// Who speaks; in notes mostly nobody.
function who(one) { return one.speaker || (DIAL ? "" : "–"); }
function fill(sentence, values) {
  return (sentence || "").replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
}
function typing(event) {
  const at = event.composedPath()[0];
  return !!at && at.type !== "checkbox" && (["INPUT", "TEXTAREA", "SELECT"].includes(at.tagName) || at.isContentEditable);
}
function tell(name, detail) {
  document.dispatchEvent(new CustomEvent(`dragoman:${name}`, { detail }));
}
// Scrolls the box only, never the page around it.
function intoView(box, line) {
  if (!box || !line) return;
  const place = line.getBoundingClientRect(), frame = box.getBoundingClientRect();
  if (place.top < frame.top || place.bottom > frame.bottom) box.scrollTop += place.top - frame.top - frame.height / 3;
}
// A mouse's click comes with its release; a finger's comes some time after the finger is up.
function untilClicked(event) { return event.pointerType && event.pointerType !== "mouse" && event.type === "pointerup" ? 400 : 0; }
