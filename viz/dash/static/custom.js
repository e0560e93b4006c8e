// Loaded by every page before anything else: dark or light, and repairs of the page template for screen readers.
(() => {
  const root = document.documentElement;
  const dark = () => matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = localStorage.getItem('kakawari-theme') || (dark() ? 'dark' : 'light');
  root.lang = new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'ja';
  document.querySelector('meta[name=viewport]')?.setAttribute('content', 'width=device-width, initial-scale=1');
  // anywidget gives up on a widget that is not there within two seconds, which a slow phone or a busy machine may need.
  const after = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (ms) => after(ms === 2000 ? 60000 : ms);
  addEventListener('click', (e) => {
    if (!e.target.closest?.('[data-kk=theme]')) return;
    root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
    localStorage.setItem('kakawari-theme', root.dataset.theme);
  });
})();
