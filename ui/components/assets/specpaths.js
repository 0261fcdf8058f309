// Values of a spec by dotted path, such as "rules[0]" or "data_fields[2].label": how the service
// names them, and what an edit makes of them before the service has said so.
class SpecPaths {
  constructor(data) {
    this.slots = new Set(data.slots);
    this.needs = new Set(data.needs);
    this.rows = data.rows;
    this.plain = new Set(data.plain);
  }
  pattern(path) { return path.replace(/\[\d+\]/g, "[]"); }
  parts(path) { return path.match(/[^.[\]]+/g).map((one) => (/^\d+$/.test(one) ? Number(one) : one)); }
  // The value that an edit of this place replaces: cases and plain lists are written whole.
  unit(values, path) {
    const [head, index] = this.parts(path);
    if (this.plain.has(head)) return head;
    if (head === "acceptance" || head === "effort") return typeof index === "number" ? `${head}[${index}]` : head;
    if (`${head}[]` in this.rows && index === values[head].length) return `${head}[${index}]`;
    return path;
  }
  raw(values, path) {
    return this.parts(path).reduce((at, one) => (at === undefined || at === null ? undefined : at[one]), values);
  }
  // As the service sees it: a slot is its value, a row its values without where they come from.
  get(values, path) {
    const found = this.raw(values, path), names = this.rows[this.pattern(path)];
    if (found === undefined || found === null) return null;
    if (this.slots.has(this.pattern(path))) return found.value ?? null;
    if (names) return Object.fromEntries(names.map((name) => [name, found[name] ?? null]));
    return found;
  }
  // The unit with one value inside it replaced.
  replaced(before, unit, path, value) {
    if (unit === path) return value;
    const inside = this.parts(path).slice(this.parts(unit).length);
    if (this.plain.has(unit)) {
      const list = [...(before || [])];
      if (value === null) list.splice(inside[0], 1);
      else list[inside[0]] = value;
      return list;
    }
    if (unit.startsWith("acceptance")) return { given: "", when: "", then: "", kind: "happy", ...before, [inside[0]]: value ?? "" };
    return { ...before, [inside[0]]: value };
  }
  set(values, path, value) {
    const parts = this.parts(path), last = parts.pop();
    const holder = parts.reduce((at, one) => at?.[one], values);
    if (!holder) return;
    const pattern = this.pattern(path), old = holder[last];
    if (Array.isArray(holder) && value === null) { holder.splice(last, 1); return; }
    if (this.slots.has(pattern)) holder[last] = { value, origin: value === null ? "unknown" : "inferred", evidence: old?.evidence || [] };
    else if (pattern in this.rows) {
      const empty = pattern === "data_fields[]" ? { required: { value: null, origin: "unknown", evidence: [] }, example: { value: null, origin: "unknown", evidence: [] } } : {};
      holder[last] = { evidence: [], ...empty, ...old, ...value, origin: "inferred" };
    } else holder[last] = value;
    if (this.needs.has(pattern)) { holder.origin = "inferred"; holder.ours = false; }
  }
}
// `el` with children in lists of any depth.
function nest(tag, attributes, ...children) { return el(tag, attributes, ...children.flat(9)); }
