const WANTED = "dragoman:wanted";
// Kept by this window only, until it is used once; never an address of another host.
export default function ({ data }) {
  if (data.locked) { sessionStorage.setItem(WANTED, location.pathname + location.search); return; }
  const wanted = sessionStorage.getItem(WANTED);
  sessionStorage.removeItem(WANTED);
  if (!wanted || wanted === location.pathname + location.search) return;
  const there = new URL(wanted, location.origin);
  if (there.origin === location.origin) location.replace(there);
}
