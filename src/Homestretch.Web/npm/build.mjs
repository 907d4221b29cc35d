// Builds wwwroot/vendor from the pinned packages: the map bundle, its worker, the type face and the coast lines.
import { build } from 'esbuild';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { feature } from 'topojson-client';

const out = process.argv[2] ?? '../wwwroot/vendor';
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

await build({
  entryPoints: ['map.js'], bundle: true, minify: true, format: 'esm', target: 'es2022',
  outfile: `${out}/map.js`, logLevel: 'warning', legalComments: 'inline',
});
for (const name of ['maplibre-gl-worker.mjs', 'maplibre-gl.css'])
  cpSync(`node_modules/maplibre-gl/dist/${name}`, `${out}/${name.replace('.mjs', '.js')}`);
cpSync('node_modules/@fontsource-variable/ibm-plex-sans/files/ibm-plex-sans-latin-standard-normal.woff2', `${out}/plex.woff2`);

// Land (Natural Earth, public domain) as one symbol in degrees, y down, for the drawn map.
const coast = scale => JSON.parse(readFileSync(`node_modules/world-atlas/land-${scale}.json`, 'utf8'));
const coarse = coast('110m');
const rings = feature(coarse, coarse.objects.land).features.flatMap(f => f.geometry.coordinates.flat());
// Rings that cross the date line go on beyond 180 degrees instead of jumping back over the whole sheet.
const unrolled = ring => ring.reduce((out, [x, y]) => {
  const before = out.at(-1)?.[0] ?? x;
  out.push([x - before > 180 ? x - 360 : before - x > 180 ? x + 360 : x, y]);
  return out;
}, []);
const point = ([x, y]) => `${+x.toFixed(1)} ${+(-y).toFixed(1)}`;
const path = rings.map(r => `M${unrolled(r).map(point).join('L')}Z`).join('');
writeFileSync(`${out}/world.svg`, `<svg xmlns="http://www.w3.org/2000/svg"><symbol id="land" overflow="visible"><path d="${path}"/></symbol></svg>\n`);
const fine = coast('50m');
// A ring around the pole is closed along it.
const closed = ring => {
  const out = unrolled(ring), [first, last] = [out[0], out.at(-1)];
  return Math.abs(first[0] - last[0]) < 180 ? out : [...out, [last[0], -89], [first[0], -89], first];
};
const land = feature(fine, fine.objects.land);
const flat = g => ({ ...g, coordinates: g.type === 'Polygon' ? g.coordinates.map(closed) : g.coordinates.map(p => p.map(closed)) });
for (const f of land.features) f.geometry = flat(f.geometry);
writeFileSync(`${out}/land.json`, JSON.stringify(land, (_, v) => typeof v === 'number' ? +v.toFixed(2) : v));
