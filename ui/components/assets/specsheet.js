// What is to be built, drawn part by part; every value stands beside where it comes from.
class SpecSheet {
  constructor(lane) { this.lane = lane; }
  get w() { return this.lane.words; }
  draw(spec) {
    this.spec = spec;
    this.v = spec.v;
    this.told = new Set(spec.findings.filter((one) => one.slot === "title"));
    const parts = [
      this.questions(), this.purpose(), this.fields(), this.list("rules"), this.list("limits"),
      this.list("behaviours"), this.list("errors"), this.permissions(), this.acceptance(),
      this.sentences("assumptions"), this.sentences("out_of_scope"), this.sentences("dependencies"), this.sentences("feasibility"),
      this.v.conflicts_with.length ? this.sentences("conflicts_with") : null,
      this.effort(), this.changes(),
    ];
    const rest = spec.findings.filter((one) => !this.told.has(one));
    return [rest.length ? nest("div", { class: "part" }, rest.map((one) => this.finding(one))) : null, ...parts].filter(Boolean);
  }
  part(name, ...content) {
    return nest("section", { class: "part", "data-part": name }, nest("h4", {}, this.w[`part.${name}`], `add.${name}` in this.w ? this.more(name) : null), this.findings(name), ...content);
  }
  findings(path) {
    const found = this.spec.findings.filter((one) => one.slot === path);
    found.forEach((one) => this.told.add(one));
    return found.map((one) => this.finding(one));
  }
  finding(one) {
    const error = one.severity === "error";
    return nest("div", { class: `finding ${error ? "bad" : "warn"}` }, error ? `${this.w.error}: ` : "", one.reason,
      one.suggestion ? nest("span", { class: "grey" }, ` ${one.suggestion}`) : null);
  }
  // One line of text that turns into a field under the cursor.
  text(path, value, label, more = {}) {
    const field = nest("textarea", { rows: 1, "aria-label": label, placeholder: more.placeholder || "", class: more.class || "" });
    field.dataset.path = path;
    field.value = value ?? "";
    this.lane.watch(field, this.spec.uid, path);
    return field;
  }
  choice(path, value, options, label) {
    const select = nest("select", { "aria-label": label }, options.map(([key, text]) =>
      nest("option", { value: JSON.stringify(key), selected: key === (value ?? null) }, text)));
    select.onchange = () => this.lane.change(this.spec.uid, path, JSON.parse(select.value));
    return select;
  }
  named(path, options) {
    const value = this.lane.paths.raw(this.v, path);
    const label = this.w[`part.${path}`] || this.w[`field.${path}`] || path;
    return this.choice(path, value, options.map((one) => [one, this.w[`option.${path}.${one}`] || one]), label);
  }
  origin(one) {
    const name = one.ours ? "ours" : one.by && `origin.answered_${one.by.side}` in this.w ? `answered_${one.by.side}` : one.origin;
    const text = this.w[`origin.${name}`];
    return nest("span", { class: `origin ${["inferred", "default"].includes(name) ? "warn" : "grey"}` }, one.by?.who ? fill(this.w.origin_named, { origin: text, who: one.by.who }) : text);
  }
  plays(evidence) {
    return (evidence || []).filter((one) => one.segments.length).slice(0, 3).map((one) => this.lane.playButton(one));
  }
  // Where a value comes from, its sound, and what can be done with one that nobody said.
  source(one, path, text) {
    const assumed = ["inferred", "default"].includes(one.origin);
    return nest("span", { class: "source" },
      path ? nest("button", { type: "button", class: "link quiet", "aria-label": fill(this.w.remove_what, { what: text ?? "" }), onclick: () => this.lane.change(this.spec.uid, path, null) }, this.w.remove) : null,
      assumed ? nest("button", { type: "button", class: "link", title: this.w.ask_client_title, onclick: () => this.lane.askAbout(this.spec, text) }, this.w.ask_client) : null,
      ["unknown", "new"].includes(one.origin) && path === null ? null : this.origin(one), ["stated", "answered"].includes(one.origin) ? this.plays(one.evidence) : null);
  }
  line(path, slot, label, named) {
    const row = nest("div", { class: "line" },
      nest("span", { class: "ref grey" }, label),
      this.text(path, slot.value === null ? "" : String(slot.value), named || label, { placeholder: slot.origin === "unknown" ? this.w["origin.unknown"] : "" }),
      this.source(slot, slot.value === null ? null : path, slot.value));
    const heard = (slot.evidence || []).flatMap((one) => one.segments);
    if (heard.length) { row.onmouseenter = () => this.lane.mark(heard); row.onmouseleave = () => this.lane.mark([]); }
    return [row, this.findings(path)];
  }
  purpose() {
    return nest("section", { class: "part" }, ["goal", "trigger", "format"].map((name) => this.line(name, this.v[name], this.w[`part.${name}`])),
      this.list("actors", true));
  }
  list(name, bare) {
    const slots = this.v[name], head = this.w[`part.${name}`];
    const lines = slots.map((slot, n) => this.line(`${name}[${n}]`, slot, bare ? (n ? "" : head) : String(n + 1), `${head} ${n + 1}`));
    const added = this.adding(name, (path) => this.line(path, { value: null, origin: "new", evidence: [] }, bare && slots.length === 0 ? head : "+", `${head} ${slots.length + 1}`)[0]);
    if (bare) return [lines, slots.length || added ? null : nest("div", { class: "line" }, nest("span", { class: "ref grey" }, head), nest("span", { class: "grey none" }, this.w["origin.unknown"])), added, this.more(name)];
    return this.part(name, lines, added);
  }
  adding(name, make) {
    return this.lane.adds === name ? make(`${name}[${this.v[name].length}]`) : null;
  }
  more(name) {
    return nest("button", { type: "button", class: "link add", onclick: () => this.lane.add(name) }, `+ ${this.w[`add.${name}`]}`);
  }
  fields() {
    const w = this.w, head = (key, share) => nest("th", { style: `width:${share}%` }, w[`column.${key}`]);
    const rows = this.v.data_fields.map((one, n) => [this.fieldRow(one, `data_fields[${n}]`), this.under(`data_fields[${n}]`, 6)]);
    const fresh = this.adding("data_fields", (path) => this.fieldRow({ label: "", name: null, type: null, required: { value: null }, example: { value: null }, origin: "new" }, path, true));
    const table = nest("table", {}, nest("thead", {}, nest("tr", {}, head("label", 18), head("name", 26), head("type", 13), head("required", 10), head("example", 11), head("source", 22))), nest("tbody", {}, rows.flat(), fresh));
    return this.part("data_fields", rows.length || fresh ? table : nest("div", { class: "grey none" }, w["origin.unknown"]));
  }
  fieldRow(one, path, fresh) {
    const w = this.w, cell = (...content) => nest("td", {}, ...content);
    if (fresh) return nest("tr", {}, cell(this.text(`${path}.label`, "", w["column.label"])), nest("td", { colSpan: 5 }));
    const required = [[null, w["origin.unknown"]], [true, w.required], [false, w.optional]];
    if (typeof one.required.value === "string") required.push([one.required.value, one.required.value]);
    return nest("tr", {},
      cell(this.text(`${path}.label`, one.label, w["column.label"])),
      cell(this.text(`${path}.name`, one.name, w["column.name"], { class: "mono", placeholder: w.no_column })),
      cell(this.text(`${path}.type`, one.type, w["column.type"], { class: "mono" })),
      cell(this.choice(`${path}.required`, one.required.value, required, w["column.required"])),
      cell(this.text(`${path}.example`, one.example.value === null ? "" : String(one.example.value), w["column.example"])),
      cell(this.source(one, path, one.label)));
  }
  under(path, span) {
    const found = this.findings(path);
    return found.length ? nest("tr", {}, nest("td", { colSpan: span }, found)) : null;
  }
  permissions() {
    const w = this.w, names = ["see", "do", "export"], options = [[null, "–"], [true, w.may], [false, w.may_not]];
    const row = (one, n) => {
      const path = `permissions[${n}]`;
      return [nest("tr", {}, nest("td", {}, this.text(`${path}.role`, one.role, w["column.role"])),
        names.map((name) => nest("td", { class: one[name] === false ? "bad" : "" }, this.choice(`${path}.${name}`, one[name], options, w[`column.${name}`]))),
        nest("td", {}, this.source(one, path, one.role))), this.under(path, 5)];
    };
    const rows = this.v.permissions.map(row);
    const fresh = this.adding("permissions", (path) => nest("tr", {}, nest("td", {}, this.text(`${path}.role`, "", w["column.role"])), nest("td", { colSpan: 4 })));
    const heads = [["role", 30], ["see", 14], ["do", 14], ["export", 14], ["source", 28]];
    const table = nest("table", {}, nest("thead", {}, nest("tr", {}, heads.map(([key, share]) => nest("th", { style: `width:${share}%` }, w[`column.${key}`])))), nest("tbody", {}, rows.flat(), fresh));
    return this.part("permissions", rows.length || fresh ? table : nest("div", { class: "grey none" }, w["origin.unknown"]));
  }
  acceptance() {
    const w = this.w, kinds = ["happy", "failure", "permission", "boundary"].map((one) => [one, w[`case.${one}`]]);
    const row = (one, path, fresh) => nest("tr", {},
      nest("td", {}, fresh ? null : this.choice(`${path}.kind`, one.kind, kinds, w["column.kind"])),
      ["given", "when", "then"].map((name) => nest("td", {}, this.text(`${path}.${name}`, one[name], w[`column.${name}`]))),
      nest("td", {}, fresh ? null : nest("button", { type: "button", class: "link quiet", onclick: () => this.lane.change(this.spec.uid, path, null) }, w.remove)));
    const rows = this.v.acceptance.map((one, n) => [row(one, `acceptance[${n}]`), ["given", "when", "then"].map((name) => this.under(`acceptance[${n}].${name}`, 5))]);
    const fresh = this.adding("acceptance", (path) => row({}, path, true));
    const heads = [["kind", 11], ["given", 26], ["when", 22], ["then", 34], ["none", 7]];
    const table = nest("table", {}, nest("thead", {}, nest("tr", {}, heads.map(([key, share]) => nest(w[`column.${key}`] ? "th" : "td", { style: `width:${share}%` }, w[`column.${key}`] || "")))), nest("tbody", {}, rows, fresh));
    return this.part("acceptance", rows.length || fresh ? table : null);
  }
  sentences(name) {
    const row = (text, n) => nest("div", { class: "line" }, nest("span", { class: "ref grey" }, String(n + 1)), this.text(`${name}[${n}]`, text, `${this.w[`part.${name}`]} ${n + 1}`),
      nest("span", { class: "source" }, n < this.v[name].length ? nest("button", { type: "button", class: "link quiet", "aria-label": fill(this.w.remove_what, { what: text }), onclick: () => this.lane.change(this.spec.uid, `${name}[${n}]`, null) }, this.w.remove) : null));
    const fresh = this.adding(name, () => row("", this.v[name].length));
    return this.part(name, this.v[name].map(row), fresh);
  }
  // The line of the product's capabilities that decided how the ask is met; any other can be chosen.
  capability(lines) {
    const now = this.v.fit_line, all = now && !lines.includes(now) ? [now, ...lines] : lines;
    return this.choice("fit_line", now, [[null, this.w.no_fit_line], ...all.map((one) => [one, one])], this.w["part.fit_line"]);
  }
  // An estimate is somebody's: whoever types it, unless another of our people is chosen.
  effort() {
    const w = this.w, { days, by } = this.v.effort, me = this.lane.me;
    const ours = this.lane.people.filter((one) => one.side === "us").map((one) => one.name);
    const who = this.choice("effort.by", by ?? me, [...new Set([me, ...ours, by ?? me])].map((name) => [name, name]), w.estimated_by);
    who.disabled = days === null;
    who.title = days === null ? w.days_first : w.estimated_by;
    return this.part("effort", nest("div", { class: "line effort" },
      this.text("effort.days", days === null ? "" : String(days), w.days, { placeholder: w.days }),
      nest("label", { class: "grey" }, w.estimated_by, " ", who)));
  }
  questions() {
    const w = this.w, all = this.v.open_questions.map((one, n) => [one, n]);
    const waits = all.filter(([one]) => one.blocking && !one.answer), rest = all.filter(([one]) => !one.blocking && !one.answer), done = all.filter(([one]) => one.answer);
    if (!all.length) return null;
    const folded = (name, list) => list.length ? nest("details", { open: this.lane.unfolded.has(name), ontoggle: (event) => this.lane.unfold(name, event.target.open) },
      nest("summary", {}, fill(w[name], { count: list.length })), list.map(([one, n]) => this.question(one, n))) : null;
    return nest("section", { class: "part asked", "data-part": "open_questions" },
      nest("h4", {}, w["part.open_questions"], waits.length ? nest("span", { class: "warn" }, ` ${fill(w.blocking, { count: waits.length })}`) : null, nest("span", { class: "space" }), this.who()), this.findings("open_questions"),
      waits.map(([one, n]) => this.question(one, n)),
      folded("parked", rest), folded("answered", done));
  }
  // Who answers: somebody of the call, somebody else by name, or whoever sits here.
  who() {
    const w = this.w, people = this.lane.people, me = this.lane.me, now = this.lane.who ?? this.lane.nobody();
    const option = (side, name, text) => nest("option", { value: JSON.stringify([side, name]), selected: now.side === side && now.name === name }, text);
    const group = (side, ...first) => nest("optgroup", { label: w[`side.${side}`] }, first, people.filter((one) => one.side === side && one.name !== me).map((one) => option(side, one.name, one.name)), option(side, "", w.other_person));
    const select = nest("select", { class: "who", "aria-label": w.who_answered }, group("client", option("client", null, w.client_unnamed)), group("us", option("us", null, fill(w.myself, { me }))));
    const named = nest("input", { type: "text", class: "who", "aria-label": w.name_of, placeholder: w.name_of, hidden: now.name !== "" });
    named.value = now.typed;
    named.oninput = () => { this.lane.who = { ...(this.lane.who ?? this.lane.nobody()), typed: named.value }; };
    select.onchange = () => {
      const [side, name] = JSON.parse(select.value);
      this.lane.who = { side, name, typed: named.value };
      named.hidden = name !== "";
      if (name === "") named.focus();
    };
    return nest("label", {}, w.who_answered, " ", select, named);
  }
  // "吴总 (client), noted by 陈工", as the documents say it.
  gave(one) {
    const w = this.w, who = one.answered_by || (one.answered_side === "client" ? w.client : "–");
    const by = one.answered_by && `side.${one.answered_side}` in w ? fill(w.of_side, { who, side: w[`side.${one.answered_side}`] }) : who;
    return one.noted_by ? fill(w.noted_by, { by, me: one.noted_by }) : by;
  }
  question(one, n) {
    const w = this.w, path = `open_questions[${n}]`;
    const body = nest("div", { class: "question" },
      nest("div", { class: "line" }, nest("span", { class: "ref grey" }, one.id), this.text(`${path}.question`, one.question, w["part.open_questions"]),
        nest("label", { class: "source" }, this.tick(`${path}.blocking`, one.blocking), nest("span", { class: "grey" }, w.holds_up))),
      one.why_it_matters ? nest("div", { class: "grey why" }, one.why_it_matters) : null);
    if (one.answer) {
      body.append(nest("div", { class: "why" }, nest("span", { class: "ok" }, `→ ${one.answer} `), nest("span", { class: "grey" }, fill(w.answered_by, { by: this.gave(one) })), " ",
        nest("button", { type: "button", class: "link quiet", onclick: () => this.lane.answer(this.spec, one, null) }, w.open_again)));
      return body;
    }
    const free = nest("input", { type: "text", class: "free", "aria-label": w.other_answer, placeholder: w.other_answer });
    free.dataset.draft = this.lane.draftOf(one);
    this.lane.keepDraft(free, this.spec.uid, this.lane.draftOf(one));
    const send = () => { if (free.value.trim()) this.lane.answer(this.spec, one, free.value.trim()); };
    free.onkeydown = (event) => { if (event.key === "Enter" && !event.isComposing) send(); if (event.key === "Escape") free.blur(); };
    body.append(nest("div", { class: "answers why" },
      one.options.map((option) => nest("button", { type: "button", class: option === one.recommended ? "best" : "", onclick: () => this.lane.answer(this.spec, one, option) },
        option, option === one.recommended ? nest("span", { class: "grey" }, ` ${w.recommended}`) : null)),
      one.recommended && !one.options.includes(one.recommended) ? nest("span", { class: "grey" }, `${w.recommended}: ${one.recommended}`) : null,
      free, nest("button", { type: "button", onclick: send }, w.note_answer)));
    return body;
  }
  tick(path, on) {
    const box = nest("input", { type: "checkbox", checked: !!on });
    box.onchange = () => this.lane.change(this.spec.uid, path, box.checked);
    return box;
  }
  // What changed since the last yes, since the first draft, or by the last run: one at a time.
  changes() {
    const all = this.spec.changes, w = this.w;
    if (!all.length) return null;
    const chosen = all.find((one) => one.since === this.lane.since) || all[0];
    const said = (one) => fill(w[`changed.${one.since}`], { count: one.parts.length, who: one.side === "client" ? fill(w.of_side, { who: one.who, side: w["side.client"] }) : one.who,
      at: one.at ? new Date(one.at).toLocaleString(undefined, { dateStyle: "short", timeStyle: "short" }) : "" });
    const select = nest("select", { class: "since", "aria-label": w.compare }, all.map((one) => nest("option", { value: one.since, selected: one === chosen }, said(one))));
    select.onchange = () => { this.lane.since = select.value; this.lane.draw(true); };
    return nest("section", { class: "part", "data-part": "changes" }, nest("details", { open: this.lane.unfolded.has("changed"), ontoggle: (event) => this.lane.unfold("changed", event.target.open) },
      nest("summary", {}, said(chosen)),
      all.length > 1 ? nest("div", { class: "line change" }, nest("span", { class: "ref grey" }, w.compare), select) : null,
      chosen.parts.map((one) => nest("div", { class: "line change" }, nest("span", { class: "ref grey" }, w[`part.${one.part}`] || one.part),
        nest("span", {}, one.pieces.map(([kind, text]) => el(kind === "new" ? "ins" : kind === "gone" ? "del" : "span", {}, text)))))));
  }
}
