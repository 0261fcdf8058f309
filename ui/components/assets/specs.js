const SPEC_LANES = new WeakMap();

class SpecLane extends Deciding {
  constructor(root) {
    super(root);
    this.entity = "spec";
    this.unfolded = new Set();
    this.sheet = new SpecSheet(this);
    this.on(document, "dragoman:spec", (event) => { const spec = [...this.specs.values()].find((one) => one.id === event.detail.id); if (spec) this.select(spec.uid); });
    this.on(window, "resize", () => this.tall());
    this.on(this.$(".sheet"), "focusout", () => setTimeout(() => { if (this.late) this.draw(); }, 0));
  }
  get specs() { return this.rows; }
  get spec() { return this.row; }
  get list() { return this.$(".all"); }
  quotes() { return this.spec ? this.spec.said : []; }
  given(data) {
    this.me = data.name;
    this.people = data.people;
    this.choices = data.choices;
    this.paths = new SpecPaths(data);
  }
  // The list keeps its order while somebody works with it.
  arrange(order) {
    const known = this.order.filter((uid) => this.specs.has(uid));
    this.order = [...known, ...order.filter((uid) => !known.includes(uid))];
  }
  first() { return this.order[0] || null; }
  take(data, setState) {
    super.take(data, setState);
    if (this.words && this.restored !== this.current) this.restore();
  }
  decided(uid, operation) {
    const spec = super.decided(uid, operation);
    if (spec && operation === "approve") Object.assign(spec, { stale_words: [], approved_by: [this.me] });
  }
  // The question that an answer was typed to, by its words: a new run may number it otherwise.
  asked(spec, { field, asked }) {
    const bare = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
    const all = asked ? spec.open_questions.filter((one) => bare(one.question) === bare(asked)) : spec.open_questions;
    return all.find((one) => one.id === field) || (asked ? all[0] : undefined);
  }
  draftOf(asked) { return `answer:${asked.question}`; }
  typed(command) {
    if (command.field === "effort") return [command.after?.days, command.after?.by].filter((one) => one != null).join(" · ");
    return command.operation === "answer" ? command.after?.answer ?? "" : super.typed(command);
  }
  write(spec, { operation, field, after, asked: words }) {
    if (operation === "set") this.paths.set(spec.v, field, after);
    if (operation === "answer") {
      const asked = this.asked(spec.v, { field, asked: words });
      const told = after ?? {};
      if (asked) Object.assign(asked, { answer: told.answer ?? null, answered_by: told.who || (told.side === "us" ? this.me : null), answered_side: told.side ?? null, noted_by: told.who && told.who !== this.me ? this.me : null });
    }
  }
  present({ uid, operation, field, asked }) {
    const values = this.specs.get(uid).v;
    return operation === "answer" ? this.asked(values, { field, asked })?.answer : this.paths.get(values, field);
  }
  waits(spec) { return spec.v.open_questions.filter((one) => one.blocking && !one.answer).length; }
  errors(spec) { return spec.findings.filter((one) => one.severity === "error").length; }
  focused() { const at = this.root.getRootNode().activeElement; return at && ["TEXTAREA", "INPUT"].includes(at.tagName) && at.type !== "checkbox" && this.root.contains(at) ? at : null; }
  places() { return [...this.$(".sheet").querySelectorAll("button, input, textarea, select, summary")]; }
  draw(anyway) {
    if (this.tooEarly(anyway)) return;
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
    const w = this.words;
    this.drawLines(this.list, (spec) => {
      const errors = this.errors(spec), waits = this.waits(spec);
      return nest("li", {},
        el("span", { title: w[`review.${spec.review}`] }, REVIEW_MARKS[spec.review]), el("span", { class: "grey" }, spec.id),
        el("span", { class: "name", title: spec.v.title }, spec.v.title),
        errors ? el("small", { class: "bad" }, fill(w.count_errors, { count: errors })) : waits ? el("small", { class: "warn" }, fill(w.count_blocking, { count: waits })) : spec.stale_words.length ? el("small", { class: "warn" }, w.look_again) : null);
    });
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
    const against = this.spec && this.against(this.spec);
    this.$(".bar").replaceChildren(...this.buttons(), ...(against ? [el("span", { class: "against warn", title: against.title }, against.text)] : []));
  }
  // A yes is possible; handing it to the developers is not, and that is said before. What the
  // server found is said; of what is on its way yet, what it will probably find.
  against(spec) {
    const w = this.words, known = this.held.server.get(spec.uid) === spec, told = known ? spec.held : [];
    const count = (code) => told.filter((one) => one.code === code).length;
    const found = { questions: known ? count("question_open") : this.waits(spec), errors: known ? count("lint_error") : this.errors(spec), stale: count("stale"), changed: count("changed"), dropped: count("dropped") };
    const why = Object.entries(found).filter(([, many]) => many).map(([name, many]) => fill(w[`against_${name}`], { count: many }));
    return why.length ? { text: fill(w.against, { why: why.join(w.comma) }), title: told.map((one) => one.detail).filter(Boolean).join("\n") } : null;
  }
  drawSaid() {
    const w = this.words, spec = this.spec, pain = spec.v.pain;
    this.$(".said").replaceChildren(...[
      el("h4", {}, w.client_words),
      spec.said.length ? nest("ul", {}, spec.said.map((one) => this.quoted(one))) : el("p", { class: "bad" }, w.no_words),
      el("h4", {}, w["part.pain"]),
      this.sheet.text("pain", pain.value, w["part.pain"], { placeholder: w["origin.unknown"] }), this.sheet.source(pain, null, null),
      el("h4", {}, w["part.fit_line"]),
      el("div", {}, this.sheet.capability(this.choices.fit_line)),
      el("h4", {}, w["part.scope"]),
      el("div", {}, this.sheet.named("scope.verdict", this.choices["scope.verdict"])),
      this.sheet.text("scope.line", spec.v.scope.line, w.scope_line, { placeholder: w.scope_line }),
    ].flat(9).filter(Boolean));
  }
  quoted(one) {
    const bad = ["weak", "missing"].includes(one.match);
    const line = nest("li", {}, nest("div", { class: "by" }, this.playButton(one), el("span", { class: "grey" }, who(one)), el("span", { class: "space" }),
      el("span", { class: bad ? "bad" : one.match === "fuzzy" ? "warn" : "grey" }, this.words[`match.${one.match}`])), el("q", {}, `“${one.quote}”`));
    line.dataset.segments = one.segments.join(" ");
    return line;
  }
  mark(segments) {
    for (const line of this.root.querySelectorAll(".said li")) line.classList.toggle("marked", line.dataset.segments.split(" ").some((id) => segments.includes(id)));
  }
  playButton(one) {
    return toWords(one, this.words, { title: `“${one.quote}”`, onclick: () => this.play(one) });
  }
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
    if (unit === "effort" && after?.days != null) after.by ??= this.me;
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
    const id = this.send({ op: "edit", entity: "spec", uid, operation: "set", field, before: structuredClone(before), after: structuredClone(after) });
    this.draw();
    return id;
  }
  // Whoever is chosen under "who answered"; until somebody is, the client, by no name.
  nobody() { return { side: "client", name: null, typed: "" }; }
  answer(spec, asked, text) {
    const by = this.who ?? this.nobody(), who = (by.name === "" ? by.typed.trim() : by.name) || null;
    const side = by.name === "" && !who && by.side === "us" ? "unknown" : by.side;
    this.commitAll();
    this.drafts.drop(`${spec.uid}:${this.draftOf(asked)}`);
    this.send({ op: "edit", entity: "spec", uid: spec.uid, operation: "answer", field: asked.id, asked: asked.question, before: asked.answer ?? null, after: text === null ? null : { answer: text, who, side } });
    this.draw(true);
  }
  askAbout(spec, what) {
    this.send({ op: "edit", entity: "spec", uid: spec.uid, operation: "needs_client", before: spec.review, reason: fill(this.words.ask_about, { what: what ?? "" }) });
    this.draw(true);
  }
  // The name of a part as the page has it, and the time as clocks here show it.
  plainly(message, field) {
    const name = field && (this.words[`part.${field.split(/[.[]/)[0]}`] || (/^q\d+$/.test(field) ? field : null));
    return (name ? message.replace(field, name) : message).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (at) => new Date(at).toLocaleString(undefined, { dateStyle: "short", timeStyle: "short" }));
  }
}

export default laneIn(SPEC_LANES, SpecLane);
