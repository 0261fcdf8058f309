const UNDO_STAYS = 20000;

// Correcting a turn: one pencil for all rows, an editor in place of the row.
class Pencil {
  constructor(player) {
    this.player = player;
    this.open = null;
    this.button = el("button", { type: "button", class: "pen grey" }, "✎");
    this.button.onclick = () => this.edit(this.button.parentElement);
    for (const name of ["pointerover", "focusin"]) player.turns.addEventListener(name, (event) => this.near(event.target.closest("li")));
  }
  take(data, send) {
    this.words = data.words;
    this.version = data.version;
    this.button.title = data.words.correct;
    this.button.setAttribute("aria-label", data.words.correct);
    if (this.meeting !== data.meeting || this.person !== data.me) {
      this.outbox?.close();
      this.meeting = data.meeting;
      this.person = data.me;
      this.outbox = new Outbox(`${data.meeting}:words`, () => {}, data.me);
      this.drafts = new Drafts(`${data.meeting}:words`, data.me);
    }
    this.outbox.send = (waiting) => send({ who: data.me, waiting });
    this.outbox.answered(data.answers);
  }
  near(line) {
    if (!line || line === this.open || this.button.parentElement === line) return;
    line.append(this.button);
  }
  // The rows were made anew: what somebody is typing goes on in the new one.
  drawn() {
    if (!this.open) return;
    const line = this.player.rows.get(this.open.segment.id);
    if (!line) { this.open = null; return; }
    if (line === this.open) return;
    const editor = this.open.firstElementChild;
    this.open = line;
    line.classList.add("editing");
    line.replaceChildren(editor);
  }
  edit(line) {
    if (this.open) this.shut();
    const w = this.words, one = line.segment;
    const text = el("textarea", { class: "edit-text", "aria-label": w.text });
    text.value = this.drafts.get(one.id)?.value ?? one.text;
    text.oninput = () => this.drafts.put(one.id, one.text, text.value);
    const names = [...new Set(this.player.segments.map((each) => each.speaker).filter(Boolean))];
    const who = el("input", { type: "text", "aria-label": w.speaker, placeholder: w.speaker });
    who.setAttribute("list", "names");
    who.value = one.speaker || "";
    const list = el("datalist", { id: "names" }, names.map((name) => el("option", { value: name })));
    const all = el("select", { "aria-label": w.where }, el("option", { value: "" }, w.this_turn), one.speaker ? el("option", { value: "all" }, fill(w.all_turns, { name: one.speaker })) : null);
    const side = el("select", { "aria-label": w.side }, ["us", "client", "unknown"].map((name) => el("option", { value: name, selected: name === one.side }, w[`side.${name}`])));
    const save = () => this.save(one, text.value, who.value.trim(), side.value, !!all.value);
    const editor = el("div", { class: "editor" }, text,
      el("div", { class: "line" }, who, list, side, all, el("span", { class: "space" }),
        el("button", { type: "button", class: "split", title: w.split_help, onclick: () => this.split(one, text) }, w.split),
        el("button", { type: "button", onclick: () => this.cancel() }, w.cancel),
        el("button", { type: "button", class: "main keep", onclick: save }, w.keep)));
    editor.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key === "Escape" && !event.isComposing) this.cancel();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) save();
    };
    this.open = line;
    line.classList.add("editing");
    line.replaceChildren(editor);
    text.focus();
  }
  cancel() { this.drafts.drop(this.open.segment.id); this.shut(); }
  shut() {
    const line = this.open;
    this.open = null;
    if (!line) return;
    const fresh = this.player.line(line.segment);
    if (line.classList.contains("shown")) fresh.classList.add("shown");
    line.replaceWith(fresh);
    this.player.find();
    fresh.querySelector(".at").focus();
  }
  // Shows at once; the next answer of the desk brings the true words.
  save(one, text, speaker, side, all) {
    const changes = [];
    this.drafts.drop(one.id);
    if (text.trim() && text !== one.text) changes.push({ field: "text", before: one.text, after: text });
    // The side first: all turns of a speaker are found by the name that they still have.
    if (side !== one.side) changes.push({ field: "side", before: one.side, after: side, all });
    if ((speaker || null) !== one.speaker) changes.push({ field: "speaker", before: one.speaker, after: speaker || null, all });
    const act = this.act(changes.length);
    for (const change of changes) {
      for (const each of this.player.segments) {
        if (each === one || (change.all && one.speaker !== null && each.speaker === one.speaker && each !== one)) each.next = { ...each.next, [change.field]: change.after };
      }
      this.send({ uid: one.id, operation: "set", version: this.version, ...change, named: one.speaker }, act);
    }
    for (const each of this.player.segments) {
      if (!each.next) continue;
      Object.assign(each, each.next);
      delete each.next;
      const line = this.player.rows.get(each.id);
      if (line !== this.open) line.replaceWith(this.player.line(each));
    }
    this.shut();
  }
  split(one, text) {
    const at = text.selectionStart;
    if (text.value !== one.text) { this.note(this.words.split_first); return; }
    if (!one.text.slice(0, at).trim() || !one.text.slice(at).trim()) { this.note(this.words.split_where); return; }
    // Characters, as the desk counts them, not the halves of one that JavaScript counts.
    this.send({ uid: one.id, operation: "split", version: this.version, before: one.text, after: [...one.text.slice(0, at)].length }, this.act(1));
    this.shut();
  }
  // What is kept with one click is taken back with one.
  act(left) { return { left, events: [] }; }
  send(command, act) {
    this.player.say(this.words.keeping);
    this.outbox.add({ op: "segment", entity: "segment", ...command }, (answer) => this.heard(answer, act));
  }
  undo(events) {
    this.player.say(this.words.undoing);
    this.outbox.add({ op: "undo", events }, (answer) => this.heard(answer, { ...this.act(1), done: this.words.undone }));
  }
  heard(answer, act) {
    const w = this.words;
    act.left -= 1;
    if (answer.ok) {
      if (!act.done) act.events.push(...answer.events);
    } else {
      const both = answer.theirs !== null && answer.theirs !== undefined;
      this.note(answer.message, both ? el("div", { class: "two" },
        el("div", {}, el("div", { class: "grey" }, w.theirs), answer.theirs),
        el("div", {}, el("div", { class: "grey" }, w.yours), answer.yours ?? "")) : null);
      this.player.rev = null;
    }
    if (act.left) return;
    if (answer.ok || act.events.length) this.told(act); else this.player.say("");
  }
  told(act) {
    const w = this.words, undo = act.events.length ? el("button", { type: "button", class: "undo link", onclick: () => this.undo(act.events) }, w.undo) : null;
    this.player.say(act.done || w.kept, undo);
    clearTimeout(this.fading);
    this.fading = setTimeout(() => { if (!undo || this.player.$(".say .undo") === undo) this.player.say(""); }, undo ? UNDO_STAYS : 3000);
  }
  note(...content) {
    const note = this.player.$(".note");
    note.hidden = false;
    note.replaceChildren(...content.filter(Boolean).map((one) => (typeof one === "string" ? el("div", {}, one) : one)),
      el("button", { type: "button", onclick: () => { note.hidden = true; note.replaceChildren(); } }, this.words.close));
  }
  close() { this.outbox?.close(); }
}
