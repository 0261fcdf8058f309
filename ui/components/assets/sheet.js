const SHEETS = new WeakMap();
export default function ({ data, parentElement }) {
  parentElement.querySelector(".sheet").title = data.title;
  if (SHEETS.get(parentElement) === data.page) return;
  SHEETS.set(parentElement, data.page);
  parentElement.querySelector(".sheet").srcdoc = data.page;
}
