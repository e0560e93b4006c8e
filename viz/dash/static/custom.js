// Loaded by every page before anything else: dark or light, and repairs of the page template for screen readers.
(() => {
  const root = document.documentElement;
  const dark = () => matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = localStorage.getItem('kakawari-theme') || (dark() ? 'dark' : 'light');
  root.lang = new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'ja';
  document.querySelector('meta[name=viewport]')?.setAttribute('content', 'width=device-width, initial-scale=1');
  addEventListener('click', (e) => {
    if (!e.target.closest?.('[data-kk=theme]')) return;
    root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
    localStorage.setItem('kakawari-theme', root.dataset.theme);
  });
})();
