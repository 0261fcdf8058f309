const REVIEW_AFTER = { approve: "approved", reject: "rejected", needs_client: "needs_client", reopen: "draft" };
const REVIEW_MARKS = { draft: "·", approved: "✓", rejected: "✗", needs_client: "?" };

// The rows of a page as the server has them: sent whole once, then only what became another.
class Rows {
  constructor() { this.server = new Map(); this.order = []; this.board = null; this.number = 0; }
  get held() { return this.board ? `${this.board}:${this.number}` : null; }
  // False where it tells what changed since something that is not here.
  take({ board, number, since, rows, order }) {
    const same = board === this.board;
    if (since > 0 && !(same && since <= this.number)) return false;
    if (same && number < this.number) return true;
    if (!since) this.server.clear();
    for (const row of rows) this.server.set(row.uid, row);
    if (order) {
      this.order = order;
      const kept = new Set(order);
      for (const uid of [...this.server.keys()]) if (!kept.has(uid)) this.server.delete(uid);
    }
    this.board = board;
    this.number = number;
    return true;
  }
}

// One thing after the other is decided on: keys, the notes, the outbox and what it shows before an
// answer comes. What a lane adds: list, quotes, draw, select, commitAll, write, present.
class Deciding {
  constructor(root) {
    this.root = root;
    this.begin();
    this.timers = new Map();
    this.listening = new AbortController();
    this.on(document, "keydown", (event) => this.key(event));
    this.on(window, "pagehide", () => this.commitAll());
    // What is under the finger stays until the click has arrived: a field that loses the cursor
    // is saved, and draws.
    this.on(root, "pointerdown", () => { clearTimeout(this.up); this.pressed = true; });
    for (const name of ["pointerup", "pointercancel", "click"]) this.on(window, name, (event) => { clearTimeout(this.up); this.up = setTimeout(() => this.released(), Math.max(30, untilClicked(event))); });
  }
  begin() {
    this.held = new Rows();
    this.rows = new Map();
    this.order = [];
    this.lines = new Map();
    this.current = null;
    this.undo = [];
  }
  $(selector) { return this.root.querySelector(selector); }
  on(target, name, act) { target.addEventListener(name, act, { signal: this.listening.signal }); }
  get row() { return this.rows.get(this.current); }
  released() { this.pressed = false; if (this.late) this.draw(); }
  // Whether a drawing has to wait.
  tooEarly(anyway) { this.late = !!this.pressed && !anyway; return this.late; }
  take(data, setState) {
    const first = this.meeting !== data.meeting;
    dial(data.dial);
    hush(data.silent);
    if (first || this.person !== data.me) this.seat(data, first);
    this.outbox.send = (waiting) => setState("outbox", { who: data.me, held: this.held.held, waiting });
    if (!this.held.take(data.changes)) {
      const all = { who: data.me, held: null, waiting: this.outbox.waiting, asks: Date.now() };
      setTimeout(() => setState("outbox", all), 0);
      return;
    }
    this.words = data.words || this.words;
    this.given(data);
    if (!this.remembers) this.remember(data.past || []);
    this.overlay();
    this.outbox.answered(data.answers);
    this.overlay();
    this.arrange(this.held.order);
    if (first) this.current = [...this.rows.values()].find((row) => [row.uid, row.id].includes(data.selected))?.uid;
    if (!this.rows.has(this.current)) this.current = this.first();
    this.draw();
    tell("drawn", {});
  }
  // Another meeting, or another person on this chair: what waits and what is typed is theirs.
  seat(data, first) {
    if (this.outbox) { this.commitAll(); this.outbox.close(); }
    if (first) this.begin();
    this.undo = [];
    this.remembers = false;
    this.meeting = data.meeting;
    this.person = data.me;
    this.outbox = new Outbox(data.meeting, () => {}, data.me, (answer, command) => this.heard(answer, command));
    this.drafts = new Drafts(data.meeting, data.me);
  }
  given() {}
  // What may be taken back: what was done before a reload, and what is on its way, newest last.
  remember(past) {
    const undone = new Set(this.outbox.waiting.filter((one) => one.op === "undo").flatMap((one) => [one.undoes, ...(one.events || [])]));
    const sent = this.outbox.waiting.filter((one) => one.op !== "undo").map(({ id, uid }) => ({ id, uid }));
    this.undo = [...past, ...sent].filter((one) => !undone.has(one.id) && !(one.events || []).some((event) => undone.has(event)));
    this.remembers = true;
  }
  // Which events a command made: no other entry names them.
  made(id, events) {
    this.undo = this.undo.filter((one) => (one.id === id ? events.length : !(one.events || []).some((event) => events.includes(event))));
    for (const one of this.undo) if (one.id === id) one.events = events;
  }
  arrange(order) { this.order = order; }
  first() { return this.open()[0] || this.order[0] || null; }
  open() { return this.order.filter((uid) => this.rows.get(uid)?.review === "draft"); }
  shown() { return this.order; }
  // What is on its way already shows: nobody waits for the server.
  overlay() {
    this.rows = new Map(this.held.server);
    for (const command of this.outbox.waiting) this.apply(command);
  }
  apply(command) {
    if (command.op === "approve_many") for (const { uid } of command.items || []) this.decided(uid, "approve");
    if (command.op !== "edit" || !this.rows.has(command.uid)) return;
    if (REVIEW_AFTER[command.operation]) this.decided(command.uid, command.operation);
    else this.changed(command);
  }
  decided(uid, operation) { const row = this.own(uid); if (row) row.review = REVIEW_AFTER[operation]; return row; }
  changed(command) {
    const row = this.own(command.uid);
    this.write(row, command);
    if (row.review === "approved") row.review = "draft";
  }
  // A row to write on; what the server has stays as it is, and another row is drawn anew.
  own(uid) {
    const row = this.rows.get(uid), copy = row && structuredClone(row);
    if (row) this.rows.set(uid, copy);
    return copy;
  }
  // What a line shows that other rows say.
  besides() { return null; }
  // The list, in which only lines are made anew whose row, or what others say of it, became another.
  drawLines(list, make) {
    const top = list.scrollTop, shown = this.shown();
    const lines = shown.map((uid) => {
      const row = this.rows.get(uid), old = this.lines.get(uid), marked = this.besides(row);
      if (old && old.row === row && old.words === this.words && old.marked === marked) return old.line;
      const line = make(row);
      Object.assign(line, { tabIndex: 0, onclick: () => this.select(uid), onkeydown: (event) => { if (event.key === "Enter") this.select(uid); } });
      this.lines.set(uid, { row, line, words: this.words, marked });
      return line;
    });
    const kept = new Set(lines);
    for (const line of [...list.children]) if (!kept.has(line)) line.remove();
    let at = list.firstElementChild;
    for (const line of lines) { if (line === at) at = at.nextElementSibling; else list.insertBefore(line, at); }
    const current = this.lines.get(this.current)?.line;
    if (this.marked !== current) this.marked?.removeAttribute("aria-current");
    current?.setAttribute("aria-current", "true");
    this.marked = current;
    if (list.scrollTop !== top) list.scrollTop = top;
  }
  button(name, key, act, kind) {
    const last = name === "undo" && this.rows.get(this.undo.at(-1)?.uid);
    return el("button", { type: "button", title: last ? fill(this.words.undo_what, { id: last.id }) : null, class: kind || "", disabled: !this.row && name !== "undo", onclick: act, "data-act": name }, name === "play" && (DIAL || MUTE) ? this.words.to_words : this.words[`act.${name}`], el("kbd", {}, key));
  }
  buttons() {
    return [
      this.button("approve", "A", () => this.decide("approve"), "main"),
      this.button("reject", "X", () => this.decide("reject")),
      this.button("needs_client", "N", () => this.decide("needs_client")),
      this.button("undo", "U", () => this.back()),
      this.button("previous", "K", () => this.move(-1)),
      this.button("next", "J", () => this.move(1)),
      this.button("play", "P", () => this.playFirst()),
    ];
  }
  key(event) {
    if (!this.words || typing(event) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const act = { j: () => this.move(1), k: () => this.move(-1), a: () => this.decide("approve"), x: () => this.decide("reject"), n: () => this.decide("needs_client"), u: () => this.back(), p: () => this.playFirst() }[event.key.toLowerCase()];
    if (act) { event.preventDefault(); act(); }
  }
  play(one) { tell("play", { start: one.start, end: one.end, segments: one.segments }); }
  playFirst() { const all = this.quotes(), one = all.find((each) => each.start !== null) || all.find((each) => each.segments.length); if (one) this.play(one); }
  move(step) {
    const shown = this.shown(), at = shown.indexOf(this.current);
    const next = shown[Math.min(shown.length - 1, Math.max(0, at + step))];
    if (next && next !== this.current) { this.select(next); intoView(this.list, this.list.querySelector("[aria-current=true]")); }
  }
  // The next one to decide on.
  following(uid) {
    const at = this.order.indexOf(uid);
    return [...this.order.slice(at + 1), ...this.order.slice(0, at)].find((each) => this.rows.get(each).review === "draft");
  }
  send(command) {
    const id = this.outbox.add(command, (answer) => this.heard(answer, command));
    if (command.op !== "undo") this.undo.push({ id, uid: command.uid });
    this.apply(command);
    if (["set", "answer"].includes(command.operation)) this.edited = { uid: command.uid, id };
    return id;
  }
  decide(operation, reason) {
    if (!this.row) return;
    if (operation === "reject" && reason === undefined) { this.askWhy(); return; }
    const late = this.commitAll(), row = this.row, uid = row.uid;
    const edit = late || (this.edited?.uid === uid && this.outbox.waiting.some((one) => one.id === this.edited.id) ? this.edited.id : null);
    const command = { op: "edit", entity: this.entity, uid, operation, reason: reason || null };
    if (operation === "approve") Object.assign(command, { before: row.hash, follows: edit, seen: { review: row.review, stale: row.stale } });
    else command.before = row.review;
    const next = this.following(uid);
    this.send(command);
    this.hideNote();
    if (next) this.select(next); else this.draw(true);
  }
  askWhy() {
    const w = this.words, input = el("input", { type: "text", "aria-label": w.why, placeholder: w.why });
    const go = () => { this.hideNote(); this.decide("reject", input.value.trim()); };
    input.onkeydown = (event) => { if (event.key === "Enter" && !event.isComposing) go(); if (event.key === "Escape") this.hideNote(); };
    this.note(el("div", {}, fill(w.reject_title, { id: this.row.id }), " ", input, " ",
      el("button", { type: "button", class: "main", onclick: go }, w["act.reject"]), " ",
      el("button", { type: "button", onclick: () => this.hideNote() }, w.cancel)));
    input.focus();
  }
  back() {
    this.commitAll();
    const last = this.undo.pop();
    if (last) this.send(last.events ? { op: "undo", events: last.events } : { op: "undo", undoes: last.id });
    this.say(last ? this.words.undoing : this.words.undo_none);
  }
  heard(answer, command) {
    const w = this.words;
    this.made(command.id, answer.ok ? answer.events : []);
    if (answer.ok) {
      this.say(command.op === "undo" ? w.undone : w.saved);
      return;
    }
    this.say("");
    this.refuse(answer, command);
  }
  // Stays until somebody closes it: it holds words that are nowhere else.
  refuse(answer, command) {
    const w = this.words, both = answer.theirs !== null && ["set", "answer"].includes(command.operation) && this.rows.has(command.uid);
    const note = el("div", { class: "refused" }), shut = () => { note.remove(); this.hideNote(); };
    const button = (text, act) => el("button", { type: "button", onclick: () => { shut(); act?.(); } }, text);
    const side = (title, text) => el("div", {}, el("div", { class: "grey" }, title), text);
    const mine = () => { const { id, ...again } = command; this.send({ ...again, before: this.present(command) ?? null }); this.draw(true); };
    const typed = this.typed(command);
    note.append(el("div", {}, this.plainly(answer.message, command.field)));
    if (both) note.append(el("div", { class: "two" }, side(w.theirs, answer.theirs), side(w.yours, answer.yours ?? "")), button(w.take_mine, mine), " ");
    else if (typed) note.append(side(w.yours, typed));
    note.append(button(both ? w.take_theirs : w.close));
    this.$(".note").append(note);
    this.$(".note").hidden = false;
  }
  // The words in a command, whatever else is in it.
  typed({ after, reason, text }) {
    return [after, reason, text].filter((one) => one && typeof one !== "number").map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join("\n");
  }
  plainly(message) { return message; }
  say(text) { const saved = this.$(".saved"); if (saved) saved.textContent = text; }
  // A question to whoever sits here; another one takes its place.
  note(content) {
    this.hideNote();
    content.classList.add("asked");
    this.$(".note").append(content);
    this.$(".note").hidden = false;
  }
  hideNote() {
    this.$(".note .asked")?.remove();
    this.$(".note").hidden = !this.$(".note").childElementCount;
  }
  close() {
    if (this.words) this.commitAll();
    this.listening.abort();
    this.outbox?.close();
  }
}

// What a component of a lane gives the library: one lane for each place it is drawn in.
function laneIn(lanes, Kind) {
  return ({ data, parentElement, setStateValue }) => {
    let lane = lanes.get(parentElement);
    if (!lane) lanes.set(parentElement, (lane = new Kind(parentElement)));
    lane.take(data, setStateValue);
    return () => { lane.close(); lanes.delete(parentElement); };
  };
}
