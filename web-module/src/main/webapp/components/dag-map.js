import { NODE } from '../core/dag-layout.js';
import { stateClass } from '../core/icons.js';

/** Draws all of a graph small, and the part that is in sight as a frame. */
export function drawMap(map, picture, view, canvas) {
  const context = map.getContext('2d');
  const style = getComputedStyle(map);
  const scale = Math.min(map.width / picture.width, map.height / picture.height);
  context.clearRect(0, 0, map.width, map.height);
  const colours = new Map();
  for (const shape of picture.shapes.values()) {
    const place = picture.places.get(shape.id);
    if (!place) continue;
    const name = NAMES[stateClass(shape.state)] ?? 'queued';
    if (!colours.has(name)) colours.set(name, style.getPropertyValue(`--${name}`));
    context.fillStyle = colours.get(name);
    context.fillRect(place.x * scale, place.y * scale, Math.max(1.5, NODE.width * scale), Math.max(1.5, NODE.height * scale));
  }
  context.strokeStyle = style.getPropertyValue('--ink');
  context.lineWidth = 2;
  context.strokeRect((-view.x / view.zoom) * scale, (-view.y / view.zoom) * scale, (canvas.clientWidth / view.zoom) * scale, (canvas.clientHeight / view.zoom) * scale);
}

const NAMES = { waiting: 'queued', ready: 'queued', held: 'blocked', running: 'running', succeeded: 'succeeded', failed: 'failed', skipped: 'cancelled', cancelled: 'cancelled' };
