const PLAYERS = new WeakMap();
class Player {
  constructor(root) {
    this.root = root;
    this.onShow = (event) => this.show(event.detail.segments);
    document.addEventListener("dragoman:show", this.onShow);
  }
  take(data) {
    if (this.rev === data.rev) return;
    this.rev = data.rev;
    this.rows = new Map();
    const lines = data.segments.map((one) => {
      const line = el("li", {}, el("span", { class: "grey" }, clock(one.start)), el("span", {}, one.speaker || "–"), el("span", {}, one.text));
      this.rows.set(one.id, line);
      return line;
    });
    this.root.querySelector(".turns").replaceChildren(...lines);
  }
  show(segments) {
    for (const line of this.root.querySelectorAll(".shown")) line.classList.remove("shown");
    const lines = segments.map((id) => this.rows?.get(id)).filter(Boolean);
    for (const line of lines) line.classList.add("shown");
    if (lines[0]) intoView(this.root.querySelector(".player"), lines[0]);
  }
  close() { document.removeEventListener("dragoman:show", this.onShow); }
}
export default function (component) {
  const { data, parentElement } = component;
  let player = PLAYERS.get(parentElement);
  if (!player) PLAYERS.set(parentElement, (player = new Player(parentElement)));
  player.take(data);
  return () => { player.close(); PLAYERS.delete(parentElement); };
}
