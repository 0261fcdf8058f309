const LANES = new WeakMap();

class Lane {
  constructor(root) {
    this.root = root;
    this.items = new Map();
    this.order = [];
    this.current = null;
    this.undo = [];
    this.timers = new Map();
    this.onKey = (event) => this.key(event);
    document.addEventListener("keydown", this.onKey);
    this.onLeave = () => this.commitAll();
    window.addEventListener("pagehide", this.onLeave);
    // A field that loses the cursor is saved: what the finger is on must stay until it is up.
    this.onPress = () => { clearTimeout(this.up); this.pressed = true; };
    this.onRelease = (event) => { clearTimeout(this.up); this.up = setTimeout(() => { this.pressed = false; if (this.late) this.draw(); }, untilClicked(event)); };
    this.root.addEventListener("pointerdown", this.onPress);
    for (const name of ["pointerup", "pointercancel", "click"]) window.addEventListener(name, this.onRelease);
    this.onSelect = (event) => { if (this.items.has(event.detail.uid)) this.select(event.detail.uid); };
    document.addEventListener("dragoman:select", this.onSelect);
    this.onAsk = () => { if (this.words) tell("show", { segments: this.segments() }); };
    document.addEventListener("dragoman:ask", this.onAsk);
    this.$(".all input").onchange = () => this.draw();
    this.$(".bulk").onclick = () => this.bulk();
  }
  $(selector) { return this.root.querySelector(selector); }
  take(data, send) {
    this.words = data.words;
    if (this.meeting !== data.meeting) {
      this.meeting = data.meeting;
      if (this.outbox) this.outbox.close();
      this.outbox = new Outbox(data.meeting, send);
      this.drafts = new Drafts(data.meeting);
      this.current = data.selected;
      this.undo = [];
    }
    this.outbox.send = send;
    this.items = new Map(data.items.map((item) => [item.uid, item]));
    this.order = data.items.map((item) => item.uid);
    this.outbox.answered(data.answers);
    this.overlay();
    if (!this.items.has(this.current)) this.current = this.open()[0] || this.order[0] || null;
    this.draw();
  }
  // What is on its way already shows: nobody waits for the server.
  overlay() {
    for (const command of this.outbox.waiting) this.apply(command);
  }
  apply(command) {
    const after = { approve: "approved", reject: "rejected", needs_client: "needs_client", reopen: "draft" };
    if (command.op === "approve_many") {
      for (const [uid] of command.items) { const item = this.items.get(uid); if (item) item.review = "approved"; }
      return;
    }
    const item = this.items.get(command.uid);
    if (!item || command.op !== "edit") return;
    if (after[command.operation]) item.review = after[command.operation];
    else if (command.operation === "set") this.write(item, command.field, command.after);
  }
  write(item, field, value) {
    if (field === "text") item.text = value;
    else { const one = item.fields.find((each) => each.name === field); if (one) one.value = value; }
    if (item.review === "approved") item.review = "draft";
    item.edited = true;
  }
  read(item, field) {
    return field === "text" ? item.text : item.fields.find((each) => each.name === field)?.value;
  }
  open() { return this.order.filter((uid) => this.items.get(uid).review === "draft"); }
  shown() { return this.$(".all input").checked ? this.order : this.order.filter((uid) => uid === this.current || this.items.get(uid).review === "draft"); }
  draw() {
    this.late = this.pressed;
    if (this.pressed) return;
    const w = this.words, left = this.open().length;
    this.$(".left").textContent = left ? fill(w.left, { count: left, total: this.order.length }) : w.all_done;
    this.$(".all span").textContent = w.show_all;
    const good = this.good();
    this.$(".bulk").textContent = fill(w.bulk, { count: good.length });
    this.$(".bulk").hidden = !good.length;
    this.drawCard();
    this.drawBar();
    this.drawList();
    tell("show", { segments: this.segments() });
  }
  segments() {
    const item = this.items.get(this.current);
    return item ? item.evidence.flatMap((one) => one.segments) : [];
  }
  good() { return this.open().filter((uid) => { const item = this.items.get(uid); return item.good && item.hash; }); }
  drawCard() {
    const card = this.$(".card"), item = this.items.get(this.current), w = this.words;
    this.$(".empty").hidden = !!item;
    card.hidden = !item;
    if (!item) { this.$(".empty").textContent = w.nothing; card.replaceChildren(); this.carded = null; return; }
    const focus = this.root.activeElement || (this.root.getRootNode && this.root.getRootNode().activeElement);
    const same = this.carded === item.uid && focus && card.contains(focus);
    if (same) { this.refresh(card, item); return; }
    this.carded = item.uid;
    card.replaceChildren(this.title(item), this.area(item), this.fields(item), this.facts(item), this.evidence(item));
    this.restore(card, item);
  }
  // Somebody types here: nothing under their hands is made anew.
  refresh(card, item) {
    card.querySelector(".title").replaceWith(this.title(item));
    for (const field of card.querySelectorAll("[data-field]")) {
      if (field === (this.root.getRootNode().activeElement)) continue;
      const value = this.read(item, field.dataset.field) ?? "";
      if (!this.drafts.get(`${item.uid}:${field.dataset.field}`) && field.value !== value) field.value = value;
    }
  }
  title(item) {
    const w = this.words, place = this.order.indexOf(item.uid) + 1;
    const mark = { approved: "ok", rejected: "grey", needs_client: "warn", draft: "" }[item.review];
    return el("div", { class: "title" },
      el("span", { class: "chip" }, w[`kind.${item.kind}`]),
      el("strong", {}, item.id),
      item.review === "draft" ? null : el("span", { class: mark }, w[`review.${item.review}`]),
      item.doubt === "none" ? null : el("span", { class: ["missing", "weak"].includes(item.doubt) ? "bad" : "warn" }, w[`doubt.${item.doubt}`]),
      ...item.stale_words.map((text) => el("span", { class: "warn" }, text)),
      item.edited ? el("span", { class: "grey" }, w.edited) : null,
      item.spec ? el("button", { type: "button", class: "link", onclick: () => this.goto(item.spec) }, fill(w.to_spec, { id: item.spec })) : null,
      el("span", { class: "space" }), el("span", { class: "grey" }, `${place} / ${this.order.length}`));
  }
  area(item) {
    const area = el("textarea", { class: "text", rows: 2, "aria-label": this.words["field.text"] });
    area.dataset.field = "text";
    area.value = item.text;
    this.watch(area, item, "text");
    return area;
  }
  fields(item) {
    return el("div", { class: "fields" }, item.fields.map((field) => this.field(item, field)));
  }
  field(item, field) {
    const w = this.words, label = w[`field.${field.name}`] || field.name;
    if (field.kind === "choice") {
      const select = el("select", { "aria-label": label }, field.options.map((value) =>
        el("option", { value, selected: value === field.value }, w[`option.${field.name}.${value}`] || value)));
      select.dataset.field = field.name;
      select.onchange = () => this.set(item.uid, field.name, field.value, select.value);
      return el("label", {}, el("span", { class: "grey" }, label), select);
    }
    const input = el("input", { type: field.kind === "date" ? "date" : "text", "aria-label": label });
    input.dataset.field = field.name;
    input.value = field.value || "";
    this.watch(input, item, field.name);
    return el("label", { class: ["pain", "deliverable", "a.text", "b.text"].includes(field.name) ? "wide" : "" }, el("span", { class: "grey" }, label), input);
  }
  facts(item) {
    const w = this.words;
    return el("div", { class: "grey" }, Object.entries(item.facts).map(([name, value]) =>
      el("div", {}, value === true ? w[`fact.${name}`] : fill(w[`fact.${name}`], { value }))));
  }
  evidence(item) {
    const w = this.words;
    if (!item.evidence.some((one) => one.segments.length)) return el("p", { class: "bad" }, w.no_words);
    return el("ul", { class: "evidence" }, item.evidence.filter((one) => one.segments.length).map((one) =>
      el("li", {},
        el("button", { type: "button", class: "link", "aria-label": fill(w.play_at, { time: clock(one.start) }), onclick: () => this.play(one) }, `▶ ${clock(one.start)}`),
        el("span", { class: "grey" }, one.speaker || "–"),
        el("q", {}, `“${one.quote}”`),
        el("span", { class: ["weak", "missing"].includes(one.match) ? "bad" : one.match === "fuzzy" ? "warn" : "grey" }, w[`match.${one.match}`]))));
  }
  drawBar() {
    const w = this.words, none = !this.items.has(this.current);
    const button = (name, key, act, kind) => el("button", { type: "button", class: kind || "", disabled: none && name !== "undo", onclick: act, "data-act": name }, w[`act.${name}`], el("kbd", {}, key));
    this.$(".bar").replaceChildren(
      button("approve", "A", () => this.decide("approve"), "main"),
      button("reject", "X", () => this.decide("reject")),
      button("needs_client", "N", () => this.decide("needs_client")),
      button("undo", "U", () => this.back()),
      button("previous", "K", () => this.move(-1)),
      button("next", "J", () => this.move(1)),
      button("play", "P", () => this.playCurrent()));
  }
  drawList() {
    const w = this.words, marks = { draft: "·", approved: "✓", rejected: "✗", needs_client: "?" };
    const list = this.$(".list"), top = list.scrollTop;
    list.replaceChildren(...this.shown().map((uid) => {
      const item = this.items.get(uid);
      const line = el("li", { tabIndex: 0, onclick: () => this.select(uid), onkeydown: (event) => { if (event.key === "Enter") this.select(uid); } },
        el("span", { title: w[`review.${item.review}`] }, marks[item.review]),
        el("span", { class: "grey" }, w[`kind.${item.kind}`]), el("span", {}, item.id),
        el("span", { class: "text" }, item.text),
        el("span", { class: ["missing", "weak"].includes(item.doubt) ? "bad" : "warn" }, item.doubt === "none" ? "" : w[`doubt.${item.doubt}`]));
      if (uid === this.current) line.setAttribute("aria-current", "true");
      return line;
    }));
    list.scrollTop = top;
  }
  select(uid) { this.commitAll(); this.current = uid; this.hideNote(); this.draw(); }
  move(step) {
    const shown = this.shown(), at = shown.indexOf(this.current);
    const next = shown[Math.min(shown.length - 1, Math.max(0, at + step))];
    if (next) { this.select(next); intoView(this.$(".list"), this.$(".list [aria-current=true]")); }
  }
  // Typing: kept in the browser with every letter, sent when it rests.
  watch(field, item, name) {
    const draft = `${item.uid}:${name}`;
    field.oninput = () => {
      const before = this.drafts.get(draft)?.before ?? (this.read(item, name) ?? null);
      this.drafts.put(draft, before, field.value);
      this.$(".saved").textContent = this.words.typing;
      clearTimeout(this.timers.get(draft));
      this.timers.set(draft, setTimeout(() => { if (!this.composing) this.commit(item.uid, name); }, 900));
    };
    field.addEventListener("compositionstart", () => { this.composing = true; });
    field.addEventListener("compositionend", () => { this.composing = false; field.oninput(); });
    field.onblur = () => this.commit(item.uid, name);
    field.onkeydown = (event) => {
      if (event.key === "Escape") field.blur();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey || field.tagName === "INPUT") && !event.isComposing) { this.commit(item.uid, name); if (field.tagName === "INPUT") field.blur(); }
    };
  }
  restore(card, item) {
    for (const field of card.querySelectorAll("[data-field]")) {
      const draft = this.drafts.get(`${item.uid}:${field.dataset.field}`);
      if (draft) { field.value = draft.value; this.commit(item.uid, field.dataset.field); }
    }
  }
  commit(uid, name) {
    const draft = this.drafts.get(`${uid}:${name}`);
    clearTimeout(this.timers.get(`${uid}:${name}`));
    if (!draft) return null;
    this.drafts.drop(`${uid}:${name}`);
    const value = name === "text" || draft.value !== "" ? draft.value : null;
    if (value === (draft.before ?? null)) { this.$(".saved").textContent = ""; return null; }
    return this.set(uid, name, draft.before ?? null, value);
  }
  commitAll() {
    const item = this.items.get(this.current);
    if (!item) return null;
    let last = null;
    for (const name of ["text", ...item.fields.map((field) => field.name)]) last = this.commit(item.uid, name) || last;
    return last;
  }
  set(uid, field, before, after) {
    const item = this.items.get(uid);
    if (item) this.write(item, field, after);
    const id = this.outbox.add({ op: "edit", entity: "item", uid, operation: "set", field, before, after },
      (answer, command) => this.heard(answer, command));
    this.edited = { uid, id };
    this.draw();
    return id;
  }
  decide(operation, reason) {
    const item = this.items.get(this.current);
    if (!item) return;
    if (operation === "reject" && reason === undefined) { this.ask(item); return; }
    const edit = this.commitAll() || (this.edited && this.edited.uid === item.uid && this.outbox.waiting.some((one) => one.id === this.edited.id) ? this.edited.id : null);
    const command = { op: "edit", entity: "item", uid: item.uid, operation, reason: reason || null };
    if (operation === "approve") Object.assign(command, { before: item.hash, follows: edit, seen: edit ? null : { review: item.review, stale: item.stale } });
    else command.before = edit ? "draft" : item.review;
    const shown = this.shown(), next = this.following(item.uid);
    this.outbox.add(command, (answer) => this.heard(answer, command));
    this.apply(command);
    this.hideNote();
    this.current = next || shown[shown.indexOf(item.uid) + 1] || item.uid;
    this.draw();
  }
  following(uid) {
    const at = this.order.indexOf(uid);
    return [...this.order.slice(at + 1), ...this.order.slice(0, at)].find((each) => this.items.get(each).review === "draft");
  }
  ask(item) {
    const w = this.words, input = el("input", { type: "text", "aria-label": w.why, placeholder: w.why });
    const go = () => { this.hideNote(); this.decide("reject", input.value.trim()); };
    input.onkeydown = (event) => { if (event.key === "Enter" && !event.isComposing) go(); if (event.key === "Escape") { this.hideNote(); } };
    this.note(el("div", {}, fill(w.reject_title, { id: item.id }), " ", input, " ",
      el("button", { type: "button", class: "main", onclick: go }, w["act.reject"]), " ",
      el("button", { type: "button", onclick: () => this.hideNote() }, w.cancel)));
    input.focus();
  }
  bulk() {
    const w = this.words, chosen = this.good();
    const go = () => {
      const items = chosen.map((uid) => [uid, this.items.get(uid).hash]);
      const command = { op: "approve_many", items };
      this.outbox.add(command, (answer) => this.heard(answer, command));
      this.apply(command);
      this.hideNote();
      this.current = this.open()[0] || this.current;
      this.draw();
    };
    this.note(el("div", {}, fill(w.bulk_title, { count: chosen.length }), " ",
      el("button", { type: "button", class: "main go", onclick: go }, fill(w.bulk, { count: chosen.length })), " ",
      el("button", { type: "button", onclick: () => this.hideNote() }, w.cancel)));
    this.$(".note .go").focus();
  }
  back() {
    const events = this.undo.pop() || [];
    this.outbox.add({ op: "undo", events }, (answer) => this.heard(answer, { op: "undo" }));
    this.$(".saved").textContent = this.words.undoing;
  }
  heard(answer, command) {
    const w = this.words;
    if (answer.ok) {
      if (answer.events.length) this.undo.push(answer.events);
      this.$(".saved").textContent = command.op === "undo" ? w.undone : w.saved;
      return;
    }
    this.$(".saved").textContent = "";
    const again = command.operation === "set" && answer.theirs !== null;
    this.note(el("div", {}, el("div", {}, answer.message), again ? el("div", { class: "two" },
      el("div", {}, el("div", { class: "grey" }, w.theirs), answer.theirs ?? ""),
      el("div", {}, el("div", { class: "grey" }, w.yours), answer.yours ?? "")) : null,
      again ? el("button", { type: "button", onclick: () => { this.hideNote(); const item = this.items.get(command.uid); this.set(command.uid, command.field, this.read(item, command.field) ?? null, command.after); } }, w.take_mine) : null, " ",
      el("button", { type: "button", onclick: () => this.hideNote() }, again ? w.take_theirs : w.close)));
  }
  note(content) { const note = this.$(".note"); note.replaceChildren(content); note.hidden = false; }
  hideNote() { this.$(".note").hidden = true; this.$(".note").replaceChildren(); }
  play(one) { tell("play", { start: one.start, end: one.end, segments: one.segments }); }
  playCurrent() { const item = this.items.get(this.current); const one = item?.evidence.find((each) => each.start !== null); if (one) this.play(one); }
  goto(spec) { this.commitAll(); location.assign(`specs?m=${encodeURIComponent(this.meeting)}&spec=${encodeURIComponent(spec)}`); }
  key(event) {
    if (typing(event) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const act = { j: () => this.move(1), k: () => this.move(-1), a: () => this.decide("approve"), x: () => this.decide("reject"), n: () => this.decide("needs_client"), u: () => this.back(), p: () => this.playCurrent() }[event.key.toLowerCase()];
    if (act) { event.preventDefault(); act(); }
  }
  close() {
    this.commitAll();
    document.removeEventListener("keydown", this.onKey);
    document.removeEventListener("dragoman:select", this.onSelect);
    document.removeEventListener("dragoman:ask", this.onAsk);
    window.removeEventListener("pagehide", this.onLeave);
    this.root.removeEventListener("pointerdown", this.onPress);
    for (const name of ["pointerup", "pointercancel", "click"]) window.removeEventListener(name, this.onRelease);
    this.outbox.close();
  }
}

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  let lane = LANES.get(parentElement);
  if (!lane) LANES.set(parentElement, (lane = new Lane(parentElement)));
  lane.take(data, (waiting) => setStateValue("outbox", waiting));
  return () => { lane.close(); LANES.delete(parentElement); };
}
