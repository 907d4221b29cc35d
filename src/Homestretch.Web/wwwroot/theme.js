// Before first paint: the chosen theme, if one was chosen; the system's otherwise.
(() => {
  const root = document.documentElement;
  const chosen = localStorage.getItem('theme');
  if (chosen) root.dataset.theme = chosen;
  document.addEventListener('click', e => {
    if (e.target.closest('.skip')) {
      e.preventDefault();   // the router would scroll there and leave the focus behind
      document.getElementById('main').focus();
    }
    if (e.target.closest('[data-theme-toggle]')) {
      const dark = (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
      root.dataset.theme = dark ? 'light' : 'dark';
      localStorage.setItem('theme', root.dataset.theme);
      document.dispatchEvent(new Event('themechange'));
    }
    for (const menu of document.querySelectorAll('details[data-menu][open]'))
      if (!menu.contains(e.target)) menu.open = false;
  });
  for (const asked of ['(prefers-color-scheme: dark)', '(forced-colors: active)'])
    matchMedia(asked).addEventListener('change', () => document.dispatchEvent(new Event('themechange')));
  document.addEventListener('focusout', e => {
    const menu = e.target.closest('details[data-menu][open]');
    if (menu && e.relatedTarget && !menu.contains(e.relatedTarget)) menu.open = false;
  });
  document.addEventListener('keydown', e => {
    const menu = e.key === 'Escape' && document.querySelector('details[data-menu][open]');
    if (menu) { menu.open = false; menu.querySelector('summary').focus(); }
  });

  // The server went away and came back: with its circuits gone the page is loaded anew, where it was.
  document.addEventListener('DOMContentLoaded', () => {
    const lost = document.getElementById('components-reconnect-modal');
    if (!lost) return;
    const over = () => ['failed', 'rejected', 'resume-failed'].some(s => lost.classList.contains(`components-reconnect-${s}`));
    let asking = false;
    const again = async () => {
      if (asking || !over()) return;
      asking = true;
      for (; ;) {
        if ((await fetch('/health', { cache: 'no-store' }).catch(() => null))?.ok) return location.reload();
        await new Promise(r => setTimeout(r, 2000));
      }
    };
    // above an open drawer as well
    const show = () => {
      const wanted = [...lost.classList].some(c => /^components-reconnect-(show|retrying|failed|rejected|resume-failed)$/.test(c));
      if (wanted !== lost.matches(':popover-open')) lost.togglePopover(wanted);
    };
    new MutationObserver(() => { show(); again(); }).observe(lost, { attributes: true, attributeFilter: ['class'] });
  });
})();
