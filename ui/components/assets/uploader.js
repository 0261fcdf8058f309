const UPLOADERS = new WeakMap();
// Milliseconds for which nothing is told by itself after a click or a key: what is told begins a new
// run of the page, and one that begins before the click was heard would end it unheard.
const LISTENING = 500, TOUCHES = ["pointerdown", "pointerup", "keydown"];

function bytes(count) {
  for (const [size, unit] of [[1e9, "GB"], [1e6, "MB"], [1e3, "kB"]]) if (count >= size) return `${(count / size).toFixed(1)} ${unit}`;
  return `${Math.round(count)} B`;
}

function elsewhere(event) {
  return event.composedPath().some((one) => one.dataset && one.dataset.testid === "stFileUploaderDropzone");
}

class Uploader {
  constructor(root) {
    this.root = root;
    this.rows = new Map();
    this.$(".files").replaceChildren(); // lines of one before, where the page is put together anew
    this.waiting = [];
    this.told = [];
    this.sending = sending();
    this.$(".choose").onclick = () => this.$("input").click();
    this.$("input").onchange = (event) => { this.take(event.target.files); event.target.value = ""; };
    this.onDrag = (event) => this.drag(event);
    this.onDrop = (event) => this.drop(event);
    this.onLeave = (event) => { if (!event.relatedTarget) this.$(".drop").classList.remove("over"); };
    document.addEventListener("dragover", this.onDrag);
    document.addEventListener("drop", this.onDrop);
    document.addEventListener("dragleave", this.onLeave);
    this.touched = -LISTENING;
    this.onTouch = () => { this.touched = performance.now(); };
    for (const touch of TOUCHES) document.addEventListener(touch, this.onTouch, true);
    this.sending.shown = this;
    this.sending.changed = () => this.soon();
    this.take(this.$("input").files); // chosen before anybody listened
  }
  $(selector) { return this.root.querySelector(selector); }
  update(data, send) {
    this.words = data.words;
    this.waiting = data.waiting;
    this.told = data.told;
    this.sending.token = data.token;
    this.sending.moved = () => this.afterTouch(() => send("active", [String(Date.now()), ...this.sending.active().map((one) => one.id || one.name)]));
    if (this.sending.untold) { this.sending.untold = false; this.sending.moved(); }
    this.sending.renew = () => send("renew", Date.now());
    this.close_told = (id) => send("close", id);
    const lie = new Set(data.waiting.map((one) => one.id)); // one that was handed over may be sent again
    for (const one of [...this.sending.files]) if (data.gone.includes(one.id) && !lie.has(one.id) && data.at > one.at) this.sending.forget(one);
    for (const one of this.waiting) if (one.offset < one.size) this.sending.missing(one.id, data.at);
    this.$(".lead").textContent = this.words.lead;
    this.$(".choose").textContent = this.words.choose;
    this.$(".hint").textContent = this.words.hint;
    this.draw();
  }
  afterTouch(tell) {
    clearTimeout(this.telling);
    const rest = this.touched + LISTENING - performance.now();
    this.sending.untold = rest > 0; // whoever comes after this one tells it
    if (rest <= 0) tell();
    else this.telling = setTimeout(() => this.afterTouch(tell), rest);
  }
  // A file dropped beside the box must not make the browser leave the page.
  drag(event) {
    if (event.defaultPrevented || elsewhere(event) || ![...(event.dataTransfer?.types || [])].includes("Files")) return;
    event.preventDefault();
    this.$(".drop").classList.add("over");
  }
  drop(event) {
    this.$(".drop").classList.remove("over");
    if (event.defaultPrevented || !event.dataTransfer?.files.length || elsewhere(event)) return;
    event.preventDefault();
    const folders = [...event.dataTransfer.items].map((one) => one.webkitGetAsEntry && one.webkitGetAsEntry()).filter((one) => one && one.isDirectory).map((one) => one.name);
    this.take([...event.dataTransfer.files].filter((one) => !folders.includes(one.name)));
    if (folders.length) this.say(fill(this.words.folder, { name: folders.join(", ") }));
  }
  take(files) {
    this.say("");
    for (const file of files) this.sending.add(file);
  }
  say(text) { const told = this.$(".told"); told.textContent = text; told.hidden = !text; }
  soon() {
    if (this.timer) return;
    this.timer = setTimeout(() => { this.timer = null; this.draw(); }, 200);
  }
  draw() {
    if (!this.words) return;
    const list = this.$(".files"), wanted = this.wanted();
    const keys = new Set(wanted.map((one) => one.key));
    for (const [key, row] of this.rows) if (!keys.has(key)) { row.li.remove(); this.rows.delete(key); }
    for (const one of wanted) {
      if (!this.rows.has(one.key)) { const row = this.row(one); this.rows.set(one.key, row); list.append(row.li); }
      this.fillRow(this.rows.get(one.key), one);
    }
  }
  // What is being sent from here, what lies there from before, and what could not be taken.
  wanted() {
    const told = new Map(this.told.map((one) => [one.id, one]));
    const mine = this.sending.files.map((one) => ({ key: `${one.name}|${one.size}|${one.file.lastModified}`, ...this.standing(one, told.get(one.id)) }));
    const here = new Set(this.sending.files.map((one) => one.id));
    const lying = this.waiting.filter((one) => !here.has(one.id)).map((one) => ({ key: one.id, ...this.left(one, told.get(one.id)) }));
    const lie = new Set([...here, ...this.waiting.map((one) => one.id)]);
    const refused = this.told.filter((one) => !lie.has(one.id)).map((one) => ({ key: one.id, name: one.name, size: null, mood: "bad", text: one.text, acts: [["close", () => this.close_told(one.id)]] }));
    return [...mine, ...lying, ...refused];
  }
  standing(one, told) {
    const w = this.words, base = { name: one.name, size: one.size, done: one.sent };
    const stop = ["stop", () => this.sending.stop(one)], go = ["go_on", () => this.sending.resume(one)];
    const remove = ["remove", () => (one.id ? this.sending.remove(one.id) : this.sending.forget(one))];
    const percent = Math.floor((100 * one.sent) / Math.max(1, one.size));
    if (one.state === "queued") return { ...base, text: w.queued, acts: [stop] };
    if (one.state === "waiting") return { ...base, mood: "warn", text: fill(w.lost, { percent }), acts: [stop] };
    if (one.state === "stopped") return { ...base, text: fill(w.stopped, { percent }), acts: [go, remove] };
    if (one.state === "done") return { ...base, done: null, ...this.arrived(told), acts: [remove] };
    if (one.state === "failed") return { ...base, mood: "bad", text: one.kind === "unreadable" ? w.unreadable : one.text || w.failed, acts: one.kind === "room" || one.kind === "damaged" ? [go, remove] : [remove] };
    const text = one.speed ? fill(w.sending, { percent, speed: bytes(one.speed), left: clock(Math.ceil((one.size - one.sent) / one.speed)) }) : fill(w.starting, { percent });
    return { ...base, text, acts: [stop] };
  }
  left(one, told) {
    const w = this.words, remove = ["remove", () => this.sending.remove(one.id)];
    const percent = Math.floor((100 * one.offset) / one.size);
    if (one.offset === one.size) return { name: one.name, size: one.size, done: null, ...this.arrived(told), acts: [remove] };
    return { name: one.name, size: one.size, done: one.offset, mood: "warn", text: fill(w.again, { percent }), acts: [remove] };
  }
  arrived(told) { return told ? { mood: "bad", text: told.text } : { mood: "ok", text: this.words.here }; }
  row(one) {
    const row = { name: el("span"), size: el("span", { class: "size grey" }), acts: el("div", { class: "acts" }), state: el("div"), bar: el("progress", { max: 1 }), shown: "" };
    row.li = el("li", {}, el("div", { class: "name", title: one.name }, row.name, row.size), row.acts, row.state, row.bar);
    row.name.textContent = one.name;
    return row;
  }
  fillRow(row, one) {
    row.size.textContent = one.size === null ? "" : bytes(one.size);
    row.state.className = `state ${one.mood || "grey"}`;
    if (row.state.textContent !== one.text) row.state.textContent = one.text;
    row.bar.hidden = one.done === null || one.done === undefined;
    if (!row.bar.hidden) { row.bar.value = one.done / Math.max(1, one.size); row.bar.setAttribute("aria-label", one.name); }
    const acts = one.acts.map(([name]) => name).join(" ");
    row.now = new Map(one.acts);
    if (row.shown === acts) return; // a button does not vanish under the finger
    row.shown = acts;
    row.acts.replaceChildren(...one.acts.map(([name]) => el("button", { type: "button", onclick: () => row.now.get(name)() }, this.words[name])));
  }
  close() {
    document.removeEventListener("dragover", this.onDrag);
    document.removeEventListener("drop", this.onDrop);
    document.removeEventListener("dragleave", this.onLeave);
    for (const touch of TOUCHES) document.removeEventListener(touch, this.onTouch, true);
    clearTimeout(this.telling);
    clearTimeout(this.timer);
    if (this.sending.shown === this) this.sending.changed = this.sending.moved = this.sending.renew = () => {};
  }
}

export default function (component) {
  const { data, parentElement, setStateValue, setTriggerValue } = component;
  let uploader = UPLOADERS.get(parentElement);
  if (!uploader) UPLOADERS.set(parentElement, (uploader = new Uploader(parentElement)));
  uploader.update(data, (name, value) => (name === "active" ? setStateValue : setTriggerValue)(name, value));
  return () => { uploader.close(); UPLOADERS.delete(parentElement); };
}
