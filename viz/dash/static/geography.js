// From longitudes and latitudes to a canvas: Japan with Okinawa moved into the empty corner, or dots for invented places.

const MAIN = {west: 128.3, east: 146.2, south: 30.0, north: 45.8};
const SOUTH = {code: '47', lon: 5.9, lat: 17.3};  // moves Okinawa prefecture into the north-west of the map
export const INSET = {west: 128.5, east: 138.0, south: 41.0, north: 45.6};

const cache = new Map();
const root = () => (window.solara?.rootPath || '');

export function asset(name) {
  if (!cache.has(name)) cache.set(name, fetch(`${root()}/static/assets/${name}`).then((r) => (name.endsWith('json') ? r.json() : r.text())));
  return cache.get(name);
}

export function projection(width, height, japan, lat, lon) {
  const box = japan ? MAIN : around(lat, lon);
  const squeeze = Math.cos((((box.south + box.north) / 2) * Math.PI) / 180);
  const scale = Math.min(width / ((box.east - box.west) * squeeze), height / (box.north - box.south));
  const left = (width - (box.east - box.west) * squeeze * scale) / 2;
  const top = (height - (box.north - box.south) * scale) / 2;
  return (x, y, code = '') => {
    const moved = japan && code.startsWith(SOUTH.code);
    const [a, b] = moved ? [x + SOUTH.lon, y + SOUTH.lat] : [x, y];
    return [left + (a - box.west) * squeeze * scale, top + (box.north - b) * scale];
  };
}

function around(lat, lon) {
  const box = {west: Math.min(...lon), east: Math.max(...lon), south: Math.min(...lat), north: Math.max(...lat)};
  const [w, h] = [Math.max(box.east - box.west, 0.1), Math.max(box.north - box.south, 0.1)];
  return {west: box.west - w * 0.18, east: box.east + w * 0.3, south: box.south - h * 0.16, north: box.north + h * 0.16};
}

export function codeOf(feature) {
  return String(feature.properties?.code || feature.id || '');
}

// One path an outline; islands far in the south (other than Okinawa's) lie outside the map.
export function outline(feature, project) {
  const code = codeOf(feature);
  const path = new Path2D();
  const shape = feature.geometry;
  const polygons = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;
  for (const polygon of polygons) {
    if (!code.startsWith(SOUTH.code) && polygon[0][0][1] < MAIN.south) continue;
    for (const ring of polygon) {
      ring.forEach(([x, y], i) => { const p = project(x, y, code); if (i) path.lineTo(...p); else path.moveTo(...p); });
      path.closePath();
    }
  }
  return path;
}

// Towns of each area, to scatter people over: [{x, y, share}] by area code, from the census table.
export async function towns(project) {
  const lines = (await asset('municipalities.csv')).trim().split('\n');
  const head = lines[0].split(',');
  const at = Object.fromEntries(head.map((name, i) => [name.trim(), i]));
  const found = {};
  for (const line of lines.slice(1)) {
    const cells = line.split(',');
    const code = cells[at.code];
    const y = Number(cells[at.lat]);
    if (!code.startsWith(SOUTH.code) && y < MAIN.south) continue;
    const [px, py] = project(Number(cells[at.lon]), y, code);
    (found[code.slice(0, 2)] ||= []).push({x: px, y: py, weight: Number(cells[at.adults])});
  }
  for (const list of Object.values(found)) {
    let sum = 0;
    for (const town of list) { sum += town.weight; town.until = sum; }
    for (const town of list) town.until /= sum;
  }
  return found;
}
