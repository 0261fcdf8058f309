const LANES = new WeakMap();

class Lane extends Deciding {
  constructor(root) {
    super(root);
    this.entity = "item";
    this.on(document, "dragoman:select", (event) => { if (this.rows.has(event.detail.uid)) this.select(event.detail.uid); });
    this.on(document, "dragoman:ask", () => { if (this.words) tell("show", { segments: this.segments() }); });
    this.$(".all input").onchange = () => this.draw(true);
    this.$(".bulk").onclick = () => this.bulk();
  }
  get list() { return this.$(".list"); }
  quotes() { return this.row ? this.row.evidence : []; }
  write(item, { operation, field, after }) {
    if (operation !== "set") return;
    if (field === "text") item.text = after;
    else { const one = item.fields.find((each) => each.name === field); if (one) one.value = after; }
    item.edited = true;
  }
  read(item, field) {
    return field === "text" ? item.text : item.fields.find((each) => each.name === field)?.value;
  }
  present({ uid, field }) { return this.read(this.rows.get(uid), field); }
  shown() { return this.$(".all input").checked ? this.order : this.order.filter((uid) => uid === this.current || this.rows.get(uid).review === "draft"); }
  following(uid) { const shown = this.shown(); return super.following(uid) || shown[shown.indexOf(uid) + 1]; }
  draw(anyway) {
    if (this.tooEarly(anyway)) return;
    const w = this.words, left = this.open().length;
    this.chain();
    this.$(".left").textContent = left ? fill(w.left, { count: left, total: this.order.length }) : w.all_done;
    this.$(".all span").textContent = w.show_all;
    const good = this.good();
    this.$(".bulk").textContent = fill(w.bulk, { count: good.length });
    this.$(".bulk").hidden = !good.length;
    this.drawCard();
    this.$(".bar").replaceChildren(...this.buttons());
    this.drawList();
    tell("show", { segments: this.segments() });
  }
  segments() { return this.quotes().flatMap((one) => one.segments); }
  // The desk says which; what is on its way to it is not among them any more.
  good() { const sent = new Set(this.outbox.waiting.map((one) => one.uid)); return this.open().filter((uid) => { const item = this.rows.get(uid); return item.good && item.hash && !this.besides(item) && !sent.has(uid); }); }
  // Who took whose place; in a circle nobody did, and that is said.
  chain() {
    const earlier = new Map([...this.rows.values()].filter((one) => one.facts.supersedes && one.review !== "rejected").map((one) => [one.id, one.facts.supersedes]));
    const round = (from) => {
      const way = [from];
      for (let at = earlier.get(from); at !== undefined && !way.includes(at); at = earlier.get(at)) way.push(at);
      return earlier.get(way[way.length - 1]) === from ? way : null;
    };
    this.circles = new Map([...earlier.keys()].map((id) => [id, round(id)]).filter(([, way]) => way));
    this.replaced = new Map([...earlier].filter(([id, before]) => !this.circles.get(id)?.includes(before)).map(([id, before]) => [before, id]));
  }
  // The id of the later decision that took the place of this one, whoever rejects either meanwhile.
  besides(item) { return this.replaced.get(item.id) ?? null; }
  drawCard() {
    const card = this.$(".card"), item = this.row, w = this.words;
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
      if (field === (this.root.getRootNode().activeElement) || this.drafts.get(`${item.uid}:${field.dataset.field}`)) continue;
      field.seen = this.read(item, field.dataset.field) ?? null;
      if (field.value !== (field.seen ?? "")) field.value = field.seen ?? "";
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
      this.replacedBy(item),
      ...item.stale_words.map((text) => el("span", { class: "warn" }, text)),
      item.edited ? el("span", { class: "grey" }, w.edited) : null,
      item.spec ? el("button", { type: "button", class: "link", onclick: () => this.goto(item.spec) }, fill(w.to_spec, { id: item.spec })) : null,
      el("span", { class: "space" }), el("span", { class: "grey" }, `${place} / ${this.order.length}`));
  }
  replacedBy(item) {
    const id = this.besides(item), circle = this.circles.get(item.id);
    if (circle) return el("span", { class: "bad" }, fill(this.words.circle, { ids: [...circle, circle[0]].join(" → ") }));
    return id ? el("span", { class: "warn" }, fill(this.words.replaced, { id })) : null;
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
      select.seen = field.value;
      select.onchange = () => { const before = select.seen; select.seen = select.value; this.set(item.uid, field.name, before, select.value); };
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
        toWords(one, w, { onclick: () => this.play(one) }),
        el("span", { class: "grey" }, who(one)),
        el("q", {}, `“${one.quote}”`),
        el("span", { class: ["weak", "missing"].includes(one.match) ? "bad" : one.match === "fuzzy" ? "warn" : "grey" }, w[`match.${one.match}`]))));
  }
  drawList() {
    const w = this.words;
    this.drawLines(this.list, (item) => el("li", {},
      el("span", { title: w[`review.${item.review}`] }, REVIEW_MARKS[item.review]),
      el("span", { class: "grey" }, w[`kind.${item.kind}`]), el("span", {}, item.id),
      el("span", { class: "text" }, item.text),
      el("span", {}, this.replacedBy(item), " ",
        el("span", { class: ["missing", "weak"].includes(item.doubt) ? "bad" : "warn" }, item.doubt === "none" ? "" : w[`doubt.${item.doubt}`]))));
  }
  select(uid) { this.commitAll(); this.current = uid; this.hideNote(); this.draw(true); }
  // Typing: kept in the browser with every letter, sent when it rests.
  watch(field, item, name) {
    const draft = `${item.uid}:${name}`;
    field.seen = this.read(item, name) ?? null;
    field.oninput = () => {
      this.drafts.put(draft, this.drafts.get(draft)?.before ?? field.seen, field.value);
      this.say(this.words.typing);
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
    if (value === (draft.before ?? null)) { this.say(""); return null; }
    const field = uid === this.current && this.$(`.card [data-field="${name}"]`);
    if (field) field.seen = value;
    return this.set(uid, name, draft.before ?? null, value);
  }
  commitAll() {
    const item = this.row;
    if (!item) return null;
    let last = null;
    for (const name of ["text", ...item.fields.map((field) => field.name)]) last = this.commit(item.uid, name) || last;
    return last;
  }
  set(uid, field, before, after) {
    const id = this.send({ op: "edit", entity: "item", uid, operation: "set", field, before, after });
    this.draw();
    return id;
  }
  bulk() {
    // As they are now, while the question is read: what becomes another meanwhile is not approved.
    const w = this.words, chosen = this.good().map((uid) => { const { hash, review, stale } = this.rows.get(uid); return { uid, hash, review, stale }; });
    const go = () => {
      this.send({ op: "approve_many", items: chosen });
      this.hideNote();
      this.current = this.open()[0] || this.current;
      this.draw(true);
    };
    this.note(el("div", {}, fill(w.bulk_title, { count: chosen.length }), " ",
      el("button", { type: "button", class: "main go", onclick: go }, fill(w.bulk, { count: chosen.length })), " ",
      el("button", { type: "button", onclick: () => this.hideNote() }, w.cancel)));
    this.$(".note .go").focus();
  }
  goto(spec) { this.commitAll(); location.assign(`specs?m=${encodeURIComponent(this.meeting)}&spec=${encodeURIComponent(spec)}`); }
}

export default laneIn(LANES, Lane);
