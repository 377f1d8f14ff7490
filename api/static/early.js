// What cannot wait for the modules. The chosen theme comes first, so that a dark page never flashes white.
const chosen = localStorage.getItem("theme");
if (chosen) document.documentElement.dataset.theme = chosen;

// On a slow line one may fill in a form and send it before the modules are there: the browser would send it by its own
// means, as a new page without what was typed. What is done early is kept, and done once they listen. Forms with a
// method of their own (sign in, ask, filter) do without scripts, and are left alone.
(() => {
  const kept = [];
  const keep = (event, again) => { event.preventDefault(); event.stopImmediatePropagation(); kept.push(again); };
  const listeners = {
    submit: (event) => {
      const { target: form, submitter } = event;
      if (!form.hasAttribute("method")) keep(event, () => (submitter ? submitter.click() : form.requestSubmit()));
    },
    click: (event) => {
      const button = event.target.closest?.("button[type=button]");
      if (button) keep(event, () => button.click());
    },
    change: (event) => { kept.push(() => event.target.dispatchEvent(new Event("change", { bubbles: true }))); },
    input: (event) => { kept.push(() => event.target.dispatchEvent(new Event("input", { bubbles: true }))); },
    toggle: (event) => { // what stands open from the start tells it too, and asks for nothing
      const details = event.target;
      if (details.matches("[hx-trigger^=toggle]")) kept.push(() => details.dispatchEvent(new Event("toggle")));
    },
  };
  for (const [kind, listener] of Object.entries(listeners)) document.addEventListener(kind, listener, true);

  function listened() {
    for (const [kind, listener] of Object.entries(listeners)) document.removeEventListener(kind, listener, true);
    for (const again of kept.splice(0)) again();
  }
  // modules have run by then; htmx, whose listener comes after this one, has looked through the page a task later
  document.addEventListener("DOMContentLoaded", () => setTimeout(listened));
})();
