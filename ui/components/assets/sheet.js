const SHEETS = new WeakMap();
export default function ({ data, parentElement }) {
  if (SHEETS.get(parentElement) === data.page) return;
  SHEETS.set(parentElement, data.page);
  parentElement.querySelector(".sheet").srcdoc = data.page;
}
