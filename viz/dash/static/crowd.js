// People who move between places: a dot is one simulated tie. Dots come and go with the monthly flows, and each one
// travels between its two places at a pace of its own. All of it is computed here; the server sent the flows once.

const MOST = 60000;
const HOME = 0.6, OUT = 0.11, THERE = 0.18;  // parts of a round trip: at home, on the way, there, and back

export class Crowd {
  constructor(film, spots) {
    this.film = film;  // {flows, months, areas}
    this.spots = spots;  // area -> function giving a position
    const n = film.areas * film.areas;
    this.pairs = Array.from({length: n}, () => []);
    this.count = 0;
    let top = 1;
    for (let t = 0; t < film.months; t += 6) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += film.flows[t * n + k];
      top = Math.max(top, sum);
    }
    this.keep = Math.min(1, MOST / top);
    this.free = [];
    this.size = 0;
    this.room(4096);
  }

  room(capacity) {
    const grown = (old) => { const made = new Float32Array(capacity); if (old) made.set(old); return made; };
    for (const name of ['hx', 'hy', 'px', 'py', 'phase', 'pace', 'born', 'bend']) this[name] = grown(this[name]);
    const alive = new Uint8Array(capacity);
    if (this.alive) alive.set(this.alive);
    this.alive = alive;
    const pair = new Uint16Array(capacity);
    if (this.pair) pair.set(this.pair);
    this.pair = pair;
    this.capacity = capacity;
  }

  month(t, now, only) {
    const n = this.film.areas;
    for (let k = 0; k < n * n; k++) {
      const shown = only < 0 || k % n === only || Math.floor(k / n) === only;
      const want = shown ? Math.round(this.film.flows[t * n * n + k] * this.keep) : 0;
      const have = this.pairs[k];
      while (have.length > want) this.remove(have);
      while (have.length < want) have.push(this.add(k, now));
    }
  }

  add(k, now) {
    const i = this.free.length ? this.free.pop() : this.size++;
    if (i >= this.capacity) this.room(this.capacity * 2);
    const n = this.film.areas;
    [this.hx[i], this.hy[i]] = this.spots(Math.floor(k / n));
    [this.px[i], this.py[i]] = this.spots(k % n);
    this.phase[i] = Math.random();
    this.pace[i] = 0.06 + 0.08 * Math.random();
    this.bend[i] = 0.12 + 0.1 * Math.random();
    this.born[i] = now;
    this.alive[i] = 1;
    this.pair[i] = k;
    this.count++;
    return i;
  }

  remove(list) {
    const i = list.pop();
    this.alive[i] = 0;
    this.free.push(i);
    this.count--;
  }

  // Draws everybody into an image of 32-bit pixels; `colors` are for at home, on the way, there, and new.
  draw(pixels, width, height, now, colors) {
    pixels.fill(0);
    for (let i = 0; i < this.size; i++) {
      if (!this.alive[i]) continue;
      const u = (this.phase[i] + now * this.pace[i]) % 1;
      let s = 0, tint = colors[0];
      if (u >= HOME) {
        tint = colors[1];
        if (u < HOME + OUT) s = (u - HOME) / OUT;
        else if (u < HOME + OUT + THERE) { s = 1; tint = colors[2]; } else s = 1 - (u - HOME - OUT - THERE) / (1 - HOME - OUT - THERE);
      }
      if (now - this.born[i] < 1.5) tint = colors[3];
      const dx = this.px[i] - this.hx[i], dy = this.py[i] - this.hy[i];
      const lift = this.bend[i] * 4 * s * (1 - s);
      const x = (this.hx[i] + dx * s + dy * lift) | 0, y = (this.hy[i] + dy * s - dx * lift) | 0;
      if (x < 0 || y < 0 || x >= width - 1 || y >= height - 1) continue;
      const at = y * width + x;
      pixels[at] = tint;
      if (s > 0 && (s < 1 || tint === colors[3])) { pixels[at + 1] = tint; pixels[at + width] = tint; pixels[at + width + 1] = tint; }
    }
  }
}

// The widest flows of a month as [home, place, ties].
export function strongest(film, t, only, most) {
  const n = film.areas;
  const found = [];
  for (let k = 0; k < n * n; k++) {
    const [home, place] = [Math.floor(k / n), k % n];
    const ties = film.flows[t * n * n + k];
    if (home === place || !ties || (only >= 0 && home !== only && place !== only)) continue;
    found.push([home, place, ties]);
  }
  return found.sort((a, b) => b[2] - a[2]).slice(0, most);
}
