// Play, pause and scrub through the months, and the choice between the map of changes and the moving people.
import {make} from './common.js';

const PER_MONTH = 220;  // milliseconds a month at normal speed

export function player(el, {words, months, onmonth, onmode, onplay}) {
  const box = make('div', el, {class: 'kk-player'});
  const modes = make('div', box, {class: 'kk-switch', role: 'group'});
  const change = make('button', modes, {type: 'button', 'aria-pressed': 'true'});
  const people = make('button', modes, {type: 'button', 'aria-pressed': 'false', 'data-kk': 'people'});
  const row = make('div', box, {class: 'kk-scrub'});
  const play = make('button', row, {type: 'button', class: 'kk-play', 'data-kk': 'play'});
  const scrub = make('input', row, {type: 'range', min: 1, step: 1});
  const text = make('output', row, {class: 'kk-month'});
  let mode = 'change';
  let timer = 0;
  let at = Infinity;  // the last month until somebody moves it

  const month = () => Math.max(1, Math.min(months(), at));

  function refresh() {
    const t = words();
    change.textContent = t.change;
    people.textContent = t.people;
    modes.setAttribute('aria-label', t.modes);
    scrub.setAttribute('aria-label', t.scrub);
    play.setAttribute('aria-label', timer ? t.pause : t.play);
    play.textContent = timer ? '❚❚' : '▶';
    scrub.max = months();
    scrub.value = month();
    scrub.style.setProperty('--at', `${(100 * (month() - 1)) / Math.max(1, months() - 1)}%`);
    text.textContent = t.month.replace('{month}', month()).replace('{year}', Math.ceil(month() / 12));
    scrub.setAttribute('aria-valuetext', text.textContent);
  }

  function set(value) {
    at = value >= months() ? Infinity : value;
    refresh();
    onmonth();
  }

  function choose(name) {
    mode = name;
    change.setAttribute('aria-pressed', String(name === 'change'));
    people.setAttribute('aria-pressed', String(name === 'people'));
    onmode();
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    refresh();
  }

  play.onclick = () => {
    if (timer) { stop(); return; }
    if (month() >= months()) set(1);
    timer = setInterval(() => {
      if (!el.isConnected) { clearInterval(timer); return; }
      set(month() + 1);
      if (month() >= months()) stop();
    }, PER_MONTH);
    refresh();
    onplay();
  };
  scrub.oninput = () => set(Number(scrub.value));
  change.onclick = () => choose('change');
  people.onclick = () => choose('people');
  refresh();
  return {
    month,
    mode: () => mode,
    refresh,
    stop,
    allow: (yes) => { people.disabled = !yes; if (!yes && mode === 'people') choose('change'); },
  };
}
