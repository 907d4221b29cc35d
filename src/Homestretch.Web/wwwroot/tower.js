// The little that markup cannot do: the drawer's focus, arrow keys in a grid.

/** Says to whoever watches (styles, tests) that the screen follows the world. */
export function live() { document.documentElement.dataset.live = 'yes'; }

/** Opens or closes the drawer on what is shown, 'order:SO-1/1'; the browser keeps focus inside and gives it back to what opened it. */
export function drawer(dialog, shown, owner) {
  const open = shown !== '', before = dialog.dataset.shown;
  dialog.dataset.shown = shown;
  if (!dialog.dataset.wired) {
    dialog.dataset.wired = 'yes';
    dialog.addEventListener('cancel', e => { e.preventDefault(); owner.invokeMethodAsync('Close'); });
    dialog.addEventListener('mousedown', e => { if (e.target === dialog) owner.invokeMethodAsync('Close'); });
  }
  if (open && !dialog.open) dialog.showModal();
  // from one thing to another inside the drawer: the link that led there is gone
  else if (open && before !== shown) { dialog.scrollTop = 0; focus(dialog.querySelector('#drawer-title')); }
  if (open || !dialog.open) return;
  dialog.close();
  // the page came with its drawer open, or what opened it has moved away
  if (document.activeElement && !document.activeElement.matches('body, h1')) return;
  const links = [...document.querySelectorAll('main a[href*="show="]')];
  const back = links.find(a => new URL(a.href).searchParams.get('show') === before && a.checkVisibility());
  if (back) back.focus(); else focus(document.querySelector('h1'));
}

function focus(heading) {
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus();
}

/** Arrow keys, Home and End move between the cells of a grid. */
export function grid(table) {
  walk(table, () => [...table.querySelectorAll('tr')].map(r => [...r.querySelectorAll('a[data-cell]')]).filter(r => r.length));
}

/** Arrow keys, Home and End move along the links of a drawing, in the order of its markup. */
export function drawing(mark) {
  walk(mark.parentElement, () => [[...mark.parentElement.querySelectorAll('a[data-cell]')]]);
}

/** What a cell says in words, beside the one that has the focus; under the mouse the browser shows it as a title. In a drawing, where marks lie over
    each other, a ring lies over them all. Escape takes both away. */
const tip = document.body.appendChild(Object.assign(document.createElement('div'), { className: 'tip', hidden: true }));
const ring = document.body.appendChild(Object.assign(document.createElement('div'), { className: 'ring', hidden: true }));
tip.setAttribute('aria-hidden', 'true');
function say(cell) {
  tip.hidden = ring.hidden = !cell?.matches(':focus-visible');
  if (tip.hidden) return;
  tip.textContent = cell.getAttribute('aria-label') ?? cell.querySelector(':scope > title')?.textContent ?? cell.textContent;
  const box = cell.getBoundingClientRect(), room = innerWidth - tip.offsetWidth - 8;
  tip.style.left = `${Math.max(8, Math.min(box.left, room))}px`;
  tip.style.top = `${box.bottom + 6 + tip.offsetHeight > innerHeight ? box.top - tip.offsetHeight - 6 : box.bottom + 6}px`;
  ring.hidden = !(cell instanceof SVGElement);
  Object.assign(ring.style, { left: `${box.left - 3}px`, top: `${box.top - 3}px`, width: `${box.width + 6}px`, height: `${box.height + 6}px` });
}
addEventListener('scroll', () => say(document.activeElement?.closest('svg a[data-cell]')), { capture: true, passive: true });
addEventListener('keydown', e => { if (e.key === 'Escape') say(null); });

/** Of all cells only one is in the tab order: the one that had the focus last. */
function walk(table, rows) {
  const settle = () => { if (!table.querySelector('a[data-cell][tabindex="0"]')) rows()[0]?.[0]?.setAttribute('tabindex', '0'); };
  settle();
  new MutationObserver(settle).observe(table, { childList: true, subtree: true });
  const go = to => {
    if (!to) return;
    table.querySelector('a[data-cell][tabindex="0"]')?.setAttribute('tabindex', '-1');
    to.setAttribute('tabindex', '0');
    to.focus();
  };
  table.addEventListener('mouseover', e => {
    const cell = e.target.closest('td a[data-cell], th a[data-cell]');
    if (cell) cell.title = cell.getAttribute('aria-label') ?? cell.textContent;
  });
  table.addEventListener('focusin', e => say(e.target.closest('a[data-cell]')));
  for (const kind of ['focusout', 'click']) table.addEventListener(kind, () => say(null));
  table.addEventListener('focusin', e => {
    const cell = e.target.closest('a[data-cell]');
    if (cell && cell.tabIndex !== 0) go(cell);
  });
  table.addEventListener('keydown', e => {
    const cell = e.target.closest('a[data-cell]');
    if (!cell || e.altKey || e.metaKey) return;
    const all = rows(), y = all.findIndex(r => r.includes(cell)), x = all[y].indexOf(cell), key = all.length > 1 ? e.key : { ArrowDown: 'ArrowRight', ArrowUp: 'ArrowLeft' }[e.key] ?? e.key;
    const step = {
      ArrowRight: () => all[y][x + 1], ArrowLeft: () => all[y][x - 1],
      ArrowDown: () => all[y + 1]?.[Math.min(x, all[y + 1].length - 1)], ArrowUp: () => all[y - 1]?.[Math.min(x, all[y - 1].length - 1)],
      Home: () => e.ctrlKey ? all[0][0] : all[y][0], End: () => e.ctrlKey ? all.at(-1).at(-1) : all[y].at(-1),
      PageDown: () => all[Math.min(y + 10, all.length - 1)][x], PageUp: () => all[Math.max(y - 10, 0)][x],
    }[key];
    if (step) { e.preventDefault(); go(step()); }
  });
}
