// Sends files chunk by chunk. It outlives the page it was begun on: whoever looks at another page
// of the desk meanwhile loses nothing.
const AT_ONCE = 2;
const WAITS = [1000, 2000, 4000, 8000, 15000];
const SILENT = 60000; // a line may be slow, but not still

class Trouble extends Error {
  constructor(kind, text) { super(text || kind); this.kind = kind; this.text = text || ""; }
}
function pause(ms) { return new Promise((done) => setTimeout(done, ms)); }
async function sha256(buffer) {
  if (!globalThis.crypto || !crypto.subtle) return null; // a page without https has none
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", buffer));
  return Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
}

class Sending {
  constructor() {
    this.token = "";
    this.files = [];
    this.shown = null; // by whom: one that is put together anew begins before the one before ends
    this.untold = false;
    this.changed = () => {};
    this.moved = () => {};
    this.renew = () => {};
    window.addEventListener("beforeunload", (event) => { if (this.active().length) event.preventDefault(); });
  }
  active() { return this.files.filter((one) => ["queued", "sending", "waiting"].includes(one.state)); }
  add(file) {
    const same = this.files.find((one) => one.file.name === file.name && one.file.size === file.size && one.file.lastModified === file.lastModified);
    if (same && !["stopped", "failed"].includes(same.state)) return;
    if (same) { same.file = file; this.resume(same); return; }
    const one = { file, name: file.name, size: file.size, id: null, at: 0, offset: 0, sent: 0, speed: 0, state: "queued", kind: "", text: "", xhr: null };
    this.files.push(one);
    // The place is taken at once: a disk without room for all of them is told now, not in an hour.
    one.begun = this.begin(one).catch((trouble) => { if (["room", "refused"].includes(trouble.kind)) { this.fail(one, trouble); this.next(); } });
    this.next();
    this.moved();
  }
  next() {
    const busy = this.files.filter((one) => ["sending", "waiting"].includes(one.state)).length;
    for (const one of this.files.filter((each) => each.state === "queued").slice(0, Math.max(0, AT_ONCE - busy))) this.run(one);
    this.changed();
  }
  stop(one) {
    one.state = "stopped";
    one.turn = (one.turn || 0) + 1;
    if (one.xhr) one.xhr.abort();
    this.next();
  }
  // What was here to its end and is no longer, as after a crash, is sent again; not on the word of a
  // page that is older than the last answer: it may be whole by now, or handed over.
  missing(id, at) {
    const one = this.files.find((each) => each.id === id && each.state === "done");
    if (one && at > one.at) { one.id = null; this.resume(one); }
  }
  resume(one) { one.state = "queued"; one.text = one.kind = ""; this.next(); }
  async remove(id) {
    const one = this.files.find((each) => each.id === id);
    if (one) { this.stop(one); this.forget(one); }
    if (id) await this.ask("DELETE", `/${id}`).catch(() => {});
    this.moved();
  }
  forget(one) { this.files = this.files.filter((each) => each !== one); this.next(); }
  async run(one) {
    const turn = (one.turn = (one.turn || 0) + 1);
    const mine = () => one.turn === turn && ["sending", "waiting"].includes(one.state);
    const tries = { lost: 0, damaged: 0 };
    one.state = "sending";
    await one.begun;
    while (mine()) {
      try {
        if (!one.id || tries.lost) await this.begin(one);
        while (mine() && one.offset < one.size) {
          await this.chunk(one, mine);
          if (!mine()) return;
          one.state = "sending";
          tries.lost = tries.damaged = 0;
        }
        if (mine()) one.state = "done";
      } catch (trouble) {
        if (!mine()) return;
        await this.after(trouble, one, tries);
      }
    }
    this.next();
    this.moved();
  }
  // What a person cannot help is tried again by itself; the rest is told.
  async after(trouble, one, tries) {
    if (trouble.kind === "damaged" && ++tries.damaged <= 5) return;
    if (!["lost", "token", "gone"].includes(trouble.kind)) { this.fail(one, trouble); return; }
    if (trouble.kind === "token") this.renew();
    if (trouble.kind === "gone") one.id = null;
    one.state = "waiting";
    one.speed = 0;
    this.changed();
    await pause(WAITS[Math.min(tries.lost++, WAITS.length - 1)]);
  }
  fail(one, trouble) { one.state = "failed"; one.kind = trouble.kind || "failed"; one.text = trouble.text || ""; }
  async begin(one) {
    const name = one.name.toWellFormed ? one.name.toWellFormed() : one.name;
    const told = await this.ask("POST", "", JSON.stringify({ name, size: one.size, modified: Math.floor(one.file.lastModified || 0) }), {});
    const first = !one.id;
    one.id = told.id;
    one.at = told.at;
    one.offset = one.sent = told.offset;
    one.chunk = told.chunk;
    if (first) this.moved();
  }
  async chunk(one, mine) {
    let buffer;
    try { buffer = await one.file.slice(one.offset, one.offset + one.chunk).arrayBuffer(); }
    catch { throw new Trouble("unreadable"); }
    const digest = await sha256(buffer);
    if (!mine()) return;
    const begun = performance.now(), from = one.offset;
    const told = await this.ask("PUT", `/${one.id}?offset=${from}`, buffer, digest ? { "X-Chunk-SHA256": digest } : {}, one);
    if (!mine()) return;
    one.at = told.at;
    one.offset = one.sent = told.offset;
    const speed = (one.offset - from) / Math.max(0.001, (performance.now() - begun) / 1000);
    one.speed = one.speed ? one.speed * 0.7 + speed * 0.3 : speed;
    this.changed();
  }
  ask(method, path, body = null, headers = {}, one = null) {
    return new Promise((done, failed) => {
      const xhr = new XMLHttpRequest();
      xhr.open(method, `${this.root()}api/upload${path}`);
      xhr.setRequestHeader("X-Upload-Token", this.token);
      for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
      let still;
      const alive = () => { clearTimeout(still); still = setTimeout(() => xhr.abort(), SILENT); };
      xhr.onloadend = () => clearTimeout(still);
      xhr.onload = () => {
        let told = {};
        try { told = JSON.parse(xhr.responseText || "{}"); } catch { /* not from us: a proxy's page */ }
        if (xhr.status >= 200 && xhr.status < 300) { done(told); return; }
        if (xhr.status === 409) { done({ ...told, offset: Number(xhr.getResponseHeader("Upload-Offset")) }); return; }
        const kind = { 401: "token", 404: "gone", 422: "damaged", 507: "room" }[xhr.status] || (xhr.status >= 500 ? "lost" : "refused");
        failed(new Trouble(kind, told.error));
      };
      xhr.onerror = xhr.ontimeout = xhr.onabort = () => failed(new Trouble("lost"));
      if (one) {
        const from = one.offset;
        xhr.upload.onprogress = (event) => { alive(); one.sent = Math.min(one.size, from + event.loaded); this.changed(); };
        one.xhr = xhr;
      }
      alive();
      xhr.send(body);
    });
  }
  root() { return new URL(".", document.baseURI).pathname.replace(/upload\/$/, ""); }
}
function sending() {
  if (!window.dragomanSending) window.dragomanSending = new Sending();
  return window.dragomanSending;
}
