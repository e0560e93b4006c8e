// The map: areas coloured by what changes, and on request the people who move between them, month by month.
import {bytes, color, floats, font, make, mix, redrawn, reduced, say, sharp, shorts, soon} from './common.js';
import {Crowd, strongest} from './crowd.js';
import {asset, codeOf, INSET, outline, projection, towns} from './geography.js';
import {player} from './player.js';

function render({model, el}) {
  el.classList.add('kk-atlas');
  const words = () => model.get('texts');
  const stage = make('div', el, {class: 'kk-stage'});
  const ground = make('canvas', stage, {role: 'img', tabindex: '-1'});
  const dots = make('canvas', stage, {'aria-hidden': 'true', class: 'kk-over', 'data-kk': 'dots'});
  const ties = make('canvas', stage, {'aria-hidden': 'true', class: 'kk-over'});
  const tip = make('div', stage, {class: 'kk-tip'});
  const legend = make('div', el, {class: 'kk-legend'});
  let view = null;  // projection, paths and film of the present size and table
  let crowd = null;
  let loop = 0;
  let building = 0;
  const controls = player(el, {words, months: () => model.get('months'), onmonth: paint, onmode: paint, onplay: run});

  const japan = () => ['prefectures', 'municipalities'].includes(model.get('table'));

  async function build() {
    const turn = ++building;
    const width = Math.max(240, el.clientWidth);
    const height = Math.round(Math.min(width * 1.08, model.get('height')));
    stage.style.height = `${height}px`;
    const [lat, lon, codes] = [model.get('lat'), model.get('lon'), model.get('codes')];
    const project = projection(width, height, japan(), lat, lon);
    const made = {width, height, project, codes, paths: [], spots: codes.map((c, i) => project(lon[i], lat[i], c))};
    if (japan()) {
      const shapes = await asset(`${model.get('table')}.geojson`);
      const row = Object.fromEntries(codes.map((c, i) => [c, i]));
      made.paths = shapes.features.map((f) => [row[codeOf(f)], outline(f, project)]).filter(([i]) => i !== undefined);
      if (model.get('table') === 'municipalities') made.borders = (await asset('prefectures.geojson')).features.map((f) => outline(f, project));
      made.towns = await towns(project);
    }
    if (turn !== building) return;
    view = made;
    crowd = null;
    paint();
  }

  function film() {
    const flows = shorts(model.get('flows'));
    const areas = model.get('areas').length;
    return flows.length ? {flows, areas, months: flows.length / areas / areas, tired: bytes(model.get('tired')), hosts: shorts(model.get('hosts'))} : null;
  }

  function values() {
    const all = floats(model.get('values'));
    const n = model.get('codes').length;
    const frames = Math.max(1, Math.floor(all.length / n));
    const frame = Math.max(0, Math.min(frames - 1, Math.ceil(controls.month() / model.get('step')) - 1));
    return all.subarray(frame * n, (frame + 1) * n);
  }

  function palette() {
    return model.get('palettes')[document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light'];
  }

  function tint(v) {
    if (!Number.isFinite(v)) return color('empty');
    const top = model.get('top') || 1;
    return `rgb(${mix(palette(), 0.5 + v / top / 2).join(',')})`;
  }

  function paint() {
    if (!view) return;
    const moving = controls.mode() === 'people';
    controls.allow(Boolean(film()));
    draw_ground(moving);
    draw_ties(moving);
    if (moving) people(); else dots.getContext('2d').clearRect(0, 0, dots.width, dots.height);
    draw_legend(moving);
    ground.dataset.rev = model.get('rev');
    ground.dataset.month = controls.month();
    ground.setAttribute('aria-label', model.get('alt'));
  }

  function draw_ground(moving) {
    const g = sharp(ground, view.width, view.height);
    g.clearRect(0, 0, view.width, view.height);
    const row = values();
    const chosen = view.codes.indexOf(model.get('selected'));
    g.lineJoin = 'round';
    for (const [i, path] of view.paths) {
      g.fillStyle = moving ? color('land') : tint(row[i]);
      g.fill(path);
      g.strokeStyle = color('border'); g.lineWidth = view.borders ? 0.25 : 0.7;
      g.stroke(path);
    }
    if (view.borders) { g.lineWidth = 0.7; g.strokeStyle = color('border'); for (const path of view.borders) g.stroke(path); }
    if (!view.paths.length) bubbles(g, row, moving);
    if (japan()) inset(g);
    if (chosen >= 0) outline_of(g, chosen);
  }

  function bubbles(g, row, moving) {
    const adults = model.get('adults');
    const top = Math.max(...adults, 1);
    view.spots.forEach(([x, y], i) => {
      const r = 8 + 26 * Math.sqrt(adults[i] / top);
      g.fillStyle = moving ? color('land') : tint(row[i]);
      g.strokeStyle = color('quiet'); g.lineWidth = 1.2;
      g.beginPath(); g.arc(x, y, r, 0, 7); g.fill(); g.stroke();
      g.fillStyle = color('ink'); g.font = font(12.5, 500); g.textAlign = 'left'; g.textBaseline = 'middle';
      if (view.codes.length <= 20) g.fillText(model.get('names')[i], x + r + 4, y);
    });
  }

  function inset(g) {
    const [x0, y0] = view.project(INSET.west, INSET.north);
    const [x1, y1] = view.project(INSET.east, INSET.south);
    g.strokeStyle = color('border'); g.lineWidth = 1;
    g.beginPath(); g.moveTo(x0, y1); g.lineTo(x1 - 26, y1); g.lineTo(x1, y1 - 26); g.lineTo(x1, y0); g.stroke();
    g.fillStyle = color('quiet'); g.font = font(12); g.textAlign = 'left'; g.textBaseline = 'alphabetic';
    g.fillText(words().okinawa, x0 + 2, y1 - 8);
  }

  function outline_of(g, i) {
    const found = view.paths.find(([row]) => row === i);
    g.strokeStyle = color('ink'); g.lineWidth = 2.4;
    if (found) g.stroke(found[1]); else { g.beginPath(); g.arc(...view.spots[i], 34, 0, 7); g.stroke(); }
  }

  function area_spot(a) {
    const at = model.get('area_at')[a];
    return view.project(at[1], at[0], model.get('areas')[a]);
  }

  function only() {
    return model.get('areas').indexOf((model.get('selected') || '').slice(0, model.get('area_letters') || undefined));
  }

  function draw_ties(moving) {
    const g = sharp(ties, view.width, view.height);
    g.clearRect(0, 0, view.width, view.height);
    const show = film();
    if (!moving || !show) return;
    const t = Math.min(show.months, controls.month()) - 1;
    const widest = strongest(show, t, only(), 160);
    const top = widest.length ? widest[0][2] : 1;
    g.strokeStyle = color('tie');
    for (const [home, place, n] of widest) {
      const [a, b] = [area_spot(home), area_spot(place)];
      g.globalAlpha = 0.1 + 0.45 * Math.sqrt(n / top); g.lineWidth = 0.5 + 2.2 * Math.sqrt(n / top);
      g.beginPath(); g.moveTo(...a);
      g.quadraticCurveTo((a[0] + b[0]) / 2 + (b[1] - a[1]) * 0.18, (a[1] + b[1]) / 2 - (b[0] - a[0]) * 0.18, ...b);
      g.stroke();
    }
    g.globalAlpha = 1;
    model.get('areas').forEach((_, i) => {
      const hosts = show.hosts[t * show.areas + i];
      const burnt = show.tired[t * show.areas + i] / 255;
      g.fillStyle = `rgb(${mix([color('calm'), color('weary'), color('burnt')], burnt / 0.3).join(',')})`;
      g.strokeStyle = color('card'); g.lineWidth = 1;
      g.beginPath(); g.arc(...area_spot(i), 3 + Math.min(9, 0.55 * Math.sqrt(hosts)), 0, 7); g.fill(); g.stroke();
    });
  }

  function people() {
    const show = film();
    if (!show) return;
    if (!crowd) crowd = new Crowd(show, scatter);
    crowd.month(Math.min(show.months, controls.month()) - 1, performance.now() / 1000, only());
    run();
  }

  function scatter(a) {
    const list = view.towns?.[model.get('areas')[a]];
    const wobble = (size) => (Math.random() + Math.random() + Math.random() - 1.5) * size;
    if (!list) { const [x, y] = area_spot(a); return [x + wobble(26), y + wobble(26)]; }
    const u = Math.random();
    const town = list.find((o) => o.until >= u) || list[0];
    return [town.x + wobble(4), town.y + wobble(4)];
  }

  function run() {
    cancelAnimationFrame(loop);
    if (controls.mode() !== 'people' || !crowd) return;
    const [w, h] = [Math.round(view.width), Math.round(view.height)];
    Object.assign(dots, {width: w, height: h});
    Object.assign(dots.style, {width: `${w}px`, height: `${h}px`});
    const g = dots.getContext('2d');
    const image = g.createImageData(w, h);
    const pixels = new Uint32Array(image.data.buffer);
    const packed = ['dot-home', 'dot-way', 'dot-there', 'dot-new'].map((name) => {
      const [r, gr, b] = mix([color(name), color(name)], 0);
      return (({'dot-home': 110, 'dot-there': 190}[name] || 235) << 24 | b << 16 | gr << 8 | r) >>> 0;
    });
    const still = performance.now() / 1000;
    const tick = () => {
      if (!el.isConnected) return;
      crowd.draw(pixels, w, h, reduced() ? still : performance.now() / 1000, packed);
      g.putImageData(image, 0, 0);
      dots.dataset.frames = Number(dots.dataset.frames || 0) + 1;
      dots.dataset.people = crowd.count;
      if (!reduced()) loop = requestAnimationFrame(tick);
    };
    tick();
  }

  function draw_legend(moving) {
    legend.replaceChildren();
    const t = words();
    if (moving) {
      const scale = film() ? say(model.get('people') / (crowd?.keep || 1), model.get('lang')) : '';
      for (const [name, text] of [['dot-way', t.dot.replace('{people}', scale)], ['dot-new', t.fresh], ['calm', t.calm], ['burnt', t.burnt]]) {
        const item = make('span', legend, {class: 'kk-key'});
        make('i', item).style.background = color(name);
        item.append(text);
      }
      make('span', legend, {class: 'kk-key'}, t.lines);
      return;
    }
    const top = model.get('top');
    if (!top) { make('span', legend, {class: 'kk-unit'}, t.none); return; }
    const digits = top < 1 ? 2 : top < 10 ? 1 : 0;
    make('span', legend, {}, say(-top, model.get('lang'), digits, true));
    make('i', legend, {class: 'kk-ramp'}).style.background = `linear-gradient(90deg, ${palette().join(',')})`;
    make('span', legend, {}, say(top, model.get('lang'), digits, true));
    make('span', legend, {class: 'kk-unit'}, t.unit);
  }

  function find(e) {
    const box = ground.getBoundingClientRect();
    const [x, y] = [e.clientX - box.x, e.clientY - box.y];
    const g = ground.getContext('2d');
    const ratio = ground.width / view.width;
    for (const [i, path] of view.paths) if (g.isPointInPath(path, x * ratio, y * ratio)) return [i, x, y];
    if (!view.paths.length) {
      const near = view.spots.map(([a, b], i) => [(a - x) ** 2 + (b - y) ** 2, i]).sort((p, q) => p[0] - q[0])[0];
      if (near && near[0] < 1600) return [near[1], x, y];
    }
    return [-1, x, y];
  }

  stage.onmousemove = (e) => {
    if (!view) return;
    const [i, x, y] = find(e);
    tip.style.display = i < 0 ? 'none' : 'grid';
    if (i < 0) return;
    tip.replaceChildren();
    make('b', tip, {}, model.get('names')[i]);
    make('span', tip, {}, `${say(values()[i], model.get('lang'), 1, true)} ${words().unit}`);
    tip.style.left = `${Math.min(x + 14, view.width - tip.offsetWidth - 4)}px`;
    tip.style.top = `${Math.max(0, y - 44)}px`;
  };
  stage.onmouseleave = () => { tip.style.display = 'none'; };
  stage.onclick = (e) => {
    if (!view) return;
    const [i] = find(e);
    const code = i < 0 || view.codes[i] === model.get('selected') ? '' : view.codes[i];
    model.set('selected', code);
    model.save_changes();
    crowd = null;
    paint();
  };
  const again = soon(paint);
  model.on('change:rev', () => { if (view) { crowd = null; controls.refresh(); again(); } });
  model.on('change:selected', () => { crowd = null; again(); });
  model.on('change:codes', build);
  model.on('change:names', again);
  model.on('change:texts', () => { controls.refresh(); again(); });
  const stop = redrawn(el, () => (view && Math.abs(view.width - Math.max(240, el.clientWidth)) < 2 ? paint() : build()));
  build();
  return () => { stop(); cancelAnimationFrame(loop); controls.stop(); };
}

export default {render};
