const KEPT_LATER = 1500;

// Whose words they were, turn by turn: a digit gives the turn at hand to somebody and goes to the next.
class Naming {
  constructor(player) {
    this.player = player;
    this.people = [];
    this.begin();
    this.listening = new AbortController();
    const on = (target, name, act, capture) => target.addEventListener(name, act, { signal: this.listening.signal, capture });
    // Before any lane: a key is for the names while they are being given.
    on(document, "keydown", (event) => this.key(event), true);
    on(document, "visibilitychange", () => { if (document.hidden) this.outbox?.push(); });
    on(player.turns, "click", (event) => this.clicked(event));
    this.switch.onclick = () => (this.open ? this.shut() : this.start());
    this.parts[2].onclick = () => this.add();
    this.form.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key === "Escape" && !event.isComposing) this.noForm();
      if (event.key === "Enter" && !event.isComposing && event.target !== this.parts[2]) { event.preventDefault(); this.add(); }
    };
    this.$(".along input").onchange = () => { if (!this.along) this.player.hold(); };
    this.$(".whose").onchange = () => { this.clear(); this.first(); };
    this.$(".every").onclick = () => this.chooseAll();
    this.$(".back").onclick = () => this.back();
    this.$(".stop").onclick = () => this.shut();
  }
  begin() { this.at = null; this.anchor = null; this.all = false; this.done = []; this.people = []; }
  $(selector) { return this.player.$(`.naming ${selector}`); }
  get switch() { return this.player.$(".namer"); }
  get bar() { return this.player.$(".naming"); }
  // No element of its kind: what asks a server by itself stands nowhere on a page with foreign text.
  get form() { return this.$(".new"); }
  get parts() { return [...this.form.children]; }
  get open() { return !this.bar.hidden; }
  get outbox() { return this.player.pencil.outbox; }
  get segments() { return this.player.segments; }
  get along() { return this.player.sounding && this.$(".along input").checked; }
  take(data) {
    if (this.meeting !== data.meeting || this.person !== data.me) { this.begin(); this.bar.hidden = true; }
    this.meeting = data.meeting;
    this.person = data.me;
    this.words = data.words;
    // Digits stay with those who have them.
    for (const one of data.people || []) this.know(one);
    this.switch.hidden = !data.people || !data.segments.length;
    if (data.people) this.text();
  }
  know(person) {
    const known = this.people.find((one) => one.name === person.name);
    if (known) Object.assign(known, person); else this.people.push({ ...person });
  }
  text() {
    const w = this.words, put = (name, text) => { if (this.$(name).textContent !== text) this.$(name).textContent = text; };
    this.switch.textContent = w.name_turns;
    this.switch.title = w.name_turns_help;
    this.switch.setAttribute("aria-pressed", String(this.open));
    this.bar.setAttribute("aria-label", w.name_turns);
    put(".along span", w.name_along);
    this.$(".along").hidden = !this.player.sounding;
    this.$(".whose").setAttribute("aria-label", w.name_whose);
    this.$(".every").replaceChildren(w.name_all, el("kbd", {}, "A"));
    this.$(".back").replaceChildren(w.name_undo, el("kbd", {}, "U"));
    put(".stop", w.name_stop);
    put(".keys", w.name_keys);
    const [name, side, go] = this.parts;
    name.placeholder = w.name_new;
    name.setAttribute("aria-label", w.name_new);
    side.setAttribute("aria-label", w.side);
    if (!side.options.length) side.append(...["", "client", "us"].map((one) => el("option", { value: one }, one ? w[`side.${one}`] : w.side)));
    go.textContent = w.name_give;
  }
  // What is on its way already shows, whatever came from the desk meanwhile.
  over(segments) {
    const now = new Map();
    for (const command of this.outbox?.waiting || []) {
      if (command.op === "name") for (const one of command.gift?.turns || []) now.set(one.id, { speaker: command.gift.person?.name ?? null, side: command.gift.person?.side ?? "unknown" });
      for (const one of this.restored(command)) now.set(one.id, { speaker: one.speaker, side: one.side });
    }
    return now.size ? segments.map((one) => (now.has(one.id) ? { ...one, ...now.get(one.id) } : one)) : segments;
  }
  restored(command) { return command.op === "undo" ? this.taken?.get(command.id) || [] : []; }
  // Which turns
  drawn() {
    if (!this.open) return;
    if (!this.player.rows.has(this.at)) this.first();
    else this.show();
  }
  start() {
    if (this.player.pencil.open) this.player.pencil.cancel();
    this.bar.hidden = false;
    this.at = null;
    this.clear();
    this.first();
    this.switch.focus();
    // What is told above as soon as the first name is kept does not push this away.
    this.player.$(".player").scrollIntoView({ block: "start" });
    this.stay();
  }
  // Stays where it is on the screen, whatever grows above it; whoever scrolls moves it.
  stay() {
    const top = () => this.bar.getBoundingClientRect().top, host = this.bar.getRootNode().host || this.bar;
    let frame = host.parentElement;
    while (frame && !(frame.scrollHeight > frame.clientHeight && ["auto", "scroll"].includes(getComputedStyle(frame).overflowY))) frame = frame.parentElement;
    if (!frame) return;
    let place = null, ours = false;
    const scrolled = () => { if (!ours) place = null; ours = false; }, look = () => {
      if (!this.open || !this.bar.isConnected) { frame.removeEventListener("scroll", scrolled); return; }
      const was = frame.scrollTop, off = place === null ? 0 : top() - place;
      place ??= top();
      if (Math.abs(off) > 1) frame.scrollTop += off;
      ours ||= frame.scrollTop !== was;
      requestAnimationFrame(look);
    };
    frame.addEventListener("scroll", scrolled, { passive: true });
    requestAnimationFrame(look);
  }
  shut() {
    this.bar.hidden = true;
    this.noForm();
    this.outbox?.push();
    if (this.along) this.player.hold();
    this.unmark();
    this.switch.setAttribute("aria-pressed", "false");
    this.switch.focus();
  }
  noForm() { if (this.form.hidden) return; this.form.hidden = true; if (this.open) this.switch.focus(); }
  clear() { this.anchor = null; this.all = false; }
  whose(one) {
    const whose = this.$(".whose").value;
    return !this.player.rows.get(one.id)?.hidden && (whose === "" || (whose === "-" ? !one.speaker : one.speaker === whose.slice(1)));
  }
  // Where the sound is, else the first that nobody has, else the first.
  first() {
    const some = this.segments.filter((one) => this.whose(one)), heard = this.player.current?.segment;
    const one = some.find((each) => each.id === (this.at ?? heard?.id)) || some.find((each) => !each.speaker) || some[0] || this.segments[0];
    this.go(one);
  }
  next(step, from) {
    const place = this.segments.findIndex((one) => one.id === (from ?? this.at));
    const way = step > 0 ? this.segments.slice(place + 1) : this.segments.slice(0, Math.max(0, place)).reverse();
    return way.find((one) => this.whose(one));
  }
  go(one, silent) {
    if (!one) { this.show(); return; }
    this.at = one.id;
    const line = this.player.rows.get(one.id);
    this.show();
    this.player.reveal(line);
    if (this.along && !silent && one.start !== null) this.player.from(one.start, one.end ?? this.next(1)?.start ?? null, line);
  }
  move(step, more) {
    const one = this.next(step);
    if (!one) { this.say(this.words.name_end); return; }
    this.all = false;
    if (!more) this.anchor = null; else if (this.anchor === null) this.anchor = this.at;
    this.go(one, more);
  }
  chooseAll() { this.clear(); this.all = true; this.show(); }
  chosen() {
    if (this.all) return this.segments.filter((one) => this.whose(one));
    const place = (id) => this.segments.findIndex((one) => one.id === id), at = place(this.at);
    if (at < 0) return [];
    if (this.anchor === null || place(this.anchor) < 0) return [this.segments[at]];
    const [first, last] = [place(this.anchor), at].sort((a, b) => a - b);
    return this.segments.slice(first, last + 1).filter((one) => this.whose(one));
  }
  unmark() {
    for (const line of this.marked || []) { line.classList.remove("chosen", "at-hand"); line.removeAttribute("aria-current"); }
    this.marked = [];
  }
  show() {
    if (!this.open) return;
    const w = this.words, chosen = this.chosen(), at = this.player.rows.get(this.at);
    this.unmark();
    this.marked = [...chosen.map((one) => this.player.rows.get(one.id)), at].filter(Boolean);
    if (chosen.length !== 1 || this.all) for (const one of chosen) this.player.rows.get(one.id)?.classList.add("chosen");
    at?.classList.add("at-hand");
    at?.setAttribute("aria-current", "true");
    this.filters();
    this.buttons();
    const one = at?.segment, place = this.segments.indexOf(one) + 1;
    const facts = [`${place} / ${this.segments.length}`, one && told(one.start), one?.speaker || w.name_nobody];
    this.$(".place").textContent = this.all || this.anchor !== null ? fill(w.name_chosen, { count: chosen.length }) : facts.filter(Boolean).join(" · ");
    this.$(".said").textContent = this.all || this.anchor !== null || !one ? "" : one.text; // for whoever hears the page instead of seeing it
    this.$(".back").disabled = !this.done.length;
  }
  filters() {
    const w = this.words, select = this.$(".whose"), counts = new Map();
    for (const one of this.segments) counts.set(one.speaker, (counts.get(one.speaker) || 0) + 1);
    const some = [["", w.name_every, this.segments.length], ["-", w.name_of_nobody, counts.get(null) || 0], ...[...counts].filter(([name]) => name).map(([name, count]) => [`=${name}`, name, count])];
    const was = select.value;
    const options = some.map(([value, name, count]) => ({ value, text: `${name} (${count})` })).filter((one) => one.value === "" || one.value === was || !one.text.endsWith("(0)"));
    if (JSON.stringify(options) === this.filtered) return;
    this.filtered = JSON.stringify(options);
    select.replaceChildren(...options.map((one) => el("option", { value: one.value }, one.text)));
    select.value = options.some((one) => one.value === was) ? was : "";
  }
  buttons() {
    const w = this.words, told = JSON.stringify([this.people, w.name_nobody]);
    if (told === this.buttoned) return;
    this.buttoned = told;
    const one = (person, at) => el("button", { type: "button", class: "give", "aria-keyshortcuts": at < 9 ? String(at + 1) : null, onclick: () => this.give(person) },
      at < 9 ? el("kbd", {}, String(at + 1)) : null, el("span", { class: "name" }, person.name), el("span", { class: "grey" }, w[`side.${person.side}`]));
    this.$(".people").replaceChildren(...this.people.map(one),
      el("button", { type: "button", class: "nobody", "aria-keyshortcuts": "0", onclick: () => this.give(null) }, el("kbd", {}, "0"), w.name_nobody),
      el("button", { type: "button", class: "more", "aria-keyshortcuts": "N", onclick: () => this.ask() }, el("kbd", {}, "N"), w.name_add));
  }
  // What people do
  key(event) {
    // The list of whose turns has the arrows for itself, and needs no letter.
    const list = event.composedPath()[0] === this.$(".whose");
    if (!this.open || (list ? event.key.startsWith("Arrow") : typing(event)) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const key = event.key.toLowerCase(), more = event.shiftKey;
    const keys = { arrowdown: () => this.move(1, more), arrowup: () => this.move(-1, more), j: () => this.move(1, more), k: () => this.move(-1, more),
      a: () => this.chooseAll(), n: () => this.ask(), u: () => this.back(), backspace: () => this.back(), p: () => this.hear(), x: () => {}, escape: () => this.escape() };
    const digit = /^Digit[0-9]$|^Numpad[0-9]$/.test(event.code) && !more ? Number(event.code.slice(-1)) : /^[0-9]$/.test(key) ? Number(key) : null;
    const act = digit === null ? keys[key] : () => { const person = this.people[digit - 1]; if (digit === 0) this.give(null); else if (person) this.give(person); };
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  }
  escape() { if (this.all || this.anchor !== null) { this.clear(); this.show(); } else this.shut(); }
  hear() {
    if (!this.player.audio) return;
    const one = this.player.rows.get(this.at)?.segment;
    if (!this.player.audio.paused) this.player.hold();
    else if (one) this.player.from(one.start, one.end ?? this.next(1)?.start ?? null, null);
  }
  clicked(event) {
    const line = event.target.closest("li");
    if (!this.open || !line || event.target.closest(".pen, .editor")) return;
    if (event.shiftKey) { getSelection()?.removeAllRanges(); this.anchor ??= this.at; } else this.anchor = null;
    this.all = false;
    this.at = line.segment.id;
    this.show();
  }
  ask() {
    this.form.hidden = false;
    const [field, side] = this.parts;
    field.value = side.value = "";
    field.focus();
  }
  // Whose side somebody is on is never taken for granted: an ask rests on it.
  add() {
    const [field, side] = this.parts, name = field.value.trim().replace(/\s+/g, " ");
    if (!name) { field.focus(); return; }
    const known = this.people.find((one) => one.name === name);
    if (!known && !side.value) { side.focus(); return; }
    const person = known || { name, side: side.value };
    this.know(person);
    this.noForm();
    this.give(this.people.find((one) => one.name === name));
  }
  // Shows at once and is kept a moment later, with what came right after it.
  give(person) {
    const given = { speaker: person?.name ?? null, side: person?.side ?? "unknown" }, chosen = this.chosen(), last = chosen.at(-1);
    const turns = chosen.filter((one) => one.speaker !== given.speaker || one.side !== given.side).map(({ id, speaker, side }) => ({ id, speaker, side }));
    if (turns.length) {
      const id = this.outbox.add({ op: "name", entity: "segment", gift: { turns, person: person && { name: person.name, side: person.side } } }, (answer) => this.heard(answer), turns.length > 1 ? 0 : KEPT_LATER);
      this.done.push({ id, turns, at: this.at });
      this.write(turns.map(({ id: uid }) => ({ id: uid, ...given })));
      this.say(this.words.name_keeping);
    }
    const following = last && this.next(1, last.id);
    this.clear();
    this.go(following || last);
    if (!following) this.say(this.words.name_end);
  }
  write(turns) {
    const now = new Map(turns.map(({ id, speaker, side }) => [id, { speaker, side }]));
    this.player.segments = this.segments.map((one) => (now.has(one.id) ? { ...one, ...now.get(one.id) } : one));
    for (const one of this.segments) if (now.has(one.id)) this.player.relabel(one);
  }
  back() {
    const last = this.done.pop();
    if (!last) { this.say(this.words.name_undo_none); return; }
    const id = this.outbox.add(last.events ? { op: "undo", events: last.events } : { op: "undo", undoes: last.id }, (answer) => this.heard(answer));
    (this.taken ||= new Map()).set(id, last.turns);
    this.write(last.turns);
    this.clear();
    this.say(this.words.undoing);
    this.go(this.segments.find((one) => one.id === last.at), last.turns.length > 1);
  }
  heard(answer) {
    const act = this.done.find((one) => one.id === answer.id), back = this.taken?.delete(answer.id);
    if (answer.ok) {
      if (act) act.events = answer.events;
      if (this.outbox.waiting.every((one) => !["name", "undo"].includes(one.op))) this.say(back ? this.words.undone : this.words.kept);
      return;
    }
    this.done = this.done.filter((one) => one !== act);
    this.say("");
    this.player.pencil.note(answer.message);
    this.player.rev = null;
  }
  say(text) { this.$(".kept").textContent = text; }
  close() { this.listening.abort(); this.outbox?.push(); }
}
