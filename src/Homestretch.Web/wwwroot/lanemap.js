// The large lane map: land, lanes, sites and lots in the tower's own colours. Null when the browser has no WebGL.
const here = new URL('./vendor/', import.meta.url);

// As red, green and blue: colours that the system forces have names that neither the map nor a canvas knows.
function colour(name) {
  const probe = document.createElement('i');
  probe.style.color = `var(${name})`;
  probe.style.forcedColorAdjust = 'none';
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

const collection = features => ({ type: 'FeatureCollection', features });
const feature = (type, coordinates, properties = {}) => ({ type: 'Feature', geometry: { type, coordinates }, properties });

function canDraw() {
  try { return !!document.createElement('canvas').getContext('webgl2'); } catch { return false; }
}

function style() {
  const [sea, land, way, soft, signal, surface] = ['--sea', '--land', '--way', '--soft', '--signal', '--surface'].map(colour);
  const source = data => ({ type: 'geojson', data });
  return {
    version: 8,
    sources: { land: source(new URL('land.json', here).href), lanes: source(collection([])), sites: source(collection([])), lots: source(collection([])) },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': sea } },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': land } },
      { id: 'lanes', type: 'line', source: 'lanes', paint: { 'line-color': way, 'line-width': 1.2, 'line-dasharray': [3, 2] } },
      { id: 'sites', type: 'circle', source: 'sites', paint: { 'circle-radius': ['case', ['get', 'hub'], 7, 3.5], 'circle-color': ['case', ['get', 'hub'], signal, soft], 'circle-stroke-color': surface, 'circle-stroke-width': 1 } },
      { id: 'lots', type: 'symbol', source: 'lots', layout: { 'icon-image': ['get', 'band'], 'icon-allow-overlap': true, 'icon-ignore-placement': true } },
    ],
  };
}

const tones = { sure: '--sure', good: '--calm', doubtful: '--risk', poor: '--late', overdue: '--late', unknown: '--unknown' };

// The marks of the page's own sheet, in the theme's colours, at twice the size for sharp screens.
function mark(band) {
  const side = 36, ink = document.createElement('canvas').getContext('2d'), outline = new Path2D(document.querySelector(`#g-lot-${band} path`).getAttribute('d'));
  ink.canvas.width = ink.canvas.height = side;
  ink.translate(3, 3);
  ink.scale(2.5, 2.5);
  ink.fillStyle = colour(tones[band]);
  ink.strokeStyle = colour('--surface');
  ink.stroke(outline);
  ink.fill(outline, 'evenodd');
  return ink.getImageData(0, 0, side, side);
}

export async function open(box, drawn) {
  if (!canDraw()) return null;
  if (!document.querySelector('link[data-map]')) {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: new URL('maplibre-gl.css', here).href });
    link.dataset.map = 'yes';
    document.head.append(link);
  }
  const { Map, setWorkerUrl } = await import('./vendor/map.js');
  setWorkerUrl(new URL('maplibre-gl-worker.js', here).href);
  const map = new Map({ container: box, style: style(), center: [205, 28], zoom: 1.1, attributionControl: false, dragRotate: false, pitchWithRotate: false, fadeDuration: 0, locale: { 'Map.Title': 'Lots under way' } });
  const show = d => {
    map.getSource('lanes')?.setData(collection(d.lanes.map(l => feature('LineString', l))));
    map.getSource('sites')?.setData(collection(d.sites.map(s => feature('Point', [s.x, -s.y], s))));
    map.getSource('lots')?.setData(collection(d.lots.map(l => feature('Point', [l.x, -l.y], l))));
  };
  let last = drawn;
  map.on('style.load', () => {
    for (const band of Object.keys(tones)) {
      if (map.hasImage(band)) map.removeImage(band);   // another theme's
      map.addImage(band, mark(band), { pixelRatio: 2 });
    }
    show(last);
  });
  const settle = () => {
    map.once('idle', () => { box.dataset.ready = 'yes'; });
    map.triggerRepaint();   // a theme that changes nothing would draw nothing
  };
  settle();
  map.on('click', 'lots', e => window.Blazor.navigateTo(e.features[0].properties.href));
  map.on('mousemove', 'lots', e => { map.getCanvas().style.cursor = 'pointer'; map.getCanvas().title = e.features[0].properties.label; });
  map.on('mouseleave', 'lots', () => { map.getCanvas().style.cursor = ''; map.getCanvas().title = ''; });
  const all = drawn.crossed ? drawn.sites.map(s => [s.x, -s.y]) : [...drawn.sites.map(s => [s.x, -s.y]), ...drawn.lanes.flat()], xs = all.map(p => p[0]), ys = all.map(p => p[1]);
  if (xs.length > 1) map.fitBounds([[Math.min(...xs), Math.min(...ys)], [Math.max(...xs), Math.max(...ys)]], { padding: 24, animate: false });
  const repaint = () => {
    delete box.dataset.ready;
    map.setStyle(style());
    settle();
  };
  document.addEventListener('themechange', repaint);
  return {
    show: d => { last = d; show(d); },
    close: () => { document.removeEventListener('themechange', repaint); map.remove(); },
  };
}
