const PLAYERS = new WeakMap();
const SPEEDS = [0.8, 1, 1.25, 1.5, 2];
const LEAD = 0.5;
const HANDS_OFF = 4000;

class Player {
  constructor(root) {
    this.root = root;
    this.rows = new Map();
    this.segments = [];
    this.marked = [];
    this.scrolled = 0;
    this.until = null;
    this.events = { "dragoman:show": (event) => this.show(event.detail.segments), "dragoman:play": (event) => this.play(event.detail) };
    for (const [name, act] of Object.entries(this.events)) document.addEventListener(name, act);
    this.turns = this.$(".turns");
    for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) this.turns.addEventListener(name, () => { this.scrolled = Date.now(); }, { passive: true });
    this.turns.onclick = (event) => this.clicked(event);
    this.$(".go").onclick = () => this.toggle();
    this.$(".seek").oninput = () => { this.until = null; this.audio.currentTime = Number(this.$(".seek").value); this.tick(); };
    this.$(".find").oninput = (event) => { if (!event.isComposing) this.soon(); };
    this.$(".find").addEventListener("compositionend", () => this.soon());
    this.$(".find").onkeydown = (event) => { if (event.key === "Escape") { this.$(".find").value = ""; this.find(); } };
    this.pencil = new Pencil(this);
    this.naming = new Naming(this);
  }
  $(selector) { return this.root.querySelector(selector); }
  take(data, send) {
    const before = this.words;
    this.words = data.words;
    dial(data.dial);
    this.pencil.take(data, send);
    this.sound(data);
    this.naming.take(data);
    if (this.rev !== data.rev || before?.find !== data.words.find) this.draw(data, before?.find === data.words.find);
    const picture = JSON.stringify(data.picture);
    if (this.pictured !== picture || before?.find !== data.words.find) {
      this.pictured = picture;
      this.timed = data.picture.timed;
      this.picture = new Picture(this.$(".picture"), data.words, data.picture, { seek: (at) => this.seek(at), mark: (one) => this.mark(one) });
      this.picture.shown(this.marked);
      this.tick();
    }
  }
  // The words
  draw(data, told) {
    const w = this.words, same = this.meeting === data.meeting;
    this.rev = data.rev;
    this.meeting = data.meeting;
    this.segments = this.naming.over(data.segments);
    this.lay(same && told ? this.rows : new Map());
    if (!same) this.turns.scrollTop = 0;
    this.starts = data.segments.filter((one) => one.start !== null).map((one) => [one.start, one]);
    this.turns.classList.toggle("dated", !!data.dial && this.starts.length > 0);
    this.turns.classList.toggle("untimed", !this.starts.length);
    this.turns.classList.toggle("unsigned", !!data.dial && !data.segments.some((one) => one.speaker));
    this.starts.sort((one, other) => one[0] - other[0]);
    if (this.rows.get(this.current?.segment.id) !== this.current) this.current = null;
    this.$(".find").placeholder = w.find;
    this.$(".find").setAttribute("aria-label", w.find);
    this.$(".follow span").textContent = w.follow;
    this.$(".only span").textContent = w.only;
    this.$(".seek").setAttribute("aria-label", w.seek);
    this.$(".speed").setAttribute("aria-label", w.speed);
    if (!this.$(".speed").options.length) this.$(".speed").append(...SPEEDS.map((one) => el("option", { value: one, selected: one === 1 }, `${one}×`)));
    this.pencil.drawn();
    this.find();
    const marked = this.marked;
    this.marked = [];
    this.show(marked);
    this.naming.drawn();
    if (!marked.length) tell("ask", {}); // whoever was drawn first told nobody what to show
  }
  // A row whose turn is as it was stays where it is: its place, and a cursor in it, with it.
  lay(old) {
    this.rows = new Map();
    for (const one of this.segments) {
      const had = old.get(one.id);
      if (!had || JSON.stringify(had.segment) !== JSON.stringify(one)) { this.line(one); continue; }
      had.segment = one;
      this.rows.set(one.id, had);
    }
    const wanted = new Set(this.rows.values());
    for (const line of [...this.turns.children]) if (!wanted.has(line)) line.remove();
    let at = this.turns.firstElementChild;
    for (const line of wanted) { if (line === at) at = at.nextElementSibling; else this.turns.insertBefore(line, at); }
  }
  line(one) {
    const w = this.words;
    const line = el("li", { class: `${one.side}${one.unsure ? " unsure" : ""}` },
      this.sounding && one.start !== null
        ? el("button", { type: "button", class: "link at", "aria-label": fill(w.from, { time: told(one.start) }) }, told(one.start))
        : el("span", { class: "at grey", tabIndex: -1 }, told(one.start)),
      el("span", { class: "who grey", title: [who(one), w[`side.${one.side}`]].filter(Boolean).join(" · ") }, who(one)),
      el("span", { class: "words", title: one.unsure ? w.unsure : null }, this.pieces(one, "")));
    line.segment = one;
    this.rows.set(one.id, line);
    return line;
  }
  // Another name at a row, which stays what it is.
  relabel(one) {
    const line = this.rows.get(one.id), cell = line?.querySelector(".who");
    if (!line) return;
    line.segment = one;
    line.classList.remove("us", "client", "unknown");
    line.classList.add(one.side);
    if (!cell) return; // somebody corrects it just now
    cell.textContent = who(one);
    cell.title = [who(one), this.words[`side.${one.side}`]].filter(Boolean).join(" · ");
  }
  lines(ids) {
    return ids.flatMap((id) => {
      const line = this.rows.get(id);
      if (line) return [line];
      return this.segments.filter((one) => one.id.startsWith(`${id}.`)).map((one) => this.rows.get(one.id));
    });
  }
  clicked(event) {
    const line = event.target.closest("li");
    if (!line || !event.target.closest(".at")) return;
    this.scrolled = 0;
    this.from(line.segment.start, null, line);
  }
  soon() { clearTimeout(this.finding); this.finding = setTimeout(() => this.find(), 120); }
  find() {
    const wanted = this.$(".find").value.trim().toLowerCase();
    if (!wanted && !this.found) return;
    this.found = wanted;
    let hits = 0;
    for (const line of this.rows.values()) {
      const one = line.segment, hit = !wanted || one.text.toLowerCase().includes(wanted) || (one.speaker || "").toLowerCase().includes(wanted);
      line.hidden = !hit && !line.classList.contains("editing");
      if (hit && wanted) hits += 1;
      const text = line.querySelector(".words");
      if (text && (hit || text.childElementCount)) text.replaceChildren(...this.pieces(one, wanted));
    }
    this.$(".hits").textContent = wanted ? fill(this.words.hits, { count: hits }) : "";
    if (!wanted) this.reveal((this.naming.open && this.rows.get(this.naming.at)) || this.lines(this.marked)[0]);
  }
  // What was found, or else what the project's corrections changed, stands out.
  pieces(one, wanted) {
    const text = one.text, low = text.toLowerCase(), made = [];
    if (!wanted || low.length !== text.length) return this.mended(one);
    let from = 0;
    for (let at = low.indexOf(wanted); at >= 0; at = low.indexOf(wanted, from)) {
      made.push(text.slice(from, at), el("mark", {}, text.slice(at, at + wanted.length)));
      from = at + wanted.length;
    }
    return [...made, text.slice(from)];
  }
  mended(one) {
    if (!one.mended?.length) return [one.text];
    const made = [], chars = [...one.text];
    let from = 0;
    for (const { at, was, now } of one.mended) {
      const end = at + [...now].length;
      if (chars.slice(at, end).join("") !== now) continue; // somebody just wrote over it
      made.push(chars.slice(from, at).join(""), el("span", { class: "mended", title: fill(this.words.mended, { was }) }, now));
      from = end;
    }
    return [...made, chars.slice(from).join("")];
  }
  show(segments) {
    const news = segments.join(" ") !== this.marked.join(" ");
    this.marked = segments;
    for (const line of this.turns.querySelectorAll(".shown")) line.classList.remove("shown");
    const lines = this.lines(segments);
    for (const line of lines) line.classList.add("shown");
    this.picture?.shown(segments);
    if (news && lines[0] && !this.hands() && !this.naming.open) this.reveal(lines[0]);
  }
  hands() { return Date.now() - this.scrolled < HANDS_OFF; }
  reveal(line) {
    if (!line) return;
    if (line.hidden) { this.$(".find").value = ""; this.find(); }
    // Rows that were never seen have a guessed height: look again when they have a true one.
    intoView(this.turns, line);
    requestAnimationFrame(() => intoView(this.turns, line));
  }
  // The sound
  sound(data) {
    const has = !!data.sound;
    for (const name of [".go", ".seek", ".time", ".speed", ".follow", ".only"]) this.$(name).hidden = !has;
    this.fresh = data.sound;
    if (this.sounding === (has ? data.meeting : null)) return;
    this.sounding = has ? data.meeting : null;
    this.quiet();
    if (!has) return;
    const audio = (this.audio = new Audio());
    audio.preload = "metadata";
    audio.ontimeupdate = () => this.tick();
    audio.onplay = audio.onpause = audio.onended = () => this.tick();
    audio.onloadedmetadata = () => { this.say(""); this.$(".seek").max = audio.duration; this.tick(); };
    audio.onerror = () => this.failed();
    this.$(".speed").onchange = () => { audio.playbackRate = audio.defaultPlaybackRate = Number(this.$(".speed").value); };
    this.length = data.length;
    this.$(".seek").max = data.length || 1;
    audio.src = data.sound;
    this.tick();
  }
  async failed() {
    const audio = this.audio, w = this.words, at = audio.currentTime, wanted = this.wanted;
    let answer = null;
    try { answer = await fetch(this.fresh, { method: "HEAD", cache: "no-store" }); } catch { /* the desk is away */ }
    if (audio !== this.audio) return;
    const again = (seconds) => { clearTimeout(this.retry); this.retry = setTimeout(() => { if (audio !== this.audio) return; audio.src = this.fresh; audio.currentTime = at; if (wanted) audio.play().catch(() => {}); }, seconds * 1000); };
    if (answer === null) { this.say(w.away); again(3); return; }
    if (answer.status === 202) { this.say(w.preparing); again(Number(answer.headers.get("Retry-After")) || 2); return; }
    if (answer.ok && !this.twice) { this.twice = true; again(0); return; }
    this.say({ 403: w.expired, 404: w.gone }[answer.status] || w.unplayable);
  }
  say(text, act) {
    this.$(".say").replaceChildren(...[text, act].filter(Boolean));
    this.$(".say").hidden = !text;
  }
  toggle() {
    this.until = null;
    if (this.audio.paused) this.start(); else this.hold();
  }
  hold() { this.until = null; this.wanted = false; this.audio?.pause(); }
  start() { this.wanted = true; this.audio.play().catch(() => this.tick()); }
  from(start, until, line) {
    if (this.audio && start !== null && start !== undefined) {
      this.until = until;
      this.audio.currentTime = Math.max(0, start);
      this.start();
    }
    if (line) this.reveal(line);
    this.tick();
  }
  play({ start, end, segments }) {
    const lines = this.lines(segments || []);
    this.scrolled = 0;
    this.show(segments || []);
    const only = this.$(".only input").checked;
    const last = end ?? lines[lines.length - 1]?.segment.end ?? null;
    this.from(start === null || start === undefined ? null : Math.max(0, start - LEAD), only ? last : null, lines[0]);
  }
  seek(place) {
    this.scrolled = 0;
    const line = this.timed ? this.rows.get(this.spoken(place)?.id) : this.rows.get(this.segments[Math.floor(place)]?.id);
    this.from(this.timed ? place : null, null, line);
  }
  mark(one) {
    tell("select", { uid: one.uid });
    this.play({ start: one.start, end: one.end, segments: one.segments });
  }
  spoken(at) {
    const starts = this.starts || [];
    let low = 0, high = starts.length;
    while (low < high) { const middle = (low + high) >> 1; if (starts[middle][0] <= at) low = middle + 1; else high = middle; }
    return starts[low - 1]?.[1];
  }
  tick() {
    const audio = this.audio;
    if (!audio) { this.picture?.at(null); return; }
    const at = audio.currentTime, w = this.words, going = !audio.paused && !audio.ended;
    if (going && this.until !== null && at >= this.until) { this.until = null; this.wanted = false; audio.pause(); return; }
    const go = this.$(".go");
    go.textContent = going ? "❚❚" : "▶";
    go.setAttribute("aria-label", going ? w.pause : w.play);
    go.title = going ? w.pause : w.play;
    const length = Number.isFinite(audio.duration) ? audio.duration : this.length;
    this.$(".time").textContent = `${clock(at)} / ${clock(length)}`;
    this.$(".seek").value = at;
    this.$(".seek").setAttribute("aria-valuetext", clock(at));
    this.picture?.at(this.timed && (going || at > 0) ? at : null);
    this.follow(going || at > 0 ? this.rows.get(this.spoken(at)?.id) : null, going);
  }
  follow(line, going) {
    if (this.current === line) return;
    this.current?.classList.remove("now");
    this.current = line;
    line?.classList.add("now");
    if (line && going && !line.hidden && this.$(".follow input").checked && !this.hands() && !this.pencil.open) intoView(this.turns, line);
  }
  quiet() {
    clearTimeout(this.retry);
    if (!this.audio) return;
    this.audio.onerror = null;
    this.audio.pause();
    this.audio.removeAttribute("src");
    this.audio.load();
    this.audio = null;
  }
  close() {
    for (const [name, act] of Object.entries(this.events)) document.removeEventListener(name, act);
    this.quiet();
    this.naming.close();
    this.pencil.close();
  }
}

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  let player = PLAYERS.get(parentElement);
  if (!player) PLAYERS.set(parentElement, (player = new Player(parentElement)));
  player.take(data, (told) => setStateValue("outbox", told));
  return () => { player.close(); PLAYERS.delete(parentElement); };
}
