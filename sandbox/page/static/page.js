// Keeps the page current without touching what is being typed, opened or read.
"use strict";
(() => {
  const live = document.getElementById("live");
  if (!live) return;
  let shown = null;

  // Details keep their state by a key, or by their place within a keyed element.
  const keyed = () => {
    const seen = new Map();
    return [...live.querySelectorAll("details")].map((one) => {
      const holder = one.closest("[data-key]") || one.closest("[data-comment]");
      const own = one.dataset.key || `${holder?.dataset.key || holder?.dataset.comment || ""}/${one.querySelector("summary")?.textContent.trim()}`;
      const count = (seen.get(own) || 0) + 1;
      seen.set(own, count);
      return [`${own}#${count}`, one];
    });
  };

  const show = (text) => {
    if (text === shown) return;
    const first = shown === null;
    shown = text;
    if (first) return;
    const open = new Map(keyed().map(([key, one]) => [key, one.open]));
    const selection = document.getSelection();
    if (selection && !selection.isCollapsed && live.contains(selection.anchorNode)) {
      shown = undefined;
      return;
    }
    live.innerHTML = text;
    for (const [key, one] of keyed()) if (open.has(key)) one.open = open.get(key);
  };

  const refresh = async () => {
    try {
      const answer = await fetch(live.dataset.address, { cache: "no-store" });
      if (answer.ok) show(await answer.text());
    } catch {
      // The sandbox is gone for a moment, or for good.
    }
  };

  // Buttons and the comment box post in the background.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-quiet]")) return;
    event.preventDefault();
    const buttons = form.querySelectorAll("button");
    buttons.forEach((one) => { one.disabled = true; });
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
      if (answer.status < 400 && form.elements.body) form.elements.body.value = "";
    } finally {
      buttons.forEach((one) => { one.disabled = false; });
      await refresh();
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("summary button")) event.stopPropagation();
  });

  if (location.hash.startsWith("#check-")) {
    const wanted = document.getElementById(location.hash.slice(1));
    if (wanted) wanted.open = true;
  }
  refresh();
  setInterval(() => { if (!document.hidden) refresh(); }, 1500);
})();
