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
