// Commands wait here, and in the browser's storage, until an answer names them.
class Outbox {
  constructor(meeting, send) {
    // Each command has a place of its own: two tabs on one meeting do not write over each other.
    this.start = `dragoman:outbox:${meeting}/`;
    this.count = 0;
    this.send = send;
    this.waiting = this.stored();
    this.listeners = new Map();
    this.unheard = 0;
    this.timer = setInterval(() => this.again(), 5000);
    if (this.waiting.length) setTimeout(() => this.push(), 0);
  }
  stored() {
    try {
      const names = Object.keys(localStorage).filter((name) => name.startsWith(this.start)).sort();
      return names.map((name) => JSON.parse(localStorage.getItem(name))).filter(Boolean);
    } catch { return []; }
  }
  add(command, answered) {
    this.count += 1;
    const id = `${Date.now().toString(36)}-${String(this.count).padStart(5, "0")}-${Math.random().toString(36).slice(2, 10)}`;
    this.waiting.push({ id, ...command });
    // A full or forbidden storage: the command is in memory and on its way all the same.
    try { localStorage.setItem(this.start + id, JSON.stringify({ id, ...command })); } catch { /* as said */ }
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
    this.send([...this.waiting.slice(0, 100), ...(more || [])]);
  }
  answered(answers) {
    const known = new Map((answers || []).map((one) => [one.id, one]));
    const done = this.waiting.filter((one) => known.has(one.id));
    if (!done.length) return;
    this.waiting = this.waiting.filter((one) => !known.has(one.id));
    for (const { id } of done) { try { localStorage.removeItem(this.start + id); } catch { /* as above */ } }
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
