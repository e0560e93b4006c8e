// Counts down to the end of a round.
import {make} from './common.js';

function render({model, el}) {
  const clock = make('span', el, {class: 'kk-timer', role: 'timer'});
  const tick = () => {
    const left = Math.max(0, Math.round(model.get('ends') - Date.now() / 1000));
    clock.textContent = model.get('ends') ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}` : '–:––';
    clock.classList.toggle('kk-over-time', model.get('ends') > 0 && left === 0);
  };
  const timer = setInterval(tick, 500);
  model.on('change:ends', tick);
  tick();
  return () => clearInterval(timer);
}

export default {render};
