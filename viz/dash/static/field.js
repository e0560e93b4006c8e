// The hosts of one place as a field of dots: the busiest in the middle, tired ones warm, open roles as empty rings.
import {color, floats, font, make, mix, redrawn, say, sharp} from './common.js';

const GOLDEN = Math.PI * (3 - Math.sqrt(5));

function render({model, el}) {
  el.classList.add('kk-fan');
  const canvas = make('canvas', el, {role: 'img', tabindex: '-1'});
  const tip = make('div', el, {class: 'kk-tip'});
  let seats = [];

  function hosts() {
    const all = floats(model.get('data'));
    const n = all.length / 4;
    const rows = Array.from({length: n}, (_, i) => ({
      load: all[i], tired: all[n + i], ties: all[2 * n + i], gone: all[3 * n + i] > 0,
    }));
    return rows.sort((a, b) => b.ties - a.ties);
  }

  function draw() {
    const width = Math.max(260, el.clientWidth);
    const height = Math.min(460, Math.max(300, width * 0.8));
    const g = sharp(canvas, width, height);
    g.clearRect(0, 0, width, height);
    canvas.setAttribute('aria-label', model.get('alt'));
    canvas.dataset.rev = model.get('rev');
    const list = hosts();
    const open = Math.min(model.get('slots'), 400);
    const total = list.length + open;
    if (!total) {
      g.fillStyle = color('quiet'); g.font = font(14); g.fillText(model.get('texts').none, 12, 40);
      return;
    }
    const gap = Math.min(46, (Math.min(width, height) / 2 - 16) / Math.sqrt(total));
    const spot = (i) => [width / 2 + gap * Math.sqrt(i + 0.5) * Math.cos(i * GOLDEN), height / 2 + gap * Math.sqrt(i + 0.5) * Math.sin(i * GOLDEN)];
    const most = Math.max(1, ...list.map((h) => h.ties));
    seats = list.map((h, i) => ({...h, at: spot(i), r: Math.max(2.5, gap * (0.25 + 0.5 * Math.sqrt(h.ties / most)))}));
    for (const seat of seats) dot(g, seat);
    g.strokeStyle = color('green'); g.lineWidth = 1.6;
    for (let i = 0; i < open; i++) {
      const [x, y] = spot(list.length + i);
      g.beginPath(); g.arc(x, y, Math.max(2.5, gap * 0.32), 0, 7); g.stroke();
    }
  }

  function dot(g, seat) {
    const [x, y] = seat.at;
    g.beginPath(); g.arc(x, y, seat.r, 0, 7);
    if (seat.gone) { g.setLineDash([3, 3]); g.strokeStyle = color('ink'); g.lineWidth = 1.5; g.stroke(); g.setLineDash([]); return; }
    g.fillStyle = `rgb(${mix([color('calm'), color('weary'), color('burnt')], seat.tired).join(',')})`;
    g.fill();
    if (seat.load > 1) { g.strokeStyle = color('ink'); g.lineWidth = 2; g.stroke(); }
  }

  canvas.onmousemove = (e) => {
    const box = canvas.getBoundingClientRect();
    const [x, y] = [e.clientX - box.x, e.clientY - box.y];
    const found = seats.find((s) => (s.at[0] - x) ** 2 + (s.at[1] - y) ** 2 < (s.r + 3) ** 2);
    tip.style.display = found ? 'grid' : 'none';
    if (!found) return;
    const t = model.get('texts');
    tip.replaceChildren();
    for (const text of [
      t.ties.replace('{n}', found.ties), t.load.replace('{n}', say(100 * found.load, model.get('lang'))), t.tired.replace('{n}', say(100 * found.tired, model.get('lang'))),
    ]) make('span', tip, {}, text);
    tip.style.left = `${Math.min(x + 14, box.width - 190)}px`;
    tip.style.top = `${Math.max(0, y - 80)}px`;
  };
  canvas.onmouseleave = () => { tip.style.display = 'none'; };
  model.on('change:rev', draw);
  const stop = redrawn(el, draw);
  draw();
  return stop;
}

export default {render};
