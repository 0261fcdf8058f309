export default function (component) {
  const { setTriggerValue } = component;
  const wake = () => setTriggerValue("wake", Date.now());
  document.addEventListener("dragoman:wake", wake);
  return () => document.removeEventListener("dragoman:wake", wake);
}
