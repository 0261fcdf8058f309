// Commands wait here, and in the browser's storage, until an answer names them.
class Outbox {
  // `who` did them: on a shared computer nobody's words are sent under another's name. `heard` is
  // told the answers to what was done before a reload, and to all that nobody else listens for.
  constructor(meeting, send, who, heard) {
    // Each command has a place of its own: two tabs on one meeting do not write over each other.
    this.start = `dragoman:outbox:${meeting}/`;
    this.mine = who ? `${this.start}${encodeURIComponent(who)}/` : this.start;
    this.count = 0;
    this.send = send;
    this.heard = heard;
    this.waiting = this.stored();
    this.listeners = new Map();
    this.unheard = 0;
    this.timer = setInterval(() => this.again(), 5000);
    if (this.waiting.length) setTimeout(() => this.push(), 0);
  }
  // Places without a person are taken by whoever comes: they were made where nobody was named.
  stored() {
    try {
      const all = Object.keys(localStorage).filter((name) => name.startsWith(this.mine) || (name.startsWith(this.start) && !name.slice(this.start.length).includes("/")));
      const id = (name) => name.slice(name.lastIndexOf("/") + 1);
      return all.sort((a, b) => (id(a) < id(b) ? -1 : 1)).map((name) => this.parsed(localStorage.getItem(name), id(name))).filter(Boolean);
    } catch { return []; }
  }
  // What cannot be read is sent as it is: the answer says so, and the words in it are shown.
  parsed(text, id) {
    try { const found = JSON.parse(text); return found && typeof found === "object" ? { ...found, id } : found === null ? null : { id, text }; } catch { return { id, text }; }
  }
  // What may wait so many milliseconds goes with what comes until then.
  add(command, answered, later) {
    this.count += 1;
    const id = `${Date.now().toString(36)}-${String(this.count).padStart(5, "0")}-${Math.random().toString(36).slice(2, 10)}`;
    this.waiting.push({ id, ...command });
    // A full or forbidden storage: the command is in memory and on its way all the same.
    try { localStorage.setItem(this.mine + id, JSON.stringify({ id, ...command })); } catch { /* as said */ }
    if (answered) this.listeners.set(id, answered);
    if (later) this.due ??= setTimeout(() => this.push(), later); else this.push();
    return id;
  }
  // A desk that was started anew knows no part of the page until all of it has run, and then takes
  // note only of what differs from what it was sent first.
  again() {
    if (!this.waiting.length) { this.unheard = 0; return; }
    this.unheard += 1;
    if (this.unheard % 2 === 0) tell("wake", {});
    else this.push([{ id: `again-${Date.now()}` }]);
  }
  push(more) {
    clearTimeout(this.due);
    this.due = null;
    this.send([...this.waiting.slice(0, 100), ...(more || [])]);
  }
  answered(answers) {
    const known = new Map((answers || []).map((one) => [one.id, one]));
    const done = this.waiting.filter((one) => known.has(one.id));
    if (!done.length) return;
    this.waiting = this.waiting.filter((one) => !known.has(one.id));
    for (const { id } of done) { try { for (const place of [this.mine, this.start]) localStorage.removeItem(place + id); } catch { /* as above */ } }
    for (const command of done) {
      const listener = this.listeners.get(command.id) || this.heard;
      this.listeners.delete(command.id);
      if (listener) listener(known.get(command.id), command);
    }
    if (this.waiting.length) this.push();
  }
  close() { clearInterval(this.timer); clearTimeout(this.due); }
}
// What is typed and not yet sent survives a reload, in the middle of a word too.
class Drafts {
  constructor(meeting, who) {
    this.start = `dragoman:draft:${meeting}:`;
    this.mine = who ? `${this.start}${encodeURIComponent(who)}:` : this.start;
  }
  get(name) {
    try { return JSON.parse(localStorage.getItem(this.mine + name) ?? localStorage.getItem(this.start + name)); } catch { return null; }
  }
  put(name, before, value) {
    try { localStorage.setItem(this.mine + name, JSON.stringify({ before, value })); } catch { /* as above */ }
  }
  drop(name) { try { for (const place of [this.mine, this.start]) localStorage.removeItem(place + name); } catch { /* as above */ } }
}
