// What axe does not look at, as functions on window.look; each gives the sentences of what is wrong. WCAG 2.2's numbers stand in front.
window.look = (() => {
  const CONTROLS = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex="-1"])';
  const seen = e => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !e.closest('[inert]') && !e.closest('.hidden');
  const open = () => document.querySelector('dialog[open]');
  /** An open drawer makes all else inert. */
  const scope = () => open() ?? document;
  const all = selector => [...scope().querySelectorAll(selector)].filter(seen);
  const name = e => {
    const text = (e.getAttribute('aria-label') || e.textContent || e.getAttribute('placeholder') || '').trim().replace(/\s+/g, ' ').slice(0, 40);
    return `<${e.tagName.toLowerCase()}${e.className?.length ? '.' + [...e.classList].join('.') : ''}> '${text}'`;
  };
  const few = list => list.length > 6 ? [...list.slice(0, 6), `and ${list.length - 6} more like ${list[0].slice(0, 20)}`] : list;

  // ---- colours
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const rgba = css => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = css; canvas.fillRect(0, 0, 1, 1); const d = canvas.getImageData(0, 0, 1, 1).data; return [d[0], d[1], d[2], d[3] / 255]; };
  const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const light = c => { const [r, g, b] = c.map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
  /** What lies behind an element: backgrounds of its ancestors, one over the other. */
  const ground = (e, own = false) => {
    const layers = [];
    for (let at = own ? e : e.parentElement; at; at = at.parentElement) {
      const c = rgba(getComputedStyle(at).backgroundColor);
      if (c[3] > 0) layers.push(c);
      if (c[3] === 1) break;
    }
    return layers.reduceRight((under, top) => over(top, under), rgba('Canvas'));
  };

  // ---- text
  /** Every visible run of text with the boxes of its lines. */
  const texts = () => {
    const found = [], walk = document.createTreeWalker(scope() === document ? document.body : scope(), NodeFilter.SHOW_TEXT);
    for (let n = walk.nextNode(); n; n = walk.nextNode()) {
      if (!n.data.trim() || !n.parentElement || ['SCRIPT', 'STYLE', 'TITLE', 'OPTION', 'NOSCRIPT'].includes(n.parentElement.tagName) || !seen(n.parentElement)) continue;
      const range = document.createRange();
      range.selectNodeContents(n);
      const boxes = [...range.getClientRects()].filter(b => b.width > 1 && b.height > 1);
      if (boxes.length) found.push({ node: n, of: n.parentElement, boxes });
    }
    return found;
  };
  /** Text that a box cuts off without a way to scroll to it. */
  const clipped = () => few(texts().flatMap(({ node, of, boxes }) => {
    let free = false;
    const right = Math.max(innerWidth, document.documentElement.scrollWidth - scrollX);
    if (of.closest('a[data-cell], .tick')) return [];   // shortened inside a link that opens it whole; a date on a ruler
    for (let at = of; at && at !== document.documentElement; at = at.parentElement) {
      const style = getComputedStyle(at), box = at.getBoundingClientRect();
      if (style.position === 'fixed' && !style.overflowX.match(/auto|scroll/)) free = false;
      const x = !free && style.overflowX.match(/hidden|clip/), y = !free && style.overflowY.match(/hidden|clip/);
      if (style.overflowX.match(/auto|scroll/) && at.scrollWidth > at.clientWidth) free = true;
      if (x && boxes.some(b => b.right > box.right + 1.5 || b.left < box.left - 1.5)) return [`'${node.data.trim().slice(0, 40)}' is cut off sideways by ${name(at)}`];
      if (y && boxes.some(b => b.bottom > box.bottom + 3 || b.top < box.top - 3)) return [`'${node.data.trim().slice(0, 40)}' is cut off below by ${name(at)}`];
    }
    return !free && boxes.some(b => b.right > right + 1.5 || b.left < -1.5) ? [`'${node.data.trim().slice(0, 40)}' stands beyond the edge of the page`] : [];
  }));
  /** Text of two elements, one on the other. */
  const overlapping = () => {
    const lines = texts().filter(t => !t.of.closest('svg, .tick, .ticks, .canvas, [aria-hidden=true]')).flatMap(t => t.boxes.map(b => ({ ...t, b: { l: b.left, r: b.right, t: b.top + b.height * .2, d: b.bottom - b.height * .2 } })))
      .filter(l => { // what is cut off or scrolled out of its own window is not seen
        for (let at = l.of; at && at !== document.body; at = at.parentElement) {
          if (!getComputedStyle(at).overflow.match(/auto|scroll|hidden|clip/)) continue;
          const box = at.getBoundingClientRect();
          Object.assign(l.b, { l: Math.max(l.b.l, box.left), r: Math.min(l.b.r, box.right), t: Math.max(l.b.t, box.top), d: Math.min(l.b.d, box.bottom) });
        }
        return l.b.r > l.b.l && l.b.d > l.b.t;
      }).sort((a, b) => a.b.t - b.b.t);
    const layer = e => { for (let at = e; at; at = at.parentElement) if (['fixed', 'sticky'].includes(getComputedStyle(at).position)) return at; return null; };
    const wrong = [];
    for (let i = 0; i < lines.length; i++)
      for (let j = i + 1; j < lines.length && lines[j].b.t < lines[i].b.d; j++) {
        const a = lines[i], b = lines[j];
        if (a.node === b.node || Math.min(a.b.r, b.b.r) - Math.max(a.b.l, b.b.l) < 2 || Math.min(a.b.d, b.b.d) - Math.max(a.b.t, b.b.t) < 2) continue;
        if (layer(a.of) !== layer(b.of)) continue;   // what stays put while the rest scrolls under it
        wrong.push(`'${a.node.data.trim().slice(0, 30)}' and '${b.node.data.trim().slice(0, 30)}' lie on each other`);
      }
    return few(wrong);
  };

  // ---- 1.4.10
  const reflow = () => {
    const wrong = [], page = scope() === document ? document.documentElement : open();
    if (page.scrollWidth > page.clientWidth + 1) wrong.push(`the page scrolls sideways by ${page.scrollWidth - page.clientWidth} px`);
    for (const e of all('*')) {
      const style = getComputedStyle(e);
      if (e === page || !style.overflowX.match(/auto|scroll/) || e.scrollWidth <= e.clientWidth + 1) continue;
      if (!e.querySelector('table, .gantt, canvas, svg')) wrong.push(`${name(e)} scrolls sideways and is no table or drawing`);
      if (e.tabIndex < 0) wrong.push(`${name(e)} scrolls and cannot be focused`);
      if (!e.getAttribute('aria-label') && !e.getAttribute('aria-labelledby')) wrong.push(`${name(e)} scrolls and has no name`);
      if (!['region', 'group', 'img'].includes(e.getAttribute('role') ?? e.tagName.toLowerCase())) wrong.push(`${name(e)} scrolls and has no role`);
    }
    return [...few(wrong), ...clipped()].map(w => `1.4.10 ${w}`);
  };

  // ---- 1.4.12, 1.4.4
  const spaced = () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }');
    document.adoptedStyleSheets.push(sheet);
    try { return [...clipped(), ...overlapping()].map(w => `1.4.12 ${w}`); }
    finally { document.adoptedStyleSheets = document.adoptedStyleSheets.filter(s => s !== sheet); }
  };
  const enlarged = () => [...document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['the page scrolls sideways'] : [], ...clipped(), ...overlapping()].map(w => `1.4.4 ${w}`);

  // ---- 2.5.8
  const area = e => {
    const label = e.matches('input') && e.closest('label');
    const boxes = [...e.getClientRects(), ...label ? label.getClientRects() : []];
    const [l, t, r, b] = [Math.min(...boxes.map(x => x.left)), Math.min(...boxes.map(x => x.top)), Math.max(...boxes.map(x => x.right)), Math.max(...boxes.map(x => x.bottom))];
    return { e, l, t, r, b, x: (l + r) / 2, y: (t + b) / 2, w: r - l, h: b - t };
  };
  const inline = e => getComputedStyle(e).display === 'inline' && [...e.parentElement.childNodes].some(n => n.nodeType === 3 && n.data.trim().length > 1);
  const targets = () => {
    const areas = all(`${CONTROLS}, [data-cell]`).filter(e => !e.closest('svg') && !(e.tabIndex >= 0 && e.matches('div, ol, ul, main, h1, canvas'))).map(area).filter(a => a.w > 0 && a.h > 0);
    const small = areas.filter(a => a.w < 23.99 || a.h < 23.99);
    const near = (a, o) => o.w < 23.99 || o.h < 23.99 ? Math.hypot(a.x - o.x, a.y - o.y) < 24
      : Math.hypot(Math.max(o.l - a.x, 0, a.x - o.r), Math.max(o.t - a.y, 0, a.y - o.b)) < 12;
    return few(small.filter(a => !inline(a.e) && areas.some(o => o !== a && !o.e.contains(a.e) && !a.e.contains(o.e) && near(a, o)))
      .map(a => `2.5.8 ${name(a.e)} is ${a.w.toFixed(0)} x ${a.h.toFixed(0)} px and has a neighbour`));
  };

  // ---- 1.4.11
  /** Controls whose edge is all that shows them. */
  const edges = () => few(all('input:not([type=hidden], [type=file]), select, textarea').flatMap(e => {
    if (e.matches('[type=checkbox], [type=radio], [type=range]')) return []; // drawn by the browser
    const style = getComputedStyle(e), under = ground(e), c = over(rgba(style.borderBottomColor), under);
    const best = Math.max(ratio(c, under), ratio(ground(e, true), under));
    return best >= 3 && parseFloat(style.borderBottomWidth) >= 1 ? [] : [`1.4.11 the edge of ${name(e)} has ${best.toFixed(2)} : 1`];
  }));
  /** Signs drawn in one colour: symbols, and masks on kit cells. */
  const signs = () => few(all('svg.glyph, td.part a, tr.risk th.build b, tr.late th.build b').flatMap(e => {
    const mask = !e.matches('svg'), style = mask ? getComputedStyle(e, e.matches('b') ? '::after' : '::before') : getComputedStyle(e);
    if (mask && style.content === 'none') return [];
    const under = ground(e), c = over(rgba(mask ? style.backgroundColor : style.color), under);
    return ratio(c, under) >= 3 ? [] : [`1.4.11 the sign of ${name(mask ? e : e.parentElement)} has ${ratio(c, under).toFixed(2)} : 1`];
  }));

  // ---- pixels: what is really painted
  const picture = async base64 => {
    const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0)), image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const paper = new OffscreenCanvas(image.width, image.height).getContext('2d', { willReadFrequently: true });
    paper.drawImage(image, 0, 0);
    return paper;
  };
  /** In a picture of the window: whether each drawn mark differs from its ground by 3 : 1 somewhere. */
  const marks = async (base64, selectors) => {
    const paper = await picture(base64), wrong = [];
    for (const selector of selectors) {
      for (const e of all(selector)) {
        const box = e.getBoundingClientRect();
        const [l, t, r, b] = [Math.max(0, Math.floor(box.left)), Math.max(0, Math.floor(box.top)), Math.min(innerWidth, Math.ceil(box.right)), Math.min(innerHeight, Math.ceil(box.bottom))];
        if (r - l < 2 || b - t < 2 || box.width < 2) continue;
        const middle = document.elementFromPoint((l + r) / 2, (t + b) / 2);
        if (middle && !e.contains(middle) && !middle.contains(e) && middle.parentElement !== e.parentElement) continue;   // covered or scrolled away
        const data = paper.getImageData(l, t, r - l, b - t).data, under = ground(e);
        let best = 1;
        for (let i = 0; i < data.length; i += 4) best = Math.max(best, ratio([data[i], data[i + 1], data[i + 2]], under));
        if (best < 3) wrong.push(`1.4.11 the mark ${name(e)} (${selector}) has ${best.toFixed(2)} : 1`);
      }
    }
    return few(wrong);
  };

  // ---- 2.4.7, 2.4.11, at each stop of the Tab key
  let walked = new Set(), last = null, parts = 0;
  const begin = (place = true) => {
    [walked, last, parts] = [new Set(), null, 0];
    if (!place) return [];
    (document.querySelector('dialog[open] .close') ?? document.querySelector('.skip') ?? document.querySelector('a, button')).focus();
    return [];
  };
  /** What is wrong with how the focus is seen; 'end' where it has been before. */
  const stop = () => {
    const e = document.activeElement;
    if (e && e === last && ++parts < 8) return [];   // a date has parts of its own
    [last, parts] = [e, 0];
    if (!e || e === document.body || e === document.documentElement || walked.has(e)) return ['end'];
    walked.add(e);
    const wrong = [], box = e.getBoundingClientRect(), style = getComputedStyle(e), svg = e.closest('svg');
    const ring = e.closest('.tap') ? getComputedStyle(e.closest('.tap')) : svg ? null : style;
    if (ring) {
      const c = over(rgba(ring.outlineColor), ground(e));
      if (ring.outlineStyle === 'none' || parseFloat(ring.outlineWidth) < 2) wrong.push(`2.4.7 ${name(e)} shows no focus`);
      else if (ratio(c, ground(e)) < 3) wrong.push(`2.4.7 the focus of ${name(e)} has ${ratio(c, ground(e)).toFixed(2)} : 1`);
    }
    if (svg) { // marks of a drawing lie over each other: a ring over them all shows which one it is
      const ring = document.querySelector('.ring')?.getBoundingClientRect();
      return ring?.width > 0 && ring.left <= box.left && ring.right >= box.right && ring.top <= box.top && ring.bottom >= box.bottom ? [] : [`2.4.11 ${name(e)} has no ring over it`];
    }
    const [l, t, r, b] = [Math.max(box.left, 0), Math.max(box.top, 0), Math.min(box.right, innerWidth), Math.min(box.bottom, innerHeight)];
    let hit = 0, asked = 0;
    for (const fx of [.1, .5, .9]) for (const fy of [.15, .5, .85]) {
      asked++;
      const x = l + (r - l) * fx, y = t + (b - t) * fy, top = r > l && b > t && document.elementFromPoint(x, y);
      if (top && (e.contains(top) || top.contains(e) || e.closest('label')?.contains(top))) hit++;
    }
    const big = box.height > innerHeight || e.matches('[role=group], [role=region], ol, canvas');
    if (hit === 0 || !big && hit < asked * .6) wrong.push(`2.4.11 ${name(e)} is covered: ${hit} of ${asked} points are seen (${Math.round(box.left)},${Math.round(box.top)} ${Math.round(box.width)}x${Math.round(box.height)})`);
    return wrong;
  };

  // ---- 2.4.2, 1.3.1
  const structure = () => {
    const wrong = [], levels = all('h1, h2, h3, h4, h5, h6').map(h => +h.tagName[1]), drawer = open()?.querySelector('#drawer-title');
    if (!open() && levels.filter(l => l === 1).length !== 1 && document.querySelectorAll('h1').length !== 1) wrong.push(`2.4.6 the page has ${levels.filter(l => l === 1).length} first headings`);
    levels.forEach((l, i) => { if (i > 0 && l > levels[i - 1] + 1) wrong.push(`1.3.1 a heading of level ${l} follows one of level ${levels[i - 1]}`); });
    const h1 = document.querySelector('h1')?.textContent.trim();
    if (!open() && !document.title.startsWith(h1)) wrong.push(`2.4.2 the title '${document.title}' does not begin with the screen's name '${h1}'`);
    if (drawer && !document.title.includes(` - ${h1} - `)) wrong.push(`2.4.2 the title '${document.title}' does not name the screen '${h1}' behind the drawer`);
    const key = drawer?.closest('[data-key]').dataset.key;
    if (drawer && key.length > 4 && !document.title.includes(key)) wrong.push(`2.4.2 the title '${document.title}' does not name what the drawer shows, '${key}'`);
    if (document.querySelector('[tabindex]:not([tabindex="0"], [tabindex="-1"])')) wrong.push('2.4.3 a tab index above zero changes the order');
    return wrong;
  };

  return { reflow, spaced, enlarged, targets, edges, signs, marks, begin, stop, structure, clipped, overlapping };
})();
