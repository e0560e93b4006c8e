// Sliders, one a row: name, level, unit, a mark at today's level, help and price. Native inputs, so that keyboards and
// screen readers work as everywhere; a move is sent at most every 120 ms.
import {make} from './common.js';

const EVERY = 120;

function render({model, el}) {
  el.classList.add('kk-levers');
  let rows = {};
  let timer = null;
  let last = 0;
  let count = 0;

  // As many digits as tell a thousandth of the range apart; the step of a fitted value may be finer than that.
  function text(item, value) {
    const told = Math.max(item.step, (item.max - item.min) / 1000);
    const digits = Math.max(0, Math.min(6, -Math.floor(Math.log10(told) + 1e-9)));
    return Number(value).toLocaleString('en-US', {maximumFractionDigits: digits});
  }

  function send(name, value) {
    clearTimeout(timer);
    const go = () => {
      last = performance.now();
      model.set('moved', {name, value, n: ++count});
      model.save_changes();
    };
    const wait = EVERY - (performance.now() - last);
    if (wait <= 0) go(); else timer = setTimeout(go, wait);
  }

  function show(row, value) {
    const {item, input, output} = row;
    output.textContent = text(item, value);
    input.setAttribute('aria-valuetext', `${text(item, value)} ${item.unit}`);
    const at = (v) => (100 * (v - item.min)) / (item.max - item.min);
    input.style.setProperty('--at', `${at(value)}%`);
    row.box.classList.toggle('kk-moved', Math.abs(value - item.today) > item.step * 1e-6);
  }

  function build() {
    const held = document.activeElement?.id;
    rows = {};
    el.replaceChildren();
    for (const group of model.get('spec')) {
      const set = make('fieldset', el, {class: `kk-group kk-${group.key}`});
      make('legend', set, {}, group.title);
      for (const item of group.items) build_row(set, item);
    }
    update();
    if (held && held.startsWith('kk-')) document.getElementById(held)?.focus();
  }

  function build_row(set, item) {
    const box = make('div', set, {class: 'kk-lever', 'data-lever': item.name});
    const id = `kk-${item.name.replace(/\W/g, '-')}`;
    const head = make('div', box, {class: 'kk-lever-head'});
    make('label', head, {for: id}, item.label);
    const value = make('span', head, {class: 'kk-value'});
    const output = make('output', value, {for: id});
    make('small', value, {}, item.unit);
    const track = make('div', box, {class: 'kk-track'});
    const input = make('input', track, {
      type: 'range', id, min: item.min, max: item.max, step: item.step, 'aria-describedby': `${id}-help`,
    });
    const mark = make('i', track, {class: 'kk-today', title: item.mark});
    mark.style.left = `calc(9px + (100% - 18px) * ${(item.today - item.min) / (item.max - item.min)})`;
    const foot = make('div', box, {class: 'kk-lever-foot'});
    make('span', foot, {}, `${item.mark} ${text(item, item.today)}`);
    const price = make('span', foot, {class: 'kk-price'});
    const details = make('details', box);
    make('summary', details, {'aria-label': `${item.more}: ${item.label}`}, item.more);
    make('p', details, {id: `${id}-help`}, item.help);
    const reset = make('button', foot, {type: 'button', class: 'kk-reset', 'aria-label': `${item.back}: ${item.label}`}, item.back);
    const row = {item, box, input, output, price};
    rows[item.name] = row;
    input.oninput = () => { show(row, Number(input.value)); send(item.name, Number(input.value)); };
    reset.onclick = () => { input.value = item.today; show(row, item.today); send(item.name, item.today); };
  }

  function update() {
    const values = model.get('values');
    const notes = model.get('notes');
    for (const [name, row] of Object.entries(rows)) row.price.textContent = notes[name] || '';
    for (const [name, row] of Object.entries(rows)) {
      if (!(name in values) || (document.activeElement === row.input && timer && performance.now() - last < EVERY)) continue;
      row.input.value = values[name];
      show(row, values[name]);
    }
    el.dataset.rev = Number(el.dataset.rev || 0) + 1;
  }

  model.on('change:spec', build);
  model.on('change:values', update);
  model.on('change:notes', update);
  build();
}

export default {render};
