// What all widgets share: colours of the page's theme, sharp canvases, numbers as people say them, binary columns.

export const reduced = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

export function color(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

// Calls `draw` when the page turns dark or light, and when the element changes its size; returns how to stop.
export function redrawn(el, draw) {
  const sizes = new ResizeObserver(() => draw());
  sizes.observe(el);
  const themes = new MutationObserver(() => draw());
  themes.observe(document.documentElement, {attributes: true, attributeFilter: ['data-theme', 'data-mode']});
  return () => { sizes.disconnect(); themes.disconnect(); };
}

// Gives a canvas the size of its box in device pixels and returns its context in CSS pixels.
export function sharp(canvas, width, height) {
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const g = canvas.getContext('2d');
  g.setTransform(ratio, 0, 0, ratio, 0, 0);
  return g;
}

// Returns `draw` so that however often it is called before the next frame, it is done once.
export function soon(draw) {
  let asked = 0;
  return () => {
    if (!asked) asked = requestAnimationFrame(() => { asked = 0; draw(); });
  };
}

export const FONT = '"Hiragino Sans","Noto Sans JP","Noto Sans CJK JP","Yu Gothic UI",Meiryo,system-ui,sans-serif';

export function font(size, weight = 400) {
  return `${weight} ${size}px ${FONT}`;
}

export function floats(view) {
  if (!view || !view.byteLength) return new Float32Array(0);
  return new Float32Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}

export function shorts(view) {
  if (!view || !view.byteLength) return new Uint16Array(0);
  return new Uint16Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}

export function bytes(view) {
  return view && view.byteLength ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength) : new Uint8Array(0);
}

// 12345678 -> 1,235万 or 12.3 million; small numbers keep `digits`.
export function say(value, lang, digits = 0, sign = false) {
  if (!Number.isFinite(value)) return '–';
  const steps = lang === 'ja' ? [[1e8, '億'], [1e4, '万']] : [[1e6, ' million']];
  const plus = value < 0 ? '−' : sign && value > 0 ? '+' : '';
  const size = Math.abs(value);
  for (const [step, word] of steps) {
    if (size >= step) {
      const scaled = size / step;
      return plus + scaled.toLocaleString('en-US', {maximumFractionDigits: scaled < 100 ? 1 : 0}) + word;
    }
  }
  return plus + size.toLocaleString('en-US', {maximumFractionDigits: digits, minimumFractionDigits: digits});
}

// Round steps for an axis between two values, at most `count` + 1 of them.
export function ticks(low, high, count) {
  const raw = Math.max((high - low) / count, 1e-12);
  const size = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((s) => s * size).find((s) => s >= raw * 0.999);
  const found = [];
  for (let at = Math.ceil(low / step - 1e-9) * step; at <= high + step * 1e-9; at += step) found.push(at);
  return found;
}

export function mix(colors, u) {
  const at = Math.max(0, Math.min(1, u)) * (colors.length - 1);
  const i = Math.min(colors.length - 2, Math.floor(at));
  const parts = (hex) => [1, 3, 5].map((k) => parseInt(hex.slice(k, k + 2), 16));
  const [a, b] = [parts(colors[i]), parts(colors[i + 1])];
  return a.map((v, k) => Math.round(v + (b[k] - v) * (at - i)));
}

export function make(tag, parent, attributes = {}, text = '') {
  const el = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) el.setAttribute(name, value);
  if (text) el.textContent = text;
  if (parent) parent.append(el);
  return el;
}
