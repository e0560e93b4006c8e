// What only the browser can do for a page: its address, its language, the clipboard, and Ctrl-Z.
function render({model, el}) {
  el.style.display = 'none';

  function address() {
    const query = model.get('query');
    const want = location.pathname + (query ? `?${query}` : '');
    if (want !== location.pathname + location.search) history.replaceState(history.state, '', want);
  }

  function language() {
    document.documentElement.lang = model.get('lang');
    document.documentElement.dataset.mode = model.get('mode');
  }

  function show_page() {
    // On a phone the pages are a row to be swiped; who came by a link must see where they are.
    const row = document.querySelector('.kk-nav'), page = row?.querySelector('[aria-current]');
    if (page) row.scrollLeft += page.getBoundingClientRect().left - row.getBoundingClientRect().left - 40;
  }

  async function copy() {
    const text = model.get('copy');
    if (!text) return;
    try {
      await navigator.clipboard.writeText(text.replace('{here}', location.href));
    } catch {
      prompt('', text.replace('{here}', location.href));
    }
  }

  function key(e) {
    if (!(e.ctrlKey || e.metaKey) || e.target.closest('input[type=text], textarea')) return;
    const name = e.key.toLowerCase();
    if (name !== 'z' && name !== 'y') return;
    e.preventDefault();
    model.set('pressed', {undo: name === 'z' && !e.shiftKey, n: (model.get('pressed').n || 0) + 1});
    model.save_changes();
  }

  model.on('change:query', address);
  model.on('change:lang', language);
  model.on('change:mode', language);
  model.on('change:copied', copy);
  document.addEventListener('keydown', key);
  model.set('origin', location.origin);
  model.save_changes();
  address();
  language();
  requestAnimationFrame(show_page);
  return () => document.removeEventListener('keydown', key);
}

export default {render};
