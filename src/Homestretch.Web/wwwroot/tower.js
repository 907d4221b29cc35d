// The little that markup cannot do: the drawer's focus, arrow keys in a grid.

/** Says to whoever watches (styles, tests) that the screen follows the world. */
export function live() { document.documentElement.dataset.live = 'yes'; }

/** Opens or closes the drawer; the browser keeps focus inside and gives it back to what opened it. */
export function drawer(dialog, open, owner) {
  if (!dialog.dataset.wired) {
    dialog.dataset.wired = 'yes';
    dialog.addEventListener('cancel', e => { e.preventDefault(); owner.invokeMethodAsync('Close'); });
    dialog.addEventListener('mousedown', e => { if (e.target === dialog) owner.invokeMethodAsync('Close'); });
  }
  if (open && !dialog.open) dialog.showModal();
  if (!open && dialog.open) dialog.close();
}

/** Arrow keys, Home and End move between the links of a grid; one of them is in the tab order. */
export function grid(table) {
  const rows = () => [...table.querySelectorAll('tr')].map(r => [...r.querySelectorAll('a[data-cell]')]).filter(r => r.length);
  const settle = () => { if (!table.querySelector('a[data-cell][tabindex="0"]')) rows()[0]?.[0]?.setAttribute('tabindex', '0'); };
  settle();
  new MutationObserver(settle).observe(table, { childList: true, subtree: true });
  const go = to => {
    if (!to) return;
    table.querySelector('a[data-cell][tabindex="0"]')?.setAttribute('tabindex', '-1');
    to.setAttribute('tabindex', '0');
    to.focus();
  };
  // what a cell says in words, for mouse and keyboard alike
  const tip = document.body.appendChild(Object.assign(document.createElement('div'), { className: 'tip', hidden: true }));
  tip.setAttribute('aria-hidden', 'true');
  const say = cell => {
    tip.hidden = !cell;
    if (!cell) return;
    tip.textContent = cell.getAttribute('aria-label');
    const box = cell.getBoundingClientRect(), room = innerWidth - tip.offsetWidth - 8;
    tip.style.left = `${Math.max(8, Math.min(box.left, room))}px`;
    tip.style.top = `${box.bottom + 4 + tip.offsetHeight > innerHeight ? box.top - tip.offsetHeight - 4 : box.bottom + 4}px`;
  };
  const told = e => say(e.target.closest('a[data-cell][aria-label]'));
  for (const kind of ['mouseover', 'focusin']) table.addEventListener(kind, told);
  for (const kind of ['mouseleave', 'focusout', 'click']) table.addEventListener(kind, () => say(null));
  addEventListener('scroll', () => say(null), { capture: true, passive: true });
  addEventListener('keydown', e => { if (e.key === 'Escape') say(null); });
  table.addEventListener('focusin', e => {
    const cell = e.target.closest('a[data-cell]');
    if (cell && cell.tabIndex !== 0) go(cell);
  });
  table.addEventListener('keydown', e => {
    const cell = e.target.closest('a[data-cell]');
    if (!cell || e.altKey || e.metaKey) return;
    const all = rows(), y = all.findIndex(r => r.includes(cell)), x = all[y].indexOf(cell);
    const step = {
      ArrowRight: () => all[y][x + 1], ArrowLeft: () => all[y][x - 1],
      ArrowDown: () => all[y + 1]?.[Math.min(x, all[y + 1].length - 1)], ArrowUp: () => all[y - 1]?.[Math.min(x, all[y - 1].length - 1)],
      Home: () => e.ctrlKey ? all[0][0] : all[y][0], End: () => e.ctrlKey ? all.at(-1).at(-1) : all[y].at(-1),
      PageDown: () => all[Math.min(y + 10, all.length - 1)][x], PageUp: () => all[Math.max(y - 10, 0)][x],
    }[e.key];
    if (step) { e.preventDefault(); go(step()); }
  });
}
