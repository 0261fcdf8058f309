// Commands wait here, and in the browser's storage, until an answer names them.
class Outbox {
  constructor(meeting, send) {
    this.key = `dragoman:outbox:${meeting}`;
    this.send = send;
    this.waiting = this.stored();
    this.listeners = new Map();
    this.unheard = 0;
    this.timer = setInterval(() => this.again(), 5000);
    if (this.waiting.length) setTimeout(() => this.push(), 0);
  }
  stored() {
    try { return JSON.parse(localStorage.getItem(this.key) || "[]"); } catch { return []; }
  }
  add(command, answered) {
    const id = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
    this.waiting.push({ id, ...command });
    if (answered) this.listeners.set(id, answered);
    this.push();
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
    this.keep();
    this.send([...this.waiting.slice(0, 100), ...(more || [])]);
  }
  keep() {
    try {
      if (this.waiting.length) localStorage.setItem(this.key, JSON.stringify(this.waiting));
      else localStorage.removeItem(this.key);
    } catch { /* a full or forbidden storage: the commands are in memory and on their way */ }
  }
  answered(answers) {
    const known = new Map((answers || []).map((one) => [one.id, one]));
    const done = this.waiting.filter((one) => known.has(one.id));
    if (!done.length) return;
    this.waiting = this.waiting.filter((one) => !known.has(one.id));
    this.keep();
    for (const command of done) {
      const listener = this.listeners.get(command.id);
      this.listeners.delete(command.id);
      if (listener) listener(known.get(command.id), command);
    }
    if (this.waiting.length) this.push();
  }
  close() { clearInterval(this.timer); }
}
// What is typed and not yet sent survives a reload, in the middle of a word too.
class Drafts {
  constructor(meeting) { this.start = `dragoman:draft:${meeting}:`; }
  get(name) { try { return JSON.parse(localStorage.getItem(this.start + name)); } catch { return null; } }
  put(name, before, value) {
    try { localStorage.setItem(this.start + name, JSON.stringify({ before, value })); } catch { /* as above */ }
  }
  drop(name) { try { localStorage.removeItem(this.start + name); } catch { /* as above */ } }
}
