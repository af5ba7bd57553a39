"use strict";
// What makes the room fast: keys and dragging. Every page works without it, through the same forms.
(() => {
  const rows = () => [...document.querySelectorAll("[data-row]")];
  const find = (selector, inside = document) => inside.querySelector(selector);
  let at = -1;
  let after = "";

  function stand(place, focus = true) {
    const all = rows();
    if (!all.length) return;
    at = Math.max(0, Math.min(all.length - 1, place));
    all.forEach((row, n) => row.classList.toggle("here", n === at));
    all[at].scrollIntoView({ block: "nearest" });
    if (focus) find("[data-open]", all[at])?.focus({ preventScroll: true });
  }
  const here = () => rows()[at];

  // Where a form leads back to: the row that comes next, so that the work goes on.
  function press(what) {
    const row = here();
    const button = find(`[data-do="${what}"]`, row ?? document);
    if (!button) return;
    button.click();
  }
  function mark() {
    const box = here() && find("[data-mark]", here());
    if (box) { box.checked = !box.checked; return; }
    find("[data-merge]")?.focus();
  }
  function edit() {
    const field = find("[data-edit]");
    if (field) { field.focus(); field.select(); return; }
    const link = here() && find("[data-open]", here());
    if (link) location.href = link.href + "#headline";
  }
  // The launch record that nobody has looked at yet, else the first.
  function record() {
    const form = find(".record.unreviewed details") ?? find(".record details");
    if (!form) return;
    form.open = true;
    find("[name=vendor]", form).focus();
  }
  function step(by) {
    if (rows().length) return stand(at + by);
    find(by > 0 ? "[data-after]" : "[data-before]")?.click();
  }

  const acts = {
    j: () => step(1), k: () => step(-1),
    o: () => here() && find("[data-open]", here())?.click(),
    i: () => press("include"), x: () => press("exclude"),
    J: () => press("down"), K: () => press("up"),
    m: mark, M: () => find('[data-do="merge"]')?.click(),
    e: edit, u: () => find("#undo")?.requestSubmit(),
    p: () => find("#sure")?.focus(),
    r: record,
    "/": () => (find("#q") ? find("#q").focus() : (location.href = "/inbox")),
    "?": () => find("#keys")?.showModal(),
    "g i": () => { location.href = find('.sections a[href^="/inbox"]').href; },
    "g e": () => { location.href = find('.head a[href^="/editions/"]')?.href ?? "/editions"; },
  };
  const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, dialog");

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && typing(event.target)) return event.target.blur();
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (localStorage.getItem("keys") === "off" && event.key !== "?") return;
    const key = after ? `${after} ${event.key}` : event.key;
    after = event.key === "g" && !after ? "g" : "";
    if (!Object.hasOwn(acts, key)) return;
    event.preventDefault();
    acts[key]();
  });

  const on = find("#keys-on");
  if (on) {
    on.checked = localStorage.getItem("keys") !== "off";
    on.addEventListener("change", () => localStorage.setItem("keys", on.checked ? "on" : "off"));
  }
  document.querySelectorAll("[data-opens]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => find(`#${button.dataset.opens}`).showModal());
  });

  // Filters take effect when they are chosen; a button does the same without this.
  find(".filters")?.addEventListener("change", (event) => {
    if (event.target.matches("select")) event.currentTarget.requestSubmit();
  });

  // After an act the page comes back with the story that it was about: go on from there.
  const named = rows().findIndex((row) => `#${row.id}` === location.hash);
  if (named >= 0) stand(named);
  if (location.hash === "#headline") find("[data-edit]")?.focus();

  // Leaving with words that were not saved is asked about.
  const changed = new Set();
  document.querySelectorAll("form").forEach((form) => {
    form.addEventListener("input", (event) => { if (event.target.matches("textarea")) changed.add(form); });
    form.addEventListener("submit", () => changed.delete(form));
  });
  addEventListener("beforeunload", (event) => { if (changed.size) event.preventDefault(); });

  // An edition's stories can be dragged.
  const order = find("#order");
  let dragged = null;
  if (order) rows().filter((row) => find('[data-do="up"]', row)).forEach((row) => {
    row.draggable = true;
    row.addEventListener("dragstart", () => { dragged = row; row.classList.add("dragged"); });
    row.addEventListener("dragend", () => row.classList.remove("dragged"));
    row.addEventListener("dragover", (event) => { if (dragged) event.preventDefault(); });
    row.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!dragged || dragged === row) return;
      const box = row.getBoundingClientRect();
      row[event.clientY > box.top + box.height / 2 ? "after" : "before"](dragged);
      find("#stories").value = rows().map((each) => each.dataset.story).join(" ");
      order.requestSubmit();
    });
  });
})();
