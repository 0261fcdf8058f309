const SPEC_LANES = new WeakMap();
const STATE_AFTER = { approve: "approved", reject: "rejected", needs_client: "needs_client", reopen: "draft" };

class SpecLane {
  constructor(root) {
    this.root = root;
    this.specs = new Map();
    this.order = [];
    this.undo = [];
    this.timers = new Map();
    this.unfolded = new Set();
    this.sheet = new SpecSheet(this);
    this.onKey = (event) => this.key(event);
    this.onLeave = () => this.commitAll();
    this.onSpec = (event) => { const spec = [...this.specs.values()].find((one) => one.id === event.detail.id); if (spec) this.select(spec.uid); };
    this.onSize = () => this.tall();
    window.addEventListener("resize", this.onSize);
    this.onDown = () => { clearTimeout(this.up); this.down = true; };
    // What is under the mouse stays until the click has arrived.
    this.onUp = (event) => { clearTimeout(this.up); this.up = setTimeout(() => { this.down = false; if (this.late) this.draw(); }, Math.max(30, untilClicked(event))); };
    document.addEventListener("keydown", this.onKey);
    document.addEventListener("dragoman:spec", this.onSpec);
    window.addEventListener("pagehide", this.onLeave);
    root.addEventListener("pointerdown", this.onDown);
    for (const name of ["pointerup", "pointercancel", "click"]) window.addEventListener(name, this.onUp);
    this.$(".sheet").addEventListener("focusout", () => setTimeout(() => { if (this.late) this.draw(); }, 0));
  }
  $(selector) { return this.root.querySelector(selector); }
  take(data, send) {
    this.words = data.words;
    this.me = data.me;
    this.choices = data.choices;
    this.paths = new SpecPaths(data);
    if (this.meeting !== data.meeting) {
      this.meeting = data.meeting;
      if (this.outbox) this.outbox.close();
      this.outbox = new Outbox(data.meeting, send);
      this.drafts = new Drafts(data.meeting);
      this.current = data.selected;
      this.order = [];
      this.undo = [];
    }
    this.outbox.send = send;
    this.specs = new Map(JSON.parse(JSON.stringify(data.specs)).map((spec) => [spec.uid, spec]));
    // The list keeps its order while somebody works with it.
    const known = this.order.filter((uid) => this.specs.has(uid));
    this.order = [...known, ...data.specs.map((spec) => spec.uid).filter((uid) => !known.includes(uid))];
    this.outbox.answered(data.answers);
    for (const command of this.outbox.waiting) this.apply(command);
    if (!this.specs.has(this.current)) this.current = this.order[0] || null;
    this.draw();
    if (this.restored !== this.current) this.restore();
  }
  get spec() { return this.specs.get(this.current); }
  // What is on its way already shows: nobody waits for the server.
  apply(command) {
    const spec = this.specs.get(command.uid);
    if (!spec || command.op !== "edit") return;
    if (STATE_AFTER[command.operation]) {
      spec.review = STATE_AFTER[command.operation];
      if (command.operation === "approve") { spec.stale_words = []; spec.approved_by = [this.me]; }
      return;
    }
    if (command.operation === "set") this.paths.set(spec.v, command.field, command.after);
    if (command.operation === "answer") {
      const asked = spec.v.open_questions.find((one) => one.id === command.field);
      if (asked) { asked.answer = command.after; spec.answered[asked.id] = command.reason; }
    }
    if (spec.review === "approved") spec.review = "draft";
  }
  waits(spec) { return spec.v.open_questions.filter((one) => one.blocking && !one.answer).length; }
  errors(spec) { return spec.findings.filter((one) => one.severity === "error").length; }
  focused() { const at = this.root.getRootNode().activeElement; return at && ["TEXTAREA", "INPUT"].includes(at.tagName) && at.type !== "checkbox" && this.root.contains(at) ? at : null; }
  places() { return [...this.$(".sheet").querySelectorAll("button, input, textarea, select, summary")]; }
  draw(anyway) {
    this.late = !!this.down && !anyway;
    if (this.late) return;
    this.drawList();
    const at = this.focused();
    if (at && this.drawn === this.current && !anyway) {
      // Somebody types here: nothing under their hands is made anew.
      this.late = this.$(".sheet").contains(at);
      this.refresh(at);
      this.drawBar();
      return;
    }
    this.drawn = this.current;
    const sheet = this.$(".sheet"), said = this.$(".said"), top = this.spec && this.shownOf === this.current ? sheet.scrollTop : 0;
    this.drawTop();
    this.drawBar();
    if (this.shownOf === undefined) this.tall();
    if (!this.spec) return;
    const place = this.places().indexOf(this.root.getRootNode().activeElement);
    this.drawSaid();
    sheet.replaceChildren(...this.sheet.draw(this.spec));
    sheet.scrollTop = top;
    if (place >= 0 && this.shownOf === this.current) this.places()[place]?.focus({ preventScroll: true });
    if (this.shownOf !== this.current) { said.scrollTop = 0; intoView(this.$(".all"), this.$(".all [aria-current=true]")); tell("show", { segments: this.spec.said.flatMap((one) => one.segments) }); }
    this.shownOf = this.current;
    this.fit();
  }
  // As tall as the window leaves room for; below it lies one more line.
  tall() {
    const box = this.$(".specs"), top = box.getBoundingClientRect().top;
    if (top > 0 && window.innerWidth > 640) box.style.height = `${Math.max(420, window.innerHeight - top - 66)}px`;
    else box.style.height = "";
  }
  // Browsers that do not grow fields with their text are helped.
  fit() {
    if (CSS.supports("field-sizing", "content")) return;
    for (const area of this.root.querySelectorAll(".sheet textarea, .top textarea")) { area.style.height = "auto"; area.style.height = `${area.scrollHeight}px`; }
  }
  refresh(at) {
    for (const field of this.root.querySelectorAll("[data-path]")) {
      if (field === at || this.drafts.get(`${this.current}:${field.dataset.path}`)) continue;
      const found = this.paths.raw(this.spec.v, field.dataset.path), value = found && typeof found === "object" ? found.value : found;
      if (value !== undefined && field.value !== String(value ?? "")) field.value = String(value ?? "");
    }
  }
  drawList() {
    const w = this.words, marks = { draft: "·", approved: "✓", rejected: "✗", needs_client: "?" }, list = this.$(".all"), top = list.scrollTop;
    list.replaceChildren(...this.order.map((uid) => {
      const spec = this.specs.get(uid), errors = this.errors(spec), waits = this.waits(spec);
      const line = nest("li", { tabIndex: 0, onclick: () => this.select(uid), onkeydown: (event) => { if (event.key === "Enter") this.select(uid); } },
        el("span", { title: w[`review.${spec.review}`] }, marks[spec.review]), el("span", { class: "grey" }, spec.id),
        el("span", { class: "name", title: spec.v.title }, spec.v.title),
        errors ? el("small", { class: "bad" }, fill(w.count_errors, { count: errors })) : waits ? el("small", { class: "warn" }, fill(w.count_blocking, { count: waits })) : spec.stale_words.length ? el("small", { class: "warn" }, w.look_again) : null);
      if (uid === this.current) line.setAttribute("aria-current", "true");
      return line;
    }));
    list.scrollTop = top;
  }
  drawTop() {
    const w = this.words, spec = this.spec, top = this.$(".top"), kept = this.$(".saved")?.textContent || "";
    if (!spec) { top.replaceChildren(); return; }
    this.sheet.spec = spec;
    this.sheet.v = spec.v;
    this.sheet.told = new Set();
    top.replaceChildren(...[
      spec.asks.map((ask) => el("button", { type: "button", class: "link", title: ask.text, onclick: () => this.toAsk(ask) }, `${ask.id} ›`)),
      el("strong", {}, spec.id),
      spec.review === "draft" ? null : el("span", { class: spec.review === "approved" ? "ok" : spec.review === "rejected" ? "grey" : "warn" }, w[`review.${spec.review}`], spec.review === "approved" && spec.approved_by.length ? ` (${spec.approved_by.join(w.comma)})` : ""),
      spec.edited ? el("span", { class: "grey" }, w.edited) : null,
      spec.stale_words.map((text) => el("span", { class: "warn" }, text)),
      spec.not_for.length ? el("span", { class: "warn" }, fill(w.not_for, { names: spec.not_for.join(w.comma) })) : null,
      el("span", { class: "space" }), el("span", { class: "grey saved", role: "status" }, kept),
      this.sheet.named("kind", this.choices.kind), this.sheet.named("fit", this.choices.fit), this.sheet.named("visibility", this.choices.visibility),
      el("span", { class: "grey" }, `${this.order.indexOf(spec.uid) + 1} / ${this.order.length}`),
      nest("div", { class: "title" }, this.sheet.text("title", spec.v.title, w["part.title"]), this.sheet.findings("title")),
    ].flat(9).filter(Boolean));
  }
  drawBar() {
    const w = this.words, spec = this.spec;
    const button = (name, key, act, kind) => el("button", { type: "button", class: kind || "", disabled: !spec && name !== "undo", onclick: act, "data-act": name }, w[`act.${name}`], el("kbd", {}, key));
    this.$(".bar").replaceChildren(
      button("approve", "A", () => this.decide("approve"), "main"), button("reject", "X", () => this.decide("reject")),
      button("needs_client", "N", () => this.decide("needs_client")), button("undo", "U", () => this.back()),
      button("previous", "K", () => this.move(-1)), button("next", "J", () => this.move(1)), button("play", "P", () => this.playFirst()),
      ...[spec && this.against(spec)].filter(Boolean).map((text) => el("span", { class: "against warn" }, text)));
  }
  // A yes is possible; handing it to the developers is not, and that is said before.
  against(spec) {
    const w = this.words, waits = this.waits(spec), errors = this.errors(spec);
    const why = [waits ? fill(w.against_questions, { count: waits }) : null, errors ? fill(w.against_errors, { count: errors }) : null].filter(Boolean);
    return why.length ? fill(w.against, { why: why.join(w.comma) }) : "";
  }
  drawSaid() {
    const w = this.words, spec = this.spec, pain = spec.v.pain;
    this.$(".said").replaceChildren(...[
      el("h4", {}, w.client_words),
      spec.said.length ? nest("ul", {}, spec.said.map((one) => this.quoted(one))) : el("p", { class: "bad" }, w.no_words),
      el("h4", {}, w["part.pain"]),
      this.sheet.text("pain", pain.value, w["part.pain"], { placeholder: w["origin.unknown"] }), this.sheet.source(pain, null, null),
      el("h4", {}, w["part.scope"]),
      el("div", {}, this.sheet.named("scope.verdict", this.choices["scope.verdict"])),
      this.sheet.text("scope.line", spec.v.scope.line, w.scope_line, { placeholder: w.scope_line }),
    ].flat(9).filter(Boolean));
  }
  quoted(one) {
    const bad = ["weak", "missing"].includes(one.match);
    const line = nest("li", {}, nest("div", { class: "by" }, this.playButton(one), el("span", { class: "grey" }, one.speaker || "–"), el("span", { class: "space" }),
      el("span", { class: bad ? "bad" : one.match === "fuzzy" ? "warn" : "grey" }, this.words[`match.${one.match}`])), el("q", {}, `“${one.quote}”`));
    line.dataset.segments = one.segments.join(" ");
    return line;
  }
  mark(segments) {
    for (const line of this.root.querySelectorAll(".said li")) line.classList.toggle("marked", line.dataset.segments.split(" ").some((id) => segments.includes(id)));
  }
  playButton(one) {
    return el("button", { type: "button", class: "link", "aria-label": fill(this.words.play_at, { time: clock(one.start) }), title: `“${one.quote}”`, onclick: () => tell("play", { start: one.start, end: one.end, segments: one.segments }) }, `▶ ${clock(one.start)}`);
  }
  playFirst() { const one = this.spec?.said.find((each) => each.start !== null); if (one) tell("play", { start: one.start, end: one.end, segments: one.segments }); }
  toAsk(ask) { this.commitAll(); location.assign(`review?m=${encodeURIComponent(this.meeting)}&item=${encodeURIComponent(ask.id)}`); }
  select(uid) {
    this.commitAll();
    this.current = uid;
    this.adds = null;
    this.hideNote();
    const address = new URL(location.href);
    address.searchParams.set("spec", this.spec.id);
    history.replaceState(history.state, "", address);
    this.draw(true);
    this.restore();
  }
  move(step) {
    const at = this.order.indexOf(this.current), next = this.order[Math.min(this.order.length - 1, Math.max(0, at + step))];
    if (next && next !== this.current) { this.select(next); intoView(this.$(".all"), this.$(".all [aria-current=true]")); }
  }
  unfold(name, open) { if (open) this.unfolded.add(name); else this.unfolded.delete(name); }
  add(name) {
    this.commitAll();
    this.adds = name;
    this.draw(true);
    const path = `${name}[${this.spec.v[name].length}]`;
    [...this.root.querySelectorAll("[data-path]")].find((field) => field.dataset.path.startsWith(path))?.focus();
  }
  // Typing: kept in the browser with every letter, sent when it rests.
  watch(field, uid, path) {
    const draft = `${uid}:${path}`;
    const keep = () => {
      const values = this.specs.get(uid).v, before = this.drafts.get(draft)?.before ?? this.paths.get(values, this.paths.unit(values, path));
      this.drafts.put(draft, before ?? null, field.value);
      this.say(this.words.typing);
      this.fit();
      clearTimeout(this.timers.get(draft));
      this.timers.set(draft, setTimeout(() => { if (!this.composing && field.value.trim()) this.commit(uid, path); }, 900));
    };
    field.oninput = keep;
    field.addEventListener("compositionstart", () => { this.composing = true; });
    field.addEventListener("compositionend", () => { this.composing = false; keep(); });
    field.onblur = () => setTimeout(() => { this.commit(uid, path); if (this.adds && !this.focused()) this.adds = null; this.draw(); }, 0);
    field.onkeydown = (event) => { if (event.key === "Escape" || (event.key === "Enter" && !event.shiftKey && !event.isComposing)) { event.preventDefault(); field.blur(); } };
  }
  keepDraft(field, uid, name) {
    field.value = this.drafts.get(`${uid}:${name}`)?.value || "";
    field.oninput = () => this.drafts.put(`${uid}:${name}`, null, field.value);
  }
  restore() {
    this.restored = this.current;
    for (const field of this.root.querySelectorAll("[data-path]")) {
      const draft = this.drafts.get(`${this.current}:${field.dataset.path}`);
      if (draft) { field.value = draft.value; this.commit(this.current, field.dataset.path); }
    }
  }
  commit(uid, path) {
    const name = `${uid}:${path}`, draft = this.drafts.get(name), spec = this.specs.get(uid);
    clearTimeout(this.timers.get(name));
    if (!draft || !spec) return null;
    this.drafts.drop(name);
    const value = this.fitting(path, draft.value.trim());
    const unit = this.paths.unit(spec.v, path);
    const after = value === undefined ? draft.before : this.paths.replaced(draft.before, unit, path, value);
    if (JSON.stringify(after ?? null) === JSON.stringify(draft.before ?? null)) { this.say(""); return null; }
    return this.set(uid, unit, draft.before ?? null, after);
  }
  // Emptied: nothing is known, or the entry goes; what must not be empty stays as it was.
  fitting(path, text) {
    if (/(^title|\.label|\.role|\.question)$/.test(path)) return text || undefined;
    if (path === "effort.days") return text === "" ? null : Number.isFinite(Number(text)) ? Number(text) : undefined;
    return text || null;
  }
  commitAll() {
    let last = null;
    if (this.spec) for (const field of this.root.querySelectorAll("[data-path]")) last = this.commit(this.current, field.dataset.path) || last;
    return last;
  }
  // A value that is chosen, or an entry taken out.
  change(uid, path, value) {
    this.commitAll();
    const values = this.specs.get(uid).v, unit = this.paths.unit(values, path), before = this.paths.get(values, unit);
    this.set(uid, unit, before, unit === path ? value : this.paths.replaced(before, unit, path, value));
    this.draw(true);
  }
  set(uid, field, before, after) {
    const command = { op: "edit", entity: "spec", uid, operation: "set", field, before: structuredClone(before), after: structuredClone(after) };
    const id = this.send(command);
    this.edited = { uid, id };
    this.draw();
    return id;
  }
  answer(spec, asked, text) {
    const by = (this.who ?? this.words.client).trim();
    this.commitAll();
    this.drafts.drop(`${spec.uid}:answer:${asked.id}`);
    const id = this.send({ op: "edit", entity: "spec", uid: spec.uid, operation: "answer", field: asked.id, before: asked.answer ?? null, after: text, reason: by || null });
    this.edited = { uid: spec.uid, id };
    this.draw(true);
  }
  askAbout(spec, what) {
    this.send({ op: "edit", entity: "spec", uid: spec.uid, operation: "needs_client", before: spec.review, reason: fill(this.words.ask_about, { what: what ?? "" }) });
    this.draw(true);
  }
  send(command) {
    const id = this.outbox.add(command, (answer) => this.heard(answer, command));
    this.apply(command);
    return id;
  }
  decide(operation, reason) {
    const spec = this.spec;
    if (!spec) return;
    if (operation === "reject" && reason === undefined) { this.askWhy(spec); return; }
    const late = this.commitAll();
    const edit = late || (this.edited?.uid === spec.uid && this.outbox.waiting.some((one) => one.id === this.edited.id) ? this.edited.id : null);
    const command = { op: "edit", entity: "spec", uid: spec.uid, operation, reason: reason || null };
    if (operation === "approve") Object.assign(command, { before: spec.hash, follows: edit, seen: edit ? null : { review: spec.review, stale: spec.stale } });
    else command.before = spec.review;
    this.send(command);
    this.hideNote();
    const at = this.order.indexOf(spec.uid), next = [...this.order.slice(at + 1), ...this.order.slice(0, at)].find((uid) => this.specs.get(uid).review === "draft");
    if (next) this.select(next);
    else this.draw(true);
  }
  askWhy(spec) {
    const w = this.words, input = el("input", { type: "text", "aria-label": w.why, placeholder: w.why });
    const go = () => { this.hideNote(); this.decide("reject", input.value.trim()); };
    input.onkeydown = (event) => { if (event.key === "Enter" && !event.isComposing) go(); if (event.key === "Escape") this.hideNote(); };
    this.note(el("div", {}, fill(w.reject_title, { id: spec.id }), " ", input, " ", el("button", { type: "button", class: "main", onclick: go }, w["act.reject"]), " ", el("button", { type: "button", onclick: () => this.hideNote() }, w.cancel)));
    input.focus();
  }
  back() {
    this.commitAll();
    const command = { op: "undo", events: this.undo.pop() || [] };
    this.outbox.add(command, (answer) => this.heard(answer, command));
    this.say(this.words.undoing);
  }
  heard(answer, command) {
    const w = this.words;
    if (answer.ok) {
      if (answer.events.length) this.undo.push(answer.events);
      this.say(command.op === "undo" ? w.undone : w.saved);
      return;
    }
    this.say("");
    const both = answer.theirs !== null && ["set", "answer"].includes(command.operation);
    const mine = () => {
      this.hideNote();
      const values = this.specs.get(command.uid).v;
      const now = command.operation === "answer" ? values.open_questions.find((one) => one.id === command.field)?.answer : this.paths.get(values, command.field);
      this.send({ ...command, before: now ?? null });
      this.draw(true);
    };
    this.note(nest("div", {}, el("div", {}, this.plainly(answer.message, command.field)), both ? nest("div", { class: "two" },
      nest("div", {}, el("div", { class: "grey" }, w.theirs), answer.theirs), nest("div", {}, el("div", { class: "grey" }, w.yours), answer.yours ?? "")) : null,
      both ? el("button", { type: "button", onclick: mine }, w.take_mine) : null, " ", el("button", { type: "button", onclick: () => this.hideNote() }, both ? w.take_theirs : w.close)));
  }
  // The name of a part as the page has it, and the time as clocks here show it.
  plainly(message, field) {
    const name = field && (this.words[`part.${field.split(/[.[]/)[0]}`] || (/^q\d+$/.test(field) ? field : null));
    return (name ? message.replace(field, name) : message).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (at) => new Date(at).toLocaleString(undefined, { dateStyle: "short", timeStyle: "short" }));
  }
  say(text) { const saved = this.$(".saved"); if (saved) saved.textContent = text; }
  note(content) { const note = this.$(".note"); note.replaceChildren(content); note.hidden = false; }
  hideNote() { this.$(".note").hidden = true; this.$(".note").replaceChildren(); }
  key(event) {
    if (typing(event) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const act = { j: () => this.move(1), k: () => this.move(-1), a: () => this.decide("approve"), x: () => this.decide("reject"), n: () => this.decide("needs_client"), u: () => this.back(), p: () => this.playFirst() }[event.key.toLowerCase()];
    if (act) { event.preventDefault(); act(); }
  }
  close() {
    this.commitAll();
    document.removeEventListener("keydown", this.onKey);
    document.removeEventListener("dragoman:spec", this.onSpec);
    window.removeEventListener("pagehide", this.onLeave);
    window.removeEventListener("resize", this.onSize);
    for (const name of ["pointerup", "pointercancel", "click"]) window.removeEventListener(name, this.onUp);
    this.outbox.close();
  }
}

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  let lane = SPEC_LANES.get(parentElement);
  if (!lane) SPEC_LANES.set(parentElement, (lane = new SpecLane(parentElement)));
  lane.take(data, (waiting) => setStateValue("outbox", waiting));
  return () => { lane.close(); SPEC_LANES.delete(parentElement); };
}
