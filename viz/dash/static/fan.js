// Two curves with their bands over the months: what is, and what the scenario makes of it.
import {color, floats, font, make, redrawn, say, sharp, ticks} from './common.js';

const PAD = {left: 64, right: 14, top: 14, bottom: 42};

function render({model, el}) {
  el.classList.add('kk-fan');
  const canvas = make('canvas', el, {role: 'img', tabindex: '0'});
  const tip = make('div', el, {class: 'kk-tip', 'aria-live': 'polite'});
  let frame = null;
  let cursor = -1;

  function data() {
    const all = floats(model.get('data'));
    const n = model.get('months');
    const rows = [];
    for (let k = 0; k < 6; k++) rows.push(all.subarray(k * n, (k + 1) * n));
    return {n, rows, shown: model.get('shown')};
  }

  function scale(rows) {
    let low = Infinity;
    let high = -Infinity;
    for (const row of rows) for (const v of row) if (Number.isFinite(v)) { low = Math.min(low, v); high = Math.max(high, v); }
    if (!Number.isFinite(low)) return [0, 1];
    const room = Math.max((high - low) * 0.12, high * 0.03, 1e-9);
    return [Math.max(0, low < high * 0.35 ? 0 : low - room), high + room];
  }

  function draw() {
    const width = Math.max(260, el.clientWidth);
    const height = model.get('height');
    const g = sharp(canvas, width, height);
    const {n, rows, shown} = data();
    g.clearRect(0, 0, width, height);
    canvas.setAttribute('aria-label', model.get('alt'));
    canvas.dataset.rev = model.get('rev');
    canvas.dataset.stage = model.get('stage');
    canvas.dataset.shown = shown;
    if (n < 2) return;
    const [low, high] = scale(rows);
    const x = (i) => PAD.left + (i / (n - 1)) * (width - PAD.left - PAD.right);
    const y = (v) => height - PAD.bottom - ((v - low) / (high - low)) * (height - PAD.top - PAD.bottom);
    frame = {n, rows, x, width, shown};
    axes(g, width, height, n, low, high, x, y);
    const faint = model.get('stage') === 'preview' ? 0.55 : 1;
    band(g, rows, 0, n, x, y, color('base'), 0.16);
    band(g, rows, 3, shown, x, y, color('blue'), 0.22 * faint);
    line(g, rows[0], n, x, y, color('base'), [7, 5], 1);
    line(g, rows[3], shown, x, y, color('blue'), [], faint);
    if (cursor >= 0) mark(g, height, x, y);
  }

  function axes(g, width, height, n, low, high, x, y) {
    const lang = model.get('lang');
    g.lineWidth = 1;
    g.font = font(12.5);
    g.textBaseline = 'middle';
    const steps = ticks(low, high, 5);
    const digits = Math.max(0, Math.min(3, -Math.floor(Math.log10((steps[1] ?? 1) - (steps[0] ?? 0) + 1e-9))));
    for (const v of steps) {
      g.strokeStyle = color('grid');
      g.beginPath(); g.moveTo(PAD.left, y(v)); g.lineTo(width - PAD.right, y(v)); g.stroke();
      g.fillStyle = color('quiet'); g.textAlign = 'right';
      g.fillText(say(v, lang, digits), PAD.left - 8, y(v));
    }
    g.textAlign = 'center'; g.textBaseline = 'alphabetic';
    const years = (n - 1) / 12;
    const every = Math.max(1, Math.ceil(years / Math.max(3, (width - 90) / 70)));
    for (let year = 0; year * 12 <= n; year += every) {
      const at = Math.max(0, Math.min(n - 1, year * 12 - 1));
      g.fillStyle = color('quiet');
      g.fillText(String(year), x(at), height - 24);
    }
    g.fillText(model.get('axis'), PAD.left + (width - PAD.left - PAD.right) / 2, height - 6);
  }

  function band(g, rows, k, n, x, y, stroke, alpha) {
    if (!Number.isFinite(rows[k + 1][0])) return;
    g.globalAlpha = alpha;
    g.fillStyle = stroke;
    g.beginPath();
    for (let i = 0; i < n; i++) g.lineTo(x(i), y(rows[k + 2][i]));
    for (let i = n - 1; i >= 0; i--) g.lineTo(x(i), y(rows[k + 1][i]));
    g.fill();
    g.globalAlpha = 1;
  }

  function line(g, row, n, x, y, stroke, dash, alpha) {
    g.globalAlpha = alpha;
    g.strokeStyle = stroke; g.lineWidth = 2.6; g.setLineDash(dash); g.lineJoin = 'round';
    g.beginPath();
    for (let i = 0; i < n; i++) if (Number.isFinite(row[i])) g.lineTo(x(i), y(row[i]));
    g.stroke();
    g.setLineDash([]); g.globalAlpha = 1;
  }

  function mark(g, height, x, y) {
    g.strokeStyle = color('quiet'); g.lineWidth = 1;
    g.beginPath(); g.moveTo(x(cursor), PAD.top); g.lineTo(x(cursor), height - PAD.bottom); g.stroke();
    for (const [k, name, n] of [[0, 'base', frame.n], [3, 'blue', frame.shown]]) {
      if (cursor >= n) continue;
      g.fillStyle = color(name);
      g.beginPath(); g.arc(x(cursor), y(frame.rows[k][cursor]), 4.5, 0, 7); g.fill();
    }
  }

  function point(i) {
    if (!frame) return;
    cursor = i;
    if (i < 0) { tip.style.display = 'none'; draw(); return; }
    const [lang, labels, digits] = [model.get('lang'), model.get('labels'), model.get('digits')];
    const value = (k) => say(frame.rows[k][i], lang, digits) + model.get('unit');
    tip.replaceChildren();
    make('b', tip, {}, model.get('when').replace('{month}', i + 1).replace('{year}', (Math.floor(i / 12) + 1)));
    make('span', tip, {class: 'kk-base'}, `${labels[0]} ${value(0)}`);
    if (i < frame.shown) make('span', tip, {class: 'kk-blue'}, `${labels[1]} ${value(3)}`);
    tip.style.display = 'grid';
    const at = frame.x(i);
    tip.style.left = `${at > frame.width / 2 ? Math.max(4, at - tip.offsetWidth - 14) : at + 14}px`;
    draw();
  }

  canvas.onmousemove = (e) => {
    if (!frame) return;
    const at = (e.clientX - canvas.getBoundingClientRect().x - PAD.left) / (frame.width - PAD.left - PAD.right);
    const i = Math.round(at * (frame.n - 1));
    point(i >= 0 && i < frame.n ? i : -1);
  };
  canvas.onmouseleave = () => point(-1);
  canvas.onblur = () => point(-1);
  canvas.onkeydown = (e) => {
    const move = {ArrowRight: 1, ArrowLeft: -1, PageDown: -12, PageUp: 12}[e.key];
    if (!move || !frame) return;
    e.preventDefault();
    point(Math.max(0, Math.min(frame.n - 1, (cursor < 0 ? frame.n - 1 : cursor) + move)));
  };
  model.on('change:rev', draw);
  model.on('msg:custom', (message) => {
    if (message.type !== 'png') return;
    const link = make('a', null, {href: canvas.toDataURL('image/png'), download: message.name});
    link.click();
  });
  const stop = redrawn(el, draw);
  draw();
  return stop;
}

export default {render};
