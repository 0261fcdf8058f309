const GROWN = new WeakMap();
const LOOK_EVERY = 2000;
const NEAR_THE_END = 48;

class Growing {
  constructor(root) {
    this.root = root;
    this.turns = this.$(".turns");
    this.begin();
    this.turns.onscroll = () => this.scrolled();
    this.turns.onclick = (event) => { const line = event.target.closest("li"); if (line && event.target.closest("button.at")) this.play(line.turn.start); };
    this.$(".newer").onclick = () => this.toEnd();
    this.$(".go").onclick = () => { if (this.audio.paused) this.audio.play().catch(() => this.tick()); else { this.wanted = false; this.audio.pause(); } };
  }
  $(selector) { return this.root.querySelector(selector); }
  begin() {
    this.lines = [];
    this.count = 0;
    this.unseen = 0;
    this.following = true;
    this.turns?.replaceChildren();
  }
  take(data) {
    if (this.meeting !== data.meeting) { this.quiet(); this.begin(); this.shelf = ""; }
    this.meeting = data.meeting;
    this.words = data.words;
    this.address = data.heard;
    this.fresh = data.sound;
    this.$(".title").textContent = data.words.title;
    this.turns.setAttribute("aria-label", data.words.title);
    this.newer();
    this.look();
  }
  // What is new since the last look; nothing that stands there already is drawn again.
  async look() {
    clearTimeout(this.timer);
    if (this.closed || this.looking) return;
    if (!document.hidden) {
      this.looking = true;
      const news = await this.ask();
      this.looking = false;
      if (this.closed) return;
      if (news) this.add(news);
      if (news && news.growth !== "growing") return;
    }
    this.timer = setTimeout(() => this.look(), LOOK_EVERY);
  }
  async ask() {
    try {
      const answer = await fetch(`${this.address}&shelf=${this.shelf}&have=${this.count}`, { cache: "no-store" });
      this.troubled({ 403: this.words.expired, 503: this.words.away }[answer.status] || "");
      return answer.ok ? await answer.json() : null;
    } catch { this.troubled(this.words.away); return null; }
  }
  // What is said of the sound stays until something else is to be said.
  troubled(text) {
    if (text !== (this.trouble || "")) this.say(text);
    this.trouble = text;
  }
  add(news) {
    const w = this.words;
    if (news.since !== this.count) this.begin();
    this.shelf = news.shelf;
    this.count = news.since + news.turns.length;
    const place = this.turns.scrollTop, reading = this.following ? null : this.reading(), stood = reading?.offsetTop;
    const alone = !this.lines.some((line) => line.turn.speaker);
    for (const turn of news.turns.sort((one, other) => Growing.order(one, other))) this.insert(turn);
    if (alone) this.turns.classList.toggle("alone", !this.lines.some((line) => line.turn.speaker));
    this.settle(news);
    this.$(".state").textContent = news.growth === "growing" && !this.lines.length ? w.nothing_yet : w[`state.${news.growth}`];
    if (!news.turns.length) return;
    if (this.following) this.toEnd();
    else { this.unseen += news.turns.length; this.to(place + (reading ? reading.offsetTop - stood : 0)); }
    this.newer();
  }
  // The line at the top of what is seen: it stays there, whatever comes in above it.
  reading() {
    const top = this.turns.scrollTop + this.turns.offsetTop;
    return this.lines.find((line) => line.offsetTop + line.offsetHeight > top);
  }
  static order(one, other) { return one.start - other.start || one.channel - other.channel; }
  insert(turn) {
    let low = 0, high = this.lines.length;
    if (high && Growing.order(this.lines[high - 1].turn, turn) <= 0) low = high;
    while (low < high) { const middle = (low + high) >> 1; if (Growing.order(this.lines[middle].turn, turn) <= 0) low = middle + 1; else high = middle; }
    const line = this.line(turn);
    this.turns.insertBefore(line, this.lines[low] || null);
    this.lines.splice(low, 0, line);
  }
  line(turn) {
    const w = this.words, at = clock(turn.start);
    const line = el("li", { class: turn.side },
      this.fresh ? el("button", { type: "button", class: "link at", "aria-label": fill(w.from, { time: at }) }, at) : el("span", { class: "at grey" }, at),
      el("span", { class: "who grey", title: turn.speaker }, turn.speaker || "–"),
      el("span", { class: "words" }, turn.text));
    line.turn = turn;
    return line;
  }
  // Where only one line of the call is heard yet, turns of the other may still come in between.
  settle(news) {
    const ahead = (line) => news.growth !== "whole" && line.turn.start >= news.heard_to;
    for (let at = this.lines.length - 1; at >= 0; at -= 1) {
      const line = this.lines[at], now = ahead(line);
      if (!now && line.settled) break;
      line.settled = !now;
      line.classList.toggle("ahead", now);
      line.title = now ? this.words.ahead : "";
    }
  }
  // Up is away from the end, however short the way was yet; down to the end is back to it.
  scrolled() {
    const was = this.top ?? 0;
    this.top = this.turns.scrollTop;
    if (this.top === was) return; // we did
    const near = this.turns.scrollHeight - this.top - this.turns.clientHeight < NEAR_THE_END;
    this.following = this.top > was && near;
    if (this.following) this.unseen = 0;
    this.newer();
  }
  toEnd() {
    this.following = true;
    this.unseen = 0;
    this.to(this.turns.scrollHeight);
    this.newer();
  }
  to(place) {
    this.turns.scrollTop = place;
    this.top = this.turns.scrollTop;
  }
  newer() {
    this.$(".newer").hidden = this.following || !this.unseen;
    this.$(".newer").textContent = fill(this.words?.newer, { count: this.unseen });
  }
  // The sound
  play(start) {
    if (!this.audio) this.listen();
    this.wanted = true;
    this.following = false;
    this.audio.currentTime = Math.max(0, start);
    this.audio.play().catch(() => this.tick());
    this.tick();
  }
  listen() {
    const audio = (this.audio = new Audio());
    audio.ontimeupdate = audio.onplay = audio.onpause = audio.onended = () => this.tick();
    audio.onloadedmetadata = () => this.say("");
    audio.onerror = () => this.failed(audio);
    audio.src = this.fresh;
  }
  async failed(audio) {
    const w = this.words, at = audio.currentTime;
    let answer = null;
    try { answer = await fetch(this.fresh, { method: "HEAD", cache: "no-store" }); } catch { /* the desk is away */ }
    if (audio !== this.audio) return;
    const waits = { 202: w.preparing }[answer?.status] || (answer ? "" : w.away);
    this.say(waits || { 403: w.expired, 404: w.gone }[answer.status] || w.unplayable);
    if (!waits) return;
    this.retry = setTimeout(() => {
      if (audio !== this.audio) return;
      audio.src = this.fresh;
      audio.currentTime = at;
      if (this.wanted) audio.play().catch(() => {});
    }, LOOK_EVERY);
  }
  tick() {
    const audio = this.audio, w = this.words;
    if (!audio) return; // it was let go of
    const going = !audio.paused && !audio.ended;
    this.$(".go").hidden = this.$(".time").hidden = false;
    this.$(".go").textContent = going ? "❚❚" : "▶";
    this.$(".go").setAttribute("aria-label", going ? w.pause : w.play);
    this.$(".time").textContent = clock(audio.currentTime);
    const line = this.lines.findLast((one) => one.turn.start <= audio.currentTime);
    if (line === this.current) return;
    this.current?.classList.remove("now");
    this.current = line;
    line?.classList.add("now");
  }
  say(text) {
    this.$(".say").textContent = text || "";
    this.$(".say").hidden = !text;
  }
  quiet() {
    clearTimeout(this.retry);
    if (!this.audio) return;
    this.audio.onerror = null;
    this.audio.pause();
    this.audio.removeAttribute("src");
    this.audio.load();
    this.audio = this.current = null;
    this.$(".go").hidden = this.$(".time").hidden = true;
  }
  close() {
    this.closed = true;
    clearTimeout(this.timer);
    this.quiet();
  }
}

export default function ({ data, parentElement }) {
  let growing = GROWN.get(parentElement);
  if (!growing) GROWN.set(parentElement, (growing = new Growing(parentElement)));
  growing.take(data);
  return () => { growing.close(); GROWN.delete(parentElement); };
}
