// The picture of the call: who spoke when, and where the items are.
const MARKS = { decision: "◆", risk: "▲", ask: "●", action: "■" };
class Picture {
  constructor(box, words, picture, act) {
    this.box = box;
    this.span = picture.span || 1;
    this.marks = new Map();
    const rows = picture.lanes.map((lane) => this.lane(lane, words, act));
    for (const kind of Object.keys(MARKS)) {
      const those = picture.marks.filter((one) => one.kind === kind);
      if (those.length) rows.push(this.kind(kind, those, words, act));
    }
    this.head = el("div", { class: "head", hidden: true });
    box.replaceChildren(...rows, el("div", { class: "rail" }, this.head));
    box.hidden = !rows.length;
  }
  row(label, track) {
    return el("div", { class: "lane-row" }, el("span", { class: "label grey", title: label }, label), track);
  }
  track(act, ...children) {
    const track = el("div", { class: "track" }, ...children);
    track.onclick = (event) => {
      const place = track.getBoundingClientRect();
      act.seek(((event.clientX - place.left) / place.width) * this.span);
    };
    return track;
  }
  lane(lane, words, act) {
    const at = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(at, "svg"), path = document.createElementNS(at, "path");
    svg.setAttribute("viewBox", "0 0 1000 10");
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("aria-hidden", "true");
    const scale = 1000 / this.span;
    path.setAttribute("d", lane.bars.map(([from, to]) =>
      `M${(from * scale).toFixed(2)} 0h${Math.max(1, (to - from) * scale).toFixed(2)}v10H${(from * scale).toFixed(2)}z`).join(""));
    path.setAttribute("class", lane.side);
    svg.append(path);
    return this.row(lane.name || words[`side.${lane.side}`], this.track(act, svg));
  }
  kind(kind, those, words, act) {
    const marks = those.map((one) => {
      const mark = el("button", { type: "button", class: `mark ${kind}`, tabIndex: -1, title: `${one.id} ${one.text}`, "aria-label": `${words[`kind.${kind}`]} ${one.id}` }, MARKS[kind]);
      mark.style.left = `${(one.at / this.span) * 100}%`;
      mark.onclick = (event) => { event.stopPropagation(); act.mark(one); };
      this.marks.set(one.uid, { mark, known: [one.segments.join(" "), one.all.join(" ")] });
      return mark;
    });
    return this.row(words[`kind.${kind}`], this.track(act, el("div", { class: "axis" }), ...marks));
  }
  at(place) {
    this.head.hidden = place === null;
    if (place !== null) this.head.style.left = `${Math.min(100, (place / this.span) * 100)}%`;
  }
  shown(segments) {
    const those = segments.join(" ");
    for (const { mark, known } of this.marks.values()) mark.classList.toggle("shown", !!those && known.includes(those));
  }
}
