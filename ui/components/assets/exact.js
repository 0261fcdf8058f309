export default function ({ data, parentElement }) {
  const box = parentElement.querySelector(".exact");
  parentElement.querySelector(".head").textContent = data.title;
  box.ariaLabel = data.title;
  if (box.textContent === data.text) return;
  box.textContent = data.text;
  box.scrollTop = 0;
}
