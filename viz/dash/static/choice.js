// Native fields in a row: select, number, text, textarea and file. A change is sent with the field's name.
import {make} from './common.js';

const LARGEST = 262144;  // bytes of an imported file

function render({model, el}) {
  el.classList.add('kk-form');
  let count = 0;

  function send(name, value) {
    model.set('changed', {name, value, n: ++count});
    model.save_changes();
  }

  function choices(field, parent) {
    const input = make('select', parent);
    for (const part of field.options) {
      const box = part.group ? make('optgroup', input, {label: part.group}) : input;
      for (const [value, text] of part.items) {
        const option = make('option', box, {value}, text);
        option.selected = value === field.value;
      }
    }
    input.onchange = () => send(field.name, input.value);
    return input;
  }

  function file(field, parent) {
    const input = make('input', parent, {type: 'file', accept: field.accept});
    parent.classList.add('kk-file');  // the browser's own button speaks the browser's language, not the page's
    input.onchange = async () => {
      const [chosen] = input.files;
      if (!chosen) return;
      if (chosen.size > LARGEST) send(field.name, {name: chosen.name, size: chosen.size, text: ''});
      else send(field.name, {name: chosen.name, size: chosen.size, text: await chosen.text()});
      input.value = '';
    };
    return input;
  }

  function plain(field, parent) {
    const input = make(field.kind === 'textarea' ? 'textarea' : 'input', parent, {maxlength: field.longest || 200});
    if (field.kind !== 'textarea') input.type = field.kind;
    for (const name of ['min', 'max', 'step']) if (field[name] !== undefined) input.setAttribute(name, field[name]);
    input.value = field.value ?? '';
    input.onchange = () => send(field.name, field.kind === 'number' ? Number(input.value) : input.value);
    return input;
  }

  function build() {
    const held = document.activeElement?.dataset?.field;
    el.replaceChildren();
    for (const field of model.get('fields')) {
      const label = make('label', el);
      make('span', label, {}, field.label);
      const input = field.kind === 'select' ? choices(field, label) : field.kind === 'file' ? file(field, label) : plain(field, label);
      input.dataset.field = field.name;
      if (field.wide) label.style.flex = '1 1 100%';
      if (held === field.name) input.focus();
    }
  }

  model.on('change:fields', build);
  build();
}

export default {render};
