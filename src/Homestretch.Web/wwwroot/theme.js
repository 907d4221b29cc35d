// Before first paint: the chosen theme, if one was chosen; the system's otherwise.
(() => {
  const root = document.documentElement;
  const chosen = localStorage.getItem('theme');
  if (chosen) root.dataset.theme = chosen;
  document.addEventListener('click', e => {
    if (e.target.closest('[data-theme-toggle]')) {
      const dark = (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
      root.dataset.theme = dark ? 'light' : 'dark';
      localStorage.setItem('theme', root.dataset.theme);
      document.dispatchEvent(new Event('themechange'));
    }
    for (const menu of document.querySelectorAll('details[data-menu][open]'))
      if (!menu.contains(e.target)) menu.open = false;
  });
  document.addEventListener('keydown', e => {
    const menu = e.key === 'Escape' && document.querySelector('details[data-menu][open]');
    if (menu) { menu.open = false; menu.querySelector('summary').focus(); }
  });
})();
